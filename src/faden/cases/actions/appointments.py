"""Termine, with the interpreter they need."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from faden.cases.actions import interpreters
from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Appointment, Case
from faden.cases.vocabulary.appointment import (
    APPOINTMENT_ANSWERED,
    APPOINTMENT_CHANGED,
    APPOINTMENT_DROPPED,
    APPOINTMENT_MADE,
    AppointmentAnswer,
    AppointmentKind,
)
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.task import DropReason
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.persons.vocabulary import language_name


@dataclass(frozen=True)
class Planned:
    """What, when, where, which language to interpret, who else takes part."""

    subject: str
    starts_at: datetime
    ends_at: datetime
    place: str
    interpreter_language: str
    about: About = About()
    kind: str = AppointmentKind.OFFICE
    others: str = ""


def make(planned: Planned, *, case: Case, by: Actor, at: datetime) -> Appointment:
    """An appointment of this case, hosted by the actor."""
    _check(planned)
    appointment = Appointment.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        host_id=UUID(by.membership_id),
        made_at=at,
        made_by=by.person,
        **_columns(planned, case),
    )
    _tell(case, appointment)
    interpreters.follow(appointment, by=by, at=at)
    audit.note(APPOINTMENT_MADE, by=by, at=at, subject=case.id, appointment=str(appointment.id))
    return appointment


def appointment_of(case: Case, appointment_id: UUID) -> Appointment:
    """An appointment of this case."""
    found = Appointment.objects.filter(id=appointment_id, case=case).select_related("host").first()
    if found is None:
        raise NotFound(_("Diesen Termin gibt es hier nicht."))
    return found


def change(
    appointment: Appointment, planned: Planned, *, case: Case, seen_version: int, by: Actor, at: datetime
) -> Appointment:
    """Move or rename it, unless somebody else did meanwhile; its line in the timeline moves along."""
    _check(planned)
    appointment = Appointment.objects.select_for_update().get(id=appointment.id)
    if appointment.version != seen_version:
        raise Conflict(
            _("Dieser Termin wurde inzwischen von jemand anderem geändert."), _differences(appointment, planned)
        )
    if appointment.dropped_because:
        raise Invalid(_("Dieser Termin ist abgesagt."))
    if appointment.starts_at != planned.starts_at:
        # What she said was said about another time.
        appointment.answer, appointment.answered_at = "", None
    for name, value in _columns(planned, case).items():
        setattr(appointment, name, value)
    appointment.version += 1
    appointment.save()
    _tell(case, appointment)
    interpreters.follow(appointment, by=by, at=at)
    audit.note(APPOINTMENT_CHANGED, by=by, at=at, subject=case.id, appointment=str(appointment.id))
    return appointment


def drop(appointment: Appointment, because: DropReason, *, case: Case, by: Actor, at: datetime) -> None:
    """It will not take place; its line in the timeline stays and says why. Whoever interprets is called off."""
    appointment = Appointment.objects.select_for_update().get(id=appointment.id)
    if appointment.dropped_because:
        return
    appointment.dropped_because, appointment.version = because, appointment.version + 1
    appointment.save()
    interpreters.follow(appointment, by=by, at=at)
    audit.note(
        APPOINTMENT_DROPPED, by=by, at=at, subject=case.id, appointment=str(appointment.id), because=because
    )


def answered(appointment: Appointment, answer: str, *, case: Case, seen_version: int, by: Actor, at: datetime) -> None:
    """What she says about a coming appointment, of the time she was asked for; it stands until it is moved or called off."""
    appointment = Appointment.objects.select_for_update().get(id=appointment.id)
    if appointment.version != seen_version:
        raise Conflict(_("Dieser Termin wurde inzwischen von jemand anderem geändert."))
    if appointment.dropped_because:
        raise Invalid(_("Dieser Termin ist abgesagt."))
    found = Appointment.objects.filter(id=appointment.id)
    found.update(answer=AppointmentAnswer(answer), answered_at=at, version=F("version") + 1)
    audit.note(
        APPOINTMENT_ANSWERED, by=by, at=at, subject=case.id, appointment=str(appointment.id), answer=answer
    )


def _columns(planned: Planned, case: Case) -> dict[str, object]:
    told = {name: value for name, value in vars(planned).items() if name != "about"}
    return {**told, **checked(planned.about, case=case)}


def _tell(case: Case, appointment: Appointment) -> None:
    tell(
        case,
        kind=EntryKind.APPOINTMENT,
        about=appointment.id,
        at=appointment.starts_at,
        persons=appointment.persons,
        confidential=appointment.confidential,
    )


def _differences(appointment: Appointment, planned: Planned) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each field that differs."""
    pairs = (
        (_("Worum geht es?"), appointment.subject, planned.subject),
        (_("Beginn"), _moment(appointment.starts_at), _moment(planned.starts_at)),
        (_("Ende"), _moment(appointment.ends_at), _moment(planned.ends_at)),
        (_("Art"), _kind(appointment.kind), _kind(planned.kind)),
        (_("Ort"), appointment.place, planned.place),
        (_("Wer noch dabei ist"), appointment.others, planned.others),
        (_("Sprachmittlung"), language_name(appointment.interpreter_language), language_name(planned.interpreter_language)),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _kind(code: str) -> str:
    return str(AppointmentKind(code).label)


def _moment(at: datetime) -> str:
    return at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")


def _check(planned: Planned) -> None:
    if planned.ends_at <= planned.starts_at:
        raise Invalid(_("Das Ende liegt vor dem Anfang."), "ends")
