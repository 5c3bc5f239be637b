"""A caseload as data: what is filtered, how it is sorted, what can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from faden.cases.rules.action_required import Reason, Standing, order_by_need
from faden.cases.vocabulary.case import Scope
from faden.cases.vocabulary.caseload import ActionNeeded, CaseOrder

ANY_NEED = "any"
_FAR = date.max


@dataclass(frozen=True)
class Filter:
    """What somebody wants to see of her cases; "" is everything. Codes only, never names or words."""

    phase: str = ""
    urgency: str = ""
    need: str = ""
    town: str = ""
    language: str = ""
    scope: str = ""
    weight: str = ""
    order: str = CaseOrder.NEED

    @property
    def narrows(self) -> bool:
        """Does it leave cases out? The order alone does not."""
        return any(value for name, value in vars(self).items() if name != "order")


@dataclass(frozen=True)
class OpenCase:
    """One open case with all that a list asks; names and cards are read for the shown page only."""

    case_id: UUID
    number: str
    person_id: UUID
    sort_key: str
    town: tuple[str, str]
    languages: tuple[str, ...]
    members: int
    scope: str
    weight: int
    last_contact_at: datetime | None
    next_appointment_at: datetime | None
    standing: Standing
    reasons: tuple[Reason, ...]
    # A Schutzvermerk: no name to sort by, no town or language to filter by.
    masked: bool = False

    def fits(self, wanted: Filter) -> bool:
        """Is it what somebody wants to see?"""
        standing = self.standing
        asked = (
            (wanted.phase, standing.phase == wanted.phase),
            (wanted.urgency, standing.urgency == wanted.urgency),
            (wanted.need, self._needs(wanted.need)),
            (wanted.town, self.town[0] == wanted.town),
            (wanted.language, wanted.language in self.languages),
            (wanted.scope, self.scope == wanted.scope),
            (wanted.weight, str(self.weight) == wanted.weight),
        )
        return all(holds for value, holds in asked if value)

    def _needs(self, need: str) -> bool:
        kinds = [reason.kind for reason in self.reasons]
        return bool(kinds) if need == ANY_NEED else need in kinds

    @property
    def family_of(self) -> int:
        """How many persons a family case has; 0 in the case of one person."""
        return self.members if self.scope == Scope.FAMILY else 0


@dataclass(frozen=True)
class Choices:
    """What is there to filter by, so that no choice leads to an empty list by itself: (code, name)."""

    towns: list[tuple[str, str]]
    languages: list[str]


def chosen(cases: Iterable[OpenCase], wanted: Filter) -> list[OpenCase]:
    """Those that fit, in the wanted order."""
    return sorted((case for case in cases if case.fits(wanted)), key=_KEYS[CaseOrder(wanted.order)])


def choices(cases: Iterable[OpenCase]) -> Choices:
    """The towns and languages of these cases."""
    found = list(cases)
    return Choices(
        towns=sorted({case.town for case in found if case.town[0]}, key=lambda town: town[1]),
        languages=sorted({code for case in found for code in case.languages}),
    )


def beside_tasks(cases: Iterable[OpenCase]) -> list[OpenCase]:
    """Cases to act in for another reason than an overdue task, which stands in the day by itself."""
    found = [case for case in cases if any(reason.kind != ActionNeeded.OVERDUE_TASK for reason in case.reasons)]
    return chosen(found, Filter())


def _by_contact(case: OpenCase) -> tuple[object, ...]:
    # Never any contact counts from the opening.
    return (case.standing.last_contact_on or case.standing.opened_on, case.number)


def _by_opening(case: OpenCase) -> tuple[object, ...]:
    return (-case.standing.opened_on.toordinal(), case.number)


_KEYS = {
    CaseOrder.NEED: lambda case: (*order_by_need(case.standing, case.reasons), case.number),
    CaseOrder.CONTACT: _by_contact,
    CaseOrder.NEXT: lambda case: (case.standing.next_on or _FAR, case.number),
    CaseOrder.NAME: lambda case: (case.masked, case.sort_key, case.number),
    CaseOrder.OPENED: _by_opening,
}
