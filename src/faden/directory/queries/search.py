"""The search over the directory, for everybody: its list, its map, and what can be chosen."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from faden.directory.queries.shelf import Shelved, shelf
from faden.directory.rules.offers import ShelfOffer
from faden.directory.rules.point_map import PointMap, Town, point_map
from faden.directory.rules.search import HERE, Asked, Index, Point, find, order_of, place_key
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

    @property
    def towns(self) -> list[Town]:
        """Those of the county with a point, to find one's way by on a map."""
        return [Town(name, self.index.points[ags]) for ags, name in self.home if ags in self.index.points]

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
    placed = {at for at, _town, _point in spots}
    # Who asks for a town far away sees that one, although one of the offers there is also held here.
    about = [spot.point for _at, offer in offers for spot in offer.spots if spot.point and asked.town and place_key(spot.ags, spot.town) == asked.town]
    return Mapped(point_map(spots, held.towns, box=asked.box, about=about), len(offers), len(offers) - len(placed))


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
