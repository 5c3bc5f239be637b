"""The service's own address book."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.organisations.models import Agency


@dataclass(frozen=True)
class AgencyRow:
    """One agency of the list."""

    id: UUID
    name: str
    kind: str
    kind_label: str
    town: str
    address: str
    phone: str
    email: str


def address_book(*, words: str = "", kind: str = "") -> list[AgencyRow]:
    """All that can be chosen, by name; one statement."""
    found = Agency.objects.filter(ended_at__isnull=True).select_related("municipality")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(name__icontains=words)
    rows = sorted(found, key=lambda one: one.name.casefold())
    return [
        AgencyRow(
            one.id, one.name, one.kind, str(one.get_kind_display()), one.municipality.name if one.municipality else "",
            one.address, one.phone, one.email,
        )
        for one in rows
    ]  # fmt: skip


def agency_of(agency_id: UUID) -> Agency:
    """One that can be chosen; one statement."""
    found = Agency.objects.filter(id=agency_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound(_("Diese Stelle gibt es hier nicht."))
    return found
