"""What a banner or a list says about a person."""

from dataclasses import dataclass
from uuid import UUID

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


def card_of(person: Person) -> Card:
    """One person's card; two statements."""
    return cards_of([person])[person.id]


def cards_of(people: list[Person]) -> dict[UUID, Card]:
    """Cards by person id; one statement for the names (towns come with the people)."""
    main = {
        name.person_id: name
        for name in PersonName.objects.filter(person__in=[p.id for p in people], is_main=True)
    }
    return {person.id: _card(person, main.get(person.id)) for person in people}


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
