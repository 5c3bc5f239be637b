"""Future arrivals: expected, spoken for by somebody here, and one day entered; nothing is typed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.persons.actions import facts
from faden.persons.actions.changes import facts_changed
from faden.persons.actions.facts import Stated, Written
from faden.persons.models import ContactPerson, Person
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import (
    ARRIVAL_EXPECTED,
    ARRIVED,
    CONTACT_PERSON_ENDED,
    CONTACT_PERSON_NOTED,
    FactKind,
    KnownFrom,
)


def expect(person: Person, day: date | None, *, by: Actor, at: datetime) -> None:
    """She is expected on this day; None: no longer expected."""
    person = _not_entered(person)
    person.expected_on = day
    _save(person, "expected_on")
    audit.note(ARRIVAL_EXPECTED, by=by, at=at, subject=person.id, expected=day is not None)
    facts_changed(person.id, by=by)


@dataclass(frozen=True)
class SpokenFor:
    """Who here speaks for her, and how she agreed to that herself."""

    relation: str
    agreed_on: date
    agreed_how: str
    agreed_language: str
    known_person: UUID | None = None
    name: str = ""
    phone: str = ""
    email: str = ""


def note_contact_person(
    person: Person, contact: SpokenFor, *, by: Actor, on: date, at: datetime
) -> ContactPerson:
    """A Kontaktperson: somebody this service knows, or a name and a number."""
    if not contact.known_person and not contact.name:
        raise Invalid(_("Bitte wählen Sie eine Person oder geben Sie einen Namen an."), "name")
    if contact.known_person == person.id:
        raise Invalid(_("Niemand ist die eigene Kontaktperson."), "known_person")
    if contact.agreed_on > on:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "agreed_on")
    row = ContactPerson.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        known_person_id=contact.known_person,
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        relation=contact.relation,
        agreed_on=contact.agreed_on,
        agreed_how=contact.agreed_how,
        agreed_language=contact.agreed_language,
        noted_at=at,
        noted_by=by.person,
    )
    audit.note(
        CONTACT_PERSON_NOTED, by=by, at=at, subject=person.id, contact=str(row.id), how=contact.agreed_how
    )
    return row


def end_contact_person(person: Person, contact_id: UUID, *, by: Actor, on: date, at: datetime) -> None:
    """We no longer speak with this person about her; doing it twice changes nothing."""
    row = ContactPerson.objects.select_for_update().filter(id=contact_id, person=person).first()
    if row is None:
        raise NotFound(_("Diese Kontaktperson gibt es hier nicht."))
    if row.ended_on:
        return
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    audit.note(CONTACT_PERSON_ENDED, by=by, at=at, subject=person.id, contact=str(row.id))


@dataclass(frozen=True)
class Entry:
    """What is new on arrival: the day, and where known the address and the paper. Empty: nothing new."""

    entered_on: date
    address: Mapping[str, object]
    paper: Mapping[str, object]
    paper_until: date | None = None
    notice_read: bool = False


def enter(person: Person, entry: Entry, *, by: Actor, on: date, at: datetime) -> list[Written]:
    """She is here. Everything noted before stays as it is and goes on from here."""
    person = _not_entered(person)
    if entry.entered_on > on:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "entered_on")
    person.entered_on = entry.entered_on
    _save(person, "entered_on")
    audit.note(ARRIVED, by=by, at=at, subject=person.id)
    facts_changed(person.id, by=by)
    since, written = Period(entry.entered_on), []
    if any(value not in ("", None) for value in entry.address.values()):
        stated = Stated(entry.address, since, KnownFrom.TOLD)
        written.append(facts.record(FactKind.ADDRESS, stated, person=person, by=by, on=on, at=at))
    if entry.paper.get("paper"):
        days = Period(entry.entered_on, entry.paper_until)
        stated = Stated(entry.paper, days, KnownFrom.SEEN, notice_read=entry.notice_read)
        written.append(facts.record(FactKind.RESIDENCE, stated, person=person, by=by, on=on, at=at))
    return written


def _not_entered(person: Person) -> Person:
    person = Person.objects.select_for_update().get(id=person.id)
    if person.entered_on:
        raise Conflict(
            _("Die Einreise ist schon eingetragen: %(day)s.")
            % {"day": person.entered_on.strftime("%d.%m.%Y")}
        )
    return person


def _save(person: Person, column: str) -> None:
    person.version += 1
    person.save(update_fields=[column, "version"])
