"""Who leaves or has left and still holds something: numbers and phases, no names of clients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, Case, Inquiry, Substitution, Task, WorkingNote
from faden.cases.vocabulary.case import CaseWeight, Phase
from faden.cases.vocabulary.inquiry import InquiryResult
from faden.casework.queries.counting import number_of
from faden.kernel.errors import NotFound
from faden.organisations.models import Membership

HOLDING_ROLES = ("case_manager", "team_lead")


@dataclass(frozen=True)
class Holder:
    """One colleague and how much stands in her name; for who leaves, and for relief."""

    membership_id: UUID
    name: str
    until: date | None
    cases: int
    tasks: int
    appointments: int
    inquiries: int
    stands_in: int

    @property
    def holds(self) -> bool:
        """Is there something that somebody has to take over? Inquiries belong to the service."""
        return bool(self.cases or self.tasks or self.appointments or self.stands_in)

    @property
    def leaves(self) -> bool:
        """Her access has a last day."""
        return self.until is not None


def holders(*, now: datetime, today: date) -> list[Holder]:
    """Who leaves first, then the others by name; only who holds something. Two statements."""
    return _holders(Membership.objects.filter(role__in=HOLDING_ROLES), now=now, today=today)


def leaving(*, now: datetime, today: date) -> list[Holder]:
    """Only those with a last day: what a team lead is reminded of."""
    found = Membership.objects.filter(role__in=HOLDING_ROLES, until__isnull=False)
    return _holders(found, now=now, today=today)


def holder(membership_id: UUID, *, now: datetime, today: date) -> Holder:
    """One of them, also when nothing is left."""
    found = Membership.objects.filter(role__in=HOLDING_ROLES, id=membership_id)
    row = _with_numbers(found, now=now, today=today).first()
    if row is None:
        raise NotFound(_("Diesen Zugang gibt es hier nicht."))
    return _as_holder(row, _inquiries())


def _holders(found: QuerySet[Membership], *, now: datetime, today: date) -> list[Holder]:
    in_order = found.order_by(F("until").asc(nulls_last=True), "name", "id")
    inquiries = _inquiries()
    rows = [_as_holder(row, inquiries) for row in _with_numbers(in_order, now=now, today=today)]
    return [row for row in rows if row.holds]


def _inquiries() -> dict[int, int]:
    """By account: nobody's own, so there is no index by person; one pass over those that wait."""
    waiting = Inquiry.objects.filter(result__in=[InquiryResult.OPEN, InquiryResult.WAITING_LIST])
    return dict(waiting.order_by().values_list("taken_by").annotate(number=Count("*")))


def _with_numbers(found: QuerySet[Membership], *, now: datetime, today: date) -> QuerySet[Membership]:
    me = OuterRef("id")
    # Nobody's appointment lasts longer than its day: the index knows when they begin.
    meetings = Appointment.objects.filter(starts_at__gte=now - timedelta(days=1), ends_at__gte=now, dropped_because="")
    return found.annotate(
        held_cases=number_of(Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=me)),
        held_tasks=number_of(Task.objects.filter(assignee_id=me, done_at__isnull=True)),
        held_appointments=number_of(meetings.filter(host_id=me)),
        held_substitutions=number_of(
            Substitution.objects.filter(deputy_id=me, until_on__gte=today, ended_at__isnull=True)
        ),
    )


def _as_holder(row: Membership, inquiries: dict[int, int]) -> Holder:
    return Holder(
        row.id,
        row.name,
        row.until,
        row.held_cases,  # type: ignore[attr-defined]
        row.held_tasks,  # type: ignore[attr-defined]
        row.held_appointments,  # type: ignore[attr-defined]
        inquiries.get(row.user_id, 0),
        row.held_substitutions,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class HeldCase:
    """A case to give away: enough to plan with, nothing about the person."""

    case_id: UUID
    number: str
    phase: str
    weight: str
    last_contact_at: datetime | None
    tasks: int
    appointments: int


def held_cases(membership_id: UUID, *, now: datetime) -> list[HeldCase]:
    """All open cases of one lead by number; one statement."""
    mine = Q(case_id=OuterRef("id"))
    found = Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=membership_id).annotate(
        held_tasks=number_of(Task.objects.filter(mine, assignee_id=membership_id, done_at__isnull=True)),
        held_appointments=number_of(
            Appointment.objects.filter(mine, host_id=membership_id, ends_at__gte=now, dropped_because="")
        ),
    )
    return [
        HeldCase(
            case.id,
            case.number,
            str(Phase(case.phase).label),
            str(CaseWeight(case.weight).label),
            case.last_contact_at,
            case.held_tasks,
            case.held_appointments,
        )
        for case in found.order_by("number")
    ]


def own_notes_in(case: Case, *, membership_id: UUID) -> int:
    """How many Arbeitsnotizen one would leave behind: nobody else reads or transfers them."""
    return WorkingNote.objects.filter(case=case, author_id=membership_id).count()


def cases_with_work_of(membership_id: UUID, *, now: datetime) -> list[Case]:
    """Cases of others in which this one still has a task or an appointment."""
    here = Q(case_id=OuterRef("id"))
    tasks = Task.objects.filter(here, assignee_id=membership_id, done_at__isnull=True)
    appointments = Appointment.objects.filter(here, host_id=membership_id, ends_at__gte=now, dropped_because="")
    found = Case.objects.filter(Exists(tasks) | Exists(appointments)).exclude(lead_id=membership_id)
    return list(found.order_by("id"))
