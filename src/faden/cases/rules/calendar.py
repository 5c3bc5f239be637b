"""Weeks, months and what is free in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from faden.kernel.clock import BERLIN

DAY = timedelta(days=1)
OPENS, CLOSES = time(8), time(18)
SHORTEST = timedelta(minutes=30)


@dataclass(frozen=True)
class Span:
    """Days that are shown together, the first and the last, and where one goes from there."""

    first: date
    last: date
    before: date
    after: date

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    @property
    def begins(self) -> datetime:
        """The first moment; a day in spring has 23 hours, so it is counted in German time."""
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The moment after the last one."""
        return midnight(self.last + DAY)


def midnight(day: date) -> datetime:
    """When a day begins in Germany."""
    return datetime.combine(day, time.min, tzinfo=BERLIN)


def week_of(day: date) -> Span:
    """Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return Span(monday, monday + 6 * DAY, monday - 7 * DAY, monday + 7 * DAY)


def month_of(day: date) -> Span:
    """The first to the last of the month."""
    first = day.replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    return Span(first, after - DAY, (first - DAY).replace(day=1), after)


@dataclass(frozen=True)
class Slot:
    """From when until when."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Slot") -> bool:
        """Both at once; one after the other does not count."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def free_on(day: date, taken: Iterable[Slot]) -> list[Slot]:
    """What is left of a working day, at least half an hour each."""
    begins, ends = (datetime.combine(day, at, tzinfo=BERLIN) for at in (OPENS, CLOSES))
    free = []
    for one in sorted(taken, key=lambda slot: slot.starts_at):
        if min(one.starts_at, ends) - begins >= SHORTEST:
            free.append(Slot(begins, min(one.starts_at, ends)))
        begins = max(begins, one.ends_at)
    return [*free, *([Slot(begins, ends)] if ends - begins >= SHORTEST else [])]
