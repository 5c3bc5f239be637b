"""Who speaks here for a person who has not come yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.persons.models import ContactPerson, Person, PersonName
from faden.persons.queries.protection import is_protected
from faden.persons.vocabulary import AgreedHow, ContactRelation, language_name


@dataclass(frozen=True)
class ContactShown:
    """A Kontaktperson with how the arriving person agreed."""

    id: UUID
    name: str
    phone: str
    email: str
    relation: str
    agreed_on: date
    agreed_how: str
    agreed_language: str
    ended_on: date | None
    # Only the Kontaktperson said that she agrees: to be made good.
    is_hearsay: bool


def contact_persons(person: Person) -> list[ContactShown]:
    """All of them, those that ended last; two statements."""
    found = ContactPerson.objects.filter(person=person).select_related("known_person").order_by("-noted_at")
    rows = list(found.annotate(hidden=is_protected("known_person_id")))
    open_ids = [row.known_person_id for row in rows if row.known_person_id and not row.hidden]
    known = PersonName.objects.filter(person__in=open_ids, is_main=True)
    names = {name.person_id: name.full for name in known}
    return sorted((_shown(row, names) for row in rows), key=lambda contact: contact.ended_on is not None)


def _shown(row: Any, names: dict[UUID, str]) -> ContactShown:
    known = row.known_person if row.known_person_id in names else None
    return ContactShown(
        row.id,
        _("Geschützte Person") if row.hidden else names.get(row.known_person_id, row.name),
        row.phone or (known.phone if known else ""),
        row.email or (known.email if known else ""),
        str(ContactRelation(row.relation).label),
        row.agreed_on,
        str(AgreedHow(row.agreed_how).label),
        language_name(row.agreed_language),
        row.ended_on,
        row.agreed_how == AgreedHow.CONTACT_SAID,
    )
