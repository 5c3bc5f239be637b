"""The figures as a plain text table and as JSON."""

import json
from pathlib import Path
from typing import Any

from bench.policies import TARGET as POLICY_TARGET
from bench.sealing import TARGET as SEALING_TARGET

GROWTH_TARGET = 1.3
_POLICY = ("name", "statements", "policy_p50", "policy_p95", "raw_p50", "raw_p95", "ratio", "wait_ratio")
_PAGES = ("page", "statements", "p50", "p95", "per_second_1", "crowd_p50", "crowd_p95", "per_second_8", "failed")


def table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """Columns as wide as their longest value; numbers to the right."""
    lines = [list(columns), *([_text(row.get(column)) for column in columns] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    return "\n".join(
        "  ".join(
            value.ljust(width) if at == 0 else value.rjust(width)
            for at, (value, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:.1f}"
    return "–" if value is None else str(value)


def shortfalls(found: dict[str, Any], small: dict[str, Any] | None = None) -> list[str]:
    """Each target that is missed, in one sentence."""
    missed = []
    for row in found.get("policies", []):
        if row["ratio"] > POLICY_TARGET:
            missed.append(f"{row['name']}: row policy costs {row['ratio']} times raw (target {POLICY_TARGET}).")
        missed += [f"{row['name']}: reads a large part of a table, {scan}." for scan in row["large_scans"]]
    for row in found.get("pages", []):
        missed += _page(row)
    missed += _growth(found, small)
    missed += _sealing(found.get("sealing"))
    counts = set(found.get("notes", {}).values())
    if len(counts) > 1:
        missed.append(f"case page: the number of statements depends on the notes, {found['notes']}.")
    return missed


def _page(row: dict[str, Any]) -> list[str]:
    missed = []
    if row["p50_target"] and row["p50"] > row["p50_target"]:
        missed.append(f"{row['page']}: p50 {row['p50']} ms (target {row['p50_target']}).")
    if row["rate_target"] and row["per_second_8"] < row["rate_target"]:
        missed.append(f"{row['page']}: {row['per_second_8']}/s at 8 users (target {row['rate_target']}).")
    if row["failed"]:
        missed.append(f"{row['page']}: {row['failed']} requests failed.")
    return missed


def _growth(found: dict[str, Any], small: dict[str, Any] | None) -> list[str]:
    """No page gets slower with the number of cases."""
    before = {row["page"]: row["p50"] for row in (small or {}).get("pages", [])}
    return [
        f"{row['page']}: p50 grew from {before[row['page']]} ms at 10k to {row['p50']} ms (target × {GROWTH_TARGET})."
        for row in found.get("pages", [])
        if row["page"] in before and row["p50"] > before[row["page"]] * GROWTH_TARGET
    ]


def _sealing(row: dict[str, Any] | None) -> list[str]:
    if row is None:
        return []
    missed = [f"sealing: {problem}" for problem in row["broken"]]
    if row["share"] < SEALING_TARGET:
        missed.append(f"sealing: {row['share']:.0%} of the throughput without it (target {SEALING_TARGET:.0%}).")
    if row["missing"]:
        missed.append(f"sealing: {row['missing']} rows are in no block.")
    return missed


def text(found: dict[str, Any], missed: list[str]) -> str:
    """The whole report."""
    parts = [_head(found)]
    if "policies" in found:
        parts.append("Row policy against raw, server execution in ms:\n" + table(found["policies"], _POLICY))
    if "pages" in found:
        parts.append("Pages, ms and requests a second:\n" + table(found["pages"], _PAGES))
    if "notes" in found:
        parts.append("Statements of the case page: " + ", ".join(f"{k}: {v}" for k, v in found["notes"].items()))
    if "sealing" in found:
        row = found["sealing"]
        names = ("alone_per_second", "sealed_per_second", "share", "sealing_p50_ms", "rows", "sealed", "unsealed", "missing")
        parts.append("Sealing, 16 writers, every second:\n" + table([row], names))
    parts.append("Short of the target:\n  " + "\n  ".join(missed) if missed else "All targets are met.")
    return "\n\n".join(parts)


def _head(found: dict[str, Any]) -> str:
    about = found["database"]
    steps = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in about["filling"].items())
    return (
        f"Size {found['size']}: {about['cases']} cases, {about['gigabytes']:.1f} GB on disk,"
        f" filled in {about['filled_in']:.0f} s ({steps})."
    )


def write(found: dict[str, Any], path: Path) -> None:
    """For the next run to compare with."""
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False))


def read(path: Path) -> dict[str, Any] | None:
    """An earlier run's figures."""
    return json.loads(path.read_text()) if path.exists() else None
