"""Was ist als Nächstes zu tun, und wer? The line over every page of a case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, Value
from django.db.models.functions import Cast

from faden.cases.models import Appointment, Task
from faden.cases.queries.timeline import Of, concerning
from faden.kernel.clock import BERLIN


@dataclass(frozen=True)
class NextStep:
    """The next open task or coming appointment; a task may have no day, and it may be past."""

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


def next_step_of(case_id: UUID, *, of: Of, now: datetime) -> NextStep | None:
    """The earlier of the two; one statement."""
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
    found = [NextStep(*row) for row in appointments[:1].union(tasks[:1], all=True)]
    return min(found, key=lambda step: (step.on, step.kind), default=None)
