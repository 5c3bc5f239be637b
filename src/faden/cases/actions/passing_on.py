"""Open tasks and coming appointments go from one colleague to another; nothing stays without a holder."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from faden.cases.models import Appointment, Case, Task
from faden.cases.vocabulary.task import WORK_PASSED_ON
from faden.kernel import audit
from faden.kernel.actor import Actor


@dataclass(frozen=True)
class Passed:
    """How many of each went over."""

    tasks: int = 0
    appointments: int = 0

    def __add__(self, other: "Passed") -> "Passed":
        return Passed(self.tasks + other.tasks, self.appointments + other.appointments)


def pass_on(holder: UUID, to: UUID, *, case: Case | None, by: Actor, at: datetime) -> Passed:
    """What one holds in this case (or in none) becomes another's; whoever edits a task just now is told."""
    tasks = Task.objects.filter(assignee_id=holder, case=case, done_at__isnull=True)
    appointments = Appointment.objects.filter(host_id=holder, case=case, ends_at__gte=at, dropped_because="")
    passed = Passed(
        tasks.update(assignee_id=to, version=F("version") + 1),
        appointments.update(host_id=to, version=F("version") + 1),
    )
    if passed != Passed():
        audit.note(
            WORK_PASSED_ON, by=by, at=at, subject=case.id if case else None, holder=str(holder), to=str(to), **vars(passed)
        )
    return passed
