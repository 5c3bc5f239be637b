"""Any graph of chains without loops, for property tests."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from faden.chains.rules.graph import Graph, Node, standing
from faden.chains.vocabulary import Join, StepState

TODAY = date(2026, 11, 22)
SAID = (StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON, StepState.DONE, StepState.DROPPED)


def settled(graph: Graph) -> Graph:
    """Open and ready as they follow."""
    stands = standing(graph)
    return {key: replace(node, state=stands[key]) for key, node in graph.items()}


@st.composite
def graphs(draw, *, said=SAID, joins=tuple(Join), most=12, dated=True):
    """Steps 0..n in two chains; each waits for some with a smaller number, in a shuffled order of rows."""
    count = draw(st.integers(1, most))
    days = st.none() | st.integers(-20, 60).map(lambda number: TODAY + timedelta(days=number))
    found = {}
    for key in range(count):
        found[key] = Node(
            key=key,
            chain=draw(st.sampled_from(["x", "y"])),
            state=draw(st.sampled_from([StepState.OPEN, StepState.OPEN, *said])),
            since=TODAY - timedelta(days=draw(st.integers(0, 60))),
            before=tuple(sorted(draw(st.sets(st.integers(0, key - 1), max_size=3)))) if key else (),
            join=draw(st.sampled_from(joins)),
            usual_days=draw(st.none() | st.integers(0, 90)),
            suspended_until=draw(days) if dated else None,
            due_on=draw(days) if dated else None,
            clock_due_on=draw(days) if dated else None,
        )
    order = draw(st.permutations(list(found)))
    return settled({key: found[key] for key in order})


@st.composite
def with_a_key(draw, source):
    """A graph and one of its steps."""
    graph = draw(source)
    return graph, draw(st.sampled_from(sorted(graph)))
