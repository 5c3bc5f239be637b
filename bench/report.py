"""The figures as a plain text table and as JSON."""

import json
from pathlib import Path
from typing import Any

from bench import directory, matching, residence

POLICY_TARGET = 1.3
SEALING_TARGET = 0.8
FORECAST_TARGET = 20.0
GROWTH_TARGET = 1.3
_POLICY = ("name", "statements", "policy_p50", "policy_p95", "raw_p50", "raw_p95", "ratio", "wait_ratio")
_PAGES = (
    "page",
    "statements",
    "cpu",
    "p50",
    "p95",
    "per_second_1",
    "crowd_p50",
    "crowd_p95",
    "per_second_8",
    "failed",
    "× 10k",
)
_SEALING = (
    "alone_per_second",
    "sealed_per_second",
    "share",
    "sealing_p50_ms",
    "rows",
    "sealed",
    "unsealed",
    "missing",
)


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


def shortfalls(found: dict[str, Any]) -> list[str]:
    """Each target that is missed, in one sentence."""
    missed = []
    for row in found["policies"]:
        if row["ratio"] > POLICY_TARGET:
            missed.append(f"{row['name']}: row policy costs {row['ratio']} × raw (target {POLICY_TARGET}).")
        missed += [f"{row['name']}: reads a large part of a table, {scan}." for scan in row["large_scans"]]
    for row in found["pages"]:
        missed += _page(row)
    missed += [
        f"{page}: {ratio} × as slow as at 10k (target {GROWTH_TARGET})."
        for page, ratio in found.get("growth", {}).items()
        if ratio > GROWTH_TARGET
    ]
    missed += [
        f"{rule}: {ms:.1f} ms (target {FORECAST_TARGET})."
        for rule, ms in found["rules"].items()
        if ms > FORECAST_TARGET
    ]
    if len(set(found["notes"].values())) > 1:
        missed.append(f"case page: the number of statements depends on the notes, {found['notes']}.")
    missed += [
        f"{row['address']} ({row['role']}): a statement of {row['ms']} ms." for row in found.get("slow", [])
    ]
    missed += matching.shortfalls(found["offers"]) + directory.shortfalls(found["search"])
    return missed + residence.shortfalls(found["residence"]) + _sealing(found["sealing"])


def _page(row: dict[str, Any]) -> list[str]:
    missed = []
    if row["p50_target"] and row["p50"] > row["p50_target"]:
        missed.append(f"{row['page']}: p50 {row['p50']} ms (target {row['p50_target']}).")
    if row["rate_target"] and row["per_second_8"] < row["rate_target"]:
        missed.append(f"{row['page']}: {row['per_second_8']}/s at 8 users (target {row['rate_target']}).")
    if row["failed"]:
        missed.append(f"{row['page']}: {row['failed']} requests failed.")
    return missed


def _sealing(row: dict[str, Any]) -> list[str]:
    missed = [f"sealing: {problem}" for problem in row["broken"]]
    if row["share"] < SEALING_TARGET:
        missed.append(
            f"sealing: {row['share']:.0%} of the throughput without it (target {SEALING_TARGET:.0%})."
        )
    if row["missing"]:
        missed.append(f"sealing: {row['missing']} rows are in no block.")
    return missed


def text(found: dict[str, Any]) -> str:
    """The whole report."""
    growth = found.get("growth", {})
    pages = [{**row, "× 10k": growth.get(row["page"])} for row in found["pages"]]
    notes = ", ".join(f"{name}: {count}" for name, count in found["notes"].items())
    rules = ", ".join(f"{rule}: {ms:.1f} ms" for rule, ms in found["rules"].items())
    missed = found["short_of"]
    parts = [
        _head(found),
        "Row policy against raw, server execution in ms:\n" + table(found["policies"], _POLICY),
        "Pages, ms and requests a second (cpu: Python alone, measured apart):\n" + table(pages, _PAGES),
        f"Statements of the case page: {notes}",
        f"Rules alone: {rules}",
        matching.text(found["offers"]),
        residence.text(found["residence"]),
        directory.text(found["search"]),
        "Sealing, 16 writers, every second:\n" + table([found["sealing"]], _SEALING),
        "Short of the target:\n  " + "\n  ".join(missed) if missed else "All targets are met.",
    ]
    return "\n\n".join(parts)


def _head(found: dict[str, Any]) -> str:
    about = found["database"]
    steps = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in about["filling"].items())
    return (
        f"Size {found['size']}: {about['cases']} cases, {about['gigabytes']:.1f} GB on disk,"
        f" filled in {about['filled_in']:.0f} s ({steps}). Load of the machine before: {found['load_before']}."
    )


def write(found: dict[str, Any], path: Path) -> None:
    """For the next run to compare with."""
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False))
