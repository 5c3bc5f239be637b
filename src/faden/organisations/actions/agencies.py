"""The address book of a service: noted, changed, taken out; never deleted, because the register names it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations.models import Agency
from faden.organisations.vocabulary import AGENCY_CHANGED, AGENCY_ENDED, AGENCY_NOTED


@dataclass(frozen=True)
class Described:
    """An agency as the form takes it."""

    name: str
    kind: str
    municipality: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """As the row has them."""
        return {
            "name": self.name, "kind": self.kind, "municipality_id": self.municipality or None,
            "address": self.address, "phone": self.phone, "email": self.email,
        }  # fmt: skip


def note(described: Described, *, by: Actor, at: datetime) -> Agency:
    """A new one; a name stands once."""
    _free(described.name)
    agency = Agency.objects.create(
        organisation_id=by.organisation_id, noted_at=at, noted_by=by.person, **described.columns
    )
    audit.note(AGENCY_NOTED, by=by, at=at, subject=agency.id)
    return agency


def change(agency_id: UUID, described: Described, *, seen_version: int, by: Actor, at: datetime) -> Agency:
    """What is known of it now; what went to it before keeps the name it had."""
    agency = _locked(agency_id)
    if agency.version != seen_version:
        theirs = ((str(_("Name")), agency.name, described.name), (str(_("Anschrift")), agency.address, described.address))
        raise Conflict(_("Jemand hat diese Stelle inzwischen geändert."), theirs)
    if agency.name != described.name:
        _free(described.name)
    for column, value in described.columns.items():
        setattr(agency, column, value)
    agency.version += 1
    agency.save()
    audit.note(AGENCY_CHANGED, by=by, at=at, subject=agency.id)
    return agency


def end(agency_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nobody can choose it any more."""
    agency = _locked(agency_id)
    agency.ended_at = at
    agency.save(update_fields=["ended_at"])
    audit.note(AGENCY_ENDED, by=by, at=at, subject=agency.id)


def _free(name: str) -> None:
    if Agency.objects.filter(name=name, ended_at__isnull=True).exists():
        raise Invalid(_("Eine Stelle mit diesem Namen steht schon im Adressbuch."), "name")


def _locked(agency_id: UUID) -> Agency:
    agency = Agency.objects.select_for_update().filter(id=agency_id, ended_at__isnull=True).first()
    if agency is None:
        raise NotFound(_("Diese Stelle gibt es hier nicht."))
    return agency
