"""The list of life areas on a day: the programme's, as a service changed it from day to day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from faden.cases.vocabulary.life_area import LifeArea
from faden.kernel.clock import BERLIN

# Between two areas of the programme there is room for some of the service's own.
STEP = 100


@dataclass(frozen=True)
class Change:
    """What an area is from a day on; `until_on` is its last day on the list."""

    code: str
    label: str
    counts_as: str
    position: int
    from_on: date
    until_on: date | None = None
    version: int = 1


@dataclass(frozen=True)
class Area:
    """One life area as it stands on a day. `from_on` None: as the programme has it. `version` guards changes."""

    code: str
    label: str
    counts_as: str
    position: int
    from_on: date | None = None
    until_on: date | None = None
    version: int = 0

    @property
    def is_own(self) -> bool:
        """The service's own, not one of the programme's."""
        return self.code != self.counts_as

    @property
    def counts_as_label(self) -> str:
        """The programme's word for it."""
        return str(LifeArea(self.counts_as).label)

    def is_offered(self, on: date) -> bool:
        """May be chosen on that day."""
        return self.until_on is None or on <= self.until_on


def programme() -> dict[str, Area]:
    """The areas as the programme has them."""
    return {
        area.value: Area(area.value, str(area.label), area.value, number * STEP)
        for number, area in enumerate(LifeArea, start=1)
    }


def known(changes: Iterable[Change], on: date) -> list[Area]:
    """Every area there is or was by that day, ended ones too, in the order of the list."""
    found = programme()
    for change in _in_time(changes):
        if change.from_on <= on:
            found[change.code] = _as_area(change)
    return sorted(found.values(), key=lambda area: (area.position, area.code))


def offered(changes: Iterable[Change], on: date) -> list[Area]:
    """The areas that may be chosen on that day."""
    return [area for area in known(changes, on) if area.is_offered(on)]


def coming(changes: Iterable[Change], on: date) -> dict[str, Area]:
    """By code: what an area will be from a later day on, the last word of it."""
    return {change.code: _as_area(change) for change in _in_time(changes) if change.from_on > on}


def place_after(areas: list[Area], code: str) -> int:
    """A position right behind this area of an ordered list; "" is the beginning."""
    positions = [0, *(area.position for area in areas)]
    here = next((n for n, area in enumerate(areas, start=1) if area.code == code), 0)
    following = positions[here + 1] if here + 1 < len(positions) else positions[here] + 2 * STEP
    return (positions[here] + following) // 2


def _in_time(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: change.from_on)


def _as_area(change: Change) -> Area:
    return Area(**vars(change))


class Words(dict[str, str]):
    """Code to the newest word; `on` gives the word an entry of a day was written with."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._changes = _in_time(changes)
        super().__init__({code: area.label for code, area in programme().items()})
        self._first = dict(self)
        for change in self._changes:
            self._first.setdefault(change.code, change.label)
            self[change.code] = change.label

    def on(self, code: str, day: date) -> str:
        """The word in force on that day; an area younger than the entry has its first word."""
        told = [c.label for c in self._changes if c.code == code and c.from_on <= day]
        return told[-1] if told else self._first.get(code, code)

    def all_at(self, codes: Iterable[str], at: datetime) -> tuple[str, ...]:
        """The words of several, in force when something happened."""
        day = at.astimezone(BERLIN).date()
        return tuple(self.on(code, day) for code in codes)
