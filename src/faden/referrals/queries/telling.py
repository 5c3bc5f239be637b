"""What can be told about one person of a case, and by whom: the choice before a Weitergabe is composed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.members import person_here
from faden.cases.queries.protection import facts_in, is_address_open
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import DataClass
from faden.documents.rules.take_along import OtherPerson, others, parts_of
from faden.kernel.actor import Actor
from faden.organisations.queries.letterheads import letterhead_of
from faden.organisations.queries.recipients import Recipient
from faden.persons.models import Person, PersonName
from faden.persons.queries.cards import card_of
from faden.persons.queries.facts import Line, Snapshot
from faden.persons.vocabulary import FactKind
from faden.referrals.models import Referral, Sending
from faden.referrals.rules.composing import CLASS_OF_FACT, Offer, Sender


@dataclass(frozen=True)
class Tellable:
    """`guarded`: a Schutzvermerk keeps back where she lives and goes."""

    offers: tuple[Offer, ...]
    guarded: bool


def tellable(case: Case, person_id: UUID, *, on: date) -> Tellable:
    """Everything known of her that has a data class, in German whoever asks; a constant number of statements.

    Of others in the case nothing, of a vertraulicher Faden nothing: facts only, no notes.
    """
    person = person_here(case, person_id)
    # One Schutzvermerk in the case keeps back everybody's places: they may be hers.
    guarded = bool(masked_cases([case.id]))
    with translation.override("de"):
        snapshot = facts_in(case, person_id, on=on).snapshot
        if guarded:
            snapshot = snapshot.discreet()
        with_address = not guarded and is_address_open(case, person_id)
        return Tellable((*_known(person, guarded=guarded), *_facts(snapshot, with_address=with_address)), guarded)


def _known(person: Person, *, guarded: bool) -> Iterable[Offer]:
    card, name = card_of(person), PersonName.objects.filter(person=person, is_main=True).first()
    spoken = " ".join(filter(None, [name.given, name.family])) or name.native if name else ""
    known = (
        ("name", DataClass.CONTACT, _("Name"), spoken, True),
        ("birth", DataClass.CONTACT, _("Geburtsdatum"), card.birth, False),
        ("phone", DataClass.CONTACT, _("Telefon"), card.phone, True),
        ("email", DataClass.CONTACT, _("E-Mail"), card.email, False),
        ("town", DataClass.CONTACT, _("Wohnort"), "" if guarded else card.town, False),
        ("languages", DataClass.LANGUAGE, _("Sprachen"), ", ".join(card.languages), False),
        ("interpreter", DataClass.LANGUAGE, _("Sprachmittlung nötig"), card.interpreter, True),
    )
    return [Offer(*one) for one in known if one[3]]


def _facts(snapshot: Snapshot, *, with_address: bool) -> Iterable[Offer]:
    for section in snapshot.sections:
        if section.kind == FactKind.ADDRESS and not with_address:
            continue
        for line in section.lines:
            yield Offer(f"{section.kind}-{line.id}", CLASS_OF_FACT[section.kind], section.label, _said(section.kind, line))


def _said(kind: FactKind, line: Line) -> str:
    """A residence title may be derived from somebody else's: what belongs to it stays here."""
    details = () if kind == FactKind.RESIDENCE else line.details
    return ", ".join(filter(None, [line.text, *details, line.days]))


def sender(by: Actor) -> Sender:
    """As the recipient reads it; two statements."""
    head = letterhead_of(by.organisation_id)
    return Sender(by.organisation_name, ", ".join(filter(None, [by.user_name, head.contact])))


def own_word(data_class: DataClass) -> str:
    """How the sender's own sentence of a class is labelled in the copy."""
    with translation.override("de"):
        return _("Familie und Haushalt") if data_class == DataClass.FAMILY else _("Besonders geschützt")


def around(referral: Referral, *, answer_by: date | None, because: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What stands below the facts, in German: company, until when, and what has changed."""
    with translation.override("de"):
        lines = (
            (_("Was sich geändert hat"), because),
            (_("Begleitung"), _("Wir kommen beim ersten Mal mit.") if referral.accompanied else ""),
            (_("Antwort erbeten"), _("bis zum %(day)s") % {"day": f"{answer_by:%d.%m.%Y}"} if answer_by else ""),
        )
        return tuple((title, (line,)) for title, line in lines if line)


def already_at(referral: Referral, recipient: Recipient, offers: Iterable[Offer]) -> dict[str, object] | None:
    """What this recipient has of it now, as the form takes it; None: nothing. One statement."""
    there = {"recipient_id": recipient.organisation_id, "agency_id": recipient.agency_id}
    open_ones = Sending.objects.filter(referral=referral, ended_at__isnull=True, **there)
    last = open_ones.select_related("release").order_by("-number").first()
    if last is None:
        return None
    content = from_json(last.release.content) if last.release.content else Content("")
    told = {(fact.label, fact.value) for fact in content.facts}
    own = {one: next((f.value for f in content.facts if f.label == own_word(one)), "") for one in (DataClass.FAMILY, DataClass.SPECIAL)}
    return {
        "message": content.message, "facts": [one.key for one in offers if (one.label, one.value) in told],
        "family": own[DataClass.FAMILY], "special": own[DataClass.SPECIAL],
    }  # fmt: skip


def names_around(case: Case) -> list[OtherPerson]:
    """All who belong or belonged to the case: none of them stands in what names nobody. One statement."""
    found = PersonName.objects.filter(person__in=case.members.values("person"))
    return others((parts_of(one.family, one.given, one.native) for one in found), ())
