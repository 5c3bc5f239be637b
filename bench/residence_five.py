"""The same five conditions in Faden's rules, in OpenFisca-core and in plain numpy: what one condition of one person costs."""

import importlib.util
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bench.figures import percentile

TODAY = date(2026, 11, 22)
MANY, QUICK, PIECE = (10_000, 100_000, 1_000_000), (500,), 10_000
FIVE = (("25b", "25b.1.2.nr1"), ("25a", "25a.1.1.nr3"), ("25b", "25b.1.2.nr3"), ("9", "9.2.1.nr3"), ("60d", "60d.1.nr3"))
NUMBERS = {
    "stay_years": 6, "stay_years_child": 4, "age_before": 27, "livelihood_share_min": 0.51, "pension_months": 60, "work_hours_week": 20,
    "work_months": 12,
}  # fmt: skip
NOT_INSTALLED = "OpenFisca-core is not installed (`make bench` installs it): these figures stand beside numpy alone."
Array = np.ndarray[Any, Any]


class Columns(NamedTuple):
    """What the five conditions read of many persons."""

    birth_date: Array
    tolerated_since: Array
    lives_with_minor_child: Array
    share_by_work: Array
    pension_months: Array
    hours_per_week: Array
    works_since: Array


def drawn(many: int, seed: int) -> Columns:
    """Invented persons; the same for the same seed. A share has two digits, which float32 tells apart."""
    dice = np.random.default_rng(seed)

    def days(first: int, last: int) -> Array:
        return np.datetime64(f"{first}-01-01") + dice.integers(0, 365 * (last - first), many).astype("timedelta64[D]")

    return Columns(
        days(1985, 2008), days(2016, 2025), dice.random(many) < 0.5, (dice.integers(0, 101, many) / 100).astype(np.float32),
        dice.integers(0, 100, many), dice.choice((10, 19, 20, 30, 39), many), days(2023, 2026),
    )  # fmt: skip


def after_months(days: Array, months: Any) -> Array:
    """Counted as §§ 187, 188 BGB do: the same day of the month, or its last."""
    first = days.astype("M8[M]")
    later = first + np.asarray(months).astype("m8[M]")
    return np.minimum(later.astype("M8[D]") + (days - first.astype("M8[D]")), (later + 1).astype("M8[D]") - 1)


def in_numpy(columns: Columns) -> Array:
    """A row for each condition."""
    on, n = np.datetime64(TODAY), NUMBERS
    years = np.where(columns.lives_with_minor_child, n["stay_years_child"], n["stay_years"])
    return np.array([
        after_months(columns.tolerated_since, (12 * years).astype(int)) <= on,
        after_months(columns.birth_date, 12 * n["age_before"]) > on,
        columns.share_by_work >= np.float32(n["livelihood_share_min"]),
        columns.pension_months >= n["pension_months"],
        (after_months(columns.works_since, n["work_months"]) <= on) & (columns.hours_per_week >= n["work_hours_week"]),
    ])  # fmt: skip


def told(columns: Columns) -> list[dict[str, Any]]:
    """The persons as documents, as they stand in a file of facts."""
    return [
        {
            "person": {"birth_date": str(born)},
            "stays": [{"kind": "duldung_60a", "from": str(since)}],
            "household": {"minor_child_living_with": bool(child), "has_spouse": False},
            "exceptions": {"illness_or_age": False, "special_achievement": False},
            "livelihood": {"share_by_work": round(float(share), 2)},
            "pension_months": int(months),
            "school": "none",
            "training": "none",
            "work": [{"from": str(begun), "hours_per_week": int(hours), "insured": True}],
        }
        for born, since, child, share, months, hours, begun in zip(*columns, strict=True)
    ]


@cache
def _asked() -> list[tuple[Any, Any]]:
    from faden.law.rules import law_on

    paths = {one.path.key: one for one in law_on(TODAY)}
    return [(one.test, paths[key].values) for key, id in FIVE for one in paths[key].conditions if one.id == id]


def in_faden(facts: Sequence[Any]) -> Array:
    """A row for each condition; met or not, as the others can say no more."""
    from faden.law.case import Case
    from faden.law.outcome import State

    asked, met, found = _asked(), State.MET, []
    for one in facts:
        case = Case(one, TODAY)
        found.append([test(case, values).state is met for test, values in asked])
    return np.array(found).T


def is_installed() -> bool:
    """OpenFisca-core comes with `make bench` and nothing else."""
    return importlib.util.find_spec("openfisca_core") is not None


def measured(*, quick: bool = False) -> dict[str, Any]:
    """Nanoseconds for one condition of one person, reading apart; whoever answers otherwise than the others stops the run."""
    assert in_force() == NUMBERS
    one, many = _one(20 if quick else 300), [_many(persons) for persons in (QUICK if quick else MANY)]
    return {"one": one, "many": many}


def in_force() -> dict[str, Any]:
    """The numbers written here, as the rules have them on this day."""
    from faden.law.parameters import values_on
    from faden.law.settlement import PENSION_MONTHS

    found = {"pension_months": PENSION_MONTHS}
    for path in ("25a", "60d", "25b"):
        found |= {name: value for name, value in vars(values_on(path, TODAY)).items() if name in NUMBERS}
    return found


def _one(times: int) -> dict[str, float]:
    """Each person alone, the middle one of many."""
    from faden.law.reading import facts_from

    columns = drawn(times, 5)
    documents, persons = told(columns), [Columns(*(column[n : n + 1] for column in columns)) for n in range(times)]
    read, facts = _each(facts_from, documents)
    asked, answers = _each(lambda one: in_faden([one]), facts)
    found = {"faden_reading": read, "faden": asked}
    found["numpy"], others = _each(in_numpy, persons)
    _agree(answers, others)
    if is_installed():
        from bench import openfisca_residence

        made = openfisca_residence.system()
        plain = [{name: _plain(column[0]) for name, column in one._asdict().items()} for one in persons]
        found["openfisca_reading"], simulations = _each(lambda one: openfisca_residence.of_one(made, one), plain)
        found["openfisca"], others = _each(lambda one: openfisca_residence.answers(one, TODAY), simulations)
        _agree(answers, others)
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, np.datetime64) else value.item()


def _each(work: Callable[[Any], Any], given: Sequence[Any]) -> tuple[float, list[Any]]:
    """What the middle one took, by condition; and what came of each."""
    done = [_spent(work, one) for one in given]
    return round(percentile([nanoseconds for nanoseconds, _ in done], 0.5) / len(FIVE), 1), [found for _, found in done]


def _agree(ours: Sequence[Array], others: Sequence[Array]) -> None:
    for mine, other in zip(ours, others, strict=True):
        assert mine.shape == other.shape and (mine == other).all(), "the same five conditions were answered in two ways"


def _many(persons: int) -> dict[str, float]:
    """Columns as a whole, documents piece by piece, so that the memory stays small however many there are."""
    columns, spent = drawn(persons, 100), {}
    spent["numpy"], others = _spent(in_numpy, columns)
    if is_installed():
        from bench import openfisca_residence

        made = openfisca_residence.system()
        spent["openfisca_reading"], simulation = _spent(openfisca_residence.of_many, made, columns)
        spent["openfisca"], theirs = _spent(openfisca_residence.answers, simulation, TODAY)
        _agree([theirs], [others])
    spent |= {"faden_reading": 0, "faden": 0}
    for start in range(0, persons, PIECE):
        piece = slice(start, start + PIECE)
        documents = told(Columns(*(column[piece] for column in columns)))
        reading, facts = _spent(read, documents)
        asking, ours = _spent(in_faden, facts)
        spent["faden_reading"] += reading
        spent["faden"] += asking
        _agree([ours], [others[:, piece]])
    return {"persons": persons} | {name: round(value / persons / len(FIVE), 1) for name, value in spent.items()}


def read(documents: Sequence[Any]) -> list[Any]:
    """Facts of each."""
    from faden.law.reading import facts_from

    return [facts_from(one) for one in documents]


def _spent(work: Callable[..., Any], *given: Any) -> tuple[int, Any]:
    began = time.perf_counter_ns()
    found = work(*given)
    return time.perf_counter_ns() - began, found


def text(found: dict[str, Any]) -> list[str]:
    """As lines for people."""
    lines = ["  five conditions, ns for one condition of one person (with reading its document, or its columns):"]
    for row in ({"persons": 1} | found["one"], *found["many"]):
        lines.append(f"    {row['persons']:>9} persons: Faden {row['faden']:,.0f} ({row['faden'] + row['faden_reading']:,.0f}), {_beside(row)}")
    return lines if "openfisca" in found["one"] else [*lines, f"  {NOT_INSTALLED}"]


def _beside(row: dict[str, float]) -> str:
    said = [f"numpy {row['numpy']:,.1f} ({_factor(row['numpy'], row['faden'])})"]
    if "openfisca" in row:
        whole = row["openfisca"] + row["openfisca_reading"]
        factors = f"{_factor(row['openfisca'], row['faden'])}; with reading {_factor(whole, row['faden'] + row['faden_reading'])}"
        said.insert(0, f"OpenFisca {row['openfisca']:,.1f} ({whole:,.1f}) ({factors})")
    return ", ".join(said)


def _factor(theirs: float, ours: float) -> str:
    return f"Faden {theirs / ours:,.1f} times as fast" if theirs > ours else f"{ours / theirs:,.1f} times as fast as Faden"


def shortfalls(found: dict[str, Any]) -> list[str]:
    """Faden is to be the faster one for one person."""
    one = found["one"]
    if "openfisca" not in one or one["faden"] < one["openfisca"]:
        return []
    return [f"Residence, five conditions of one person: Faden {one['faden']:,.0f} ns each, OpenFisca {one['openfisca']:,.0f} ns."]
