"""Many needs against all offers, as the night does it for every watched search: what fits, how many come out how, the best.

Needs share most of their facts, so each fact's row is made once; they are taken by life area, home and starts, so
that only one order of the offers is kept at a time.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from faden.directory.rules.matching import NOT_A_CANDIDATE, Bytes, Columns
from faden.directory.rules.needs import Need
from faden.directory.vocabulary import Fit

BEST = 10
MOST_ROWS = 4_000  # kept at once: 20 MB with 5,000 offers
Places = NDArray[np.int32]  # in the columns; 50,000 times all that fits is held at once


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """How many offers fit, are not known, do not fit; which they are in the order of the page."""

    counts: tuple[int, int, int]
    first: Places  # what fits, and where that is less than a page's beginning, what comes after it
    ids: tuple[UUID, ...]

    @property
    def fits(self) -> tuple[UUID, ...]:
        """All of which nothing is missing and nothing unknown."""
        return tuple(self.ids[at] for at in self.first[: self.counts[Fit.FITS]])

    @property
    def best(self) -> tuple[UUID, ...]:
        """The first ten."""
        return tuple(self.ids[at] for at in self.first[:BEST])


class Rows:
    """Verdicts of a state of the directory by fact; each is made once."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._kept: dict[Hashable, Bytes] = {}

    def worst(self, need: Need) -> Bytes:
        """Of each offer the worst of its conditions; 3 for what is over by then or of another area."""
        worst = self.columns.age(need.born, need.on)
        for row in (
            self._row("residence", need.paper),
            self._row("german", need.german, need.certified),
            self._row("gender", need.gender),
            self._row("town", need.town),
            self._row("benefit", need.regimes),
            self._row("childcare", need.needs_childcare),
            self._row("exclusions", need.life_area, need.on),
        ):
            np.maximum(worst, row, out=worst)
        return worst

    def _row(self, name: str, *facts: Hashable) -> Bytes:
        found = self._kept.get((name, *facts))
        if found is None:
            if len(self._kept) >= MOST_ROWS:
                self._kept.clear()
            found = self._kept[name, *facts] = getattr(self.columns, name)(*facts)
        return found


def match_many(needs: Sequence[Need], columns: Columns) -> list[Summary]:
    """For each need what `ranked` finds, in the order of the needs."""
    found: dict[int, Summary] = {}
    for area, numbers in _by_area(needs).items():
        part = columns.of_area(area)
        rows = Rows(part)
        placed = [((needs[number].point, part.days_passed(needs[number].on)), number) for number in numbers]
        placed.sort(key=lambda one: (one[0][0] or (), one[0][1]))
        order, here = None, None
        for place, number in placed:
            if order is None or place != here:
                here, order = place, part.order(part.tenths(place[0]), place[1])
            found[number] = _summary(rows.worst(needs[number])[order], order, part.ids)
    return [found[number] for number in range(len(needs))]


def _by_area(needs: Sequence[Need]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, need in enumerate(needs):
        found[need.life_area].append(number)
    return found


def _summary(fits: Bytes, order: NDArray[np.intp], ids: tuple[UUID, ...]) -> Summary:
    counts = np.bincount(fits, minlength=int(NOT_A_CANDIDATE) + 1)
    first = [order[fits == Fit.FITS]]
    for fit in (Fit.UNKNOWN, Fit.FAILS):
        missing = BEST - sum(map(len, first))
        if missing > 0 and counts[fit]:
            first.append(order[np.flatnonzero(fits == fit)[:missing]])
    return Summary((int(counts[0]), int(counts[1]), int(counts[2])), np.concatenate(first, dtype=np.int32), ids)
