"""What suspending or going on would move, before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from faden.cases.models import Case
from faden.cases.queries.timeline import Of
from faden.chains.models import ChainStep
from faden.chains.queries.chains import may_name
from faden.chains.queries.durations import measured
from faden.chains.queries.graphs import graph_of, rows_of
from faden.chains.rules import suspension
from faden.chains.rules.suspension import Move


@dataclass(frozen=True)
class Moved:
    """A step whose agreed day or week moves."""

    step_id: UUID
    title: str
    old_from: date | None
    old: date
    new_from: date | None
    new: date


@dataclass(frozen=True)
class Missed:
    """A law clock that holds now and would be missed."""

    step_id: UUID
    title: str
    law: str
    due_on: date
    finish: date


@dataclass(frozen=True)
class Preview:
    """Until when, how many days that is, what moves, what would be missed."""

    until: date
    days: int
    moves: tuple[Moved, ...]
    missed: tuple[Missed, ...]
    elsewhere: int = 0  # so many days of steps move that may not be named here


def preview(case: Case, step_ids: Sequence[UUID], *, until: date | None, of: Of, today: date) -> Preview:
    """Resting until a day, or (no day) going on today; four statements."""
    rows = rows_of([case.id])
    graph = graph_of(rows, measured={codes: row.days for codes, row in measured().items()})
    keys = [key for key in step_ids if key in graph]
    if until is None:
        shift = suspension.resume(graph, keys, today=today)
    else:
        shift = suspension.suspend(graph, keys, until=until, today=today)
    named = {key for key, step in rows.steps.items() if may_name(of, rows.chains[step.chain_id])}
    return Preview(
        until=shift.until,
        days=suspension.days_until(shift.until, today),
        moves=tuple(_moved(rows.steps[move.key], move) for move in shift.moves if move.key in named),
        missed=tuple(
            Missed(step.id, step.title, step.law, step.clock_due_on, shift.finish[step.id])
            for step in (rows.steps[key] for key in shift.missed if key in named)
            if step.clock_due_on
        ),
        elsewhere=sum(move.key not in named for move in shift.moves),
    )


def _moved(step: ChainStep, move: Move) -> Moved:
    days = timedelta(days=suspension.days_until(move.new, move.old))
    new_from = step.due_from + days if step.due_from else None
    return Moved(step.id, step.title, step.due_from, move.old, new_from, move.new)
