"""Arbeitsnotizen: for their author, transferred or destroyed within 90 days."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases import rules
from faden.cases.actions.concerning import About, checked
from faden.cases.actions.contact_notes import Contact, record
from faden.cases.models import Case, ContactNote, WorkingNote
from faden.cases.vocabulary.contact_note import (
    WORKING_NOTE_DESTROYED,
    WORKING_NOTE_TRANSFERRED,
    WORKING_NOTE_WRITTEN,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound


def write(
    text: str, *, case: Case, about: About = About(), by: Actor, on: date, at: datetime  # noqa: B008 -- frozen
) -> WorkingNote:
    """A note for the author's own eyes; encrypted."""
    note = WorkingNote.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        author_id=UUID(by.membership_id),
        written_at=at,
        destroy_on=rules.working_note_ends_on(on),
        text=text,
        **checked(about, case=case),
    )
    audit.note(WORKING_NOTE_WRITTEN, by=by, at=at, subject=case.id, note=str(note.id))
    return note


def own_note(case: Case, note_id: UUID, *, by: Actor) -> WorkingNote:
    """A working note of this case, if it is the actor's own."""
    note = WorkingNote.objects.filter(id=note_id, case=case, author_id=UUID(by.membership_id)).first()
    if note is None:
        raise NotFound(_("Diese Arbeitsnotiz gibt es hier nicht."))
    return note


def transfer(note: WorkingNote, contact: Contact, *, case: Case, by: Actor, at: datetime) -> ContactNote:
    """The note becomes a contact note of the file, and is gone as a working note."""
    kept = record(contact, case=case, by=by, at=at)
    audit.note(WORKING_NOTE_TRANSFERRED, by=by, at=at, subject=case.id, note=str(note.id))
    note.delete()
    return kept


def destroy(note: WorkingNote, *, by: Actor, at: datetime) -> None:
    """Nothing of it stays but that it was destroyed."""
    audit.note(WORKING_NOTE_DESTROYED, by=by, at=at, subject=note.case_id, note=str(note.id))
    note.delete()


def destroy_due(*, by: Actor, on: date, at: datetime) -> int:
    """Nightly: what nobody transferred in time; returns how many."""
    due = list(WorkingNote.objects.filter(destroy_on__lte=on))
    for note in due:
        destroy(note, by=by, at=at)
    return len(due)
