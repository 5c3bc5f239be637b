"""Suspending conserves: exactly what depends on it moves, by the same days, and back again."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from faden.chains.rules.graph import Node, dependents
from faden.chains.rules.suspension import Move, day_after, days_until, resume, shifted, suspend
from faden.chains.vocabulary import SETTLED, StepState
from tests.chains.graphs import TODAY, graphs, settled, with_a_key

DONE = StepState.DONE


def day(number):
    return TODAY + timedelta(days=number)


def node(key, *before, due=None, **more):
    return Node(key, "x", more.pop("state", StepState.OPEN), TODAY, before=before, due_on=due and day(due), **more)


def carried_out(graph, keys, shift):
    """As the verb writes it."""
    now = dict(shifted(graph, [key for key in keys if graph[key].state not in SETTLED], until=shift.until, today=TODAY))
    for move in shift.moves:
        now[move.key] = replace(now[move.key], due_on=move.new)
    return now


@given(st.integers(-400, 4000))
def test_days_and_day_compute_each_other(days):
    assert days_until(day_after(days, TODAY), TODAY) == days
    assert day_after(days_until(day(days), TODAY), TODAY) == day(days)


def test_exactly_the_step_and_what_depends_on_it_moves():
    graph = settled({
        one.key: one for one in (
            node("a", due=1), node("b", "a", due=2), node("c", "b", due=3, usual_days=9), node("beside", "a", due=4),
            node("done", "b", due=5, state=DONE), node("not_agreed", "b"),
        )
    })  # fmt: skip
    shift = suspend(graph, ["b"], until=day(30), today=TODAY)
    assert shift.moves == (Move("b", day(2), day(32)), Move("c", day(3), day(33)))


def test_law_clocks_stay_and_are_named_when_they_would_be_missed():
    graph = settled({
        one.key: one for one in (
            node("a", usual_days=10, clock_due_on=day(20)), node("b", "a", usual_days=5, clock_due_on=day(100)),
            node("late", usual_days=9, clock_due_on=day(1)),
        )
    })  # fmt: skip
    assert suspend(graph, ["a"], until=day(10), today=TODAY).missed == ()
    shift = suspend(graph, ["a"], until=day(11), today=TODAY)
    assert (shift.missed, shift.moves, shift.finish["a"]) == (("a",), (), day(21))


def test_going_on_early_gives_back_what_is_left():
    graph = settled({one.key: one for one in (node("a", due=20, suspended_until=day(8)), node("b", "a", due=30))})
    assert resume(graph, ["a"], today=TODAY).moves == (Move("a", day(20), day(12)), Move("b", day(30), day(22)))


def test_nothing_is_given_back_when_the_day_has_come():
    graph = settled({"a": node("a", due=20, suspended_until=day(0))})
    assert resume(graph, ["a"], today=TODAY).moves == ()


def test_a_longer_rest_adds_only_the_difference():
    graph = settled({"a": node("a", due=20, suspended_until=day(8))})
    assert suspend(graph, ["a"], until=day(10), today=TODAY).moves == (Move("a", day(20), day(22)),)


def test_the_longest_rest_counts_where_two_lead_to_the_same():
    graph = settled({
        one.key: one for one in (
            node("a", due=20, suspended_until=day(8)), node("b", due=20), node("c", "a", "b", due=30),
        )
    })  # fmt: skip
    moved = {move.key: move.new for move in suspend(graph, ["a", "b"], until=day(10), today=TODAY).moves}
    assert moved == {"a": day(22), "b": day(30), "c": day(40)}


def awake(graph):
    return {key: replace(one, suspended_until=None) for key, one in graph.items()}


@given(graphs().map(awake), st.data(), st.integers(1, 300))
def test_suspending_and_going_on_at_once_is_nothing(graph, data, days):
    keys = data.draw(st.sets(st.sampled_from(sorted(graph)), min_size=1))
    rested = carried_out(graph, keys, suspend(graph, keys, until=day(days), today=TODAY))
    assert carried_out(rested, keys, resume(rested, keys, today=TODAY)) == graph


@given(with_a_key(graphs()), st.integers(1, 300))
def test_shifts_conserve(drawn, days):
    """The days between moved steps stay; who does not depend on it, and the law, stay where they were."""
    graph, key = drawn
    graph = {**graph, key: replace(graph[key], suspended_until=None)}
    now = carried_out(graph, [key], suspend(graph, [key], until=day(days), today=TODAY))
    touched = {key, *dependents(graph, [key])} if graph[key].state not in SETTLED else set()
    for other, one in graph.items():
        moves = other in touched and one.state not in SETTLED and one.due_on
        wanted = one.due_on + timedelta(days=days) if moves else one.due_on
        assert now[other].due_on == wanted
        assert now[other].clock_due_on == one.clock_due_on
        if other != key:
            assert now[other].suspended_until == one.suspended_until


@given(graphs(), st.data(), st.integers(1, 300))
def test_what_is_settled_does_not_rest(graph, data, days):
    keys = data.draw(st.sets(st.sampled_from(sorted(graph)), min_size=1))
    shift = suspend(graph, keys, until=day(days), today=TODAY)
    assert not [key for key in shift.by_step if graph[key].state in SETTLED]
