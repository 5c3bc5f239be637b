"""Cases of a service as its team lead sees them before opening one: no names of clients."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Case
from faden.cases.vocabulary.case import Phase, Urgency
from faden.organisations.queries.memberships import names_by_membership

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
    """Open cases by number, newest first; two statements."""
    found = Case.objects.filter(~Q(phase=Phase.CLOSED)).order_by("-number")
    cases = list(found[(page - 1) * PAGE : page * PAGE + 1])
    # Not joined: with the names beside them the server reads all cases of the service to sort them.
    leads = names_by_membership(case.lead_id for case in cases)
    rows = [
        TeamRow(
            case.id,
            case.number,
            leads[case.lead_id],
            str(Phase(case.phase).label),
            str(Urgency(case.urgency).label),
            case.urgency != Urgency.NORMAL,
            case.opened_on,
            case.last_contact_at,
        )
        for case in cases[:PAGE]
    ]
    return TeamPage(rows, page, has_more=len(cases) > PAGE)
