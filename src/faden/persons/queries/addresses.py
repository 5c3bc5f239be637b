"""How an address is written on one line: the only place, so that a Schutzvermerk hides it everywhere."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.persons.codes import NATIONALITIES
from faden.persons.models import Address
from faden.persons.queries.protection import has_secret_address

GERMANY = "000"


def guarded(rows: QuerySet[Address]) -> QuerySet[Address]:
    """Each row knows whether it may be read in passing."""
    return rows.annotate(is_secret=has_secret_address("person_id"))


def address_text(address: Address) -> str:
    """One line; of a protected person, or who lives with her, that there is an address and no more."""
    return hidden_address() if getattr(address, "is_secret", False) else _in_full(address)


def hidden_address() -> str:
    """What stands instead of an address."""
    return _("wird hier nicht gezeigt")


@dataclass(frozen=True)
class Lived:
    """An address in full, with its days."""

    text: str
    from_on: date | None
    until_on: date | None


def addresses_in_full(person_id: UUID) -> list[Lived]:
    """What a deliberate click shows, newest first; struck ones are not there. One statement."""
    rows = Address.objects.filter(person_id=person_id, superseded_at__isnull=True).select_related("municipality")
    found = rows.order_by("-from_on", "-noted_at", "id")
    return [Lived(_in_full(row), row.from_on, row.until_on) for row in found]


def _in_full(address: Address) -> str:
    """Street, place, country when it is another one; an address known only as "somewhere in Herat" too."""
    place = address.place or (address.municipality.name if address.municipality else "")
    country = NATIONALITIES[address.country].name if address.country in NATIONALITIES else ""
    parts = (
        f"c/o {address.care_of}" if address.care_of else "",
        address.street,
        " ".join(filter(None, (address.postcode, place))),
        country if address.country != GERMANY else "",
    )
    return ", ".join(filter(None, parts)) or "–"
