"""Entbindung von der Schweigepflicht towards the service: prepared for signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from faden.consents.actions.declarations import How, begun
from faden.consents.models import SecrecyRelease
from faden.consents.vocabulary import SECRECY_PREPARED, DataClass, FormKind, SpecialCategory
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.persons.models import Person


@dataclass(frozen=True)
class Secrecy:
    """Who may tell us what, for which purpose; `mutual`: and we them, about exactly that."""

    discloser: str
    purpose: str
    information: str
    data_classes: tuple[DataClass, ...]
    special_categories: tuple[SpecialCategory, ...] = ()
    mutual: bool = False


def prepare(
    release: Secrecy, how: How, *, person: Person, children: Iterable[str], by: Actor, at: datetime
) -> SecrecyRelease:
    """Ready to be printed; it counts only once it is signed."""
    if not release.data_classes:
        raise Invalid(_("Bitte wählen Sie, um welche Angaben es geht."), "data_classes")
    if DataClass.SPECIAL in release.data_classes and not release.special_categories:
        raise Invalid(_("Bitte benennen Sie die besonders geschützten Angaben einzeln."), "special_categories")
    if release.special_categories and DataClass.SPECIAL not in release.data_classes:
        raise Invalid(_("Bitte wählen Sie dazu auch „Besondere Kategorien“."), "data_classes")
    columns = begun(FormKind.SECRECY, how, person=person, children=children, by=by, at=at)
    declared = SecrecyRelease.objects.create(
        discloser=release.discloser,
        purpose=release.purpose,
        information=release.information,
        data_classes=[code for code in DataClass.values if code in release.data_classes],
        special_categories=[code for code in SpecialCategory.values if code in release.special_categories],
        mutual=release.mutual,
        **columns,
    )
    audit.note(SECRECY_PREPARED, by=by, at=at, subject=declared.id)
    return declared
