"""An offer of the directory as a Vermittlung takes it: whom one asks for it, and what became of it since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from faden.directory.models import Offer, Place
from faden.directory.rules.freshness import is_stale
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
    keeper: str = ""  # the service that keeps the entry

    @property
    def contact(self) -> str:
        """What would be noted in the address book."""
        return ", ".join(filter(None, (self.described.email, self.described.phone, self.described.address))) if self.described else ""

    @property
    def shown(self) -> str:
        """Whom the page names as asked: where it is somebody else by then, the form comes first."""
        return f"{self.key} {self.contact}".strip()

    @property
    def is_new(self) -> bool:
        """The provider has no inbox here and is in nobody's address book of this service."""
        return self.described is not None


def provided(offer_id: UUID, *, by_service: int) -> Provided:
    """An offer that is not ended and no example from elsewhere."""
    found = provided_for([offer_id], by_service=by_service)
    if not found:
        raise NotFound(_("Dieses Angebot gibt es nicht mehr."))
    return found[offer_id]


def provided_for(offer_ids: Collection[UUID], *, by_service: int) -> dict[UUID, Provided]:
    """The same for a page of them; three statements, none without offers."""
    found = Offer.objects.select_related("provider", "organisation").exclude(source__is_example=True)
    rows = found.filter(id__in=offer_ids, ended_at__isnull=True).prefetch_related(Prefetch("places", Place.objects.order_by("position")))
    offers = list(rows.order_by("id")) if offer_ids else []
    book = list(Agency.objects.filter(ended_at__isnull=True).order_by("noted_at", "id")) if offers else []
    return {offer.id: _provided(offer, book, by_service) for offer in offers}


def _provided(offer: Offer, book: list[Agency], by_service: int) -> Provided:
    provider, keeper = offer.provider, offer.organisation.name
    if provider.account_id:
        key = f"s{provider.account_id}" if provider.account_id != by_service else ""
        return Provided(offer.id, offer.title, provider.name, key, None, keeper)
    described = _described(offer)
    known = _known_as(described, book)
    key = f"a{known.id}" if known else FROM_DIRECTORY
    return Provided(offer.id, offer.title, provider.name, key, None if known else described, keeper)


def _described(offer: Offer) -> Described:
    provider = offer.provider
    place = next(iter(offer.places.all()), None)
    where = [place.street, " ".join(filter(None, (place.postcode, place.town)))] if place else []
    email = provider.email or offer.email
    return Described(
        provider.name[:160], provider.kind or AgencyKind.OTHER, (place.municipality_id or "") if place else "",
        ", ".join(filter(None, where))[:200], (provider.phone or offer.phone)[:40], email,
    )  # fmt: skip


def _known_as(described: Described, book: Iterable[Agency]) -> Agency | None:
    """By name, else by mail."""
    same_name = (row for row in book if row.name.casefold() == described.name.casefold())
    same_mail = (row for row in book if described.email and row.email.casefold() == described.email.casefold())
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
    stale = is_stale(row.confirmed_on, row.confirm_every_days, on=on)
    return OfferNow(row.id, referral.offer_title, row.confirmed_on, stale, _day(row.ended_at))


def _day(at: datetime | None) -> date | None:
    return at.astimezone(BERLIN).date() if at else None
