"""Offers held against a need by column: every condition of all offers at once, one byte each (`Fit`).

What a condition means in words stands a second time in `verdict_words`, row by row; a test holds both equal.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from faden.directory.rules.nearness import EARTH_KM, Point, half_arcs
from faden.directory.rules.needs import Need
from faden.directory.rules.offers import ShelfOffer
from faden.directory.vocabulary import Childcare, Condition, Fit
from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]

LEVELS = (Level.NONE, Level.A1, Level.A2, Level.B1, Level.B2, Level.C1, Level.C2, Level.NATIVE)
RANKS: dict[str, int] = {level.value: rank for rank, level in enumerate(LEVELS)}
HIGHEST = RANKS[Level.NATIVE]
OLDEST = 999
NOT_KNOWN = np.int32(2**31 - 1)  # last in every order
NOT_A_CANDIDATE = np.uint8(3)  # worse than any `Fit`


@dataclass(frozen=True)
class Verdict:
    """How one condition of one offer comes out: what is asked, the fact it was held against, the nearest mend."""

    condition: Condition
    fit: Fit
    asks: str
    fact: str
    mend: str


@dataclass(frozen=True)
class Match:
    """One offer for one need; `fit` is the worst of its conditions, `km` None where no place is known (online: 0)."""

    offer: ShelfOffer
    fit: Fit
    verdicts: tuple[Verdict, ...]
    km: float | None


class SetColumn:
    """A condition that names codes: who has one of them fits."""

    def __init__(self, sets: Sequence[frozenset[str]], silent: Bools) -> None:
        self.asks: Bools = np.array([bool(one) for one in sets], dtype=bool)
        self.quiet: Bytes = (silent & ~self.asks).astype(np.uint8)
        self.having: dict[str, Bools] = {}
        for at, codes in enumerate(sets):
            for code in codes:
                if code not in self.having:
                    self.having[code] = np.zeros(len(sets), dtype=bool)
                self.having[code][at] = True
        self.nowhere: Bools = np.zeros(len(sets), dtype=bool)

    def has_any(self, codes: Iterable[str]) -> Bools:
        """Offers that name at least one of them."""
        found = self.nowhere
        for code in codes:
            found = found | self.having.get(code, self.nowhere)
        return found

    def verdicts(self, codes: Iterable[str] | None, *, other: Fit = Fit.FAILS) -> Bytes:
        """Held against these codes; `other`: how it is where none of them is named."""
        if codes is None:
            return self.quiet + self.asks
        missing = self.asks & ~self.has_any(codes)
        return self.quiet + missing * np.uint8(other)


class Columns:
    """All offers of one state of the directory that may be matched; the order is that of the shelf: title, id."""

    def __init__(self, offers: Iterable[ShelfOffer]) -> None:
        self.offers = tuple(offer for offer in offers if not offer.is_example)
        self.ids: tuple[UUID, ...] = tuple(offer.id for offer in self.offers)
        self.areas = self._sets("life_areas", None)
        self.papers = self._sets("papers", Condition.RESIDENCE)
        self.towns = self._sets("towns", Condition.TOWN)
        self.regimes = self._sets("regimes", Condition.BENEFIT)
        genders = [frozenset({offer.gender} - {""}) for offer in self.offers]
        self.genders = SetColumn(genders, self._silent(Condition.GENDER))
        self._note_german()
        self._note_ages()
        self._note_childcare()
        self._note_days()
        self._note_places()

    def _silent(self, condition: Condition | None) -> Bools:
        return np.array([condition in offer.silent for offer in self.offers], dtype=bool)

    def _sets(self, name: str, condition: Condition | None) -> SetColumn:
        return SetColumn([getattr(offer, name) for offer in self.offers], self._silent(condition))

    def _note_german(self) -> None:
        self.lowest = np.array([RANKS.get(offer.german_from, 0) for offer in self.offers], dtype=np.int8)
        self.highest = np.array([RANKS.get(offer.german_to, HIGHEST) for offer in self.offers], dtype=np.int8)
        self.proof: Bools = np.array([offer.german_proof for offer in self.offers], dtype=bool)
        self.asks_level: Bools = (self.lowest > 0) | (self.highest < HIGHEST)
        silent = self._silent(Condition.GERMAN)
        self.quiet_german = (silent & ~self.asks_level & ~self.proof).astype(np.uint8)

    def _note_ages(self) -> None:
        self.youngest = np.array([offer.age_from or 0 for offer in self.offers], dtype=np.int32)
        no_end = [OLDEST if offer.age_to is None else offer.age_to for offer in self.offers]
        self.oldest = np.array(no_end, dtype=np.int32)
        self.asks_age: Bools = (self.youngest > 0) | (self.oldest < OLDEST)
        self.quiet_age = (self._silent(Condition.AGE) & ~self.asks_age).astype(np.uint8)

    def _note_childcare(self) -> None:
        self.with_childcare: Bools = np.array([one.childcare == Childcare.YES for one in self.offers], dtype=bool)
        self.without_childcare: Bools = np.array([one.childcare == Childcare.NO for one in self.offers], dtype=bool)
        said = self.with_childcare | self.without_childcare
        self.quiet_childcare: Bools = self._silent(Condition.CHILDCARE) & ~said

    def _note_days(self) -> None:
        self.days: list[date] = sorted({offer.next_start for offer in self.offers if offer.next_start})
        place = {day: number for number, day in enumerate(self.days, 1)}
        starts = [place[offer.next_start] if offer.next_start else 0 for offer in self.offers]
        self.start_place: Ints = np.array(starts, dtype=np.int32)  # 0: at any time
        self.starts: Ints = np.array([_number(offer.next_start) for offer in self.offers], dtype=np.int32)
        ends = [_number(offer.ends_on) if offer.ends_on else NOT_KNOWN for offer in self.offers]
        self.ends: Ints = np.array(ends, dtype=np.int32)

    def _note_places(self) -> None:
        self.online: Bools = np.array([offer.online for offer in self.offers], dtype=bool)
        placed = [(at, spot.point) for at, offer in enumerate(self.offers) for spot in offer.spots if spot.point]
        self.points = np.array([point for _, point in placed], dtype=float).reshape(-1, 2)
        self.spot_of = np.array([at for at, _ in placed], dtype=np.intp)

    def without_area(self, on: date) -> int:
        """How many say nothing about where they belong, and last: no need in a life area finds them."""
        return int((~self.areas.asks & (self.ends >= _number(on))).sum())

    # ---- one row of verdicts for each condition

    def residence(self, paper: str | None) -> Bytes:
        """By the paper. Who has not entered yet will have another one: what she lacks now may still come."""
        if paper is None or paper == ResidencePaper.UNKNOWN:
            return self.papers.verdicts(None)
        coming = paper == ResidencePaper.NOT_ENTERED
        return self.papers.verdicts({paper}, other=Fit.UNKNOWN if coming else Fit.FAILS)

    def german(self, level: str | None, certified: tuple[str, str] | None) -> Bytes:
        """By level, then by certificate: where one is asked for, it counts beside what was told; a mother tongue needs none."""
        rank = RANKS.get(level) if level else None
        surely, at_most = (RANKS.get(one, 0) for one in certified) if certified else (0, HIGHEST)
        needed = np.maximum(self.lowest, 1)
        lacks_proof = self.proof * ((needed > surely).astype(np.uint8) + (needed > at_most))
        if rank == HIGHEST:
            lacks_proof[:] = Fit.FITS
        otherwise = np.uint8(Fit.UNKNOWN if rank is None else Fit.FAILS)
        below = (self.lowest > (rank or 0)) * otherwise
        above = (self.highest < (HIGHEST if rank is None else rank)) * otherwise
        if certified:
            np.minimum(below, np.uint8(Fit.UNKNOWN), out=below, where=self.proof & (self.lowest <= at_most))
            below[self.proof & (self.lowest <= surely)] = Fit.FITS
        return np.maximum(np.maximum(below, above), lacks_proof) + self.quiet_german

    def age(self, born: tuple[date, date] | None, on: date) -> Bytes:
        """By the age on the day it would begin."""
        if born is None:
            return self.quiet_age + self.asks_age
        begins = np.maximum(self.starts, _number(on))
        least = np.maximum((begins - _number(born[1])) // 10_000, 0)
        most = np.maximum((begins - _number(born[0])) // 10_000, 0)
        surely_not = (most < self.youngest) | (least > self.oldest)
        perhaps_not = (least < self.youngest) | (most > self.oldest)
        return perhaps_not.astype(np.uint8) + surely_not + self.quiet_age

    def gender(self, gender: str | None) -> Bytes:
        """By what was said for this search."""
        return self.genders.verdicts({gender} if gender else None)

    def town(self, ags: str | None) -> Bytes:
        """By the home town."""
        return self.towns.verdicts({ags} if ags else None)

    def benefit(self, regimes: frozenset[str] | None) -> Bytes:
        """By any of what she lives from; with a part that is not known nothing is surely missing."""
        if regimes is None or regimes == {BenefitRegime.UNKNOWN}:
            return self.regimes.verdicts(None)
        unsure = BenefitRegime.UNKNOWN in regimes
        return self.regimes.verdicts(regimes or {BenefitRegime.NONE}, other=Fit.UNKNOWN if unsure else Fit.FAILS)

    def childcare(self, needed: bool | None) -> Bytes:
        """Only who needs it is held against it, see the table in `verdict_words`."""
        if needed:
            return np.uint8(Fit.UNKNOWN) - self.with_childcare + self.without_childcare
        if needed is None:
            return (self.without_childcare | self.quiet_childcare).astype(np.uint8)
        return np.zeros(len(self.offers), dtype=np.uint8)

    def verdicts(self, need: Need) -> Bytes:
        """A row for each condition, a column for each offer."""
        return np.stack([
            self.residence(need.paper), self.german(need.german, need.certified), self.age(need.born, need.on),
            self.gender(need.gender), self.town(need.town), self.benefit(need.regimes), self.childcare(need.needs_childcare),
        ])  # fmt: skip

    # ---- which, and in which order

    def candidates(self, area: str, on: date) -> Bools:
        """Of this life area (empty: of any), and not over on this day."""
        lasting = self.ends >= _number(on)
        return lasting & self.areas.has_any({area}) if area else lasting

    def exclusions(self, area: str, on: date) -> Bytes:
        """3 for each that is none, else 0."""
        return ~self.candidates(area, on) * NOT_A_CANDIDATE

    def of_area(self, area: str) -> "Columns":
        """Those of one life area alone, in the same order."""
        return Columns(one for one in self.offers if area in one.life_areas) if area else self

    def tenths(self, point: Point | None) -> Ints:
        """Hundreds of metres to the nearest place; online 0, not known last."""
        found = np.full(len(self.offers), NOT_KNOWN, dtype=np.int32)
        if point is not None and len(self.spot_of):
            away = np.floor(20 * EARTH_KM * half_arcs(point, self.points) + 0.5)
            np.minimum.at(found, self.spot_of, away.astype(np.int32))
        found[self.online] = 0
        return found

    def days_passed(self, on: date) -> int:
        """How many of the starts lie before a day: the same number, the same order of starts."""
        return bisect_left(self.days, on)

    def order(self, tenths: Ints, days_passed: int) -> NDArray[np.intp]:
        """By distance, by start (at any time, then by day, then what has begun already), by title and id."""
        starts = self.start_place.copy()
        starts[(starts > 0) & (starts <= days_passed)] = NOT_KNOWN
        return np.lexsort((starts, tenths))


@dataclass(frozen=True)
class Ranking:
    """The candidates for one need in the order of the page."""

    found: NDArray[np.intp]  # where they stand in the columns
    fits: Bytes  # of each of them, as a whole
    verdicts: Bytes  # of all offers, a row for each condition
    tenths: Ints  # of all offers

    def counts(self) -> dict[Fit, int]:
        """How many come out how."""
        numbers = np.bincount(self.fits, minlength=len(Fit))
        return {fit: int(numbers[fit]) for fit in Fit}

    def only(self, fit: Fit | None) -> NDArray[np.intp]:
        """Those that come out like this."""
        return self.found if fit is None else self.found[self.fits == fit]

    def blockers(self) -> list[tuple[Condition, int]]:
        """Which condition closes how many of them, most first; of equal ones the one that more often closes alone."""
        fails = self.verdicts[:, self.found] == Fit.FAILS
        often = fails.sum(axis=1)
        alone = (fails & (fails.sum(axis=0) == 1)).sum(axis=1)
        ranked = sorted(range(len(Condition)), key=lambda at: (-often[at], -alone[at], at))
        conditions = list(Condition)
        return [(conditions[at], int(often[at])) for at in ranked if often[at]]


def ranked(columns: Columns, need: Need) -> Ranking:
    """All candidates: what fits, what is not known, what does not fit; inside by distance and start."""
    verdicts, tenths = columns.verdicts(need), columns.tenths(need.point)
    order = columns.order(tenths, columns.days_passed(need.on))
    order = order[columns.candidates(need.life_area, need.on)[order]]
    worst = verdicts.max(axis=0, initial=0)[order]
    by_fit = np.argsort(worst, kind="stable")
    return Ranking(order[by_fit], worst[by_fit], verdicts, tenths)


def _number(day: date | None) -> int:
    """20261123: of two such numbers the difference divided by 10,000 are whole years."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
