"""The way to a level of German or to its proof: the next test or course of the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from faden.directory.rules.matching import HIGHEST, RANKS, Columns
from faden.directory.rules.nearness import tenths_between
from faden.directory.rules.needs import Need
from faden.directory.rules.offers import ShelfOffer
from faden.directory.vocabulary import Condition, Fit

_HARD = [at for at, condition in enumerate(Condition) if condition != Condition.CHILDCARE]  # a day's test is no reason to look for care
FAR = 500  # 50 km: further away it is no way for somebody without a car


@dataclass(frozen=True)
class Way:
    """A test or a course that begins on a day, and the level it proves; `full_on`: on that day it had no place free."""

    level: str
    begins: date
    title: str
    town: str
    full_on: date | None = None


def those_that_certify(offers: Iterable[ShelfOffer]) -> tuple[ShelfOffer, ...]:
    """Offers that prove a level and say when they begin next, the soonest first."""
    found = [one for one in offers if RANKS.get(one.certifies, 0) and one.next_start and not one.is_example]
    return tuple(sorted(found, key=lambda one: (one.next_start, one.title.casefold(), one.id)))


def those_that_take(need: Need, certifying: Columns) -> list[ShelfOffer]:
    """Which of them do not refuse her: what is not known refuses nobody."""
    refuses = (certifying.verdicts(need)[_HARD] == Fit.FAILS).any(axis=0)
    return [certifying.offers[at] for at in np.flatnonzero(~refuses)]


def to_the_proof(offer: ShelfOffer, need: Need, certifying: Iterable[ShelfOffer]) -> Way | None:
    """She has the level, the certificate is missing: what has places, then a test of a level she has before one above it."""
    needed, own = max(RANKS.get(offer.german_from, 0), 1), RANKS.get(need.german or "", HIGHEST)
    open_ = [one for one in _open(offer, need, certifying) if RANKS[one.certifies] >= needed]
    open_.sort(key=lambda one: (one.places_free == 0, RANKS[one.certifies] > own))
    return _way(open_)


def to_the_level(offer: ShelfOffer, need: Need, certifying: Iterable[ShelfOffer]) -> Way | None:
    """She has not reached the level: what leads there, else what leads to one in between."""
    needed, own = RANKS[offer.german_from], RANKS[need.german or ""]
    open_ = [one for one in _open(offer, need, certifying) if RANKS[one.certifies] > own]
    open_.sort(key=lambda one: (one.places_free == 0, RANKS[one.certifies] < needed))
    return _way(open_)


def _open(offer: ShelfOffer, need: Need, certifying: Iterable[ShelfOffer]) -> list[ShelfOffer]:
    """What still begins, within reach."""
    return [
        one
        for one in certifying
        if one.id != offer.id
        and one.next_start is not None
        and one.next_start >= need.on
        and _in_reach(one, need)
    ]


def _in_reach(one: ShelfOffer, need: Need) -> bool:
    points = [spot.point for spot in one.spots if spot.point]
    if need.point is None or one.online or not points:
        return True
    return any(tenths_between(need.point, point) <= FAR for point in points)


def _way(ways: list[ShelfOffer]) -> Way | None:
    if not ways or ways[0].next_start is None:
        return None
    first = ways[0]
    town = next((spot.town for spot in first.spots if spot.town), "")
    full_on = first.places_on if first.places_free == 0 else None
    return Way(first.certifies, ways[0].next_start, first.title, town, full_on)
