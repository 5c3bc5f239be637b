"""Nothing leaves without a ground that fits: what is asked of a letter before it goes out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.consents.queries.declarations import Standing
from faden.consents.vocabulary import DataClass, PowerScope
from faden.documents.models import Letter
from faden.documents.queries.letter_texts import texts
from faden.documents.queries.letter_values import spelled
from faden.documents.queries.letters import grounds_for
from faden.documents.rules.contents import kind_of
from faden.documents.rules.letter_fields import gaps, says_something
from faden.documents.rules.letter_grounds import (
    Known,
    found_in,
    is_person,
    names_recipient,
    street_in,
    ways_for,
    with_whom_in,
)
from faden.documents.vocabulary import FileKind, LetterGround, LetterWay
from faden.kernel.errors import Invalid
from faden.outside import word
from faden.persons.models import Address, Kinship, Person, PersonName
from faden.persons.queries.protection import protected, with_secret_address
from faden.persons.queries.search import birth_of

_NOT_BY_MAIL = frozenset({DataClass.SPECIAL, DataClass.RESIDENCE, DataClass.FAMILY})
PDF, WORD, FILE = "pdf", "word", "file"


@dataclass(frozen=True)
class Sending:
    """On which ground, how and when. `nothing_special`: looked through before an e-mail."""

    ground: str
    way: str
    on: date
    power_id: UUID | None = None
    secrecy_release_id: UUID | None = None
    consent_id: UUID | None = None
    lawful_id: UUID | None = None
    data_classes: tuple[str, ...] = ()  # what the letter tells, where it is a Weitergabe
    nothing_special: bool = False


@dataclass(frozen=True)
class AsSent:
    """What went out: our print (pdf), the office's template as we filled it (word), or a finished file of hers."""

    kind: str
    name: str
    content: bytes


class Said(Protocol):
    """What a letter says, drafted or stored."""

    @property
    def recipient(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def body(self) -> str: ...


def check_nothing_secret(said: Said, *, case: Case) -> None:
    """No street of somebody with a Schutzvermerk, nor of who lives with her, stands on a letter, nor with whom she stays.

    Three statements.
    """
    streets, hosts = _secret_places(case)
    for name in ("recipient", "address", "reference", "subject", "body"):
        told = getattr(said, name) or ""
        # To the shelter itself one may write.
        if street_in(told, streets) or (name != "recipient" and with_whom_in(told, hosts)):
            raise Invalid(_secret_sentence(), name)


def check_words(told: str, *, case: Case) -> None:
    """The same of whatever else leaves a case in somebody's words."""
    streets, hosts = _secret_places(case)
    if street_in(told, streets) or with_whom_in(told, hosts):
        raise Invalid(_("Hier steht eine Anschrift, die durch einen Schutzvermerk geschützt ist. Sie geht nicht hinaus."))


def _check_file(letter: Letter, as_sent: AsSent) -> None:
    """A finished file that can be read here is looked through for the same; of others who sends them answers."""
    places = _secret_places(letter.case)
    if as_sent.kind != FILE or not any(places) or kind_of(as_sent.content, as_sent.name) != FileKind.DOCX:
        return
    try:
        told = word.words_of(as_sent.content)
    except word.NotTaken:
        return
    if street_in(told, places[0]) or with_whom_in(told.replace(letter.recipient, ""), places[1]):
        raise Invalid(_secret_sentence(), "file")


def _secret_places(case: Case) -> tuple[list[str], list[str]]:
    """Streets, and with whom somebody stays; both empty where nobody is protected."""
    secret = with_secret_address(_members(case))
    rows = list(Address.objects.filter(person__in=secret).values_list("street", "care_of")) if secret else []
    streets, hosts = {street for street, _host in rows if street}, {host for _street, host in rows if host}
    return sorted(streets), sorted(hosts)


def _secret_sentence() -> str:
    return _("Hier steht eine Anschrift, die durch einen Schutzvermerk geschützt ist. Sie darf auf keinem Brief stehen.")


def check_sending(letter: Letter, sending: Sending, as_sent: AsSent, *, on: date) -> None:
    """Raise Invalid at the field that does not fit."""
    if sending.on > on:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "sent_on")
    if sending.way not in ways_for(sending.ground):
        raise Invalid(_way_sentence(sending.ground), "way")
    if open_ := gaps(letter.subject, letter.body or ""):
        raise Invalid(_("Im Brief ist noch eine Lücke: %(gaps)s. Bitte füllen Sie sie zuerst.") % {"gaps": ", ".join(open_)})
    # Again: a Schutzvermerk may have come since it was drafted, and the file is what leaves.
    check_nothing_secret(letter, case=letter.case)  # type: ignore[arg-type]
    _check_file(letter, as_sent)
    _CHECKS[LetterGround(sending.ground)](letter, sending, as_sent, on)
    if sending.way == LetterWay.MAIL:
        _check_mail(letter, sending)


def ground_columns(sending: Sending) -> dict[str, object]:
    """How the ground stands in the register; only what belongs to it."""
    return {
        "ground": sending.ground,
        "way": sending.way,
        "sent_on": sending.on,
        "power_id": sending.power_id if sending.ground == LetterGround.POWER else None,
        "secrecy_release_id": sending.secrecy_release_id if sending.ground == LetterGround.SECRECY else None,
        "consent_id": sending.consent_id if sending.ground == LetterGround.CONSENT else None,
        "lawful_id": sending.lawful_id if sending.ground == LetterGround.LAW else None,
    }


def _way_sentence(ground: str) -> str:
    if ground == LetterGround.CARRIED:
        return _("Was die Person selbst abgibt, wird ihr übergeben.")
    if ground == LetterGround.TO_PERSON:
        return _("An die Person selbst geht ein Brief mit der Post, per E-Mail oder persönlich.")
    return _("Wird der Brief der Person übergeben, ist der Grund „der Person mitgegeben“.")


def _to_person(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    """To one of those it is about; to who represents a child, but nothing of a vertraulicher Faden."""
    if not letter.persons:
        raise Invalid(_("Dieser Brief betrifft niemanden. Wählen Sie einen anderen Grund."), "ground")
    allowed = set(letter.persons) | (set() if letter.confidential else _representatives(letter.persons))
    names = [(name.given or name.native, name.family) for name in spelled(allowed).values()]
    if not is_person(letter.recipient, names):
        raise Invalid(
            _("Der Brief geht an „%(recipient)s“. „An die Person selbst“ gilt nur für einen Brief an die, um die es geht, oder an ihre gesetzliche Vertretung.")
            % {"recipient": letter.recipient},
            "ground",
        )  # fmt: skip


def _carried(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    """She has it in her hand and decides."""


def _power(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    standing = grounds_for(letter, on=on).powers
    chosen = _chosen(standing, sending.power_id, sending, "power", _("Diese Vollmacht gilt heute nicht (mehr). Bitte wählen Sie eine andere."))
    if not names_recipient(chosen.to, letter.recipient):
        raise Invalid(
            _("Diese Vollmacht gilt gegenüber „%(office)s“. Der Brief geht an „%(recipient)s“.")
            % {"office": chosen.to, "recipient": letter.recipient},
            "power",
        )
    _covers_all(letter, standing, chosen)
    text = texts().get(letter.shipped_code)
    if text and text.scope and text.scope not in chosen.scope:
        raise Invalid(
            _("Diese Vollmacht umfasst nicht: %(scope)s.") % {"scope": PowerScope(text.scope).label}, "power"
        )


def _secrecy(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    standing = grounds_for(letter, on=on).releases
    chosen = _chosen(
        standing, sending.secrecy_release_id, sending, "secrecy_release",
        _("Diese Entbindung gilt heute nicht (mehr), oder sie gilt nur in eine Richtung: Wir dürfen dann fragen, aber nichts sagen."),
    )  # fmt: skip
    if not names_recipient(chosen.to, letter.recipient):
        raise Invalid(
            _("Diese Entbindung gilt gegenüber „%(office)s“. Der Brief geht an „%(recipient)s“.")
            % {"office": chosen.to, "recipient": letter.recipient},
            "secrecy_release",
        )
    _covers_all(letter, standing, chosen)


def _consent(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    standing = grounds_for(letter, on=on).consents
    chosen = next((one for one in standing if one.id == sending.consent_id), None)
    if chosen is None:
        raise Invalid(_("Diese Einwilligung gilt heute nicht (mehr). Bitte wählen Sie eine andere."), "consent")
    if chosen.signed_on > sending.on:
        raise Invalid(_("An diesem Tag war das noch nicht unterschrieben."), "sent_on")
    _check_told(letter, sending, chosen.recipient_name, chosen.person_id, chosen.data_classes, "consent")


def _law(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    chosen = next((one for one in grounds_for(letter, on=on).by_law if one.id == sending.lawful_id), None)
    if chosen is None:
        raise Invalid(_("Diese Grundlage ist in diesem Fall nicht bestätigt."), "lawful")
    _check_told(letter, sending, chosen.recipient_name, chosen.person_id, chosen.data_classes, "lawful")


def _check_told(
    letter: Letter, sending: Sending, named: str, person: UUID, allowed: Collection[str], field: str
) -> None:
    """A Weitergabe is about one person, to the office that was named, and says only what was named."""
    if letter.persons != [person]:
        raise Invalid(
            _("Auf diesem Grund betrifft ein Brief genau eine Person. Schreiben Sie für jede einen eigenen."), "ground"
        )
    if not names_recipient(named, letter.recipient):
        raise Invalid(
            _("Genannt ist dort „%(office)s“. Der Brief geht an „%(recipient)s“.")
            % {"office": named, "recipient": letter.recipient},
            field,
        )
    if not sending.data_classes:
        raise Invalid(_("Bitte wählen Sie, welche Angaben im Brief stehen."), "data_classes")
    if not set(sending.data_classes) <= set(allowed):
        raise Invalid(_("Im Brief stehen mehr Angaben, als dort genannt sind."), "data_classes")
    if sending.way == LetterWay.MAIL and set(sending.data_classes) & _NOT_BY_MAIL:
        raise Invalid(_("Solche Angaben gehen nicht per E-Mail: Sie ist offen wie eine Postkarte."), "way")


def _no_person(letter: Letter, sending: Sending, as_sent: AsSent, on: date) -> None:
    """What is said to be about nobody is looked through: the text, and the file that leaves."""
    if as_sent.kind == FILE:
        raise Invalid(
            _("Ohne Bezug zu einer Person geht nur hinaus, was Faden durchsehen kann: das PDF oder die Word-Datei von Faden."), "as_sent"
        )
    said = [letter.recipient, letter.address, letter.subject, letter.reference, letter.body or ""]
    if as_sent.kind == WORD:
        said.append(word.words_of(as_sent.content))
    if found := found_in("\n".join(said), _recognised_by(letter.case)):
        raise Invalid(
            _("Im Brief steht etwas, woran jemand aus dem Fall zu erkennen ist: %(found)s. Streichen Sie es, oder wählen Sie einen anderen Grund.")
            % {"found": ", ".join(found)},
            "ground",
        )  # fmt: skip
    if letter.reference.strip():
        raise Invalid(
            _("Am Zeichen der Stelle ist zu erkennen, um wen es geht. Lassen Sie es weg, oder wählen Sie einen anderen Grund."), "ground"
        )


_CHECKS = {
    LetterGround.TO_PERSON: _to_person,
    LetterGround.CARRIED: _carried,
    LetterGround.POWER: _power,
    LetterGround.SECRECY: _secrecy,
    LetterGround.CONSENT: _consent,
    LetterGround.LAW: _law,
    LetterGround.NO_PERSON: _no_person,
}


def _chosen(standing: list[Standing], wanted: UUID | None, sending: Sending, field: str, sentence: str) -> Standing:
    found = next((one for one in standing if one.id == wanted), None)
    if found is None:
        raise Invalid(sentence, field)
    if found.signed_on and found.signed_on > sending.on:
        raise Invalid(_("An diesem Tag war das noch nicht unterschrieben."), "sent_on")
    return found


def _covers_all(letter: Letter, standing: list[Standing], chosen: Standing) -> None:
    """Each person of the letter has signed towards this office, not only one of them."""
    covered = {one.person_id for one in standing if names_recipient(one.to, letter.recipient)}
    if missing := [person for person in letter.persons if person not in covered and person != chosen.person_id]:
        names = ", ".join(name.full for name in spelled(missing).values())
        raise Invalid(
            _("Der Brief betrifft auch %(names)s. Von dort fehlt eine Erklärung gegenüber dieser Stelle.") % {"names": names},
            "ground",
        )


def _check_mail(letter: Letter, sending: Sending) -> None:
    """An e-mail is a postcard: nothing of a special kind, nothing of who is protected, and looked through before."""
    text = texts().get(letter.shipped_code)
    fields = letter.template.fields if letter.template else ()
    if (text and text.no_mail) or letter.confidential or says_something(fields) or protected(letter.persons):
        raise Invalid(_("Dieser Brief geht nicht per E-Mail: Sie ist offen wie eine Postkarte, und für manches gilt sie nicht."), "way")
    if not sending.nothing_special:
        raise Invalid(
            _("Bitte bestätigen Sie, dass nichts über Gesundheit, Aufenthalt, Religion oder Familie darin steht."), "nothing_special"
        )


def _members(case: Case) -> set[UUID]:
    """All that belong or belonged to the case."""
    return set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))


def _representatives(persons: Iterable[UUID]) -> set[UUID]:
    """Who speaks for the children among them by law."""
    found = Kinship.objects.filter(person__in=list(persons), represents=True, until_on__isnull=True)
    return set(found.values_list("relative_id", flat=True))


def _recognised_by(case: Case) -> list[Known]:
    """Names in every spelling, case number, telephone, mail and birth date of everybody in the case; four statements."""
    people = list(Person.objects.filter(id__in=_members(case)))
    names: dict[UUID, list[str]] = {person.id: [] for person in people}
    for name in PersonName.objects.filter(person__in=names):
        names[name.person_id] += [name.family, name.given, name.native]
    known = [Known(case.number, numbers=(case.number,))]
    for person in people:
        born = birth_of(person)
        numbers = tuple(filter(None, (person.phone, person.email)))
        day = person.birth_earliest if born and born.precision == "day" else None
        known.append(Known(str(person.id), tuple(filter(None, names[person.id])), numbers, day))
    return known
