"""Termine, with the interpreter they need."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.timeline import tell
from faden.cases.models import Appointment, Case
from faden.cases.vocabulary import APPOINTMENT_CHANGED, APPOINTMENT_MADE, EntryKind
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound


@dataclass(frozen=True)
class Planned:
    """What, when, where, with whom to interpret."""

    subject: str
    starts_at: datetime
    ends_at: datetime
    place: str
    interpreter_language: str


def make(planned: Planned, *, case: Case, by: Actor, at: datetime) -> Appointment:
    """An appointment of this case, hosted by the actor."""
    _check(planned)
    appointment = Appointment.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        host_id=UUID(by.membership_id),
        made_at=at,
        made_by=by.person,
        **vars(planned),
    )
    tell(case, kind=EntryKind.APPOINTMENT, about=appointment.id, at=appointment.starts_at)
    audit.note(APPOINTMENT_MADE, by=by, at=at, subject=case.id, appointment=str(appointment.id))
    return appointment


def appointment_of(case: Case, appointment_id: UUID) -> Appointment:
    """An appointment of this case."""
    found = Appointment.objects.filter(id=appointment_id, case=case).first()
    if found is None:
        raise NotFound(_("Diesen Termin gibt es hier nicht."))
    return found


def change(appointment: Appointment, planned: Planned, *, case: Case, by: Actor, at: datetime) -> Appointment:
    """Move or rename it; its line in the timeline moves along."""
    _check(planned)
    for name, value in vars(planned).items():
        setattr(appointment, name, value)
    appointment.save()
    tell(case, kind=EntryKind.APPOINTMENT, about=appointment.id, at=appointment.starts_at)
    audit.note(APPOINTMENT_CHANGED, by=by, at=at, subject=case.id, appointment=str(appointment.id))
    return appointment


def _check(planned: Planned) -> None:
    if planned.ends_at <= planned.starts_at:
        raise Invalid(_("Das Ende liegt vor dem Anfang."), "ends")
