"""How a path is written down: its conditions as functions with dates. A changed paragraph is a second function."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import SimpleNamespace

from faden.law.case import Case
from faden.law.days import ONE_DAY
from faden.law.outcome import Binding, Claim, Outcome
from faden.law.parameters import ALWAYS, parameters, values_on

LAW_STATE = date(2026, 8, 19)  # no text behind these rules is newer
FIRST_DAY = date(2021, 12, 28)  # no stored text is older

Test = Callable[[Case, SimpleNamespace], Outcome]


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One sentence of the law as one function, while it is in force. Each is itself alone: what is kept is kept by it."""

    id: str
    law: str
    binding: Binding
    test: Test
    since: date = ALWAYS
    until: date = date.max
    dated: bool = False  # has a day from which it is met
    shared: bool = False  # reads no number of the path: its answer is the same wherever it is asked


@dataclass(frozen=True, slots=True)
class Version:
    """How binding the path is for the office while this wording is in force."""

    claim: Claim
    since: date = ALWAYS
    until: date = date.max


@dataclass(slots=True)
class Path:
    """One way to a title, a Duldung, a course or citizenship; without a version on a day it is closed."""

    key: str
    law: str
    versions: tuple[Version, ...]
    conditions: list[Condition] = field(default_factory=list)

    def condition(
        self, id: str, law: str, binding: Binding, *, since: date = ALWAYS, until: date = date.max, dated: bool = False
    ) -> Callable[[Test], Test]:
        """Declare one; the order in the file is the order on the page."""

        def declared(test: Test) -> Test:
            self.conditions.append(Condition(id, law, binding, test, since, until, dated))
            return test

        return declared

    def takes(self, *shared: Condition, since: date | None = None, until: date | None = None) -> None:
        """Conditions that several paths have in common; on other days here where they say so."""
        self.conditions += [replace(one, since=since or one.since, until=until or one.until) for one in shared]


@dataclass(frozen=True, slots=True)
class PathOnDay:
    """A path as it reads between two changes of the law."""

    path: Path
    claim: Claim | None  # None: closed
    conditions: tuple[Condition, ...]
    values: SimpleNamespace


@cache
def changes() -> tuple[date, ...]:
    """Every day from which any rule or number reads differently, in order."""
    from faden.law.paths import PATHS  # noqa: PLC0415 -- the paths are written with this module

    spans = [(one.since, one.until) for path in PATHS for one in path.versions]
    spans += [(one.since, one.until) for path in PATHS for one in path.conditions]
    spans += [(one.since, one.until) for parameter in parameters() for one in parameter.values]
    days = {since for since, _ in spans} | {until + ONE_DAY for _, until in spans if until < date.max}
    return tuple(sorted(day for day in days if day > FIRST_DAY))


def law_on(day: date) -> tuple[PathOnDay, ...]:
    """All paths as they read on this day."""
    return _epoch(bisect_right(changes(), day))


@cache
def _epoch(number: int) -> tuple[PathOnDay, ...]:
    from faden.law.paths import PATHS  # noqa: PLC0415 -- the paths are written with this module

    day = changes()[number - 1] if number else FIRST_DAY
    return tuple(_path_on(path, day) for path in PATHS)


def _path_on(path: Path, day: date) -> PathOnDay:
    claim = next((one.claim for one in path.versions if one.since <= day <= one.until), None)
    conditions = tuple(one for one in path.conditions if one.since <= day <= one.until)
    return PathOnDay(path, claim, conditions, values_on(path.key, day))
