"""Schutzvermerk: set for a reason, ended by a person, never by the calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.persons.models import Person, ProtectionMark
from faden.persons.rules.protection import usual_end
from faden.persons.vocabulary import PROTECTION_ENDED, PROTECTION_SET


@dataclass(frozen=True)
class NewMark:
    """Why and from when; for an Auskunftssperre the day in the letter, if there is one."""

    kind: str
    from_on: date
    until_on: date | None = None
    words: str = ""


def set_mark(new: NewMark, *, person: Person, by: Actor, on: date, at: datetime) -> ProtectionMark:
    """One more reason for protection; several may stand."""
    if new.from_on > on:
        # It would protect from now on, whatever day is written here.
        raise Invalid(_("Dieser Tag liegt in der Zukunft. Ein Schutzvermerk gilt sofort."), "from_on")
    until_on = new.until_on or usual_end(new.kind, new.from_on)
    if until_on and until_on < new.from_on:
        raise Invalid(_("Das Ende liegt vor dem Beginn."), "until_on")
    mark = ProtectionMark.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        kind=new.kind,
        from_on=new.from_on,
        until_on=until_on,
        words=new.words or None,
        noted_at=at,
        noted_by=by.person,
    )
    audit.note(PROTECTION_SET, by=by, at=at, subject=person.id, mark=str(mark.id))
    return mark


def end_mark(mark: ProtectionMark, *, by: Actor, at: datetime) -> None:
    """This reason no longer holds. Ending it twice changes nothing."""
    mark = ProtectionMark.objects.select_for_update().get(id=mark.id)
    if mark.ended_at:
        return
    mark.ended_at, mark.ended_by = at, by.person
    mark.save(update_fields=["ended_at", "ended_by"])
    audit.note(PROTECTION_ENDED, by=by, at=at, subject=mark.person_id, mark=str(mark.id))


def note_reminded(mark: ProtectionMark, *, at: datetime) -> None:
    """The task that asks for the next step has been made."""
    mark.reminded_at = at
    mark.save(update_fields=["reminded_at"])
