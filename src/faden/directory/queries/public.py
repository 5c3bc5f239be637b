"""What everybody may read of the directory: the search, one offer, the rows behind HSDS."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from faden.directory.models import Offer, Provider, Shelf
from faden.directory.models import Place as PlaceRow
from faden.directory.queries.shelf import Shelved, shelf
from faden.directory.rules import conditions, descriptions, schedules
from faden.directory.rules.offers import ShelfOffer
from faden.directory.rules.point_map import PointMap, Town, point_map
from faden.directory.rules.search import (
    HERE,
    MOST_WORDS,
    Asked,
    Index,
    Point,
    find,
    order_of,
    place_key,
    words_of,
)
from faden.directory.vocabulary import OfferEnd
from faden.kernel.errors import NotFound
from faden.organisations.models import Municipality, Organisation
from faden.organisations.vocabulary import DESK_KINDS

PAGE = 20
_kept: "Searchable | None" = None


@dataclass(frozen=True)
class Searchable:
    """One state of the shelf with its index and the towns around; `home` are the towns of the seed's own county."""

    shelved: Shelved
    index: Index
    home: tuple[tuple[str, str], ...]  # AGS, name
    names: dict[str, str]  # of every town of NRW by AGS
    elsewhere: tuple[tuple[str, str], ...]  # places beyond the county where there are offers

    def town_name(self, key: str) -> str:
        """As a town or place is called."""
        return self.names.get(key) or dict(self.elsewhere).get(key, key)


def searchable() -> Searchable:
    """The newest state: one statement when it is the kept one."""
    global _kept
    shelved = shelf()
    if _kept is None or _kept.shelved is not shelved:
        _kept = _made(shelved)
    return _kept


def _made(shelved: Shelved) -> Searchable:
    towns = list(Municipality.objects.order_by("name").values_list("ags", "name", "latitude", "longitude"))
    points = {ags: (lat, lon) for ags, _name, lat, lon in towns if lat is not None and lon is not None}
    index, county = Index(shelved.offers, points), _home_county()
    home = tuple((ags, name) for ags, name, _lat, _lon in towns if county and ags.startswith(county))
    names, near = {ags: name for ags, name, _lat, _lon in towns}, {ags for ags, _name in home}
    occurring = {key: names.get(key) or name for key, name in index.place_names().items() if key not in near}
    elsewhere = tuple(sorted(occurring.items(), key=lambda one: (one[1].casefold(), one[0])))
    return Searchable(shelved, index, home, names, elsewhere)


def _home_county() -> str:
    """Where most services with a desk are."""
    found = Organisation.objects.filter(kind__in=DESK_KINDS, municipality__isnull=False).values_list("municipality_id", flat=True)
    counties = Counter(ags[:5] for ags in found.order_by("id"))
    return min(counties, key=lambda one: (-counties[one], one)) if counties else ""


# ---------- the list ----------


@dataclass(frozen=True)
class Hit:
    """One row of the list."""

    offer: ShelfOffer
    km: float | None
    towns: tuple[str, ...]
    stale: bool
    next_start: date | None  # only one that lies ahead


@dataclass(frozen=True)
class HitPage:
    """A page of the list; `loosen` is filled when nothing was found."""

    rows: list[Hit]
    total: int
    number: int
    pages: int
    order: str
    loosen: list[tuple[str, int]]


def search(held: Searchable, asked: Asked, *, page: int, today: date) -> HitPage:
    """Twenty offers; no statement."""
    found = find(held.index, asked, today=today)
    pages = max(1, -(-len(found.order) // PAGE))
    number = min(max(page, 1), pages)
    positions = found.order[(number - 1) * PAGE : number * PAGE]
    rows = [_hit(held.index.offers[at], found.km[at] if found.km is not None else None, today) for at in positions]
    return HitPage(rows, len(found.order), number, pages, order_of(asked), found.loosen)


def _hit(offer: ShelfOffer, km: float | None, today: date) -> Hit:
    far = float(km) if km is not None and km != float("inf") else None
    ahead = offer.next_start if offer.next_start and offer.next_start >= today else None
    towns = tuple(dict.fromkeys(spot.town for spot in offer.spots if spot.town))
    return Hit(offer, far, towns, offer.is_stale(today), ahead)


@dataclass(frozen=True)
class Mapped:
    """The map of what was found, and how many of it have no place."""

    picture: PointMap | None
    total: int
    without_place: int


def mapped(held: Searchable, asked: Asked, *, today: date) -> Mapped:
    """Every place of every offer that was found; drawn over the county where any lies there."""
    found = find(held.index, asked, today=today)
    offers = [(at, held.index.offers[at]) for at in found.order]
    spots = [
        (at, spot.town or held.names.get(spot.ags, ""), spot.point)
        for at, offer in offers for spot in offer.spots if spot.point and _in(spot.point, asked)
    ]  # fmt: skip
    towns = [Town(name, held.index.points[ags]) for ags, name in held.home if ags in held.index.points]
    placed = {at for at, _town, _point in spots}
    return Mapped(point_map(spots, towns, box=asked.box), len(offers), len(offers) - len(placed))


def _in(point: Point, asked: Asked) -> bool:
    return asked.box is None or (asked.box[0] <= point[0] < asked.box[2] and asked.box[1] <= point[1] < asked.box[3])


# ---------- what can be chosen ----------


@dataclass(frozen=True)
class Choices:
    """Only what occurs, so that no filter leads nowhere; the towns of the county always."""

    areas: tuple[str, ...]
    home: tuple[tuple[str, str], ...]
    elsewhere: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...]


def choices(held: Searchable) -> Choices:
    """No statement."""
    sources = sorted(held.index.sources, key=lambda one: (one != HERE, one.casefold()))
    return Choices(tuple(held.index.areas), held.home, held.elsewhere, tuple(held.index.languages), tuple(sources))


# ---------- one offer ----------


@dataclass(frozen=True)
class Site:
    """One place as the page shows it."""

    name: str
    street: str
    postcode: str
    town: str
    point: Point | None
    barrier_free: bool | None


@dataclass(frozen=True)
class Said:
    """The text in one language; German is the offer's own."""

    language: str
    title: str
    summary: str
    description: str  # cleaned HTML
    reviewed: bool


@dataclass(frozen=True)
class Facts:
    """The columns everybody may read; never the address of who keeps the offer."""

    life_areas: list[str]
    category: str
    target_group: str
    languages: list[str]
    online: bool
    cost_words: str
    is_free: bool | None
    documents: list[str]
    places_free: int | None
    places_on: date | None
    waiting_days: int | None
    ends_on: date | None
    certifies: str
    contact_role: str
    phone: str
    email: str
    website: str
    condition_words: str
    confirmed_on: date
    source_url: str
    source: str
    licence: str
    attribution: str
    is_example: bool
    provider_website: str


_FROM_ROW = [one.name for one in fields(Facts) if one.name not in {"source", "licence", "attribution", "is_example", "provider_website"}]


def _facts(row: Offer) -> Facts:
    source = row.source
    return Facts(
        **{name: getattr(row, name) for name in _FROM_ROW},
        source=source.name if source else "",
        licence=source.licence if source else "",
        attribution=source.attribution if source else "",
        is_example=bool(source and source.is_example),
        provider_website=row.provider.website,
    )


@dataclass(frozen=True)
class OfferPage:
    """All that everybody may know about one offer. An ended one has its name, its provider and its end, nothing else."""

    id: UUID
    title: str
    provider: str
    facts: Facts | None
    ended_on: datetime | None = None
    ended_because: str = ""
    texts: tuple[Said, ...] = ()  # German first
    asks: tuple[conditions.Asks, ...] = ()
    times: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()
    picture: PointMap | None = None
    stale: bool = False
    over: bool = False
    next_start: date | None = None

    def text(self, language: str) -> Said:
        """In this language, where there is a text; else the German one."""
        return next((one for one in self.texts if one.language == language), self.texts[0])


def offer_page(offer_id: UUID, *, today: date) -> OfferPage:
    """Three statements: the shelf's number, the offer, its places."""
    held = searchable()
    row = Offer.objects.filter(id=offer_id).select_related("provider", "source").first()
    if row is None:
        raise NotFound
    if row.ended_at:
        return OfferPage(
            row.id, row.title, row.provider.name, None, ended_on=row.ended_at, ended_because=str(OfferEnd(row.ended_because).label)
        )
    sites = tuple(_site(place, held) for place in PlaceRow.objects.filter(offer=row).order_by("position"))
    towns = [Town(name, held.index.points[ags]) for ags, name in held.home if ags in held.index.points]
    spots = [(number, site.town, site.point) for number, site in enumerate(sites) if site.point]
    return OfferPage(
        row.id, row.title, row.provider.name, _facts(row), texts=_texts(row), sites=sites,
        asks=tuple(conditions.asks(row, towns=held.names)), times=tuple(filter(None, map(schedules.words_of, row.schedules))),
        picture=point_map(spots, towns), stale=_stale(row, today), over=row.ends_on is not None and row.ends_on < today,
        next_start=row.next_start if row.next_start and row.next_start >= today else None,
    )  # fmt: skip


def _stale(row: Offer, today: date) -> bool:
    return (today - row.confirmed_on).days > row.confirm_every_days


def _texts(row: Offer) -> tuple[Said, ...]:
    """No language without words; what is stored is cleaned once more where it goes out."""
    own = Said("de", row.title, row.summary, descriptions.cleaned(row.description), reviewed=True)
    others = [
        Said(code, said.get("title") or "", said.get("summary") or "", descriptions.cleaned(said.get("description") or ""), bool(said.get("reviewed")))
        for code, said in sorted(row.texts.items()) if code != "de" and any(said.get(part) for part in ("title", "summary", "description"))
    ]  # fmt: skip
    return (own, *others)


def _site(place: PlaceRow, held: Searchable) -> Site:
    point = (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None
    town = place.town or held.names.get(place.municipality_id or "", "")
    middle = point or held.index.points.get(place_key(place.municipality_id or "", place.town))
    return Site(place.name, place.street, place.postcode, town, middle, place.barrier_free)


# ---------- the rows behind HSDS ----------


_IN_ORDER = PlaceRow.objects.select_related("municipality").order_by("position")
_PLACES, _PLACES_OF_OFFER = Prefetch("places", _IN_ORDER), Prefetch("offer__places", _IN_ORDER)


@dataclass(frozen=True)
class Slice:
    """Some rows of many."""

    rows: Sequence[Any]
    total: int


def version() -> int:
    """Of the directory: the same number, the same answers."""
    return Shelf.objects.values_list("version", flat=True).get()


def services(
    *, first: int, size: int, modified_after: datetime | None = None, words: str = "", area: str = "", provider: UUID | None = None, today: date
) -> Slice:
    """By id, with places. Ended ones only to whom asks what has changed: otherwise a harvester would keep them for ever."""
    rows = _asked_rows(modified_after=modified_after, words=words, area=area, provider=provider, today=today)
    return Slice(list(_whole(rows)[first : first + size]), rows.count())


def _asked_rows(
    *, modified_after: datetime | None, words: str, area: str, provider: UUID | None, today: date
) -> QuerySet[Offer]:
    rows = Offer.objects.order_by("id")
    if modified_after:
        changed = Q(changed_at__gte=modified_after) | Q(ended_at__gte=modified_after)
        rows = rows.filter(changed | Q(confirmed_on__gt=modified_after.date()))
    else:
        rows = rows.filter(ended_at__isnull=True)
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


def organisations(*, first: int, size: int, words: str = "") -> Slice:
    """Who offers something, by id."""
    offering = Offer.objects.filter(provider=OuterRef("pk"), ended_at__isnull=True)
    rows = Provider.objects.filter(Exists(offering)).order_by("id")
    for word in words_of(words)[:MOST_WORDS]:
        rows = rows.filter(name__icontains=word)
    return Slice(list(rows.select_related("source")[first : first + size]), rows.count())


def organisation(provider_id: UUID) -> tuple[Provider, list[tuple[UUID, str]]]:
    """One, with the ids and titles of its offers."""
    row = Provider.objects.filter(id=provider_id).select_related("source").first()
    if row is None:
        raise NotFound
    offers = Offer.objects.filter(provider=row, ended_at__isnull=True).order_by("id").values_list("id", "title")
    return row, list(offers)


def at_locations(*, first: int, size: int, modified_after: datetime | None = None, provider: UUID | None = None, area: str = "") -> Slice:
    """Every place of every offer, by id."""
    rows = PlaceRow.objects.filter(offer__ended_at__isnull=True).order_by("id")
    if modified_after:
        rows = rows.filter(offer__changed_at__gte=modified_after)
    if provider:
        rows = rows.filter(offer__provider_id=provider)
    if area:
        rows = rows.filter(offer__life_areas__contains=[area])
    return Slice(list(_placed(rows)[first : first + size]), rows.count())


def at_location(place_id: UUID) -> PlaceRow:
    """One."""
    row = _placed(PlaceRow.objects.filter(id=place_id, offer__ended_at__isnull=True)).first()
    if row is None:
        raise NotFound
    return row


def _placed(rows: QuerySet[PlaceRow]) -> QuerySet[PlaceRow]:
    return rows.select_related("municipality", "offer__provider__source", "offer__source").prefetch_related(_PLACES_OF_OFFER)


def town_names() -> dict[str, str]:
    """Of every town of NRW by AGS."""
    return searchable().names
