"""Residence rules: one person over all paths with words, and a night over a million persons, reading included."""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench import place, residence_five
from bench.figures import p50

PERSONS, PROCESSES, TODAY = 1_000_000, 2, date(2026, 11, 22)
ONE_TARGET, COLD_TARGET, UNCHANGED_TARGET, MEMORY_TARGET = 1.0, 900.0, 120.0, 2048.0  # ms, s, s, MiB of all processes together
PAPERS = ("duldung_60a", "duldung_60d", "duldung_60b", "gestattung", "ae_25_1", "ae_25_2_2", "ae_25_5", "ae_25b", "ae_104c", "ae_24", "ae_28", "ae_18a", "ae_18g")  # fmt: skip
LEVELS = ("A1", "A2", "B1", "B2", "C1")


def measured(*, quick: bool = False) -> dict[str, Any]:
    """One person here; the nights in two processes of their own, over a file that is written first and thrown away after."""
    persons = PERSONS // 2000 if quick else PERSONS
    found = _one_person(20 if quick else 300) | {"five": residence_five.measured(quick=quick)}
    file = place.FOLDER / "persons.jsonl"
    place.FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        write(file, persons)
        found |= {"persons": persons, "file_mib": round(file.stat().st_size / 2**20)}
        cold, unchanged = _night(file, persons, "cold"), _night(file, persons, "unchanged")
    finally:
        for one in [file, *(_kept(file, part) for part in range(PROCESSES))]:
            one.unlink(missing_ok=True)
    assert cold["decided"] == persons and unchanged["decided"] == 0, (cold, unchanged)
    return found | {
        "cold_s": cold["s"], "cold_cpu_s": cold["cpu_s"], "unchanged_s": unchanged["s"], "unchanged_cpu_s": unchanged["cpu_s"],
        "load": round(os.getloadavg()[0], 1), "peak_mib": max(cold["mib"], unchanged["mib"]), "due_within_30_days": cold["due"],
    }  # fmt: skip


def _one_person(times: int) -> dict[str, Any]:
    from faden.law.decide import decide
    from faden.law.output import as_data
    from faden.law.reading import facts_from

    people = [facts_from(json.loads(line)) for line in lines(times, 7)]
    deciding, telling, working = [], [], []
    for facts in people:
        began, busy = time.perf_counter(), time.thread_time()
        result = decide(facts, TODAY)
        deciding.append((time.perf_counter() - began) * 1000)
        as_data(result)
        telling.append((time.perf_counter() - began) * 1000)
        working.append((time.thread_time() - busy) * 1000)
    return {
        "one_person_ms": p50(deciding), "one_person_with_words_ms": p50(telling), "one_person_with_words_cpu_ms": p50(working),
        "paths": len(result.paths),
    }  # fmt: skip


def lines(many: int, seed: int) -> Iterator[bytes]:
    """Invented persons as JSON, one a line; the same for the same seed."""
    drawn = random.Random(seed)
    for _ in range(many):
        yield json.dumps(_person(drawn), separators=(",", ":")).encode()


def _person(drawn: random.Random) -> dict[str, Any]:
    entry = date(2014, 1, 1) + timedelta(days=drawn.randrange(4300))
    first = entry + timedelta(days=drawn.randrange(1, 60))
    change = first + timedelta(days=drawn.randrange(200, 1500))
    children = [{"birth_date": _day(drawn, 2006, 2025), "attends_school": True, "living_with": True} for _ in range(drawn.choice((0, 0, 1, 2, 3)))]
    found: dict[str, Any] = {
        "person": {"birth_date": _day(drawn, 1960, 2010), "nationality": drawn.choice(("SYR", "AFG", "IRQ", "UKR", "TUR", "GHA"))},
        "entry_date": entry.isoformat(),
        "stays": [{"kind": "gestattung", "from": first.isoformat(), "to": change.isoformat()}],
        "asylum": {"applied": first.isoformat(), "state": drawn.choice(("refugee", "subsidiary", "rejected", "none"))},
        "identity": {"state": drawn.choice(("clarified", "clarified", "efforts", "open"))},
        "household": {"minor_child_living_with": bool(children), "children": children or "none", "has_spouse": False},
        "language": [{"level": drawn.choice(LEVELS), "proof": _day(drawn, 2021, 2025)}],
        "civics": {"commitment": True, "test_passed": drawn.choice(("no", _day(drawn, 2021, 2025)))},
        "work": [{"from": _day(drawn, 2018, 2025), "hours_per_week": drawn.choice((20, 30, 39)), "insured": True}],
        "livelihood": {"share_by_work": round(drawn.random(), 2), "benefits": drawn.choice(("none", ["wohngeld"], ["sgb2"], ["asylblg"]))},
        "pension_months": drawn.randrange(90),
        "exceptions": {"illness_or_age": "no", "special_achievement": drawn.choice(("yes", "no", "unknown"))},
        "convictions": drawn.choice(("none", "asked_in_conversation")),
    }
    if change < TODAY:
        found["stays"].append({"kind": drawn.choice(PAPERS), "from": (change + timedelta(days=1)).isoformat()})
    if drawn.random() < 0.3:
        del found[drawn.choice(("language", "civics", "livelihood", "work", "convictions", "pension_months"))]
    return found


def _day(drawn: random.Random, first: int, last: int) -> str:
    return f"{drawn.randint(first, last)}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"


def write(file: Path, persons: int) -> None:
    """The persons of a night, a line each."""
    with file.open("wb") as out:
        out.writelines(line + b"\n" for line in lines(persons, 11))


def _kept(file: Path, part: int) -> Path:
    return file.with_suffix(f".{part}.kept")


def _night(file: Path, persons: int, kind: str) -> dict[str, float]:
    began = time.perf_counter()
    code = "from bench import residence; from pathlib import Path; residence.tell_part(Path({!r}), {}, {}, {!r})"
    parts = [
        subprocess.Popen(
            [sys.executable, "-c", code.format(str(file), persons, part, kind)], cwd=place.PROJECT, env=dict(os.environ), stdout=subprocess.PIPE
        )
        for part in range(PROCESSES)
    ]  # fmt: skip
    told = [json.loads(one.communicate()[0]) for one in parts]
    return {"s": round(time.perf_counter() - began, 1)} | {key: sum(one[key] for one in told) for key in ("decided", "mib", "due", "cpu_s")}


def tell_part(file: Path, persons: int, part: int, kind: str) -> None:
    """In its own process: every second person, with marks and days kept beside the file."""
    from faden.law.many import Kept, night

    mine = len(range(part, persons, PROCESSES))
    marks, untils = np.zeros(mine, "S8"), np.zeros(mine, np.int32)
    if kind == "unchanged":
        with _kept(file, part).open("rb") as before_file:
            marks, untils = np.load(before_file), np.load(before_file)
    before = untils.tolist(), marks.tolist()

    def kept(number: int) -> Kept | None:
        return Kept(before[1][number].ljust(8, b"\0"), before[0][number]) if before[0][number] else None

    decided = due = 0
    with file.open("rb") as told:
        for one in night((line.rstrip(b"\n") for line in islice(told, part, None, PROCESSES)), TODAY, kept):
            decided += 1
            marks[one.number], untils[one.number] = one.kept
            due += one.kept.until <= TODAY.toordinal() + 30
    with _kept(file, part).open("wb") as kept_file:
        np.save(kept_file, marks)
        np.save(kept_file, untils)
    mib, cpu_s = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), round(time.process_time())
    print(json.dumps({"decided": decided, "due": due, "mib": mib, "cpu_s": cpu_s}))


def text(found: dict[str, Any]) -> str:
    """As lines for people."""
    alone = [f"  {key:28} {value}" for key, value in found.items() if key != "five"]
    return "\n".join(["Residence rules", *alone, *residence_five.text(found["five"])])


def shortfalls(found: dict[str, Any]) -> list[str]:
    """Each target that is missed."""
    reckoned = (
        ("one person", "one_person_ms", ONE_TARGET, "ms"), ("one person with all words", "one_person_with_words_ms", ONE_TARGET, "ms"),
        ("a cold night", "cold_s", COLD_TARGET, "s"), ("an unchanged night", "unchanged_s", UNCHANGED_TARGET, "s"),
        ("memory of a night", "peak_mib", MEMORY_TARGET, "MiB"),
    )  # fmt: skip
    missed = [f"Residence, {what}: {found[key]} {unit} (target {target:.0f})." for what, key, target, unit in reckoned if found[key] > target]
    return missed + residence_five.shortfalls(found["five"])
