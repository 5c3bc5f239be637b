"""What a Fallübergabe is proposed to say of a person: facts of hers, under the data class that names them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Case, NetworkTie
from faden.cases.queries.protection import AddressShown, address_in, facts_in
from faden.cases.vocabulary.assessment import TieKind
from faden.consents.vocabulary import DataClass
from faden.persons.models import Person
from faden.persons.queries.cards import card_of
from faden.persons.queries.protection import protected
from faden.persons.vocabulary import FactKind
from faden.referrals.rules.composing import CLASS_OF_FACT
from faden.referrals.rules.transfers import class_of

# What is hers and nobody else's; the family and health are written by hand.
_TOLD = (FactKind.GERMAN, FactKind.OCCUPATION, FactKind.QUALIFICATION, FactKind.BENEFIT, FactKind.RESIDENCE)


def proposed_lines(case: Case, person_id: UUID, classes: Collection[str], *, on: date) -> dict[str, str]:
    """Only what a consent names, only what is hers; nothing of where a protected person lives. German, as the copy."""
    with translation.override("de"):
        person = Person.objects.select_related("municipality").get(id=person_id)
        is_open = not protected([person_id]) and address_in(case, person_id) is AddressShown.OPENLY
        snapshot = facts_in(case, person_id, on=on).snapshot
        if not is_open:
            snapshot = snapshot.discreet()
        told = _reached(person, is_open=is_open)
        for kind in _TOLD:
            for line in snapshot.of(kind):
                days = f" ({line.days})" if line.days else ""
                told.setdefault(CLASS_OF_FACT[kind], []).append(f"{line.text}{days}")
        if is_open:
            _add_agencies(told, case, person_id, on=on)
    return {code: "\n".join(told[code]) for code in DataClass.values if code in told and code in classes}


def _reached(person: Person, *, is_open: bool) -> dict[str, list[str]]:
    card = card_of(person)
    contact = [
        _("Wohnort: %(town)s") % {"town": card.town} if card.town else "",
        _("Telefon: %(phone)s") % {"phone": card.phone} if card.phone else "",
        _("E-Mail: %(email)s") % {"email": card.email} if card.email else "",
    ]
    language = [
        _("Spricht: %(languages)s") % {"languages": ", ".join(card.languages)} if card.languages else "",
        _("Sprachmittlung: %(language)s") % {"language": card.interpreter} if card.interpreter else "",
    ]
    told = {DataClass.CONTACT: list(filter(None, contact)) if is_open else [], DataClass.LANGUAGE: list(filter(None, language))}
    return {code.value: lines for code, lines in told.items() if lines}


def _add_agencies(told: dict[str, list[str]], case: Case, person_id: UUID, *, on: date) -> None:
    """Which offices and clubs are involved, each under what its name tells; never who works there."""
    ties = NetworkTie.objects.filter(case=case, person_id=person_id, kind=TieKind.AGENCY, since_on__lte=on, until_on__isnull=True)
    for name in ties.order_by("name").values_list("name", flat=True):
        code = class_of(name) or DataClass.CONTACT
        told.setdefault(code, []).append(_("Beteiligt: %(agency)s") % {"agency": name})
