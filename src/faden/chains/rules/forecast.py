"""When a chain may be at its goal, what it hangs on, and which law clocks would be missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from faden.chains.rules.graph import Graph, Key, Node, holding, in_order
from faden.chains.vocabulary import SETTLED, Join, StepState

# Somebody is at it: its time runs. A blocked step stands still, its whole time is still to come.
RUNNING = frozenset({StepState.READY, StepState.WAITING_AGENCY, StepState.WAITING_PERSON})


@dataclass(frozen=True, slots=True)
class Forecast:
    """The earliest days; a step of unknown duration counts no day and stands in `unknown`."""

    start: dict[Key, date]  # of a running step the day its state began
    finish: dict[Key, date]
    days: dict[Key, int]  # what is left of each step
    finish_on: dict[Key, date]  # by chain
    critical: tuple[Key, ...]  # from the first step to the last; it hangs on these
    critical_of: dict[Key, tuple[Key, ...]]  # by chain; may lead through another chain
    bottleneck: dict[Key, Key | None]  # by chain
    missed: tuple[Key, ...]  # law clocks whose day lies before the step's finish
    overdue: tuple[Key, ...]  # waits longer than usual
    unknown: tuple[Key, ...]


def forecast(graph: Graph, *, today: date) -> Forecast:
    """One pass in the order of the steps."""
    start: dict[Key, date] = {}
    finish: dict[Key, date] = {}
    days: dict[Key, int] = {}
    free: dict[Key, date] = {}  # the day from which on what comes next may begin
    held_by: dict[Key, Key | None] = {}
    for key in in_order(graph):
        node = graph[key]
        first = _binding(graph, node, free)
        held_by[key] = first
        if node.state in SETTLED:
            start[key] = finish[key] = free[key] = node.since
            if node.state == StepState.DROPPED and first is not None:
                free[key] = free[first]
            days[key] = 0
            continue
        begins = max(today, node.suspended_until or today)
        if node.state not in RUNNING and first is not None and free[first] >= begins:
            begins = free[first]
        else:
            held_by[key] = None
        days[key] = remaining(node, today)
        start[key] = min(node.since, today) if node.state in RUNNING else begins
        finish[key] = free[key] = begins + timedelta(days=days[key])
    unsettled = [key for key in finish if graph[key].state not in SETTLED]
    critical_of = {chain: _path(graph, keys, finish, held_by) for chain, keys in _by_chain(graph, unsettled).items()}
    return Forecast(
        start=start,
        finish=finish,
        days=days,
        finish_on={chain: max(finish[key] for key in keys) for chain, keys in _by_chain(graph, finish).items()},
        critical=_path(graph, unsettled, finish, held_by),
        critical_of=critical_of,
        bottleneck={
            chain: max(critical_of.get(chain, ()), key=lambda key: days[key], default=None)
            for chain in _by_chain(graph, finish)
        },
        missed=tuple(key for key in unsettled if (due := graph[key].clock_due_on) and due < finish[key]),
        overdue=tuple(key for key in unsettled if is_overdue(graph[key], today)),
        unknown=tuple(key for key in unsettled if graph[key].usual_days is None),
    )


def remaining(node: Node, today: date) -> int:
    """What is left of the usual time; a step that runs longer than usual may end tomorrow."""
    if node.usual_days is None:
        return 0
    if node.state in RUNNING:
        left = node.usual_days - max(_running_for(node, today), 0)
        return max(left, min(node.usual_days, 1))
    return node.usual_days


def is_overdue(node: Node, today: date) -> bool:
    """Waits (or is blocked) longer than it usually takes."""
    if node.usual_days is None or node.state in SETTLED or node.state == StepState.OPEN:
        return False
    return _running_for(node, today) > node.usual_days


def _running_for(node: Node, today: date) -> int:
    """Days since its state began, or since its rest ended: while it rests no time runs."""
    return (today - max(node.since, node.suspended_until or node.since)).days


def _binding(graph: Graph, node: Node, free: dict[Key, date]) -> Key | None:
    """The predecessor that decides when a step may begin: the last of all, or the first of any."""
    keys = holding(graph, node)
    if not keys:
        return None
    return (max if node.join == Join.ALL else min)(keys, key=free.__getitem__)


def _by_chain(graph: Graph, keys: Iterable[Key]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = {}
    for key in keys:
        found.setdefault(graph[key].chain, []).append(key)
    return found


def _path(
    graph: Graph, keys: list[Key], finish: dict[Key, date], held_by: dict[Key, Key | None]
) -> tuple[Key, ...]:
    """Backwards from the step that ends last, each by what it was held by, to one that held itself."""
    # Of those that end on the same day the last in order: what follows may be of unknown duration.
    key = max(reversed(keys), key=finish.__getitem__, default=None)
    path = []
    while key is not None and graph[key].state != StepState.DONE:
        if graph[key].state != StepState.DROPPED:
            path.append(key)
        key = held_by[key]
    return tuple(reversed(path))
