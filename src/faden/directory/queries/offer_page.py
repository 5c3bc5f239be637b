"""One offer as everybody may read it: its texts, what it asks for, where it is."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from faden.directory.models import Offer
from faden.directory.models import Place as PlaceRow
from faden.directory.queries.search import Searchable, searchable
from faden.directory.rules import conditions, descriptions, schedules
from faden.directory.rules.freshness import is_stale
from faden.directory.rules.point_map import PointMap, point_map
from faden.directory.rules.search import Point, place_key
from faden.directory.vocabulary import OfferEnd
from faden.kernel.errors import NotFound


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
    by_machine: bool = False  # as its source says; nobody guesses it from the text


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
    spots = [(number, site.town, site.point) for number, site in enumerate(sites) if site.point]
    return OfferPage(
        row.id, row.title, row.provider.name, _facts(row), texts=_texts(row), sites=sites,
        asks=tuple(conditions.asks(row, towns=held.names)), times=tuple(filter(None, map(schedules.words_of, row.schedules))),
        picture=point_map(spots, held.towns), stale=is_stale(row.confirmed_on, row.confirm_every_days, on=today), over=row.ends_on is not None and row.ends_on < today,
        next_start=row.next_start if row.next_start and row.next_start >= today else None,
    )  # fmt: skip


def _texts(row: Offer) -> tuple[Said, ...]:
    """No language without words; what is stored is cleaned once more where it goes out."""
    own = Said("de", row.title, row.summary, descriptions.cleaned(row.description), reviewed=True)
    others = [
        Said(code, said.get("title") or "", said.get("summary") or "", descriptions.cleaned(said.get("description") or ""), bool(said.get("reviewed")), bool(said.get("machine")))
        for code, said in sorted(row.texts.items()) if code != "de" and any(said.get(part) for part in ("title", "summary", "description"))
    ]  # fmt: skip
    return (own, *others)


def _site(place: PlaceRow, held: Searchable) -> Site:
    point = (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None
    town = place.town or held.names.get(place.municipality_id or "", "")
    middle = point or held.index.points.get(place_key(place.municipality_id or "", place.town))
    return Site(place.name, place.street, place.postcode, town, middle, place.barrier_free)
