"""To whom something may go: services and agencies with an account here, and the own address book."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.organisations.models import Agency, Organisation
from faden.organisations.vocabulary import DESK_KINDS, STAY_AGENCIES, STAY_KINDS, AgencyKind, Kind


@dataclass(frozen=True)
class Recipient:
    """A service or agency, never a colleague. `key` is what a form sends: "s12" or "a" and a UUID."""

    key: str
    name: str
    kind: str  # in words
    organisation_id: int | None = None
    agency_id: UUID | None = None
    has_desk: bool = False
    decides_about_stay: bool = False
    naturalises: bool = False
    email: str = ""
    address: str = ""
    phone: str = ""

    @property
    def has_account(self) -> bool:
        """It has an inbox here; all others get paper, a call or a link."""
        return self.organisation_id is not None

    @property
    def columns(self) -> dict[str, object]:
        """As the rows name it (`ToRecipient`)."""
        return {"recipient_id": self.organisation_id, "agency_id": self.agency_id, "recipient_name": self.name}


def recipients(*, but: int, along_a_chain: bool = False, with_account: bool = False) -> list[Recipient]:
    """All that can be chosen, by name, without the own service; two statements.

    `along_a_chain`: without the offices that decide about somebody's stay.
    """
    found = [as_recipient(one) for one in Organisation.objects.exclude(id=but)]
    if not with_account:
        found += [as_recipient(one) for one in Agency.objects.filter(ended_at__isnull=True)]
    chosen = [one for one in found if not (along_a_chain and one.decides_about_stay)]
    return sorted(chosen, key=lambda one: one.name.casefold())


def recipient(key: str, *, but: int) -> Recipient:
    """One by its key; the own service and what is not in the address book are none."""
    row: Organisation | Agency | None = None
    if key.startswith("s") and key[1:].isascii() and key[1:].isdigit():
        row = Organisation.objects.exclude(id=but).filter(id=int(key[1:])).first()
    elif key.startswith("a"):
        try:
            row = Agency.objects.filter(id=UUID(key[1:]), ended_at__isnull=True).first()
        except ValueError:
            row = None
    if row is None:
        raise NotFound(_("Diese Stelle gibt es hier nicht."))
    return as_recipient(row)


def as_recipient(row: Organisation | Agency) -> Recipient:
    """A row as a recipient."""
    if isinstance(row, Agency):
        return Recipient(
            f"a{row.id}", row.name, str(AgencyKind(row.kind).label), agency_id=row.id,
            decides_about_stay=row.kind in STAY_AGENCIES, naturalises=row.kind == AgencyKind.EINBUERGERUNG, email=row.email, address=row.address, phone=row.phone,
        )  # fmt: skip
    return Recipient(
        f"s{row.id}", row.name, str(Kind(row.kind).label), organisation_id=row.id, has_desk=row.kind in DESK_KINDS,
        decides_about_stay=row.kind in STAY_KINDS, naturalises=row.kind == Kind.NATURALISATION_OFFICE, phone=row.contact,
    )  # fmt: skip
