"""What the page of a case shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from faden.cases.models import Appointment, Case, Task, WorkingNote
from faden.cases.queries.access import CaseAccess
from faden.cases.queries.deadlines import DeadlineRow, in_sight
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.members import Member, members_of
from faden.cases.queries.next_step import NextStep, earliest
from faden.cases.queries.timeline import History, Of, concerning, history_of
from faden.cases.vocabulary.case import Phase, Scope, Urgency
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
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
    is_family: bool
    # A Schutzvermerk in the family: the address waits for a click, and no paper carries the name.
    masked: bool
    is_closed: bool
    may_reopen: bool
    in_substitution: bool


@dataclass(frozen=True)
class CasePage:
    """Banner, what is to do next, own notes, history."""

    head: CaseHead
    members: list[Member]
    tasks: list[Task]
    appointments: list[Appointment]
    working_notes: list[WorkingNote]
    history: History
    deadlines: list[DeadlineRow]
    today: date

    @property
    def next_step(self) -> NextStep | None:
        """What stands in the banner; nothing is to come in a closed case."""
        return None if self.head.is_closed else earliest(self.tasks, self.appointments, self.deadlines, today=self.today)

    @property
    def planned(self) -> int:
        """How many things are to come."""
        return len(self.tasks) + len(self.appointments)


def head_of(access: CaseAccess, *, card: Card | None = None) -> CaseHead:
    """Two statements: her main name, and whether a Schutzvermerk stands; one where her card is there already."""
    case = access.case
    shown = card or card_of(case.person)
    return CaseHead(
        case_id=case.id,
        number=case.number,
        card=shown.without_contact() if access.is_closed else shown,
        phase=str(Phase(case.phase).label),
        phase_code=case.phase,
        urgency=str(Urgency(case.urgency).label),
        urgent=case.urgency != Urgency.NORMAL,
        lead=case.lead.name,
        opened_on=case.opened_on,
        because=access.because,
        may_write=access.may_write and not access.is_closed,
        masked=bool(masked_cases([case.id])),
        is_closed=access.is_closed,
        may_reopen=access.may_write and access.is_closed,
        in_substitution=bool(access.acting_for),
        is_family=case.scope == Scope.FAMILY,
    )


def case_page(
    access: CaseAccess,
    *,
    actor: Actor,
    now: datetime,
    of: Of = Of(),  # noqa: B008 -- frozen
    before: str = "",
    kind: str = "",
) -> CasePage:
    """The whole page, or one person's part of it; the number of statements does not depend on what is there."""
    case = access.case
    members = members_of(case)
    head = head_of(access, card=next((member.card for member in members if member.is_main), None))
    history = _with_names(history_of(case, of=of, before=before, kind=kind), members)
    tasks, appointments = _open_tasks(case, of), _coming(case, of, now)
    today = now.astimezone(BERLIN).date()
    for row in (*tasks, *appointments):
        row.about = _names(row.persons, members)  # type: ignore[attr-defined]
    return CasePage(
        head=head,
        members=members,
        tasks=tasks,
        appointments=appointments,
        # Arbeitsnotizen are their author's: not the substitute's, not the team lead's.
        working_notes=list(
            WorkingNote.objects.filter(concerning(of), case=case, author_id=UUID(actor.membership_id)).order_by("destroy_on")
        ),
        history=_without_towns(history) if head.masked else history,
        deadlines=_with_whom(in_sight(case, of=of, today=today), members, of),
        today=today,
    )


def _with_whom(deadlines: list[DeadlineRow], members: list[Member], of: Of) -> list[DeadlineRow]:
    """On her own page it goes without saying whose they are."""
    if of.person:
        return deadlines
    return [replace(row, who=", ".join(_names(row.persons, members))) for row in deadlines]


def _without_towns(history: History) -> History:
    """Where a protected person asked from is part of where she lives."""
    return replace(history, lines=[replace(line, town="") for line in history.lines])


def _names(persons: Iterable[UUID], members: list[Member]) -> tuple[str, ...]:
    """Whom it concerns, in a family; with one person that goes without saying."""
    names = {member.person_id: member.card.name for member in members}
    return tuple(names[person] for person in persons if person in names) if len(members) > 1 else ()


def _with_names(history: History, members: list[Member]) -> History:
    return replace(history, lines=[replace(line, about=_names(line.persons, members)) for line in history.lines])


def _coming(case: Case, of: Of, now: datetime) -> list[Appointment]:
    found = Appointment.objects.filter(concerning(of), case=case, starts_at__gte=now, dropped_because="")
    return list(found.select_related("host").order_by("starts_at", "id")[:5])


def _open_tasks(case: Case, of: Of) -> list[Task]:
    found = Task.objects.filter(concerning(of), case=case, done_at__isnull=True).select_related("assignee")
    return list(found.order_by("due_on", "id")[:30])
