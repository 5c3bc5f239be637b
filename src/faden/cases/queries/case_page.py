"""What the page of a case shows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from faden.cases.models import Appointment, Case, Task, WorkingNote
from faden.cases.queries.access import CaseAccess
from faden.cases.queries.timeline import History, history_of
from faden.cases.vocabulary import Phase, Urgency
from faden.kernel.actor import Actor
from faden.persons.models import Person
from faden.persons.queries.cards import Card, card_of


@dataclass(frozen=True)
class CaseHead:
    """The banner over every page of a case."""

    case_id: UUID
    number: str
    card: Card
    phase: str
    phase_code: str
    urgency: str
    urgent: bool
    lead: str
    opened_on: date
    because: str
    may_write: bool


@dataclass(frozen=True)
class CasePage:
    """Banner, what is to do next, own notes, history."""

    head: CaseHead
    tasks: list[Task]
    appointments: list[Appointment]
    working_notes: list[WorkingNote]
    history: History

    @property
    def planned(self) -> int:
        """How many things are to come."""
        return len(self.tasks) + len(self.appointments)


def head_of(access: CaseAccess) -> CaseHead:
    """Two statements: the person's town, her main name."""
    case = access.case
    person = Person.objects.select_related("municipality").get(id=case.person_id)
    return CaseHead(
        case_id=case.id,
        number=case.number,
        card=card_of(person),
        phase=str(Phase(case.phase).label),
        phase_code=case.phase,
        urgency=str(Urgency(case.urgency).label),
        urgent=case.urgency != Urgency.NORMAL,
        lead=case.lead.name,
        opened_on=case.opened_on,
        because=access.because,
        may_write=access.may_write,
    )


def case_page(
    access: CaseAccess, *, actor: Actor, now: datetime, before: str = "", kind: str = ""
) -> CasePage:
    """The whole page; the number of statements does not depend on what is there."""
    case = access.case
    return CasePage(
        head=head_of(access),
        tasks=list(_open_tasks(case)),
        appointments=list(
            Appointment.objects.filter(case=case, starts_at__gte=now)
            .select_related("host")
            .order_by("starts_at")[:5]
        ),
        # Arbeitsnotizen are their author's: not the substitute's, not the team lead's.
        working_notes=list(
            WorkingNote.objects.filter(case=case, author_id=UUID(actor.membership_id)).order_by("destroy_on")
        ),
        history=history_of(case, before=before, kind=kind),
    )


def _open_tasks(case: Case) -> list[Task]:
    found = Task.objects.filter(case=case, done_at__isnull=True).select_related("assignee")
    return list(found.order_by("due_on", "id")[:30])
