"""Handlungsbedarf: which cases need somebody to act, why, and in which order they are shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from faden.cases.vocabulary.case import Phase, Urgency
from faden.cases.vocabulary.caseload import ActionNeeded

# After so many days without contact and with nothing planned somebody asks how she is.
SILENCE_DAYS = {
    Phase.CLARIFICATION: 14,
    Phase.ASSESSMENT: 21,
    Phase.PLANNING: 21,
    Phase.LINKING: 21,
    Phase.MONITORING: 42,
    Phase.REASSESSMENT: 21,
    Phase.EVALUATION: 28,
}
URGENT_SILENCE_DAYS = {Urgency.SOON: 7, Urgency.NOW: 2}
# Longer than most cases stay in it; a question to the worker, not a rule of the programme.
PHASE_DAYS = {
    Phase.CLARIFICATION: 30,
    Phase.ASSESSMENT: 60,
    Phase.PLANNING: 45,
    Phase.LINKING: 120,
    Phase.MONITORING: 180,
    Phase.REASSESSMENT: 45,
    Phase.EVALUATION: 30,
}
CRITERION_DAYS = 30
ASSESSMENT_DAYS = 42
_FAR = date.max


@dataclass(frozen=True)
class Standing:
    """Where one case stands today: only what the rule asks."""

    phase: Phase
    urgency: Urgency
    opened_on: date
    last_contact_on: date | None = None
    in_phase_since: date | None = None
    open_tasks: int = 0
    first_due: date | None = None
    next_appointment_on: date | None = None
    without_agreement: int = 0
    not_yet_since: date | None = None
    assessing_since: date | None = None

    @property
    def next_on(self) -> date | None:
        """The next day something is to happen; an overdue task's day is past."""
        return min(filter(None, (self.first_due, self.next_appointment_on)), default=None)


@dataclass(frozen=True)
class Reason:
    """One reason: since how many days, or how many persons it is about."""

    kind: ActionNeeded
    days: int = 0
    persons: int = 0


def reasons(case: Standing, *, today: date) -> tuple[Reason, ...]:
    """All reasons to act, the most pressing first; none in a closed case."""
    return () if case.phase == Phase.CLOSED else tuple(_reasons(case, today))


def _reasons(case: Standing, today: date) -> Iterator[Reason]:
    if case.first_due and case.first_due < today:
        yield Reason(ActionNeeded.OVERDUE_TASK, days=(today - case.first_due).days)
    if case.without_agreement:
        yield Reason(ActionNeeded.NO_AGREEMENT, persons=case.without_agreement)
    for kind, since, allowed in (
        (ActionNeeded.SILENCE, _silent_since(case), _patience(case)),
        (ActionNeeded.CRITERION_OPEN, case.not_yet_since, CRITERION_DAYS),
        (ActionNeeded.PHASE_LONG, case.in_phase_since, PHASE_DAYS[case.phase]),
        (ActionNeeded.ASSESSMENT_OPEN, case.assessing_since, ASSESSMENT_DAYS),
    ):
        if since and today - since > timedelta(days=allowed):
            yield Reason(kind, days=(today - since).days)


def _silent_since(case: Standing) -> date | None:
    planned = case.open_tasks or case.next_appointment_on
    return None if planned else case.last_contact_on or case.opened_on


def _patience(case: Standing) -> int:
    usual = SILENCE_DAYS[case.phase]
    return min(usual, URGENT_SILENCE_DAYS.get(case.urgency, usual))


def order_by_need(case: Standing, found: tuple[Reason, ...]) -> tuple[object, ...]:
    """Sorts what needs acting first: urgent cases, then the most pressing reason, then the longest wait.

    Cases without a reason follow by their next day; those with nothing planned are last.
    """
    if not found:
        return (1, _calm(case.urgency), 0, 0, case.next_on or _FAR)
    first = found[0]
    pressing = list(ActionNeeded).index(first.kind)
    return (0, _calm(case.urgency), pressing, -first.days, case.next_on or _FAR)


def _calm(urgency: Urgency) -> int:
    return list(Urgency).index(Urgency.NORMAL) - list(Urgency).index(urgency)
