"""One appointment with who came, who interprets and who was reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.cases.models import Appointment, Attended
from faden.cases.queries.calendar import overlaps
from faden.cases.queries.interpreters import Wanted, wanted_for
from faden.cases.queries.members import Member
from faden.cases.queries.reminders import Told, told_of
from faden.cases.vocabulary.appointment import AppointmentAnswer, AppointmentKind, Attendance
from faden.cases.vocabulary.task import DropReason
from faden.kernel.clock import BERLIN


@dataclass(frozen=True)
class Invited:
    """Somebody the appointment is about, whether she came, and whether she was reminded."""

    person_id: UUID
    name: str
    is_here: bool
    state: str
    told: Told | None = None

    @property
    def state_label(self) -> str:
        """The word for it; nothing while nobody noted it."""
        return str(Attendance(self.state).label) if self.state else ""


@dataclass(frozen=True)
class AppointmentPage:
    """Everything its page shows."""

    appointment: Appointment
    host: str
    kind: str
    invited: list[Invited]
    wanted: Wanted | None
    overlaps: bool
    today: date

    @property
    def day(self) -> date:
        """The day in Germany."""
        return self.appointment.starts_at.astimezone(BERLIN).date()

    @property
    def is_over(self) -> bool:
        """Its day has come: one can say who came."""
        return self.day <= self.today

    @property
    def dropped(self) -> str:
        """Why it was called off."""
        because = self.appointment.dropped_because
        return str(DropReason(because).label) if because else ""

    @property
    def answer(self) -> str:
        """What she said."""
        return str(AppointmentAnswer(self.appointment.answer).label) if self.appointment.answer else ""

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.appointment.ends_at - self.appointment.starts_at).total_seconds() // 60)


def appointment_page(appointment: Appointment, members: Sequence[Member], *, today: date) -> AppointmentPage:
    """Six statements at most."""
    told = {one.person_id: one for one in told_of(appointment)}
    came = dict(Attended.objects.filter(appointment=appointment).values_list("person", "state"))
    return AppointmentPage(
        appointment=appointment,
        host=appointment.host.name,
        kind=str(AppointmentKind(appointment.kind).label),
        invited=[
            Invited(one.person_id, one.card.name, one.is_here, came.get(one.person_id, ""), told.get(one.person_id))
            for one in members
            if one.person_id in appointment.persons
        ],
        wanted=wanted_for(appointment, today=today),
        overlaps=overlaps(appointment),
        today=today,
    )
