"""Suspending steps: days and day compute each other, agreed days move, the law's never do."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from faden.chains.rules.forecast import forecast
from faden.chains.rules.graph import Graph, Key, Node, dependents
from faden.chains.vocabulary import SETTLED


@dataclass(frozen=True, slots=True)
class Move:
    """An agreed day before and after."""

    key: Key
    old: date
    new: date


@dataclass(frozen=True, slots=True)
class Shift:
    """What a suspension or an early resumption does: the days by step, what moves, what would be missed then."""

    until: date
    by_step: dict[Key, int]  # the suspended steps and all that depend on them
    moves: tuple[Move, ...]
    missed: tuple[Key, ...]  # law clocks that hold now and would be missed
    finish: dict[Key, date]  # when each step would be done then


def day_after(days: int, today: date) -> date:
    """The day on which a suspension of so many days ends."""
    return today + timedelta(days=days)


def days_until(day: date, today: date) -> int:
    """How many days a suspension until this day lasts."""
    return (day - today).days


def suspend(graph: Graph, keys: Collection[Key], *, until: date, today: date) -> Shift:
    """Rest until a day: what is agreed moves by as many days as are added, here and in all that depends on it."""
    resting = [key for key in keys if graph[key].state not in SETTLED]
    by_days: dict[int, list[Key]] = {}
    for key in resting:
        by_days.setdefault(_added(graph[key], until, today), []).append(key)
    by_step: dict[Key, int] = {}
    for days in sorted(by_days):  # the longest wins where two of them lead to the same step
        by_step.update(dict.fromkeys([*by_days[days], *dependents(graph, by_days[days])], days))
    by_step = {key: days for key, days in by_step.items() if graph[key].state not in SETTLED}
    moves = tuple(
        Move(key, due, due + timedelta(days=added))
        for key in graph
        if (added := by_step.get(key)) and (due := graph[key].due_on)
    )
    after = forecast(shifted(graph, resting, until=until, today=today), today=today)
    before = set(forecast(graph, today=today).missed)
    return Shift(until, by_step, moves, tuple(key for key in after.missed if key not in before), after.finish)


def resume(graph: Graph, keys: Collection[Key], *, today: date) -> Shift:
    """Go on today: what is left of the rest is taken back."""
    return suspend(graph, [key for key in keys if rests(graph[key], today)], until=today, today=today)


def shifted(graph: Graph, keys: Collection[Key], *, until: date, today: date) -> Graph:
    """The graph in which these steps rest until this day; today: they do not rest."""
    until_on = until if until > today else None
    return {**graph, **{key: replace(graph[key], suspended_until=until_on) for key in keys}}


def rests(node: Node, today: date) -> bool:
    """Suspended, and the day has not come."""
    return node.suspended_until is not None and node.suspended_until > today


def _added(node: Node, until: date, today: date) -> int:
    """Days that are added to (or, if negative, taken from) the rest there is."""
    since = node.suspended_until if node.suspended_until and node.suspended_until > today else today
    return (until - since).days
