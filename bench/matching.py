"""Angebote: one need against 5,000 offers with its words, from the shelf and alone, and a night of 50,000 needs."""

import json
import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bench import place
from bench.figures import p50
from bench.fill_offers import LEVELS, TODAY, TOWNS, drawn_offers

PROVED = (("none", "none"), ("none", "none"), ("none", "none"), ("a2", "a2"), ("b1", "b1"))
NEEDS, PAGE, TIMES = 50_000, 20, 40
ONE_NEED_TARGET, NIGHT_TARGET, MEMORY_TARGET = 50.0, 60.0, 1024.0  # ms, s, MiB


def measured(offers: int, *, quick: bool = False) -> dict[str, float]:
    """From the filled directory, then the rules alone; the night in a fresh process, so that its memory is its own."""
    times = 4 if quick else TIMES
    return _from_the_shelf(offers, times) | _alone(offers, times) | _night(offers, NEEDS // 50 if quick else NEEDS)


def _from_the_shelf(expected: int, times: int) -> dict[str, float]:
    """As a page asks: with the statement for the state's number; before, what a new state costs its first reader."""
    from faden.directory.queries.matches import matches_for, prepared
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        began = time.perf_counter()
        held = len(prepared().columns.offers)
        new_state = (time.perf_counter() - began) * 1000
        assert held == expected, held
        spent = []
        for need in drawn_needs(times):
            began = time.perf_counter()
            matches_for(need)
            spent.append((time.perf_counter() - began) * 1000)
    return {"new_state_ms": round(new_state, 1), "page_of_matches_ms": round(p50(spent), 2)}


def _alone(many: int, times: int) -> dict[str, float]:
    from faden.directory.rules.matching import Columns, ranked
    from faden.directory.rules.verdict_words import Around, explained
    from faden.directory.rules.ways import those_that_certify

    offers = drawn_offers(many)
    began = time.perf_counter()
    columns, around = Columns(offers), Around(those_that_certify(offers))
    building = (time.perf_counter() - began) * 1000
    spent: dict[str, list[float]] = {"one area": [], "all areas": []}
    for number, need in enumerate(drawn_needs(2 * times)):
        kind = "all areas" if number % 2 else "one area"
        asked = _of_all_areas(need) if number % 2 else need
        began = time.perf_counter()
        ranking = ranked(columns, asked)
        ranking.counts(), ranking.blockers()
        for at in ranking.found[:PAGE]:
            explained(columns.offers[at], asked, around)
        spent[kind].append((time.perf_counter() - began) * 1000)
    return {
        "offers": many,
        "columns_ms": round(building, 1),
        "one_need_ms": round(p50(spent["one area"]), 2),
        "one_need_all_areas_ms": round(p50(spent["all areas"]), 2),
        "slowest_ms": round(max(max(times) for times in spent.values()), 2),
    }


def _of_all_areas(need: Any) -> Any:
    return replace(need, life_area="")


def _night(offers: int, needs: int) -> dict[str, float]:
    code = f"from bench import matching; matching.tell_night({offers}, {needs})"
    done = subprocess.run([sys.executable, "-c", code], cwd=place.PROJECT, env=dict(os.environ), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def tell_night(offers: int, many: int) -> None:
    """In its own process: prints how long the night took and the most memory the process ever held."""
    _set_up()
    from faden.directory.rules.match_many import match_many
    from faden.directory.rules.matching import Columns

    columns = Columns(drawn_offers(offers))
    needs = drawn_needs(many)
    before = _peak()
    began = time.perf_counter()
    found = match_many(needs, columns)
    spent = time.perf_counter() - began
    began = time.perf_counter()
    match_many([_of_all_areas(need) for need in needs], columns)
    print(json.dumps({
        "needs": len(found), "fitting_per_need": round(sum(one.counts[0] for one in found) / len(found), 1),
        "night_s": round(spent, 2), "night_all_areas_s": round(time.perf_counter() - began, 2),
        "before_mib": round(before), "peak_mib": round(_peak()),
    }))  # fmt: skip


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _peak() -> float:
    """The most this process ever held, in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shortfalls(found: dict[str, float]) -> list[str]:
    """Each target that is missed."""
    reckoned = (
        ("one need", "one_need_ms", ONE_NEED_TARGET, "ms"),
        ("one need from the shelf", "page_of_matches_ms", ONE_NEED_TARGET, "ms"),
        ("one need, all areas", "one_need_all_areas_ms", ONE_NEED_TARGET, "ms"),
        ("a night", "night_s", NIGHT_TARGET, "s"),
        ("a night, all areas", "night_all_areas_s", NIGHT_TARGET, "s"),
        ("memory of a night", "peak_mib", MEMORY_TARGET, "MiB"),
    )
    return [
        f"Angebote, {what}: {found[key]} {unit} (target {target:.0f})."
        for what, key, target, unit in reckoned
        if found[key] >= target
    ]


def text(found: dict[str, float]) -> str:
    """Two lines of the report, each figure beside its target."""
    return (
        f"Angebote, {found['offers']} offers: one need with order and the words of {PAGE} rows {found['one_need_ms']} ms,"
        f" over all life areas {found['one_need_all_areas_ms']} ms, slowest {found['slowest_ms']} ms (target {ONE_NEED_TARGET:.0f});"
        f" from the shelf {found['page_of_matches_ms']} ms; reading a new state {found['new_state_ms']} ms, its columns {found['columns_ms']} ms of it\n"
        f"Angebote, a night of {found['needs']} needs: {found['night_s']} s, over all life areas {found['night_all_areas_s']} s"
        f" (target {NIGHT_TARGET:.0f}), at most {found['peak_mib']} MiB (target {MEMORY_TARGET:.0f});"
        f" {found['fitting_per_need']} offers fit a need"
    )


# ---------- needs, the same ones each time ----------


def drawn_needs(many: int) -> list[Any]:
    """Each fact is unknown now and then; each tenth is a future arrival."""
    dice = random.Random(11)
    return [_need(dice) for _ in range(many)]


def _need(dice: random.Random) -> Any:
    from faden.cases.vocabulary.life_area import LifeArea
    from faden.directory.rules.needs import Need
    from faden.persons.vocabulary import BenefitRegime, ResidencePaper

    def known(value: Any, share: float = 0.85) -> Any:
        return value if dice.random() < share else None

    ags, point = dice.choice(TOWNS)
    born = date(1955, 1, 1) + timedelta(days=dice.randrange(70 * 365))
    rough = dice.random() < 0.1
    at_home = dice.random() < 0.95
    return Need(
        life_area=dice.choice(LifeArea.values), on=TODAY + timedelta(days=dice.choice([0] * 9 + [dice.randrange(150)])),
        paper=known(dice.choice(ResidencePaper.values)), german=known(dice.choice(LEVELS)), certified=known(dice.choice(PROVED)),
        born=known((born, born + timedelta(days=364 if rough else 0)), 0.95), gender=known(dice.choice(["female", "male"]), 0.3),
        town=ags if at_home else None, point=point if at_home else None,
        regimes=known(frozenset(dice.sample(BenefitRegime.values[:-1], dice.randrange(0, 3)))), needs_childcare=known(dice.random() < 0.25, 0.6),
    )  # fmt: skip
