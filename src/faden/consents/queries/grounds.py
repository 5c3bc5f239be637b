"""What a Weitergabe about one person to one recipient can rest on today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.consents.models import Consent, LawfulRelease
from faden.consents.queries.declarations import StandingConsent, standing_consents
from faden.consents.rules.releases import CONFIRMED_FOR
from faden.consents.vocabulary import DataClass, LawNorm
from faden.kernel.errors import Invalid
from faden.organisations.queries.recipients import Recipient, as_recipient


@dataclass(frozen=True)
class ByLaw:
    """A gesetzliche Befugnis that a second person has confirmed."""

    id: UUID
    person_id: UUID
    recipient_name: str
    norm: str
    purpose: str
    data_classes: tuple[str, ...]

    @property
    def classes_words(self) -> str:
        """What may be told, in words."""
        return "; ".join(str(DataClass(code).label) for code in self.data_classes)

    @property
    def words(self) -> str:
        """As a form offers it."""
        said = {"norm": self.norm, "purpose": self.purpose, "classes": self.classes_words}
        return _("%(norm)s, bestätigt: %(purpose)s (%(classes)s)") % said


@dataclass(frozen=True)
class Grounds:
    """What stands, what is confirmed, and what still has to be signed; each towards this one recipient."""

    consents: tuple[StandingConsent, ...] = ()
    by_law: tuple[ByLaw, ...] = ()
    waiting: tuple[UUID, ...] = ()

    @property
    def is_there(self) -> bool:
        """Something carries a Weitergabe with her name."""
        return bool(self.consents or self.by_law)

    @property
    def data_classes(self) -> set[str]:
        """What at least one of them names."""
        return {code for one in self.consents for code in one.data_classes} | {code for one in self.by_law for code in one.data_classes}


def grounds_for(person_id: UUID, key: str, *, on: date) -> Grounds:
    """Four statements."""
    standing = tuple(one for one in standing_consents([person_id], on) if one.recipient_key == key)
    confirmed = LawfulRelease.objects.filter(confirmed_lately(on), person__any=[person_id]).defer("facts").order_by("-decided_at", "-id")
    prepared = Consent.objects.filter(person__any=[person_id], signed_on__isnull=True, ended_on__isnull=True)
    return Grounds(
        standing,
        tuple(by_law(row) for row in confirmed if row.recipient_key == key),
        tuple(row.id for row in prepared.defer("information") if row.recipient_key == key),
    )


def confirmed_lately(on: date) -> Q:
    """What a second person confirmed, and what still counts today."""
    return Q(confirmed=True, decided_at__date__gte=on - CONFIRMED_FOR)


def by_law(row: LawfulRelease) -> ByLaw:
    """As a form offers it."""
    norm = row.norm_words or str(LawNorm(row.norm).label)
    return ByLaw(row.id, row.person_id, row.recipient_name, norm, row.purpose, tuple(row.data_classes))


def recipient_of(row: Consent | LawfulRelease) -> Recipient:
    """To whom, as the verbs take it; also one that has left the address book since."""
    to = row.recipient or row.agency
    assert to is not None  # the table sees to it
    return as_recipient(to)


def consent_of(person_id: UUID, consent_id: UUID) -> Consent:
    """As the verb takes it."""
    found = Consent.objects.select_related("person", "recipient", "agency").filter(id=consent_id, person__any=[person_id]).first()
    if found is None:
        raise Invalid(_("Diese Einwilligung gibt es hier nicht."), "ground")
    return found


def lawful_of(person_id: UUID, lawful_id: UUID) -> LawfulRelease:
    """As the verb takes it."""
    found = LawfulRelease.objects.filter(id=lawful_id, person__any=[person_id]).first()
    if found is None:
        raise Invalid(_("Diese Befugnis gibt es hier nicht."), "ground")
    return found
