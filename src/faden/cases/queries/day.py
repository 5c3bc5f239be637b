"""Mein Tag: what is overdue, due, new."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Appointment, Case, Inquiry, Task, WorkingNote
from faden.cases.vocabulary import InquiryResult, Phase
from faden.kernel.clock import BERLIN
from faden.persons.queries.cards import Card, cards_of

SOON = timedelta(days=7)
NEW = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """A task with whom it is about."""

    task: Task
    card: Card | None


@dataclass(frozen=True)
class Meeting:
    """An appointment with whom it is about."""

    appointment: Appointment
    card: Card | None


@dataclass(frozen=True)
class Fresh:
    """A case that is new in the caseload."""

    case: Case
    card: Card


@dataclass(frozen=True)
class LeftNote:
    """An Arbeitsnotiz whose author has left: where and until when, never what it says."""

    number: str
    author: str
    destroy_on: date


@dataclass(frozen=True)
class Day:
    """One person's day."""

    overdue: list[Due]
    due: list[Due]
    meetings: list[Meeting]
    new_cases: list[Fresh]
    open_inquiries: list[Inquiry]
    ending_notes: list[WorkingNote]
    left_notes: list[LeftNote]

    @property
    def case_ids(self) -> list[UUID]:
        """Whose data the page shows."""
        rows = [d.task.case_id for d in (*self.overdue, *self.due) if d.card]
        rows += [m.appointment.case_id for m in self.meetings if m.card] + [f.case.id for f in self.new_cases]
        return [row for row in dict.fromkeys(rows) if row]


def day_of(membership_id: UUID, *, today: date) -> Day:
    """Everything for one membership; seven statements and one for the names."""
    tasks = list(
        Task.objects.filter(assignee_id=membership_id, done_at__isnull=True, due_on__lte=today + SOON)
        .select_related("case__person__municipality")
        .order_by("due_on", "id")[:60]
    )
    start = datetime.combine(today, datetime.min.time(), tzinfo=BERLIN)
    meetings = list(
        Appointment.objects.filter(host_id=membership_id, starts_at__gte=start, starts_at__lt=start + SOON + timedelta(days=1))
        .select_related("case__person__municipality")
        .order_by("starts_at")[:30]
    )
    new_cases = list(
        Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=membership_id, opened_on__gte=today - NEW)
        .select_related("person__municipality")
        .order_by("-opened_on")[:10]
    )
    # Who does not lead the case may not open it, so she is told its number and not the name.
    about = [task.case for task in tasks] + [meeting.case for meeting in meetings] + list(new_cases)
    own = [case for case in about if case and case.lead_id == membership_id]
    cards = cards_of(list({case.person_id: case.person for case in own}.values()))
    by_case = {case.id: cards[case.person_id] for case in own}
    dues = [Due(task, by_case.get(task.case_id) if task.case_id else None) for task in tasks]
    return Day(
        overdue=[due for due in dues if due.task.due_on and due.task.due_on < today],
        due=[due for due in dues if due.task.due_on and due.task.due_on >= today],
        meetings=[
            Meeting(meeting, by_case.get(meeting.case_id) if meeting.case_id else None)
            for meeting in meetings
        ],
        new_cases=[Fresh(case, by_case[case.id]) for case in new_cases],
        open_inquiries=_open_inquiries(),
        ending_notes=list(
            WorkingNote.objects.filter(author_id=membership_id, destroy_on__lte=today + timedelta(days=14))
            .select_related("case")
            .order_by("destroy_on")[:10]
        ),
        left_notes=_left_notes(today),
    )


def _open_inquiries() -> list[Inquiry]:
    found = Inquiry.objects.filter(result__in=[InquiryResult.OPEN, InquiryResult.WAITING_LIST])
    return list(found.select_related("municipality", "matter").order_by("-asked_at")[:10])


def _left_notes(today: date) -> list[LeftNote]:
    found = WorkingNote.objects.filter(author__until__lt=today).order_by("destroy_on")
    rows = found.values_list("case__number", "author__name", "destroy_on")[:30]
    return [LeftNote(*row) for row in rows]
