"""What waits for what: for every graph, whatever is said of its steps."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.chains.rules.graph import (
    FOLLOWING,
    Loop,
    Node,
    between,
    dependents,
    find_cycle,
    following,
    in_order,
    said,
    standing,
    successors,
    unlocks,
    would_cycle,
)
from faden.chains.vocabulary import Join, StepState
from tests.chains.graphs import TODAY, graphs, with_a_key

READY, OPEN, DONE, DROPPED, BLOCKED = (
    StepState.READY, StepState.OPEN, StepState.DONE, StepState.DROPPED, StepState.BLOCKED
)  # fmt: skip


def node(key, *before, state=OPEN, join=Join.ALL):
    return Node(key, "x", state, TODAY, before=before, join=join)


def graph_of(*nodes):
    return {one.key: one for one in nodes}


def passes(graph, key):
    """Whether what waits for this step may go on; told once more, by recursion and in other words."""
    one = graph[key]
    if one.state == DONE:
        return True
    return one.state == DROPPED and is_free(graph, one)


def is_free(graph, one):
    if one.join == Join.ALL or not one.before:
        return all(passes(graph, key) for key in one.before)
    kept = [key for key in one.before if graph[key].state != DROPPED]
    return any(passes(graph, key) for key in kept or one.before)


@pytest.mark.parametrize(
    ("states", "join", "stands"),
    [
        ((), Join.ALL, READY), ((), Join.ANY, READY),
        ((DONE,), Join.ALL, READY), ((READY,), Join.ALL, OPEN), ((BLOCKED,), Join.ANY, OPEN),
        ((DONE, READY), Join.ALL, OPEN), ((DONE, READY), Join.ANY, READY), ((DONE, DONE), Join.ALL, READY),
        ((DONE, DROPPED), Join.ALL, READY), ((DROPPED,), Join.ALL, READY), ((DROPPED,), Join.ANY, READY),
        # Where one suffices, giving up one way does not open the other.
        ((DROPPED, READY), Join.ANY, OPEN), ((DROPPED, DONE), Join.ANY, READY), ((DROPPED, DROPPED), Join.ANY, READY),
    ],
)  # fmt: skip
def test_ready_or_open(states, join, stands):
    before = [node(f"b{number}", state=state) for number, state in enumerate(states)]
    graph = graph_of(*before, node("z", *(one.key for one in before), join=join))
    assert standing(graph)["z"] == stands


def test_a_dropped_step_keeps_its_successors_connected():
    graph = graph_of(node("a", state=READY), node("b", "a", state=DROPPED), node("c", "b"))
    assert standing(graph)["c"] == OPEN
    assert standing(said(graph, "a", DONE, TODAY))["c"] == READY


def test_where_all_ways_are_given_up_what_came_before_still_counts():
    ways = [node(key, "a", state=DROPPED) for key in ("b", "c")]
    graph = graph_of(node("a", state=READY), *ways, node("z", "b", "c", join=Join.ANY))
    assert standing(graph)["z"] == OPEN
    assert standing(said(graph, "a", DONE, TODAY))["z"] == READY


@given(graphs())
def test_standing_is_what_the_predecessors_say(graph):
    for key, state in standing(graph).items():
        one = graph[key]
        wanted = (READY if is_free(graph, one) else OPEN) if one.state in FOLLOWING else one.state
        assert state == wanted


@given(graphs())
def test_no_orphan(graph):
    """Every step that is open waits for something that is still to be done; work never runs out before its end."""
    stands = standing(graph)
    for key, state in stands.items():
        if state == OPEN:
            assert [before for before in graph[key].before if stands[before] != DONE]
    if OPEN in stands.values():
        assert set(stands.values()) - {OPEN, DONE, DROPPED}


@given(with_a_key(graphs()))
def test_finishing_unlocks_exactly_whose_condition_then_holds(drawn):
    graph, key = drawn
    after = said(graph, key, DONE, TODAY)
    changed = {other for other in graph if after[other] != graph[other]} - {key}
    nearest = set(successors(graph)[key])
    for other in changed:
        assert graph[other].state == OPEN
        assert after[other].state == READY
        assert is_free(after, after[other])
    # Everybody whose condition holds now, and nobody who does not hang on this step.
    assert changed == {k for k in graph if graph[k].state == OPEN and is_free(after, after[k])}
    through_dropped = {k for k in changed - nearest if not any(graph[b].state == DROPPED for b in graph[k].before)}
    assert through_dropped == set()
    assert set(unlocks(graph, key)) == (changed if graph[key].state not in (DONE, DROPPED) else set())


@given(with_a_key(graphs()), st.sampled_from([DONE, DROPPED, BLOCKED, StepState.WAITING_AGENCY]))
def test_taking_back_restores_everything(drawn, state):
    graph, key = drawn
    after = said(graph, key, state, TODAY)
    back = said(after, key, graph[key].state, graph[key].since)
    assert {k: one.state for k, one in back.items()} == {k: one.state for k, one in graph.items()}


@given(graphs(said=(DROPPED,)), st.randoms(use_true_random=False))
def test_every_order_of_completions_gives_the_same_end(graph, random):
    """Whoever does whatever is ready, in any order: all is done in the end, and nothing twice."""
    now, steps = graph, 0
    while ready := sorted(key for key, one in now.items() if one.state == READY):
        now = said(now, random.choice(ready), DONE, TODAY)
        steps += 1
    assert {one.state for one in now.values()} <= {DONE, DROPPED}
    assert steps == sum(one.state != DROPPED for one in graph.values())


@given(graphs(), st.data())
def test_completing_the_same_steps_in_another_order_ends_the_same(graph, data):
    keys = data.draw(st.sets(st.sampled_from(sorted(graph))))

    def done(order):
        now = graph
        for key in order:
            now = said(now, key, DONE, TODAY)
        return {key: one.state for key, one in now.items()}

    assert done(sorted(keys)) == done(data.draw(st.permutations(sorted(keys))))


@given(graphs())
def test_settled_graphs_stay(graph):
    assert following(graph) == {}


@given(graphs())
def test_in_order_is_an_order(graph):
    order = in_order(graph)
    assert sorted(order) == sorted(graph)
    for key in order:
        assert all(order.index(before) < order.index(key) for before in graph[key].before)


def test_in_order_keeps_to_what_is_wanted():
    graph = graph_of(node("a"), node("b", "a"), node("c"), node("d"))
    assert in_order(graph) == ["a", "b", "c", "d"]
    assert in_order(graph, ["d", "b", "a", "c"]) == ["d", "a", "b", "c"]


@given(with_a_key(graphs()), st.data())
def test_no_loop_can_be_made(drawn, data):
    """A step may wait for exactly those that do not wait for it."""
    graph, key = drawn
    wanted = data.draw(st.sets(st.sampled_from(sorted(graph)), max_size=3))
    loop = would_cycle(graph, key, wanted)
    behind, todo = {key}, [key]
    while todo:
        todo += (new := set(successors(graph)[todo.pop()]) - behind)
        behind |= new
    assert (loop is not None) == bool(wanted & behind)
    if loop:
        linked = {**graph, key: replace(graph[key], before=tuple(wanted))}
        assert key in loop
        for earlier, later in zip(loop, (*loop[1:], loop[0]), strict=True):
            assert earlier in linked[later].before
        with pytest.raises(Loop) as refused:
            in_order(linked)
        assert refused.value.keys


def test_the_loop_is_named_in_the_order_of_doing():
    graph = graph_of(node("konto", "meldung"), node("meldung", "pass"), node("pass", "konto"))
    loop = find_cycle(graph)
    assert loop in {("pass", "meldung", "konto"), ("meldung", "konto", "pass"), ("konto", "pass", "meldung")}


@given(with_a_key(graphs()), st.data())
def test_a_step_between_others_changes_no_other_order(drawn, data):
    """Who stood before whom still does; the new one stands behind `after` and ahead of `before`."""
    graph, _key = drawn
    order = in_order(graph)
    cut = data.draw(st.integers(0, len(order)))
    after = data.draw(st.sets(st.sampled_from(order[:cut]), max_size=2)) if cut else set()
    ahead = data.draw(st.sets(st.sampled_from(order[cut:]), max_size=2)) if cut < len(order) else set()
    new = Node("new", "x", OPEN, TODAY, before=tuple(after))
    changed = {**graph, "new": new}
    for key, before in between(graph, new, ahead).items():
        changed[key] = replace(graph[key], before=before)
    assert find_cycle(changed) is None
    for key in ahead:
        assert "new" in changed[key].before
    for key in graph:
        kept = set(changed[key].before) - {"new"}
        assert set(graph[key].before) - kept == (set(graph[key].before) & after if key in ahead else set())


def test_dependents_stop_at_what_is_done():
    graph = graph_of(
        node("a"), node("b", "a"), node("c", "b", state=DONE), node("d", "c"), node("e", "b", state=DROPPED), node("f", "e")
    )
    assert dependents(graph, ["a"]) == {"b", "e", "f"}


def test_many_ways_to_the_same_step():
    """Each is looked at once, however many ways lead to it: two to the power of fifty would take a while."""
    graph = graph_of(*(node(number, *range(max(0, number - 2), number)) for number in range(50)))
    assert len(dependents(graph, [0])) == 49
    assert find_cycle(graph) is None


def test_a_thousand_in_a_row():
    """Nothing here calls itself."""
    graph = graph_of(*(node(number, *([number - 1] if number else [])) for number in range(3000)))
    assert standing(graph)[0] == READY
    assert len(dependents(graph, [0])) == 2999
    assert len(find_cycle({**graph, 0: replace(graph[0], before=(2999,))}) or ()) == 3000
    assert unlocks(graph, 0) == (1,)
    assert said(graph, 0, DONE, TODAY + timedelta(days=1))[1].since == TODAY + timedelta(days=1)
