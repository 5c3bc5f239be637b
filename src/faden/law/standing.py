"""How long an answer stands: a night need only look again at those whose facts changed or whose day has come."""

from datetime import date, timedelta
from typing import Any

from faden.law.days import ONE_DAY
from faden.law.decide import Result, decide
from faden.law.facts import Facts
from faden.law.rules import changes


class _WatchedDay(date):
    """Today, noting every day it is compared with. What is worked out from it by arithmetic may differ tomorrow."""

    seen: set[int]  # ordinals: putting days into a set would compare them, which is what is watched
    moves: bool

    def __le__(self, other: Any) -> bool:
        self.seen.add(other.toordinal())
        return date.__le__(self, other)

    def __lt__(self, other: Any) -> bool:
        self.seen.add(other.toordinal())
        return date.__lt__(self, other)

    def __ge__(self, other: Any) -> bool:
        self.seen.add(other.toordinal())
        return date.__ge__(self, other)

    def __gt__(self, other: Any) -> bool:
        self.seen.add(other.toordinal())
        return date.__gt__(self, other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, date):
            self.seen.add(other.toordinal())
        return date.__eq__(self, other)

    __hash__ = date.__hash__

    def __add__(self, other: timedelta) -> Any:
        self.moves = True
        return date.fromordinal(self.toordinal()) + other

    def __sub__(self, other: Any) -> Any:
        self.moves = True
        return date.fromordinal(self.toordinal()) - other

    def __rsub__(self, other: date) -> timedelta:
        self.moves = True
        return other - date.fromordinal(self.toordinal())


def decide_until(facts: Facts, on: date) -> tuple[Result, date]:
    """The answer, and the first day on which it may read differently although no fact has changed."""
    today = _WatchedDay(on.year, on.month, on.day)
    today.seen, today.moves = set(), False
    result = decide(facts, today)._replace(on=on)
    if today.moves:
        return result, on + ONE_DAY
    ahead = [day for seen in today.seen for day in (seen, seen + 1) if day > today.toordinal()]
    ahead += [day.toordinal() for day in changes() if day.toordinal() > today.toordinal()][:1]
    return result, date.fromordinal(min(ahead, default=date.max.toordinal()))
