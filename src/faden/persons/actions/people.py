"""Adding people and changing what stands with them; their search keys are stored with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.models import Municipality
from faden.persons.actions.changes import facts_changed
from faden.persons.actions.identity import compare_later
from faden.persons.codes import NATIONALITIES
from faden.persons.models import NameKey, Person, PersonName
from faden.persons.queries.search import birth_of
from faden.persons.rules import latin
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.spelling import Key, keys_of
from faden.persons.vocabulary import PERSON_CHANGED, Precision


@dataclass(frozen=True)
class Spelling:
    """One way a name is written."""

    family: str = ""
    given: str = ""
    native: str = ""

    @property
    def shown(self) -> str:
        """On one line, as it is typed among the other spellings."""
        latin_name = ", ".join(filter(None, (self.family, self.given)))
        return " / ".join(filter(None, (latin_name, self.native)))


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


@dataclass(frozen=True)
class Reached:
    """Where she is from and how she is reached: only with her agreement."""

    nationalities: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class Changed:
    """What stands with a person from now on; `reached` None: stays as it is."""

    name: Spelling
    other_spellings: tuple[Spelling, ...] = ()
    birth: BirthDate | None = None
    reached: Reached | None = None
    # A name before marriage or in the old passport goes on finding her; a typing slip does not.
    keep_former_name: bool = True


def add(new: NewPerson, *, by: Actor) -> Person:
    """A person of this service with all spellings and search keys."""
    person = Person.objects.create(
        organisation_id=by.organisation_id,
        sort_key=_sort_key(new.name),
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
    compare_later(person, by=by)
    return person


def _sort_key(name: Spelling) -> str:
    return latin.sort_key(name.family, name.given)[:200] or latin.sort_key(name.native, "")[:200]


def change(person: Person, changed: Changed, *, seen_version: int, by: Actor, at: datetime) -> Person:
    """Name, spellings, birth date, how she is reached; unless somebody else did since the page was opened."""
    person = Person.objects.select_for_update(of=("self",)).select_related("municipality").get(id=person.id)
    before = spellings_of(person)
    differences = _differences(person, before, changed)
    if person.version != seen_version:
        raise Conflict(
            _("Diese Angaben wurden inzwischen von jemand anderem geändert."),
            tuple((label, now, wanted) for _field, label, now, wanted in differences),
        )
    if not any((changed.name.family, changed.name.given, changed.name.native)):
        raise Invalid(_("Bitte geben Sie einen Namen an."), "family")
    for column, value in {**_born(changed.birth), **_reached(changed.reached)}.items():
        setattr(person, column, value)
    person.sort_key, person.version = _sort_key(changed.name), person.version + 1
    person.save()
    _respell(person, before, changed, by=by)
    compare_later(person, by=by)
    facts_changed(person.id, by=by)
    if differences:
        fields = [field for field, *_rest in differences]
        audit.note(PERSON_CHANGED, by=by, at=at, subject=person.id, fields=fields)
    return person


def spellings_of(person: Person) -> list[Spelling]:
    """All ways her name is written, the main one first."""
    rows = PersonName.objects.filter(person=person).order_by("-is_main", "id")
    return [Spelling(row.family, row.given, row.native) for row in rows]


def _respell(person: Person, before: list[Spelling], changed: Changed, *, by: Actor) -> None:
    """Write all spellings anew, each once."""
    others = list(changed.other_spellings)
    if changed.keep_former_name and before and before[0] != changed.name:
        others.append(before[0])
    PersonName.objects.filter(person=person).delete()
    for position, spelling in enumerate(dict.fromkeys((changed.name, *others))):
        _spell(person, spelling, is_main=position == 0, by=by)
    store_keys(person, by=by)


def _reached(reached: Reached | None) -> dict[str, object]:
    if reached is None:
        return {}
    return {
        "nationalities": list(dict.fromkeys(code for code in reached.nationalities if code)),
        "phone": reached.phone,
        "email": reached.email,
        "municipality_id": reached.municipality or None,
    }


def _differences(
    person: Person, before: list[Spelling], changed: Changed
) -> list[tuple[str, str, str, str]]:
    """(column, label, what it says now, what is wanted) for each that differs."""
    now, wanted = before[0] if before else Spelling(), changed.name
    born = birth_of(person)
    pairs = [
        ("name", _("Name"), now.shown, wanted.shown),
        ("birth", _("Geburtsdatum"), str(born or "–"), str(changed.birth or "–")),
        (
            "spellings",
            _("Andere Schreibweisen"),
            "; ".join(spelling.shown for spelling in before[1:]),
            "; ".join(spelling.shown for spelling in changed.other_spellings),
        ),
    ]
    if reached := changed.reached:
        pairs += [
            ("nationalities", _("Staatsangehörigkeit"), _states(person.nationalities), _states(reached.nationalities)),
            ("phone", _("Telefon"), person.phone, reached.phone),
            ("email", _("E-Mail"), person.email, reached.email),
            ("municipality", _("Wohnort"), _town(person.municipality_id), _town(reached.municipality)),
        ]
    return [pair for pair in pairs if pair[2] != pair[3]]


def _states(codes: Iterable[str]) -> str:
    return ", ".join(NATIONALITIES[code].name for code in codes if code in NATIONALITIES)


def _town(ags: str | None) -> str:
    town = Municipality.objects.filter(ags=ags).first() if ags else None
    return town.name if town else ""


def add_spelling(person: Person, spelling: Spelling, *, is_main: bool, by: Actor) -> PersonName:
    """Another way the name is written, with the keys that find it."""
    name = _spell(person, spelling, is_main=is_main, by=by)
    store_keys(person, by=by)
    return name


def _spell(person: Person, spelling: Spelling, *, is_main: bool, by: Actor) -> PersonName:
    return PersonName.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        family=latin.normalise(spelling.family),
        given=latin.normalise(spelling.given),
        native=spelling.native.strip(),
        is_main=is_main,
    )


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
