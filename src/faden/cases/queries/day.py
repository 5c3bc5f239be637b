"""Mein Tag: what is overdue, due, new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, Case, Inquiry, Task, WorkingNote
from faden.cases.queries.life_areas import worded
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.vocabulary import InquiryResult, Phase, Scope
from faden.kernel.clock import BERLIN
from faden.persons.queries.cards import Card, main_names

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
    """Everything for one membership; ten statements and one for the names."""
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
    # Who does not lead the case may not open it, so she is told its number and not the name.
    about = [task.case for task in tasks] + [meeting.case for meeting in meetings] + list(new_cases)
    own = [case for case in about if case and case.lead_id == membership_id]
    masked = masked_cases(case.id for case in about if case)
    cards = cards_for_list(own, masked=masked)
    names = _names([*tasks, *meetings], cards, masked)
    dues = [_due(task, cards, masked, names) for task in tasks]
    return Day(
        overdue=[due for due in dues if due.task.due_on and due.task.due_on < today],
        due=[due for due in dues if due.task.due_on and due.task.due_on >= today],
        meetings=[_meeting(meeting, cards, masked, names) for meeting in meetings],
        new_cases=[Fresh(case, cards[case.id]) for case in new_cases],
        open_inquiries=_open_inquiries(),
        ending_notes=list(
            WorkingNote.objects.filter(author_id=membership_id, destroy_on__lte=today + timedelta(days=14))
            .select_related("case")
            .order_by("destroy_on")[:10]
        ),
        left_notes=_left_notes(today),
    )


Names = dict[UUID, str]


def _names(rows: Iterable[Task | Appointment], cards: dict[UUID, Card], masked: set[UUID]) -> Names:
    """Whom the entries of one's own family cases concern; one statement."""
    told = [row for row in rows if row.case_id in cards and row.case_id not in masked]
    return main_names(person for row in told if row.case.scope == Scope.FAMILY for person in row.persons)  # type: ignore[union-attr]


def _due(task: Task, cards: dict[UUID, Card], masked: set[UUID], names: Names) -> Due:
    card = cards.get(task.case_id) if task.case_id else None
    return Due(task, card, _("Aufgabe") if task.case_id in masked else task.title, _who(task, card, names))


def _meeting(meeting: Appointment, cards: dict[UUID, Card], masked: set[UUID], names: Names) -> Meeting:
    card = cards.get(meeting.case_id) if meeting.case_id else None
    if meeting.case_id in masked:
        return Meeting(meeting, card, _("Termin"), _who(meeting, card, names), "")
    return Meeting(meeting, card, meeting.subject, _who(meeting, card, names), meeting.place)


def _who(row: Task | Appointment, card: Card | None, names: Names) -> str:
    """Whom it concerns; the number of a case that is somebody else's; both where the name says nothing."""
    if row.case is None or card is None:
        return row.case.number if row.case else ""
    if card.masked:
        return f"{card.name}, {row.case.number}"
    concerned = [names[person] for person in row.persons if person in names]
    return " · ".join([*concerned, _("vertraulicher Faden")] if row.confidential else concerned) or card.name


def _open_inquiries() -> list[Inquiry]:
    found = Inquiry.objects.filter(result__in=[InquiryResult.OPEN, InquiryResult.WAITING_LIST])
    return worded(list(found.select_related("municipality", "matter").order_by("-asked_at")[:10]))


def _left_notes(today: date) -> list[LeftNote]:
    found = WorkingNote.objects.filter(author__until__lt=today).order_by("destroy_on")
    rows = found.values_list("case__number", "author__name", "destroy_on")[:30]
    return [LeftNote(*row) for row in rows]
