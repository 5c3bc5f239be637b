"""Adding people; their keys are stored with them."""

from dataclasses import dataclass
from datetime import date

from faden.kernel.actor import Actor
from faden.persons.models import NameKey, Person, PersonName
from faden.persons.rules import latin
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.spelling import Key, keys_of
from faden.persons.vocabulary import Precision


@dataclass(frozen=True)
class Spelling:
    """One way a name is written."""

    family: str = ""
    given: str = ""
    native: str = ""


@dataclass(frozen=True)
class NewPerson:
    """What is known when a case is opened; only a name is compulsory."""

    name: Spelling
    other_spellings: tuple[Spelling, ...] = ()
    birth: BirthDate | None = None
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter_language: str = ""
    phone: str = ""
    email: str = ""
    municipality: str = ""


def add(new: NewPerson, *, by: Actor) -> Person:
    """A person of this service with all spellings and search keys."""
    person = Person.objects.create(
        organisation_id=by.organisation_id,
        sort_key=latin.sort_key(new.name.family, new.name.given)[:200]
        or latin.sort_key(new.name.native, "")[:200],
        **_born(new.birth),
        nationalities=list(new.nationalities),
        languages=list(new.languages),
        interpreter_language=new.interpreter_language,
        phone=new.phone,
        email=new.email,
        municipality_id=new.municipality or None,
    )
    for position, spelling in enumerate((new.name, *new.other_spellings)):
        add_spelling(person, spelling, is_main=position == 0, by=by)
    return person


def add_spelling(person: Person, spelling: Spelling, *, is_main: bool, by: Actor) -> PersonName:
    """Another way the name is written, with the keys that find it."""
    name = PersonName.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        family=latin.normalise(spelling.family),
        given=latin.normalise(spelling.given),
        native=spelling.native.strip(),
        is_main=is_main,
    )
    store_keys(person, by=by)
    return name


def store_keys(person: Person, *, by: Actor) -> None:
    """Write the search keys of all of a person's spellings anew."""
    wanted: set[Key] = set()
    for name in PersonName.objects.filter(person=person):
        wanted |= keys_of(
            f"{name.family}, {name.given}" if name.family and name.given else name.family or name.given
        )
        wanted |= keys_of(name.native)
    NameKey.objects.filter(person=person).delete()
    NameKey.objects.bulk_create(
        NameKey(organisation_id=by.organisation_id, person=person, kind=key.kind, value=key.value)
        for key in sorted(wanted)
    )


def _born(birth: BirthDate | None) -> dict[str, date | str | None]:
    if birth is None:
        return {"birth_precision": Precision.UNKNOWN}
    return {
        "birth_earliest": birth.earliest,
        "birth_latest": birth.latest,
        "birth_precision": str(birth.precision),
    }
