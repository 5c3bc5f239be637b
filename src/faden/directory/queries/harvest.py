"""The rows behind HSDS: what other directories harvest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from faden.directory.models import Offer, Place, Provider, Shelf
from faden.directory.queries.search import searchable
from faden.directory.rules.search import MOST_WORDS, Asked, find, words_of
from faden.kernel.errors import NotFound

_IN_ORDER = Place.objects.select_related("municipality").order_by("position")
_PLACES, _PLACES_OF_OFFER = Prefetch("places", _IN_ORDER), Prefetch("offer__places", _IN_ORDER)


@dataclass(frozen=True)
class Slice:
    """Some rows of many."""

    rows: Sequence[Any]
    total: int


def version() -> int:
    """Of the directory: the same number, the same answers."""
    return Shelf.objects.values_list("version", flat=True).get()


def _running(today: date) -> QuerySet[Offer]:
    """As the page's list has them: neither ended nor run out."""
    return Offer.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), ended_at__isnull=True)


def services(
    *, first: int, size: int, modified_after: datetime | None = None, words: str = "", area: str = "", provider: UUID | None = None, today: date
) -> Slice:
    """By id, with places. What ended or ran out only to whom asks what has changed: else a harvester would keep it for ever."""
    rows = _asked_rows(modified_after=modified_after, words=words, area=area, provider=provider, today=today)
    return Slice(list(_whole(rows)[first : first + size]), rows.count())


def _asked_rows(
    *, modified_after: datetime | None, words: str, area: str, provider: UUID | None, today: date
) -> QuerySet[Offer]:
    if modified_after:
        changed = Q(changed_at__gte=modified_after) | Q(ended_at__gte=modified_after) | Q(confirmed_on__gt=modified_after.date())
        ran_out = Q(ends_on__lt=today, ends_on__gte=modified_after.date() - timedelta(days=1))
        rows = Offer.objects.filter(changed | ran_out).order_by("id")
    else:
        rows = _running(today).order_by("id")
    if words:
        held = searchable()
        found = find(held.index, Asked(words=words), today=today)
        rows = rows.filter(id__in=[held.index.offers[at].id for at in found.order])
    if area:
        rows = rows.filter(life_areas__contains=[area])
    return rows.filter(provider_id=provider) if provider else rows


def _whole(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.select_related("provider__source", "source").prefetch_related(_PLACES)


def service(service_id: UUID) -> Offer:
    """One, also an ended one."""
    row = _whole(Offer.objects.filter(id=service_id)).first()
    if row is None:
        raise NotFound
    return row


def organisations(*, first: int, size: int, words: str = "", today: date) -> Slice:
    """Who offers something, by id."""
    offering = _running(today).filter(provider=OuterRef("pk"))
    rows = Provider.objects.filter(Exists(offering)).order_by("id")
    for word in words_of(words)[:MOST_WORDS]:
        rows = rows.filter(name__icontains=word)
    return Slice(list(rows.select_related("source")[first : first + size]), rows.count())


def organisation(provider_id: UUID) -> tuple[Provider, list[tuple[UUID, str, date | None]]]:
    """One, with ids, titles and last days of its offers."""
    row = Provider.objects.filter(id=provider_id).select_related("source").first()
    if row is None:
        raise NotFound
    offers = Offer.objects.filter(provider=row, ended_at__isnull=True).order_by("id").values_list("id", "title", "ends_on")
    return row, list(offers)


def at_locations(
    *, first: int, size: int, modified_after: datetime | None = None, provider: UUID | None = None, area: str = "", today: date
) -> Slice:
    """Every place of every running offer, by id."""
    rows = Place.objects.filter(offer__in=_running(today)).order_by("id")
    if modified_after:
        rows = rows.filter(offer__changed_at__gte=modified_after)
    if provider:
        rows = rows.filter(offer__provider_id=provider)
    if area:
        rows = rows.filter(offer__life_areas__contains=[area])
    return Slice(list(_placed(rows)[first : first + size]), rows.count())


def at_location(place_id: UUID) -> Place:
    """One."""
    row = _placed(Place.objects.filter(id=place_id, offer__ended_at__isnull=True)).first()
    if row is None:
        raise NotFound
    return row


def _placed(rows: QuerySet[Place]) -> QuerySet[Place]:
    return rows.select_related("municipality", "offer__provider__source", "offer__source").prefetch_related(_PLACES_OF_OFFER)


def town_names() -> dict[str, str]:
    """Of every town of NRW by AGS."""
    return searchable().names
