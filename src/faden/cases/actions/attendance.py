"""Anwesenheit: who came to an appointment; the newest word counts."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Appointment, Attended
from faden.cases.vocabulary.appointment import ATTENDANCE_NOTED, Attendance
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid, NotFound


def note(appointment: Appointment, person_id: UUID, state: str, *, by: Actor, at: datetime) -> Attended:
    """Note or correct it for one of the persons the appointment is about."""
    if person_id not in appointment.persons:
        raise NotFound(_("Dieser Termin betrifft diese Person nicht."))
    if appointment.dropped_because:
        raise Invalid(_("Dieser Termin ist abgesagt."))
    if state == Attendance.CAME and appointment.starts_at.astimezone(BERLIN).date() > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Termin ist noch nicht gewesen."))
    row, _created = Attended.objects.update_or_create(
        organisation_id=by.organisation_id,
        appointment=appointment,
        person_id=person_id,
        defaults={"state": Attendance(state), "noted_at": at, "noted_by": by.person},
    )
    audit.note(
        ATTENDANCE_NOTED, by=by, at=at, subject=appointment.case_id, appointment=str(appointment.id), state=state
    )
    return row
