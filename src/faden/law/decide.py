"""From the conditions to the path (part C of the specification). Nothing here decides for an office."""

from collections.abc import Collection, Iterable
from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

from faden.law.case import Case
from faden.law.contradictions import without_contradictions
from faden.law.days import ONE_DAY
from faden.law.facts import Facts
from faden.law.outcome import Binding, Claim, Outcome, State
from faden.law.rules import FIRST_DAY, LAW_STATE, Condition, PathOnDay, Test, law_on

_MET, _NOT_MET, _UNKNOWN, _DECISION = State.MET, State.NOT_MET, State.UNKNOWN, State.DECISION
_MUST = Binding.MUST
_ASSUMED = frozenset({Binding.HELD, Binding.ASSUMED})
_BARS = frozenset({Binding.BAR, Binding.HELD})
_TIME = frozenset({"not_yet", "does_not_count"})  # time lacks: no "in der Regel" makes up for it, but for an exception that names it
_CLOSED_BY_TIME = frozenset({"too_late", "final"})

Pair = tuple[Condition, Outcome]


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
    set_by: tuple[str, ...] = ()  # the conditions that set the earliest day
    latest_date: date | None = None
    latest_by: tuple[str, ...] = ()  # the conditions that set the last day
    missing: tuple[str, ...] = ()
    exceptions_open: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    def answered(self) -> Iterable[Pair]:
        """Each condition beside what it came to, as plain pairs."""
        return zip(self.on_day.conditions, self.outcomes, strict=False)  # a closed path asks nothing

    @property
    def conditions(self) -> tuple[Answered, ...]:
        """Each condition beside what it came to."""
        return tuple(map(Answered, self.on_day.conditions, self.outcomes))


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


def _closed(case: Case, path: PathOnDay) -> PathResult:
    """Closed; what was filed while it was open and is not decided yet is contested (§ 104c has no rule for it), so the office decides."""
    key = path.path.key
    filed = case.applied(key)
    last = max((one.until for one in path.path.versions if one.until < case.on), default=None)
    if filed and last and filed <= last + ONE_DAY and not case.has_held(f"ae_{key}"):
        return PathResult(key, State.DECISION, "filed_in_time", path)
    return PathResult(key, State.CLOSED, "", path)


def _path(case: Case, path: PathOnDay) -> PathResult:
    if path.claim is None:
        return _closed(case, path)
    answered, values = case.answered, path.values
    outcomes = tuple([
        answered.get(one.test) or _shared(case, one.test, values) if one.shared else one.test(case, values) for one in path.conditions
    ])  # fmt: skip
    dated, not_met, is_known, is_weighed, has_all_days = [], [], True, False, True
    missing: list[str] = []
    exceptions: list[str] = []
    assumes: list[str] = []
    for pair in zip(path.conditions, outcomes, strict=True):
        condition, (state, _, _, lacks, day, last, _, open_, claimed, taken, _) = pair
        if day is not None or last is not None:
            dated.append(pair)
        if taken:
            assumes += taken
        if state is _MET:
            continue
        if state is _UNKNOWN:
            if condition.binding in _ASSUMED:
                assumes.append(condition.id)
                continue
            is_known = False
            has_all_days = has_all_days and not condition.dated
        elif state is _NOT_MET:
            not_met.append(pair)
        else:
            is_weighed = is_weighed or state is _DECISION
        missing += lacks
        exceptions += open_ + claimed
    times = _times(dated) if dated else _NO_TIMES
    if times.earliest:
        assumes += case.unasked_absences
    verdict, code = (not_met and _not_met(not_met)) or _state(path, not_met, is_known=is_known, is_weighed=is_weighed)
    if times.earliest and times.latest and case.on < times.earliest > times.latest:
        verdict, code = State.NOT_MET, "too_late"
    if times.earliest and (code in _CLOSED_BY_TIME or not has_all_days):  # no day while one of the dated conditions is unknown
        times = times._replace(earliest=None, tolerance=0, set_by=())
    return PathResult(path.path.key, verdict, code, path, outcomes, *times, _each(missing), _each(exceptions), _each(assumes))


class _Times(NamedTuple):
    """From when and until when all conditions that have a day let it be."""

    earliest: date | None
    tolerance: int
    set_by: tuple[str, ...]
    latest: date | None
    latest_by: tuple[str, ...]


_NO_TIMES = _Times(None, 0, (), None, ())


def _times(dated: list[Pair]) -> _Times:
    earliest, tolerance, latest = None, 0, None
    for _, outcome in dated:
        day, last = outcome.earliest, outcome.latest
        if day is not None and (earliest is None or day > earliest):
            earliest, tolerance = day, outcome.tolerance
        if last is not None and (latest is None or last < latest):
            latest = last
    set_by = tuple([one.id for one, outcome in dated if outcome.earliest == earliest]) if earliest else ()
    latest_by = tuple([one.id for one, outcome in dated if outcome.latest == latest]) if latest else ()
    return _Times(earliest, tolerance, set_by, latest, latest_by)


def _shared(case: Case, test: Test, values: SimpleNamespace) -> Outcome:
    """What several paths ask in the same way is asked once for a person."""
    found = case.answered[test] = test(case, values)
    return found


def _each(told: list[str]) -> tuple[str, ...]:
    """Once each, in order."""
    return tuple(dict.fromkeys(told)) if told else ()


def _state(path: PathOnDay, not_met: list[Pair], *, is_known: bool, is_weighed: bool) -> tuple[State, str]:
    """Where nothing bars: what is unknown comes first, then what the office weighs."""
    if not is_known:
        return State.UNKNOWN, ""
    if not_met:
        return State.DECISION, "exception_claimed" if any(outcome.claimed for _, outcome in not_met) else "usual_missing"
    if is_weighed:
        return State.DECISION, ""
    return (State.DECISION, "may") if path.claim is Claim.MAY else (State.MET, "")


def _not_met(not_met: list[Pair]) -> tuple[State, str] | None:
    """Whether what is not met decides the path, for good or for now; None where it only weighs."""
    hard, is_open = [], False
    for condition, outcome in not_met:
        if condition.binding in _BARS:
            return _NOT_MET, "refused"
        if outcome.open or outcome.claimed:
            is_open = is_open or bool(outcome.open)
        elif condition.binding is _MUST or outcome.code in _TIME:
            hard.append(outcome)
    if any(one.final for one in hard):
        return _NOT_MET, "final"
    if hard:
        return _NOT_MET, "not_yet" if all(one.earliest for one in hard) else ""
    return (State.UNKNOWN, "exception_open") if is_open else None
