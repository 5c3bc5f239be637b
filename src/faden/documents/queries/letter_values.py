"""What the fields of a letter are filled with: of one case, and of the persons the letter is about, nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.protection import AddressShown, address_in, facts_in
from faden.documents.models import Letter
from faden.documents.queries.letter_texts import text_of, texts
from faden.documents.rules.letter_fields import Says, paragraphs, says_something, written_out
from faden.documents.vocabulary import LetterGround
from faden.kernel.actor import Actor
from faden.organisations.queries.letterheads import Letterhead, letterhead_of
from faden.persons.models import Person, PersonName
from faden.persons.queries.search import birth_of
from faden.persons.vocabulary import FactKind


@dataclass(frozen=True)
class Values:
    """The words for a letter."""

    fields: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, str | list[str]]:
        """Fields and lists together, as a template takes them."""
        return {**self.fields, **self.lists}


@dataclass(frozen=True)
class Written:
    """A shipped text, filled for a person; the worker goes on writing."""

    code: str
    subject: str
    body: str


def written(case: Case, code: str, persons: Sequence[UUID], *, by: Actor, on: date) -> Written:
    """The beginning of a letter; what is not known stands there as a gap. Four statements."""
    text = text_of(code)
    values = values_for(case, persons, by=by, on=on).fields
    return Written(code, written_out(text.subject, values), written_out(text.body, values))


def enclosed_with(ground: str) -> str:
    """What lies in the envelope with it; German as the letter, whoever sends it."""
    with translation.override("de"):
        return _("Anlage: Kopie der Vollmacht") if ground == LetterGround.POWER else ""


def values_of_letter(
    letter: Letter, *, wanted: Collection[str], by: Actor, on: date, with_number: bool = True, enclosed: str = ""
) -> Values:
    """Everything a template may write; of addresses and residence only what it asks for (`wanted`)."""
    values = values_for(letter.case, letter.persons, wanted=wanted, by=by, on=on)
    # Where the office put its greeting nobody knows: in a Word letter the enclosure stands as the last paragraph.
    body, address = "\n\n".join(filter(None, [letter.body, enclosed])), letter.address
    values.fields.update({
        "empfaenger": letter.recipient,
        "anschrift": address,
        "zeichen": letter.reference,
        "unser_zeichen": letter.case.number if with_number else "",
        "betreff": letter.subject,
        "text": body,
    })  # fmt: skip
    values.lists.update({
        "absaetze": paragraphs(body),
        "anschrift_zeilen": [letter.recipient, *(line for line in address.split("\n") if line.strip())],
    })  # fmt: skip
    return values


def values_for(
    case: Case, persons: Sequence[UUID], *, wanted: Collection[str] = (), by: Actor, on: date
) -> Values:
    """What is known of the first of these persons, of the service, and of who writes; four statements, eighteen with facts."""
    head = letterhead_of(by.organisation_id)
    names = spelled(persons)
    says = says_something(wanted)
    values = Values({**_of_service(head, by), "heute": f"{on:%d.%m.%Y}"})
    if persons:
        values.fields.update(_of_person(persons[0], names.get(persons[0])))
    values.fields["personen"] = ", ".join(names[person].full for person in persons if person in names)
    if not persons or not {Says.ADDRESS, Says.RESIDENCE} & set(says):
        return _complete(values)
    address, residence = facts_on_paper(case, persons[0], on=on)
    values.fields.update({"person.anschrift": address, "person.aufenthalt": residence})
    return _complete(values)


@dataclass(frozen=True)
class Spelled:
    """A main name, given before family as letters have it."""

    given: str
    family: str
    native: str

    @property
    def full(self) -> str:
        """As it stands in a letter."""
        return " ".join(filter(None, [self.given, self.family])) or self.native


def spelled(persons: Collection[UUID]) -> dict[UUID, Spelled]:
    """The main names of these people; one statement."""
    found = PersonName.objects.filter(person__in=list(persons), is_main=True)
    return {name.person_id: Spelled(name.given, name.family, name.native) for name in found}


def facts_on_paper(case: Case, person_id: UUID, *, on: date) -> tuple[str, str]:
    """Her address and paper of today; an address that is kept secret stands on no letter."""
    snapshot = facts_in(case, person_id, on=on).snapshot
    open_ = address_in(case, person_id) is AddressShown.OPENLY
    addresses = [line.text for line in snapshot.of(FactKind.ADDRESS)] if open_ else []
    papers = [line.text for line in snapshot.of(FactKind.RESIDENCE)]
    return next(iter(addresses), ""), next(iter(papers), "")


def _of_service(head: Letterhead, by: Actor) -> dict[str, str]:
    return {
        "dienst.name": head.service,
        "dienst.anschrift": head.address,
        "dienst.kontakt": head.contact,
        "traeger.name": head.provider,
        "fachkraft": by.user_name,
    }


def _of_person(person_id: UUID, name: Spelled | None) -> dict[str, str]:
    person = Person.objects.filter(id=person_id).first()
    born = birth_of(person) if person else None
    return {
        "person.name": name.full if name else "",
        "person.vorname": name.given if name else "",
        "person.nachname": name.family if name else "",
        "person.geburtsdatum": str(born) if born else "",
    }


def _complete(values: Values) -> Values:
    """A field that says nothing is empty, never missing."""
    for code in ("person.name", "person.vorname", "person.nachname", "person.geburtsdatum", "person.anschrift", "person.aufenthalt"):
        values.fields.setdefault(code, "")
    return values


def hidden_note(letter: Letter) -> str:
    """Why a field for her address stays empty; "" where nobody asks for it or it may be read. At most four statements."""
    text = texts().get(letter.shipped_code)
    asks = (text and text.is_hers) or Says.ADDRESS in says_something(letter.template.fields if letter.template else ())
    if not asks or not letter.persons or address_in(letter.case, letter.persons[0]) is AddressShown.OPENLY:
        return ""
    return _("Die Anschrift ist durch einen Schutzvermerk geschützt. Sie steht auf keinem Brief; das Feld bleibt leer.")
