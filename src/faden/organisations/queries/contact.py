"""How a worker and her service are reached, as it stands on papers and letters."""

from dataclasses import dataclass
from uuid import UUID

from faden.organisations.models import ListSetting, Membership

ON_PAPER = "on_paper"


@dataclass(frozen=True)
class Reached:
    """Name and numbers of one worker, and the service she works for."""

    service: str
    address: str
    person: str
    mail: str
    phone: str


def reached(membership_id: UUID) -> Reached:
    """Her own number as she typed it for papers; two statements."""
    found = Membership.objects.select_related("organisation", "user").get(id=membership_id)
    own = ListSetting.objects.filter(membership_id=membership_id, screen=ON_PAPER)
    said = own.values_list("values", flat=True).first() or {}
    return Reached(
        found.organisation.name, found.organisation.contact, found.name, found.user.email, str(said.get("phone", ""))
    )
