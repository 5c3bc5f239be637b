"""Vollmacht (§ 13 SGB X, § 14 VwVfG): prepared for signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from faden.consents.actions.declarations import How, begun
from faden.consents.models import PowerOfAttorney
from faden.consents.vocabulary import POWER_PREPARED, FormKind, PowerScope
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.persons.models import Person


@dataclass(frozen=True)
class Power:
    """Towards which office, in which procedure, who may act, how far."""

    authority: str
    procedure: str
    deputies: str
    scope: tuple[PowerScope, ...]


def prepare(
    power: Power, how: How, *, person: Person, children: Iterable[str], by: Actor, at: datetime
) -> PowerOfAttorney:
    """Ready to be printed; it counts only once it is signed."""
    if not power.scope:
        raise Invalid(_("Bitte wählen Sie, was die Vollmacht umfasst."), "scope")
    columns = begun(FormKind.POWER, how, person=person, children=children, by=by, at=at)
    declared = PowerOfAttorney.objects.create(
        authority=power.authority,
        procedure=power.procedure,
        deputies=power.deputies,
        scope=[code for code in PowerScope.values if code in power.scope],
        **columns,
    )
    audit.note(POWER_PREPARED, by=by, at=at, subject=declared.id)
    return declared
