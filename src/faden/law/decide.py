"""From the conditions to the path (part C of the specification). Nothing here decides for an office."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from faden.law.case import Case
from faden.law.contradictions import without_contradictions
from faden.law.facts import Facts
from faden.law.outcome import Binding, Claim, Outcome, State
from faden.law.rules import FIRST_DAY, LAW_STATE, Condition, PathOnDay, law_on

_ASSUMED = frozenset({Binding.HELD, Binding.ASSUMED})
_TIME = frozenset({"not_yet", "does_not_count"})  # time lacks: no "in der Regel" makes up for it, but for an exception that names it


class Answered(NamedTuple):
    """One condition and what it came to."""

    condition: Condition
    outcome: Outcome


class PathResult(NamedTuple):
    """One path for one person on one day."""

    key: str
    state: State
    code: str  # not_yet, too_late, refused, usual_missing, may, ... ; "" where the state says it all
    on_day: PathOnDay
    outcomes: tuple[Outcome, ...] = ()  # in the order of on_day.conditions
    earliest_date: date | None = None
    tolerance_days: int = 0
    latest_date: date | None = None
    missing: tuple[str, ...] = ()
    exceptions_open: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[Answered, ...]:
        """Each condition beside what it came to."""
        return tuple(map(Answered, self.on_day.conditions, self.outcomes))

    @property
    def set_by(self) -> tuple[str, ...]:
        """The conditions that set the earliest day."""
        return tuple(one.id for one, outcome in self.conditions if outcome.earliest and outcome.earliest == self.earliest_date)

    @property
    def latest_by(self) -> tuple[str, ...]:
        """The conditions that set the last day."""
        return tuple(one.id for one, outcome in self.conditions if outcome.latest and outcome.latest == self.latest_date)


class Result(NamedTuple):
    """All paths asked for, with the state of the law behind them."""

    on: date
    law_state: date
    paths: dict[str, PathResult]
    contradictions: tuple[str, ...] = ()


def decide(facts: Facts, on: date, only: Collection[str] | None = None) -> Result:
    """Check these facts on a day against all paths, or only some. The day is not before FIRST_DAY."""
    if on < FIRST_DAY:
        raise ValueError(on)
    facts, contradictions = without_contradictions(facts, on)
    case = Case(facts, on)
    paths = {one.path.key: _path(case, one) for one in law_on(on) if only is None or one.path.key in only}
    return Result(on, LAW_STATE, paths, contradictions)


def _path(case: Case, path: PathOnDay) -> PathResult:
    if path.claim is None:
        return PathResult(path.path.key, State.CLOSED, "", path)
    outcomes = tuple([_outcome(case, one, path) if one.shared else one.test(case, path.values) for one in path.conditions])
    earliest, latest, tolerance, is_dated = None, None, 0, True
    missing: dict[str, None] = {}
    exceptions: dict[str, None] = {}
    assumes: dict[str, None] = {}
    for condition, (state, _, _, lacks, day, last, _, open_, claimed, taken, days) in zip(path.conditions, outcomes, strict=True):
        if day is not None and (earliest is None or day > earliest):
            earliest, tolerance = day, days
        if last is not None and (latest is None or last < latest):
            latest = last
        if taken:
            assumes.update(dict.fromkeys(taken))
        if state is State.MET:
            continue
        if state is State.UNKNOWN:
            if condition.binding in _ASSUMED:
                assumes[condition.id] = None
                continue
            is_dated = is_dated and not condition.dated
        if lacks:
            missing.update(dict.fromkeys(lacks))
        if open_ or claimed:
            exceptions.update(dict.fromkeys((*open_, *claimed)))
    assumes.update(case.unasked_absences if earliest else {})
    verdict, code = _state(path, outcomes)
    if earliest and latest and case.on < earliest > latest:
        verdict, code = State.NOT_MET, "too_late"
    if code in {"too_late", "final"} or not is_dated:  # no day while one of the dated conditions is unknown
        earliest, tolerance = None, 0
    return PathResult(
        path.path.key, verdict, code, path, outcomes, earliest, tolerance, latest, tuple(missing), tuple(exceptions), tuple(assumes)
    )  # fmt: skip


def _outcome(case: Case, condition: Condition, path: PathOnDay) -> Outcome:
    """What several paths ask in the same way is asked once for a person."""
    found = case.answered.get(condition.test)
    if found is None:
        found = case.answered[condition.test] = condition.test(case, path.values)
    return found


def _state(path: PathOnDay, outcomes: tuple[Outcome, ...]) -> tuple[State, str]:
    """What bars comes first, then what is missing for good or for now, what is unknown, what the office weighs."""
    states = {one[0] for one in outcomes}
    if State.NOT_MET in states and (found := _not_met(path, outcomes)):
        return found
    if State.UNKNOWN in states and any(
        one[0] is State.UNKNOWN and condition.binding not in _ASSUMED for condition, one in zip(path.conditions, outcomes, strict=True)
    ):
        return State.UNKNOWN, ""
    if State.NOT_MET in states:
        claimed = any(one.claimed for one in outcomes if one.state is State.NOT_MET)
        return State.DECISION, "exception_claimed" if claimed else "usual_missing"
    if State.DECISION in states:
        return State.DECISION, ""
    return (State.DECISION, "may") if path.claim is Claim.MAY else (State.MET, "")


def _not_met(path: PathOnDay, outcomes: tuple[Outcome, ...]) -> tuple[State, str] | None:
    """Whether what is not met decides the path; None where it only weighs."""
    not_met = [(one.binding, outcome) for one, outcome in zip(path.conditions, outcomes, strict=True) if outcome.state is State.NOT_MET]
    if any(binding in {Binding.BAR, Binding.HELD} for binding, _ in not_met):
        return State.NOT_MET, "refused"
    hard = [outcome for binding, outcome in not_met if (binding is Binding.MUST or outcome.code in _TIME) and not (outcome.open or outcome.claimed)]
    if any(one.final for one in hard):
        return State.NOT_MET, "final"
    if hard:
        return State.NOT_MET, "not_yet" if all(one.earliest for one in hard) else ""
    return (State.UNKNOWN, "exception_open") if any(outcome.open for _, outcome in not_met) else None
