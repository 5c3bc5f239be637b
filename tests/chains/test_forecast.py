"""When a chain may be at its goal: for every graph, and some that can be read."""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.chains.rules.forecast import forecast, remaining
from faden.chains.rules.graph import Node, holding, said
from faden.chains.vocabulary import SETTLED, Join, StepState
from tests.chains.graphs import TODAY, graphs, settled, with_a_key

READY, OPEN, DONE, DROPPED, BLOCKED, WAITING = (
    StepState.READY, StepState.OPEN, StepState.DONE, StepState.DROPPED, StepState.BLOCKED, StepState.WAITING_AGENCY,
)  # fmt: skip


def day(number):
    return TODAY + timedelta(days=number)


def node(key, *before, days=None, state=OPEN, since=0, **more):
    return Node(key, more.pop("chain", "x"), state, day(-since), before=before, usual_days=days, **more)


def seen(*nodes):
    return forecast(settled({one.key: one for one in nodes}), today=TODAY)


def test_a_row_adds_up():
    found = seen(node("a", days=10), node("b", "a", days=5), node("c", "b", days=20))
    assert [found.start[key] for key in "abc"] == [day(0), day(10), day(15)]
    assert found.finish_on == {"x": day(35)}
    assert found.critical == ("a", "b", "c")
    assert found.bottleneck == {"x": "c"}


@pytest.mark.parametrize(("join", "start", "critical"), [(Join.ALL, 30, ("slow", "z")), (Join.ANY, 10, ("fast", "z"))])
def test_joins(join, start, critical):
    found = seen(node("fast", days=10), node("slow", days=30), node("z", "fast", "slow", days=25, join=join))
    assert found.start["z"] == day(start)
    assert found.critical_of["x"] == critical


@pytest.mark.parametrize(
    ("state", "since", "days", "left"),
    [
        (WAITING, 6, 77, 71), (READY, 6, 77, 71), (WAITING, 77, 77, 1), (WAITING, 500, 77, 1),
        (WAITING, 6, None, 0), (OPEN, 6, 77, 77), (BLOCKED, 6, 77, 77), (READY, 0, 0, 0), (READY, -3, 10, 10),
    ],
)  # fmt: skip
def test_what_is_left(state, since, days, left):
    assert remaining(node("a", days=days, state=state, since=since), TODAY) == left


def test_settled_steps_have_their_own_days():
    found = seen(node("a", days=50, state=DONE, since=9), node("b", "a", days=5))
    assert (found.start["a"], found.finish["a"], found.finish["b"]) == (day(-9), day(-9), day(5))
    assert found.critical == ("b",)


def test_what_is_known_of_a_dropped_step_does_not_count():
    found = seen(node("a", days=10), node("b", "a", days=50, state=DROPPED), node("c", "b", days=5))
    assert found.finish["c"] == day(15)
    assert found.critical == ("a", "c")


def test_a_step_of_unknown_duration_is_on_the_way_too():
    found = seen(node("nobody_knows"), node("b", "nobody_knows", days=5))
    assert (found.critical, found.finish["b"], found.unknown) == (("nobody_knows", "b"), day(5), ("nobody_knows",))


def test_what_was_done_today_is_not_on_the_way():
    assert seen(node("a", state=DONE), node("b", "a", days=5, state=OPEN), node("c", "b")).critical == ("b", "c")
    blocked = seen(node("a", state=DONE), node("b", "a", days=5, state=BLOCKED))
    assert blocked.critical == ("b",)


def test_suspended_is_not_before():
    found = seen(node("a", days=10), node("b", "a", days=5, suspended_until=day(40)))
    assert (found.start["b"], found.finish["b"], found.critical) == (day(40), day(45), ("b",))


@pytest.mark.parametrize(("until", "finish", "overdue"), [(None, 1, True), (-2, 6, False), (30, 38, False)])
def test_while_it_rests_no_time_runs(until, finish, overdue):
    waits = node("a", days=8, state=WAITING, since=50, suspended_until=until and day(until))
    found = seen(waits)
    assert (found.finish["a"], found.overdue) == (day(finish), ("a",) if overdue else ())


def test_the_bottleneck_is_the_longest_on_the_way_the_earlier_if_two_are_as_long():
    found = seen(node("a", days=20), node("b", "a", days=20), node("c", "b", days=3), node("beside", days=41))
    assert found.bottleneck == {"x": "a"}


def test_a_chain_may_hang_on_another():
    found = seen(node("sprache", days=100, chain="y"), node("a", days=5), node("b", "a", "sprache", days=10))
    assert found.critical_of == {"y": ("sprache",), "x": ("sprache", "b")}
    assert found.bottleneck == {"y": "sprache", "x": "sprache"}


def test_missed_overdue_and_unknown():
    found = seen(
        node("late", days=10, clock_due_on=day(9)), node("in_time", days=10, clock_due_on=day(10)),
        node("over", state=DONE, clock_due_on=day(-9)), node("long", days=7, state=WAITING, since=8),
        node("usual", days=8, state=WAITING, since=8), node("stuck", days=2, state=BLOCKED, since=3),
        node("not_begun", "late", days=1, since=50), node("nobody_knows"),
    )  # fmt: skip
    assert found.missed == ("late",)
    assert found.overdue == ("long", "stuck")
    assert found.unknown == ("nobody_knows",)


@given(graphs())
def test_nobody_begins_before_what_it_waits_for(graph):
    found = forecast(graph, today=TODAY)
    for key, one in graph.items():
        if one.state == OPEN:
            free = [found.finish[before] for before in holding(graph, one) if graph[before].state != DROPPED]
            if free:
                assert found.start[key] >= (max(free) if one.join == Join.ALL else min(free))
            assert found.start[key] >= TODAY


@given(graphs())
def test_the_critical_path_adds_up_to_the_finish(graph):
    found = forecast(graph, today=TODAY)
    for chain, path in found.critical_of.items():
        ends = max(found.finish[key] for key, one in graph.items() if one.chain == chain and one.state not in SETTLED)
        begins = max(TODAY, graph[path[0]].suspended_until or TODAY)
        assert begins + timedelta(days=sum(found.days[key] for key in path)) == ends
        assert found.days[found.bottleneck[chain]] == max(found.days[key] for key in path)
    open_ = [key for key, one in graph.items() if one.state not in SETTLED]
    assert bool(found.critical) == bool(open_)
    if open_:
        assert found.finish[found.critical[-1]] == max(found.finish[key] for key in open_)


@given(with_a_key(graphs()), st.integers(1, 50))
def test_a_longer_step_makes_nothing_earlier(drawn, more):
    graph, key = drawn
    longer = {**graph, key: replace(graph[key], usual_days=(graph[key].usual_days or 0) + more)}
    before, after = forecast(graph, today=TODAY), forecast(longer, today=TODAY)
    assert all(after.finish[other] >= before.finish[other] for other in graph)


@given(with_a_key(graphs()))
def test_finishing_delays_nothing(drawn):
    graph, key = drawn
    if graph[key].state in SETTLED:
        return
    before, after = forecast(graph, today=TODAY), forecast(said(graph, key, DONE, TODAY), today=TODAY)
    assert all(after.finish[other] <= before.finish[other] for other in graph)


@given(graphs(), st.integers(0, 40))
def test_days_that_pass_bring_no_finish_nearer_than_tomorrow(graph, days):
    """Waiting alone never makes it earlier than it was said to be."""
    before, after = forecast(graph, today=TODAY), forecast(graph, today=day(days))
    assert all(after.finish[key] >= before.finish[key] for key in graph)


def test_a_thousand_steps_in_no_time():
    """Below 20 ms where it is measured alone (`bench`); here with room for a busy machine."""
    graph = settled(
        {
            number: node(number, *range(max(0, number - 3), number), days=number % 50, chain=number % 40)
            for number in range(1000)
        }
    )
    took = []
    for _attempt in range(5):
        began = perf_counter()
        forecast(graph, today=TODAY)
        took.append(perf_counter() - began)
    assert min(took) < 0.1


def test_a_row_of_a_thousand():
    graph = settled({n: node(n, *([n - 1] if n else []), days=1) for n in range(1000)})
    assert len(forecast(graph, today=TODAY).critical) == 1000
