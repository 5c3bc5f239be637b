"""Cases of a service as its team lead sees them before opening one: no names of clients."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Case
from faden.cases.vocabulary import Phase, Urgency

PAGE = 50


@dataclass(frozen=True)
class TeamRow:
    """Number, lead, phase: enough to know who is busy with what, nothing about the person."""

    case_id: UUID
    number: str
    lead: str
    phase: str
    urgency: str
    urgent: bool
    opened_on: date
    last_contact_at: datetime | None


@dataclass(frozen=True)
class TeamPage:
    """Fifty lines and whether there are more."""

    rows: list[TeamRow]
    number: int
    has_more: bool


def team_cases(*, page: int) -> TeamPage:
    """Open cases by number, newest first; one statement."""
    found = Case.objects.filter(~Q(phase=Phase.CLOSED)).select_related("lead").order_by("-number")
    cases = list(found[(page - 1) * PAGE : page * PAGE + 1])
    rows = [
        TeamRow(
            case.id,
            case.number,
            case.lead.name,
            str(Phase(case.phase).label),
            str(Urgency(case.urgency).label),
            case.urgency != Urgency.NORMAL,
            case.opened_on,
            case.last_contact_at,
        )
        for case in cases[:PAGE]
    ]
    return TeamPage(rows, page, has_more=len(cases) > PAGE)
