"""Days from when until when, both included and both possibly unknown; and how a new period finds its room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """`first` None: since when is not known. `last` None: until further notice."""

    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.began_by(day) and (self.last is None or self.last >= day)

    def began_by(self, day: date) -> bool:
        """Whether it had begun on this day."""
        return self.first is None or self.first <= day

    def overlaps(self, other: "Period") -> bool:
        """Whether both share a day."""
        return _begins_by_end_of(self, other) and _begins_by_end_of(other, self)

    @property
    def is_backwards(self) -> bool:
        """Ends before it began."""
        return self.first is not None and self.last is not None and self.last < self.first


def _begins_by_end_of(one: Period, other: Period) -> bool:
    return one.first is None or other.last is None or one.first <= other.last


class Taken(Exception):
    """The days are taken by another period that cannot simply be shortened; `by` is its place in the list."""

    def __init__(self, by: int) -> None:
        super().__init__(by)
        self.by = by


@dataclass(frozen=True)
class Room:
    """The period as it can stand, and what the others became: place in the list to new period."""

    period: Period
    moved: dict[int, Period]


def make_room(new: Period, others: Sequence[Period], *, today: date) -> Room:
    """Only one holds at a time: what held before ends the day before, and nothing runs into what comes later.

    What lies in the past and has its end changes nothing that goes on beyond it, unless nobody knew
    since when that holds. Without a first day nothing gives way: new, or long over? Somebody has to say.
    """
    moved: dict[int, Period] = {}
    for place, other in sorted(enumerate(others), key=lambda found: found[1].first or date.min):
        if not new.overlaps(other):
            continue
        if _is_history(new, other, today):
            if other.first is not None:
                raise Taken(place)
            moved[place] = replace(other, first=_after(new.last))
        elif new.first is not None and (other.first is None or other.first < new.first):
            moved[place] = replace(other, last=new.first - DAY)
        elif (
            new.last is None and new.first is not None and other.first is not None and other.first > new.first
        ):
            new = replace(new, last=other.first - DAY)
        else:
            raise Taken(place)
    return Room(new, moved)


def _is_history(new: Period, other: Period, today: date) -> bool:
    """Noted afterwards: over by now, while the other goes on."""
    return new.last is not None and new.last < today and (other.last is None or other.last > new.last)


def _after(day: date | None) -> date | None:
    return day + DAY if day else None
