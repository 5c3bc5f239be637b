"""Pure rules, measured alone: how long one call takes, in milliseconds."""

import time
from datetime import date, timedelta

from bench.figures import p50
from faden.chains.rules.forecast import forecast
from faden.chains.rules.graph import Graph, Node
from faden.chains.vocabulary import StepState

FORECAST = "forecast of 1,000 steps"
STEPS, TIMES = 1000, 20
_TODAY = date(2026, 11, 22)


def measured() -> dict[str, float]:
    """Each rule that has a target."""
    graph = _graph()
    spent = []
    for _ in range(TIMES):
        began = time.thread_time()
        forecast(graph, today=_TODAY)
        spent.append((time.thread_time() - began) * 1000)
    return {FORECAST: p50(spent)}


def _graph() -> Graph:
    """Fifty chains of twenty steps; each step waits for one or two before it, some of another chain."""
    return {
        number: Node(
            key=number,
            chain=number // 20,
            state=StepState.OPEN if number % 20 else StepState.READY,
            since=_TODAY - timedelta(days=number % 90),
            before=tuple({number - 1, number - 1 - number % 7} - {-1}) if number % 20 else (),
            usual_days=number % 60,
            clock_due_on=_TODAY + timedelta(days=number) if number % 11 == 0 else None,
        )
        for number in range(STEPS)
    }
