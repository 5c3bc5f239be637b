"""Search over the shelf: words by their beginnings, filters by column. Plain values, no Django, no clock."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from faden.directory.rules.freshness import stale_after
from faden.directory.rules.nearness import EARTH_KM, Point, half_arcs
from faden.directory.rules.offers import ShelfOffer
from faden.directory.vocabulary import Childcare, Gender
from faden.persons.rules.latin import SEARCH_FORM, spelled

Mask = NDArray[np.bool_]
Box = tuple[float, float, float, float]  # south, west, north, east in degrees

LONGEST_FIELD = 400
MOST_WORDS = 8
HERE = "-"  # in the filter for the source: entered here
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670])+")
_LATE = np.int64(date.max.toordinal())


class Order(StrEnum):
    """What comes first."""

    RELEVANCE = "treffer"
    DISTANCE = "entfernung"
    START = "beginn"


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; each field narrows the list, an empty one does not."""

    words: str = ""
    area: str = ""
    town: str = ""  # AGS, or a place's name where it has none
    within: int = 0  # km around the town; 0: in the town itself
    language: str = ""
    free: bool = False
    barrier_free: bool = False
    childcare: bool = False
    women: bool = False
    places: bool = False
    fresh: bool = False
    since: date | None = None
    source: str = ""
    box: Box | None = None
    order: Order | None = None

    def without(self, name: str) -> "Asked":
        """The same with one filter less."""
        return replace(self, **{name: _NOTHING[name]})


FILTERS = "words area town language free barrier_free childcare women places fresh since source box".split()
_NOTHING = {one: getattr(Asked(), one) for one in FILTERS}


@dataclass(frozen=True)
class Found:
    """Positions in the index in the order of the list; `km` to the town, where one was named.

    `loosen`: when nothing is found, the filters in use and how many offers there would be without each, most first.
    """

    order: list[int]
    km: NDArray[np.float64] | None
    loosen: list[tuple[str, int]] = field(default_factory=list)


@lru_cache(maxsize=65_536)
def spellings(word: str) -> tuple[str, ...]:
    """How one word is written without marks: "Müller" -> ("mueller", "muller"); other scripts by their sound."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    plain = (re.sub("[^a-z0-9]", "", spelled(one, SEARCH_FORM)) for one in (word, bare))
    return tuple(dict.fromkeys(filter(None, plain)))


def words_of(text: str) -> list[str]:
    """The words of a text as they stand there, each once."""
    return list(dict.fromkeys(_WORD.findall(unicodedata.normalize("NFC", text[:LONGEST_FIELD]).lower())))


class Words:
    """Sorted words with the offers that have them, one after the other: a beginning is one slice."""

    def __init__(self, texts: Iterable[Iterable[str]], size: int) -> None:
        self.size = size
        holders: dict[str, list[int]] = defaultdict(list)
        for position, found in enumerate(texts):
            for plain in {plain for text in found for word in words_of(text) for plain in spellings(word)}:
                holders[plain].append(position)
        self.sorted = sorted(holders)
        self.starts = np.cumsum([0, *(len(holders[word]) for word in self.sorted)])
        self.flat = np.array([position for word in self.sorted for position in holders[word]], dtype=np.int64)

    def beginning(self, word: str) -> Mask:
        """Which offers have a word that begins like this."""
        hit = np.zeros(self.size, dtype=np.bool_)
        for plain in spellings(word):
            first, last = bisect_left(self.sorted, plain), bisect_left(self.sorted, plain + "\x7f")
            hit[self.flat[self.starts[first] : self.starts[last]]] = True
        return hit


class Index:
    """One state of the shelf, made ready to be asked; `points` are the middles of towns by AGS."""

    def __init__(self, offers: tuple[ShelfOffer, ...], points: Mapping[str, Point]) -> None:
        self.offers, size = offers, len(offers)
        self.titles = Words(([one.title] for one in offers), size)
        self.words = Words(
            ([one.title, one.provider, one.summary, one.category, one.target_group, *(s.town for s in one.spots)] for one in offers), size
        )
        self.areas = self._by(lambda one: one.life_areas)
        self.languages = self._by(lambda one: one.languages)
        self.sources = self._by(lambda one: (one.source or HERE,))
        self.towns = self._by(lambda one: {place_key(spot.ags, spot.town) for spot in one.spots} - {""})
        self.free = self._where(lambda one: bool(one.is_free))
        self.barrier_free = self._where(lambda one: any(spot.barrier_free for spot in one.spots))
        self.childcare = self._where(lambda one: one.childcare == Childcare.YES)
        self.women = self._where(lambda one: one.gender == Gender.FEMALE)
        self.places = self._where(lambda one: bool(one.places_free))
        self.example = self._where(lambda one: one.is_example)
        self.online = self._where(lambda one: one.online and not one.is_example)
        self.begins = self._days(lambda one: one.next_start, missing=_LATE)
        self.ends = self._days(lambda one: one.ends_on, missing=_LATE)
        self.fresh_until = np.array([stale_after(one.confirmed_on, one.confirm_every_days).toordinal() for one in offers], dtype=np.int64)
        pinned = [(position, *spot.point) for position, one in enumerate(offers) for spot in one.spots if spot.point]
        self.spot_of = np.array([row[0] for row in pinned], dtype=np.int64)
        self.spots = np.array([row[1:] for row in pinned], dtype=np.float64).reshape(-1, 2)
        self.points = {**self._middles(), **points}

    def _by(self, values: Callable[[ShelfOffer], Iterable[str]]) -> dict[str, Mask]:
        found: dict[str, list[int]] = defaultdict(list)
        for position, one in enumerate(self.offers):
            for value in values(one):
                found[value].append(position)
        return {value: self.mask(positions) for value, positions in found.items()}

    def mask(self, positions: list[int]) -> Mask:
        """True at these positions."""
        mask = np.zeros(len(self.offers), dtype=np.bool_)
        mask[positions] = True
        return mask

    def _where(self, true: Callable[[ShelfOffer], bool]) -> Mask:
        return np.fromiter((true(one) for one in self.offers), dtype=np.bool_, count=len(self.offers))

    def _days(self, day: Callable[[ShelfOffer], date | None], *, missing: np.int64) -> NDArray[np.int64]:
        days = (day(one) for one in self.offers)
        return np.array([one.toordinal() if one else missing for one in days], dtype=np.int64)

    def _middles(self) -> dict[str, Point]:
        """Of places outside the list of towns: the middle of what is there."""
        found: dict[str, list[Point]] = defaultdict(list)
        for one in self.offers:
            for spot in one.spots:
                if spot.point:
                    found[place_key(spot.ags, spot.town)].append(spot.point)
        return {key: (sum(p[0] for p in all_) / len(all_), sum(p[1] for p in all_) / len(all_)) for key, all_ in found.items()}

    def place_names(self) -> dict[str, str]:
        """Every place that occurs, as it is called there most often."""
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.offers:
            for spot in one.spots:
                names[place_key(spot.ags, spot.town)][spot.town] += 1
        return {key: sorted(found.items(), key=lambda one: (-one[1], one[0]))[0][0] for key, found in names.items() if key}


def place_key(ags: str, town: str) -> str:
    """A town by its official key, any other place by its name."""
    return ags or " ".join(town.lower().split())


def find(index: Index, asked: Asked, *, today: date) -> Found:
    """All offers that are not over and meet every filter."""
    km = _km(index, asked)
    masks = _masks(index, asked, km, today=today)
    open_ = index.ends >= today.toordinal()
    hit = np.logical_and.reduce([open_, *masks.values()])
    if not hit.any():
        return Found([], km, _loosen(open_, masks))
    positions = np.flatnonzero(hit)
    return Found(positions[_sorted(index, asked, positions, km, today=today)].tolist(), km)


def _masks(index: Index, asked: Asked, km: NDArray[np.float64] | None, *, today: date) -> dict[str, Mask]:
    """Of every filter in use: which offers meet it."""
    none = np.zeros(len(index.offers), dtype=np.bool_)
    masks: dict[str, Mask] = {}
    if words := words_of(asked.words)[:MOST_WORDS]:
        masks["words"] = np.logical_and.reduce([index.words.beginning(word) for word in words])
    for name, value, columns in (
        ("area", asked.area, index.areas), ("language", asked.language, index.languages), ("source", asked.source, index.sources)
    ):  # fmt: skip
        if value:
            masks[name] = columns.get(value, none)
    for name in ("free", "barrier_free", "childcare", "women", "places"):
        if getattr(asked, name):
            masks[name] = getattr(index, name)
    if asked.town:
        near = km <= asked.within if asked.within and km is not None else none
        masks["town"] = index.towns.get(asked.town, none) | near | index.online
    if asked.fresh:
        masks["fresh"] = index.fresh_until >= today.toordinal()
    if asked.since:
        since = asked.since.toordinal()
        masks["since"] = (index.begins >= since) & (index.ends >= since)
    if asked.box:
        masks["box"] = _in_box(index, asked.box)
    return masks


def _in_box(index: Index, box: Box) -> Mask:
    south, west, north, east = box
    latitude, longitude = index.spots[:, 0], index.spots[:, 1]
    inside = (latitude >= south) & (latitude < north) & (longitude >= west) & (longitude < east)
    return index.mask(index.spot_of[inside].tolist())


def _km(index: Index, asked: Asked) -> NDArray[np.float64] | None:
    """To the nearest place of each offer; infinite where none is known."""
    middle = index.points.get(asked.town)
    if middle is None:
        return None
    nearest = np.full(len(index.offers), np.inf)
    np.minimum.at(nearest, index.spot_of, 2 * EARTH_KM * half_arcs(middle, index.spots))
    return nearest


def _sorted(
    index: Index, asked: Asked, positions: NDArray[np.intp], km: NDArray[np.float64] | None, *, today: date
) -> NDArray[np.intp]:
    """What was asked for decides; what is equal stands by example or not, then by title and id."""
    begins = index.begins[positions]
    begins = np.where(begins < today.toordinal(), _LATE, begins)
    titles = np.zeros(len(positions), dtype=np.int64)
    for word in words_of(asked.words)[:MOST_WORDS]:
        titles -= index.titles.beginning(word)[positions]
    far = km[positions] if km is not None else np.zeros(len(positions))
    rows = {
        Order.RELEVANCE: (begins, far, titles), Order.DISTANCE: (titles, begins, far), Order.START: (far, titles, begins)
    }[order_of(asked)]  # fmt: skip
    return np.lexsort((positions, *rows[:2], index.example[positions], rows[2]))


def order_of(asked: Asked) -> Order:
    """What was chosen; else by what was typed, by the town, by the day."""
    if asked.order:
        return asked.order
    return Order.RELEVANCE if asked.words else Order.DISTANCE if asked.town else Order.START


def _loosen(open_: Mask, masks: dict[str, Mask]) -> list[tuple[str, int]]:
    """How many there would be without one of the filters."""
    counts = []
    for name in masks:
        others = [mask for other, mask in masks.items() if other != name]
        counts.append((name, int(np.logical_and.reduce([open_, *others]).sum())))
    return sorted(counts, key=lambda one: -one[1])
