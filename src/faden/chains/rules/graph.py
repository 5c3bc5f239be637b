"""Steps and what they wait for, as plain data: everything the rules of chains are about.

Nothing here calls itself: a thousand steps in a row are as good as three.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from faden.chains.vocabulary import SETTLED, Join, StepState

Key = Any  # hashable: a step's id, or its code in a template

# What follows from the predecessors; every other state somebody has said.
FOLLOWING = frozenset({StepState.OPEN, StepState.READY})


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `since`: the day its state began; `usual_days`: None where nobody knows."""

    key: Key
    chain: Key
    state: StepState
    since: date
    before: tuple[Key, ...] = ()
    join: Join = Join.ALL
    usual_days: int | None = None
    suspended_until: date | None = None
    due_on: date | None = None  # agreed; moves when what it waits for is suspended
    clock_due_on: date | None = None  # the law's; never moves


Graph = Mapping[Key, Node]


class Loop(ValueError):
    """Steps that wait for each other; `keys` in the order in which they would follow, the first not repeated."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        super().__init__("steps wait for each other")
        self.keys = keys


def successors(graph: Graph) -> dict[Key, list[Key]]:
    """Who waits for whom, the other way round."""
    after: dict[Key, list[Key]] = {key: [] for key in graph}
    for key, node in graph.items():
        for before in node.before:
            after[before].append(key)
    return after


def in_order(graph: Graph, wanted: Sequence[Key] = ()) -> list[Key]:
    """Everybody after what she waits for, otherwise in the wanted (or the graph's own) order."""
    place = {key: number for number, key in enumerate(wanted or graph)}
    waiting = {key: len(node.before) for key, node in graph.items()}
    after = successors(graph)
    free = [(place[key], key) for key, number in waiting.items() if not number]
    heapq.heapify(free)
    order = []
    while free:
        key = heapq.heappop(free)[1]
        order.append(key)
        for follower in after[key]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heapq.heappush(free, (place[follower], follower))
    if len(order) < len(graph):
        raise Loop(find_cycle(graph) or ())
    return order


def find_cycle(graph: Graph) -> tuple[Key, ...] | None:
    """Steps that wait for each other, in the order in which they would follow; None where there are none."""
    ended: set[Key] = set()
    for root in graph:
        path: list[Key] = []
        on_path: set[Key] = set()
        todo: list[tuple[Key, bool]] = [(root, True)]
        while todo:
            key, is_entry = todo.pop()
            if not is_entry:
                ended.add(path.pop())
                on_path.remove(key)
            elif key in on_path:
                return tuple(reversed(path[path.index(key) :]))
            elif key not in ended:
                path.append(key)
                on_path.add(key)
                todo.append((key, False))
                todo.extend((before, True) for before in graph[key].before)
    return None


def would_cycle(graph: Graph, step: Key, before: Iterable[Key]) -> tuple[Key, ...] | None:
    """The loop that would be there if this step waited for these."""
    return find_cycle({**graph, step: replace(graph[step], before=tuple(before))})


def dependents(graph: Graph, keys: Collection[Key]) -> set[Key]:
    """Everything that waits for one of these, directly or not; what is done holds nobody up any more."""
    after = successors(graph)
    found: set[Key] = set()
    todo = list(keys)
    while todo:
        for follower in after[todo.pop()]:
            if follower not in found and graph[follower].state != StepState.DONE:
                found.add(follower)
                todo.append(follower)
    return found


def holding(graph: Graph, node: Node) -> list[Key]:
    """The predecessors that count: where one suffices, a dropped one is no way any more unless all are."""
    if node.join == Join.ALL:
        return list(node.before)
    left = [key for key in node.before if graph[key].state != StepState.DROPPED]
    return left or list(node.before)


def standing(graph: Graph) -> dict[Key, StepState]:
    """Where each step stands: what was said, else ready or open by its predecessors.

    A dropped step passes on what it waits for itself: its successors stay connected with what came before.
    """
    passed: dict[Key, bool] = {}
    states: dict[Key, StepState] = {}
    for key in in_order(graph):
        node = graph[key]
        held_by = [passed[before] for before in holding(graph, node)]
        is_free = (all(held_by) if node.join == Join.ALL else any(held_by)) if held_by else True
        passed[key] = node.state == StepState.DONE or node.state == StepState.DROPPED and is_free
        following = StepState.READY if is_free else StepState.OPEN
        states[key] = following if node.state in FOLLOWING else node.state
    return states


def following(graph: Graph) -> dict[Key, StepState]:
    """The steps that stand elsewhere than their predecessors say, and where they shall stand."""
    return {key: state for key, state in standing(graph).items() if state != graph[key].state}


def said(graph: Graph, key: Key, state: StepState, since: date) -> Graph:
    """The graph after somebody said where a step stands: finished, blocked, taken back. Others follow.

    Open or ready is not for anybody to say: either stands for "what follows from the predecessors".
    """
    now = {**graph, key: replace(graph[key], state=state, since=since)}
    for follower, its_state in following(now).items():
        now[follower] = replace(now[follower], state=its_state, since=since)
    return now


def unlocks(graph: Graph, key: Key) -> tuple[Key, ...]:
    """What would become ready if this step were done."""
    node = graph[key]
    if node.state in SETTLED:
        return ()
    after = said(graph, key, StepState.DONE, node.since)
    return tuple(
        other for other in after if after[other].state == StepState.READY and graph[other].state == StepState.OPEN
    )


def between(graph: Graph, new: Node, before: Collection[Key]) -> dict[Key, tuple[Key, ...]]:
    """What each step waits for when a new one stands after `new.before` and ahead of `before`.

    Who of them waited for one of `new.before` directly now waits for the new one instead.
    """
    return {
        key: (*(earlier for earlier in graph[key].before if earlier not in new.before), new.key) for key in before
    }
