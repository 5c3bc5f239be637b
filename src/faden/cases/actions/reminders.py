"""Erinnerungen: how somebody wants to be reminded, and what became of each reminder."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Reminder, ReminderWish
from faden.cases.queries.reminders import Due
from faden.cases.vocabulary.appointment import REMINDED, REMINDER_WISHED, ReminderState, ReminderWay
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.persons.models import Person
from faden.persons.queries.protection import protected


def wish(person: Person, *, way: str, language: str, by: Actor, at: datetime) -> ReminderWish:
    """By mail, on paper, or not at all; the language is hers or another one."""
    if way == ReminderWay.MAIL and protected([person.id]):
        raise Invalid(_("Wegen des Schutzvermerks geht keine Erinnerung per E-Mail."), "way")
    if way == ReminderWay.MAIL and not person.email:
        raise Invalid(_("Es ist keine E-Mail-Adresse eingetragen."), "way")
    row, _created = ReminderWish.objects.update_or_create(
        organisation_id=by.organisation_id,
        person=person,
        defaults={"way": ReminderWay(way), "language": language, "noted_at": at, "noted_by": by.person},
    )
    audit.note(REMINDER_WISHED, by=by, at=at, subject=person.id, way=way)
    return row


def settle(due: Due, state: ReminderState, *, by: Actor, at: datetime) -> None:
    """What became of it, once for each person, appointment and time; a mail that failed may still be sent."""
    Reminder.objects.update_or_create(
        organisation_id=by.organisation_id,
        appointment_id=due.appointment_id,
        person_id=due.person_id,
        starts_at=due.starts_at,
        defaults={
            "way": ReminderWay.PRINT if state == ReminderState.TO_PRINT else ReminderWay.MAIL,
            "language": due.language,
            "state": state,
            "settled_at": at,
        },
    )
    audit.note(REMINDED, by=by, at=at, subject=due.case_id, appointment=str(due.appointment_id), state=state)


def printed(reminder_ids: Iterable[UUID], *, by: Actor, at: datetime) -> None:
    """The slips are on paper; one more print of the same changes nothing."""
    found = Reminder.objects.filter(id__in=list(reminder_ids), state=ReminderState.TO_PRINT)
    for row in found.select_related("appointment"):
        Reminder.objects.filter(id=row.id).update(state=ReminderState.PRINTED, settled_at=at)
        audit.note(
            REMINDED, by=by, at=at, subject=row.appointment.case_id, appointment=str(row.appointment_id),
            state=ReminderState.PRINTED,
        )  # fmt: skip
