"""An offer of the directory as a Vermittlung takes it: whom one asks for it, and what became of it since."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.directory.models import Offer
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.organisations.actions.agencies import Described
from faden.organisations.models import Agency
from faden.organisations.vocabulary import AgencyKind
from faden.referrals.models import Referral

# What the form sends for a provider that is not in the address book yet.
FROM_DIRECTORY = "neu"


@dataclass(frozen=True)
class Provided:
    """An offer with whom one asks for it: `key` as `recipients` has it, "" for the own service, or `described` to be noted."""

    offer_id: UUID
    title: str
    provider: str
    key: str
    described: Described | None

    @property
    def is_new(self) -> bool:
        """The provider has no inbox here and is in nobody's address book of this service."""
        return self.described is not None


def provided(offer_id: UUID, *, by_service: int) -> Provided:
    """An offer that is not ended and no example from elsewhere; three statements."""
    found = Offer.objects.select_related("provider").exclude(source__is_example=True)
    offer = found.filter(id=offer_id, ended_at__isnull=True).first()
    if offer is None:
        raise NotFound(_("Dieses Angebot gibt es nicht mehr."))
    provider = offer.provider
    if provider.account_id:
        key = f"s{provider.account_id}" if provider.account_id != by_service else ""
        return Provided(offer.id, offer.title, provider.name, key, None)
    described = _described(offer)
    known = _in_address_book(described)
    return Provided(offer.id, offer.title, provider.name, f"a{known.id}" if known else FROM_DIRECTORY, None if known else described)


def _described(offer: Offer) -> Described:
    provider = offer.provider
    place = offer.places.order_by("position").first()
    where = [place.street, " ".join(filter(None, (place.postcode, place.town)))] if place else []
    email = provider.email or offer.email
    return Described(
        provider.name[:160], provider.kind or AgencyKind.OTHER, (place.municipality_id or "") if place else "",
        ", ".join(filter(None, where))[:200], (provider.phone or offer.phone)[:40], email,
    )  # fmt: skip


def _in_address_book(described: Described) -> Agency | None:
    """By name, else by mail; one statement."""
    rows = list(Agency.objects.filter(ended_at__isnull=True).order_by("noted_at", "id"))
    same_name = (row for row in rows if row.name.casefold() == described.name.casefold())
    same_mail = (row for row in rows if described.email and row.email.casefold() == described.email.casefold())
    return next(same_name, None) or next(same_mail, None)


@dataclass(frozen=True)
class OfferNow:
    """The offer a Vermittlung names: called as it was then, with what the directory says of it today."""

    id: UUID
    title: str
    confirmed_on: date | None
    is_stale: bool
    ended_on: date | None

    @property
    def is_open(self) -> bool:
        """It can still be read in the directory."""
        return self.confirmed_on is not None and self.ended_on is None


def offer_now(referral: Referral, *, on: date) -> OfferNow | None:
    """None where the Vermittlung names none; of one that stands nowhere any more only its title. One statement."""
    if referral.offer_id is None:
        return None
    row = Offer.objects.filter(id=referral.offer_id).only("organisation_id", "confirmed_on", "confirm_every_days", "ended_at").first()
    if row is None:
        return OfferNow(referral.offer_id, referral.offer_title, None, is_stale=False, ended_on=None)
    is_stale = on > row.confirmed_on + timedelta(days=row.confirm_every_days)
    return OfferNow(row.id, referral.offer_title, row.confirmed_on, is_stale, _day(row.ended_at))


def _day(at: datetime | None) -> date | None:
    return at.astimezone(BERLIN).date() if at else None
