"""What a banner or a list says about a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from faden.persons.models import Person, PersonName
from faden.persons.queries.search import birth_of
from faden.persons.vocabulary import language_name


@dataclass(frozen=True)
class Card:
    """Name, birth date and language of one person, ready to be shown."""

    person_id: UUID
    name: str
    native: str
    birth: str
    languages: tuple[str, ...]
    interpreter: str
    phone: str
    email: str
    town: str
    # A Schutzvermerk: the card says that there is somebody, and nothing else.
    masked: bool = False

    def without_contact(self) -> "Card":
        """For who no longer belongs to a case, and for a case that is closed: who it was, not where she is."""
        return replace(self, phone="", email="", town="")


def card_of(person: Person) -> Card:
    """One person's card; two statements. Only for pages below a case."""
    return cards_of([person])[person.id]


def cards_of(people: list[Person], *, masked: Collection[UUID] = ()) -> dict[UUID, Card]:
    """Cards by person id; one statement for the names (towns come with the people).

    Without `masked` only for pages below a case. Lists take `cases.queries.masking.cards_for_list`.
    """
    shown = [person for person in people if person.id not in masked]
    main = {
        name.person_id: name
        for name in PersonName.objects.filter(person__any=[p.id for p in shown], is_main=True)
    }
    return {
        person.id: masked_card(person.id) if person.id in masked else _card(person, main.get(person.id))
        for person in people
    }


def main_names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The main name of each; one statement. For entries of a case; lists of cases take cards."""
    found = PersonName.objects.filter(person__any=set(person_ids), is_main=True)
    return {name.person_id: name.full for name in found}


def masked_card(person_id: UUID) -> Card:
    """Somebody with a Schutzvermerk, as lists show her: no name, town, birth date or language."""
    return Card(person_id, _("Geschützte Person"), "", "", (), "", "", "", "", masked=True)


def _card(person: Person, name: PersonName | None) -> Card:
    born = birth_of(person)
    return Card(
        person_id=person.id,
        name=name.full if name else "–",
        native=name.native if name and name.native != name.full else "",
        birth=str(born) if born else "",
        languages=tuple(language_name(code) for code in person.languages),
        interpreter=language_name(person.interpreter_language),
        phone=person.phone,
        email=person.email,
        town=person.municipality.name if person.municipality else "",
    )
