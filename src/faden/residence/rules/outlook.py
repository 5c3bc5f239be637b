"""From a result of `faden.law` to what opens and what closes, and what a passed day costs. Pure; no score, nobody is ranked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from faden.cases.vocabulary.deadline import DeadlineKind
from faden.law.case import Case
from faden.law.days import ONE_DAY, plus_months
from faden.law.decide import PathResult, Result
from faden.law.facts import Facts
from faden.law.outcome import State
from faden.residence.vocabulary import News

MONTHS_AHEAD = 6
CLOSING = timedelta(days=180)
OPEN = frozenset({State.MET, State.DECISION})

# By what is lost when the day passes: the right to stay first, a claim to a course last.
BY_CONSEQUENCE = (
    DeadlineKind.TITLE,
    DeadlineKind.BRIDGE_104C,
    DeadlineKind.REMEDY,
    DeadlineKind.AGE_27,
    DeadlineKind.PASSPORT,
    DeadlineKind.COURSE_CLAIM,
)

# Who holds this has gone the path already.
_GONE_WITH = {
    "ae_104c": {"104c"},
    "ae_25a": {"25a", "25a_2"},
    "ae_25b": {"25b", "25b_4", "25b_6"},
    "ae_16g": {"16g"},
    "duldung_60c": {"60c"},
    "duldung_60d": {"60d"},
    "ae_19d": {"19d"},
    "ae_18a": {"18a"},
    "ae_18b": {"18b"},
    "ae_18g": {"18g"},
    "ae_24": {"24"},
    "ne_9": {"9"},
    "ne_18c": {"18c"},
    "ne_26_3": {"26_3"},
    "ne_26_4": {"26_4"},
    "ne_28_2": {"28_2"},
    "ne_35": {"35"},
    "daueraufenthalt_eu": {"9a"},
}
_COURSE = "course_44"


@dataclass(frozen=True)
class Found:
    """A path that is open, opens within sight or closes; `set_by`: the condition that sets the day shown."""

    path: str
    state: str
    opens_on: date | None = None
    closes_on: date | None = None
    set_by: str = ""


@dataclass(frozen=True)
class Told:
    """One piece of news about a path; `on`: the day it names, if any."""

    kind: News
    path: str
    on: date | None = None


def openings(facts: Facts, result: Result) -> tuple[Found, ...]:
    """What is open or near for a person, but for what she has already; in the order of the paths."""
    gone = gone_already(facts, result.on)
    found = (_found(path, result.on) for path in result.paths.values() if path.key not in gone)
    return tuple(one for one in found if one is not None)


def gone_already(facts: Facts, on: date) -> frozenset[str]:
    """The paths behind her: of the title she holds today or that a Fiktion keeps alive, and a course she has begun."""
    gone = _GONE_WITH.get(Case(facts, on).title or "", set())
    return frozenset(gone | ({_COURSE} if facts.course.begun else set()))


def _found(path: PathResult, on: date) -> Found | None:
    closes_on = path.latest_date if path.latest_date and on <= path.latest_date <= on + CLOSING else None
    if path.state in OPEN:
        return _as_found(path, closes_on)
    if not _is_meant(path):
        return None
    if path.code == "not_yet" and path.earliest_date and path.earliest_date <= plus_months(on, MONTHS_AHEAD):
        return _as_found(path, closes_on)
    if path.state is State.UNKNOWN and (closes_on or _has_just_come(path.earliest_date, on)):
        return _as_found(path, closes_on)
    return None


def _is_meant(path: PathResult) -> bool:
    """Whom a path is for stands in its first condition: while that is not known, nothing near is shown."""
    return bool(path.outcomes) and path.outcomes[0].state is not State.UNKNOWN


def _has_just_come(earliest: date | None, on: date) -> bool:
    """The day was shown ahead and has come: it is not dropped because something else is still unknown."""
    return earliest is not None and earliest <= on <= plus_months(earliest, MONTHS_AHEAD)


def _as_found(path: PathResult, closes_on: date | None) -> Found:
    set_by = path.latest_by if closes_on else path.set_by
    return Found(path.key, path.state.value, path.earliest_date, closes_on, set_by[0] if set_by else "")


def look_again(result: Result, until: date) -> date:
    """The first day on which another opening may be found with the same facts; `until` as `decide_until` says."""
    days = [until]
    for path in result.paths.values():
        if path.earliest_date:
            days += _days_within_reach(path.earliest_date), path.earliest_date, plus_months(path.earliest_date, MONTHS_AHEAD) + ONE_DAY
        if path.latest_date:
            days += path.latest_date - CLOSING, path.latest_date + ONE_DAY
    return min(day for day in days if day > result.on)


def _days_within_reach(day: date) -> date:
    """The first day from which the other is no more than six months away; months differ, so it is looked for."""
    first = plus_months(day, -MONTHS_AHEAD)
    while plus_months(first - ONE_DAY, MONTHS_AHEAD) >= day:
        first -= ONE_DAY
    while plus_months(first, MONTHS_AHEAD) < day:
        first += ONE_DAY
    return first


# ---------- what of it is new ----------


def news(before: Mapping[str, Found], now: Iterable[Found], *, on: date) -> tuple[Told, ...]:
    """What the case lead has not been told: what opens later, what is open now, what closes. A day that is said is said once."""
    return tuple(told for one in now for told in _told(before.get(one.path), one, on))


def _told(before: Found | None, now: Found, on: date) -> Iterator[Told]:
    if now.closes_on and (before is None or before.closes_on != now.closes_on):
        yield Told(News.CLOSES, now.path, now.closes_on)
    elif _is_ahead(now, on):
        if before is None or before.opens_on != now.opens_on:
            yield Told(News.OPENS, now.path, now.opens_on)
    elif before is None or not _was_open(before, now):
        yield Told(News.OPEN if now.state in OPEN else News.TIME_HAS_COME, now.path)


def _is_ahead(found: Found, on: date) -> bool:
    return found.state not in OPEN and found.opens_on is not None and found.opens_on > on


def _was_open(before: Found, now: Found) -> bool:
    """From open to open is no news; from "the time has come, something is unknown" to open is."""
    return before.state == now.state or before.state in OPEN
