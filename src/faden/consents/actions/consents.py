"""Einwilligung in eine Weitergabe: prepared for signature with the release of our own staff, or only reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.consents.actions.declarations import How, begun
from faden.consents.models import Consent, OwnSecrecyRelease
from faden.consents.vocabulary import (
    CONSENT_PREPARED,
    CONSENT_REPORTED,
    OWN_SECRECY_PREPARED,
    DataClass,
    FormKind,
    SpecialCategory,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.organisations.queries.recipients import Recipient
from faden.persons.models import Person


@dataclass(frozen=True)
class Sharing:
    """Whom we may tell what, for which purpose; `mutual`: and they us, about exactly that."""

    recipient: Recipient
    purpose: str
    information: str
    data_classes: tuple[DataClass, ...]
    special_categories: tuple[SpecialCategory, ...] = ()
    mutual: bool = False

    def checked(self) -> None:
        """Special categories are named one by one; something has to be named at all."""
        if not self.data_classes:
            raise Invalid(_("Bitte wählen Sie, um welche Angaben es geht."), "data_classes")
        if DataClass.SPECIAL in self.data_classes and not self.special_categories:
            raise Invalid(_("Bitte benennen Sie die besonders geschützten Angaben einzeln."), "special_categories")
        if self.special_categories and DataClass.SPECIAL not in self.data_classes:
            raise Invalid(_("Bitte wählen Sie dazu auch „Besondere Kategorien“."), "data_classes")

    @property
    def columns(self) -> dict[str, object]:
        """As the row has them."""
        return {
            **self.recipient.columns, "purpose": self.purpose, "information": self.information, "mutual": self.mutual,
            "data_classes": [code for code in DataClass.values if code in self.data_classes],
            "special_categories": [code for code in SpecialCategory.values if code in self.special_categories],
        }  # fmt: skip


def prepare(
    sharing: Sharing, how: How, *, person: Person, children: Iterable[str], by: Actor, at: datetime
) -> tuple[Consent, OwnSecrecyRelease]:
    """Two declarations with two signatures: data protection, and § 203 StGB; both count only once they are signed."""
    sharing.checked()
    children = tuple(children)
    columns = begun(FormKind.CONSENT, how, person=person, children=children, by=by, at=at)
    consent = Consent.objects.create(**sharing.columns, **columns)
    audit.note(CONSENT_PREPARED, by=by, at=at, subject=consent.id)
    columns = begun(FormKind.OWN_SECRECY, how, person=person, children=children, by=by, at=at)
    release = OwnSecrecyRelease.objects.create(consent=consent, **columns)
    audit.note(OWN_SECRECY_PREPARED, by=by, at=at, subject=release.id)
    return consent, release


def report(
    consent: Consent, *, reported_by: str, reported_on: date, by: Actor, at: datetime
) -> Consent:
    """Somebody says that she agreed: kept beside what has to be signed; it never counts as given."""
    if consent.signed_on or consent.ended_on:
        raise Invalid(_("Diese Einwilligung ist schon unterschrieben oder beendet."))
    if not reported_by:
        raise Invalid(_("Bitte notieren Sie, wer das berichtet hat."), "reported_by")
    if reported_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "reported_on")
    consent.reported_by, consent.reported_on = reported_by, reported_on
    consent.save(update_fields=["reported_by", "reported_on"])
    audit.note(CONSENT_REPORTED, by=by, at=at, subject=consent.id)
    return consent
