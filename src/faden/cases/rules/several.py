"""One change for several cases: what is wanted, and why it cannot be done to one of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.caseload import WhyNot


@dataclass(frozen=True)
class TaskForEach:
    """The same task in each case; in a family case for all its persons or only for the one it is named after."""

    title: str
    due_on: date | None
    assignee: UUID
    everybody: bool


@dataclass(frozen=True)
class WeightForEach:
    """The same weight for each case."""

    weight: int


@dataclass(frozen=True)
class LeadForEach:
    """The same colleague for each case."""

    to: UUID
    reason: str


Change = TaskForEach | WeightForEach | LeadForEach


@dataclass(frozen=True)
class Present:
    """What of a case the answer depends on."""

    lead: UUID
    phase: str
    weight: int
    open_tasks: frozenset[tuple[str, date | None]] = frozenset()


def why_not(change: Change, case: Present, *, for_: UUID) -> WhyNot | None:
    """Why nothing happens to this case; None when it does."""
    if case.lead != for_:
        return WhyNot.NOT_YOURS
    if case.phase == Phase.CLOSED:
        return WhyNot.CLOSED
    return WhyNot.SO_ALREADY if _is_so(change, case) else None


def _is_so(change: Change, case: Present) -> bool:
    if isinstance(change, WeightForEach):
        return case.weight == change.weight
    if isinstance(change, LeadForEach):
        return case.lead == change.to
    return (change.title, change.due_on) in case.open_tasks
