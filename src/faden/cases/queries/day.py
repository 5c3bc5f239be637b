"""Mein Tag: what is overdue, due, new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, Case, Inquiry, Task, WorkingNote
from faden.cases.queries.deadlines import Nearing, listed, near_of, nearing
from faden.cases.queries.interpreters import Asking, to_ask
from faden.cases.queries.life_areas import worded
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.naming import Names, names_of_entries, who
from faden.cases.queries.reminders import Waiting, waiting_for
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.inquiry import InquiryResult
from faden.kernel.clock import BERLIN
from faden.persons.queries.cards import Card

SOON = timedelta(days=7)
NEW = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """A task with whom it is about; `title` says nothing where a Schutzvermerk hides the case."""

    task: Task
    card: Card | None
    title: str
    who: str


@dataclass(frozen=True)
class Meeting:
    """An appointment with whom it is about; subject and place are hidden like a task's title."""

    appointment: Appointment
    card: Card | None
    title: str
    who: str
    place: str


@dataclass(frozen=True)
class Fresh:
    """A case that is new in the caseload."""

    case: Case
    card: Card


@dataclass(frozen=True)
class ToAsk:
    """An interpreter who is still to be asked for; the language says nothing where a Schutzvermerk hides the case."""

    asking: Asking
    card: Card | None
    who: str
    language: str
    is_late: bool


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
    to_ask: list[ToAsk]
    reminders: Waiting
    deadlines: Nearing
    new_cases: list[Fresh]
    open_inquiries: list[Inquiry]
    ending_notes: list[WorkingNote]
    left_notes: list[LeftNote]

    @property
    def case_ids(self) -> list[UUID]:
        """Whose data the page shows."""
        rows = [d.task.case_id for d in (*self.overdue, *self.due) if d.card]
        rows += [one.asking.appointment.case_id for one in self.to_ask if one.card]
        rows += [m.appointment.case_id for m in self.meetings if m.card] + [f.case.id for f in self.new_cases]
        rows += [deadline.case_id for deadline in self.deadlines.rows]
        return [row for row in dict.fromkeys(rows) if row]


def day_of(membership_id: UUID, *, today: date) -> Day:
    """Everything for one membership; fourteen statements and one for the names."""
    tasks = list(
        Task.objects.filter(assignee_id=membership_id, done_at__isnull=True, due_on__lte=today + SOON)
        .select_related("case__person__municipality")
        .order_by("due_on", "id")[:60]
    )
    start = datetime.combine(today, datetime.min.time(), tzinfo=BERLIN)
    meetings = list(
        Appointment.objects.filter(host_id=membership_id, starts_at__gte=start, starts_at__lt=start + SOON + timedelta(days=1), dropped_because="")
        .select_related("case__person__municipality")
        .order_by("starts_at")[:30]
    )
    new_cases = list(
        Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=membership_id, opened_on__gte=today - NEW)
        .select_related("person__municipality")
        .order_by("-opened_on")[:10]
    )
    asking = to_ask([membership_id], now=start)
    # Who does not lead the case may not open it, so she is told its number and not the name.
    near, numbers = near_of(membership_id, today=today)
    about = [task.case for task in tasks] + [meeting.case for meeting in meetings]
    about += [one.appointment.case for one in asking]
    about += [*(one.case for one in near), *new_cases]
    own = [case for case in about if case and case.lead_id == membership_id]
    masked = masked_cases(case.id for case in about if case)
    cards = cards_for_list(own, masked=masked)
    names = names_of_entries([*tasks, *meetings, *near, *(one.appointment for one in asking)], cards, masked)
    dues = [_due(task, cards, masked, names) for task in tasks]
    return Day(
        overdue=[due for due in dues if due.task.due_on and due.task.due_on < today],
        due=[due for due in dues if due.task.due_on and due.task.due_on >= today],
        meetings=[_meeting(meeting, cards, masked, names) for meeting in meetings],
        to_ask=[asked_for(one, cards, masked, names, today=today) for one in asking],
        reminders=waiting_for([membership_id], now=start),
        deadlines=nearing(
            membership_id, [listed(one, cards[one.case_id], names, masked=masked, today=today) for one in near], numbers
        ),
        new_cases=[Fresh(case, cards[case.id]) for case in new_cases],
        open_inquiries=_open_inquiries(),
        ending_notes=list(
            WorkingNote.objects.filter(author_id=membership_id, destroy_on__lte=today + timedelta(days=14))
            .select_related("case")
            .order_by("destroy_on")[:10]
        ),
        left_notes=_left_notes(today),
    )


def _due(task: Task, cards: dict[UUID, Card], masked: set[UUID], names: Names) -> Due:
    card = cards.get(task.case_id) if task.case_id else None
    return Due(task, card, _("Aufgabe") if task.case_id in masked else task.title, who(task, card, names))


def _meeting(meeting: Appointment, cards: dict[UUID, Card], masked: set[UUID], names: Names) -> Meeting:
    card = cards.get(meeting.case_id) if meeting.case_id else None
    if meeting.case_id in masked:
        return Meeting(meeting, card, _("Termin"), who(meeting, card, names), "")
    return Meeting(meeting, card, meeting.subject, who(meeting, card, names), meeting.place)


def asked_for(one: Asking, cards: dict[UUID, Card], masked: Collection[UUID], names: Names, *, today: date) -> ToAsk:
    """For whom an interpreter is to be asked, as far as one may be told."""
    row = one.appointment
    card = cards.get(row.case_id) if row.case_id else None
    language = "" if card is None or row.case_id in masked else one.language
    return ToAsk(one, card, who(row, card, names), language, one.is_late_on(today))


def _open_inquiries() -> list[Inquiry]:
    found = Inquiry.objects.filter(result__in=[InquiryResult.OPEN, InquiryResult.WAITING_LIST])
    return worded(list(found.select_related("municipality", "matter").order_by("-asked_at")[:10]))


def _left_notes(today: date) -> list[LeftNote]:
    found = WorkingNote.objects.filter(author__until__lt=today).order_by("destroy_on")
    rows = found.values_list("case__number", "author__name", "destroy_on")[:30]
    return [LeftNote(*row) for row in rows]
