"""Kontaktnotizen: recorded fast, corrected with history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, ContactNote, ContactNoteVersion
from faden.cases.models.contact_note import ContactContent
from faden.cases.queries.life_areas import labels
from faden.cases.rules.life_areas import Words
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.contact_note import CONTACT_CORRECTED, CONTACT_RECORDED, ContactType, Interpreting
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.persons.vocabulary import language_name


@dataclass(frozen=True)
class Contact:
    """What a contact note says."""

    happened_at: datetime
    type: str
    place: str
    minutes: int
    language: str
    interpreting: str
    life_areas: tuple[str, ...]
    text: str
    about: About = About()


def record(contact: Contact, *, case: Case, by: Actor, at: datetime) -> ContactNote:
    """Note a contact; it stands in the timeline at the time it happened."""
    _check(contact, at)
    note = ContactNote.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        author_id=UUID(by.membership_id),
        recorded_at=at,
        **_columns(contact, case),
    )
    _tell(case, note)
    # Only forward: a note about last week must not hide yesterday's contact.
    if case.last_contact_at is None or note.happened_at > case.last_contact_at:
        Case.objects.filter(id=case.id).update(last_contact_at=note.happened_at)
    audit.note(CONTACT_RECORDED, by=by, at=at, subject=case.id, note=str(note.id))
    return note


def correct(
    note: ContactNote, contact: Contact, *, seen_version: int, by: Actor, at: datetime
) -> ContactNote:
    """Replace what the note says; what it said before is kept with who and when."""
    _check(contact, at)
    note = ContactNote.objects.select_for_update().filter(id=note.id).select_related("case").get()
    if note.version != seen_version:
        raise Conflict(_("Diese Notiz wurde inzwischen berichtigt."), _differences(note, contact))
    ContactNoteVersion.objects.create(
        organisation_id=by.organisation_id,
        note=note,
        version=note.version,
        replaced_at=at,
        replaced_by=by.person,
        **{name: getattr(note, name) for name in _COLUMNS},
    )
    for name, value in _columns(contact, note.case).items():
        setattr(note, name, value)
    note.version += 1
    note.save()
    _tell(note.case, note)
    audit.note(CONTACT_CORRECTED, by=by, at=at, subject=note.case_id, note=str(note.id), version=note.version)
    return note


def note_of(case: Case, note_id: UUID) -> ContactNote:
    """A note of this case, with its earlier versions."""
    note = ContactNote.objects.filter(id=note_id, case=case).select_related("author").first()
    if note is None:
        raise NotFound(_("Diese Notiz gibt es hier nicht."))
    return note


def _check(contact: Contact, at: datetime) -> None:
    if contact.happened_at > at:
        raise Invalid(
            _("Dieser Zeitpunkt liegt in der Zukunft. Für Kommendes legen Sie einen Termin an."), "day"
        )


_COLUMNS = tuple(field.name for field in ContactContent._meta.local_fields if field.name not in ("id", "organisation"))


def _columns(contact: Contact, case: Case) -> dict[str, object]:
    told = {name: value for name, value in vars(contact).items() if name != "about"}
    return {**told, "life_areas": list(contact.life_areas), **checked(contact.about, case=case)}


def _tell(case: Case, note: ContactNote) -> None:
    tell(
        case,
        kind=EntryKind.CONTACT,
        about=note.id,
        at=note.happened_at,
        persons=note.persons,
        confidential=note.confidential,
    )


def _content(note: ContactNote) -> Contact:
    return Contact(
        happened_at=note.happened_at,
        type=note.type,
        place=note.place,
        minutes=note.minutes,
        language=note.language,
        interpreting=note.interpreting,
        life_areas=tuple(note.life_areas),
        text=note.text,
        about=About(tuple(note.persons), note.confidential),
    )


def _differences(note: ContactNote, yours: Contact) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each field that differs."""
    words = labels()
    theirs, own = _told(_content(note), words), _told(yours, words)
    return tuple((label, theirs[label], own[label]) for label in theirs if theirs[label] != own[label])


def _told(contact: Contact, words: Words) -> dict[str, str]:
    return {
        _("Wann"): contact.happened_at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M"),
        _("Art"): str(ContactType(contact.type).label),
        _("Ort"): contact.place,
        _("Minuten"): str(contact.minutes),
        _("Sprache"): language_name(contact.language),
        _("Sprachmittlung"): str(Interpreting(contact.interpreting).label),
        _("Lebensbereiche"): ", ".join(words.all_at(contact.life_areas, contact.happened_at)),
        _("Was wurde besprochen?"): contact.text,
    }
