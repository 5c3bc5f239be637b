"""Was ist als Nächstes zu tun, und wer? The line over every page of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, Value
from django.db.models.functions import Cast

from faden.cases.models import Appointment, Deadline, Task
from faden.cases.queries.deadlines import NEAR, DeadlineRow, subject_of
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.kernel.clock import BERLIN


@dataclass(frozen=True)
class NextStep:
    """The next open task, coming appointment or Frist; a task may have no day, and it may be past."""

    kind: str
    id: UUID
    title: str
    who: str
    due_on: date | None
    starts_at: datetime | None

    @property
    def on(self) -> date:
        """The day it counts for; what has none comes last."""
        if self.starts_at:
            return self.starts_at.astimezone(BERLIN).date()
        return self.due_on or date.max


def earliest(
    tasks: Sequence[Task], appointments: Sequence[Appointment], deadlines: Sequence[DeadlineRow], *, today: date
) -> NextStep | None:
    """The same, where a page has read all in their order anyway."""
    found = [NextStep("task", task.id, task.title, task.assignee.name, task.due_on, None) for task in tasks[:1]]
    found += [
        NextStep("appointment", meeting.id, meeting.subject, meeting.host.name, None, meeting.starts_at)
        for meeting in appointments[:1]
    ]
    coming = [row for row in deadlines if today <= row.due_on <= today + NEAR]
    # The list begins with remedies; what comes next is what comes first.
    found += [
        NextStep("deadline", row.id, row.title, row.detail, row.due_on, None)
        for row in sorted(coming, key=lambda row: (row.due_on, row.id))[:1]
    ]
    return _first(found)


def next_step_of(case_id: UUID, *, of: Of, now: datetime) -> NextStep | None:
    """The earliest of the three; one statement."""
    tasks = (
        Task.objects.filter(concerning(of), case_id=case_id, done_at__isnull=True)
        .order_by(F("due_on").asc(nulls_last=True), "id")
        .values_list(
            Value("task"), "id", "title", "assignee__name", "due_on", Cast(Value(None), DateTimeField())
        )
    )
    appointments = (
        Appointment.objects.filter(concerning(of), case_id=case_id, starts_at__gte=now, dropped_because="")
        .order_by("starts_at", "id")
        .values_list(
            Value("appointment"), "id", "subject", "host__name", Cast(Value(None), DateField()), "starts_at"
        )
    )
    today = now.astimezone(BERLIN).date()
    # A day that has passed is no next step: it stands among the Fristen until somebody ends it.
    deadlines = (
        Deadline.objects.filter(concerning(of), case_id=case_id, ended_at__isnull=True)
        .filter(due_on__gte=today, due_on__lte=today + NEAR)
        .order_by("due_on", "id")
        .values_list(
            Value("deadline"), "id", "kind", "subject", "due_on", Cast(Value(None), DateTimeField())
        )
    )
    found = appointments[:1].union(tasks[:1], deadlines[:1], all=True)
    return _first([_worded(NextStep(*row)) for row in found])


def _worded(step: NextStep) -> NextStep:
    """A Frist says its kind as a code."""
    if step.kind != "deadline":
        return step
    return replace(step, title=str(DeadlineKind(step.title).label), who=subject_of(step.title, step.who))


def _first(found: list[NextStep]) -> NextStep | None:
    return min(found, key=lambda step: (step.on, step.kind), default=None)
