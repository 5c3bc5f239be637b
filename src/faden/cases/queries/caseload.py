"""Which cases somebody leads, and where they stand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from faden.cases.models import Appointment, Case, Task
from faden.cases.vocabulary import Phase, Urgency
from faden.persons.queries.cards import Card, cards_of

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One line of the caseload."""

    case_id: UUID
    number: str
    card: Card
    lead: str
    phase: str
    urgency: str
    urgent: bool
    opened_on: date
    last_contact_at: datetime | None
    next_due: date | None
    overdue: bool
    next_appointment: datetime | None


@dataclass(frozen=True)
class Page:
    """Fifty lines and whether there are more."""

    rows: list[Row]
    number: int
    has_more: bool


def caseload_of(membership_id: UUID, *, now: datetime, today: date, phase: str = "", page: int = 1) -> Page:
    """Open cases of one case manager, longest without contact last; three statements."""
    found = Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=membership_id)
    if phase:
        found = found.filter(phase=phase)
    return _page(found.order_by("-last_contact_at", "id"), now=now, today=today, page=page)


def closed_cases_of(membership_id: UUID, *, now: datetime, today: date, page: int = 1) -> Page:
    """What is finished, newest first."""
    found = Case.objects.filter(lead_id=membership_id, phase=Phase.CLOSED).order_by("-opened_on", "id")
    return _page(found, now=now, today=today, page=page)


def _page(found: QuerySet[Case], *, now: datetime, today: date, page: int) -> Page:
    first = (page - 1) * PAGE
    due = Task.objects.filter(case_id=OuterRef("id"), done_at__isnull=True, due_on__isnull=False)
    coming = Appointment.objects.filter(case_id=OuterRef("id"), starts_at__gte=now).order_by("starts_at")
    cases = list(
        found.select_related("person__municipality", "lead").annotate(
            next_due=Subquery(due.order_by("due_on").values("due_on")[:1]),
            next_appointment=Subquery(coming.values("starts_at")[:1]),
        )[first : first + PAGE + 1]
    )
    cards = cards_of([case.person for case in cases])
    rows = [_row(case, cards[case.person_id], today) for case in cases[:PAGE]]
    return Page(rows, page, has_more=len(cases) > PAGE)


def _row(case: Case, card: Card, today: date) -> Row:
    due = case.next_due  # type: ignore[attr-defined]
    return Row(
        case_id=case.id,
        number=case.number,
        card=card,
        lead=case.lead.name,
        phase=str(Phase(case.phase).label),
        urgency=str(Urgency(case.urgency).label),
        urgent=case.urgency != Urgency.NORMAL,
        opened_on=case.opened_on,
        last_contact_at=case.last_contact_at,
        next_due=due,
        overdue=due is not None and due < today,
        next_appointment=case.next_appointment,  # type: ignore[attr-defined]
    )


def phase_counts(membership_id: UUID) -> dict[str, int]:
    """How many open cases are in each phase."""
    found = Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=membership_id).order_by()
    return dict(found.values_list("phase").annotate(Count("id")))
