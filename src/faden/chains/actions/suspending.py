"""Steps rest until a day, or a whole chain does: agreed days move along, the law's do not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.chains.actions.bending import Why
from faden.chains.actions.board import Board, check_seen, opened
from faden.chains.models import Chain, ChainStep
from faden.chains.rules import suspension
from faden.chains.vocabulary import (
    SETTLED,
    STEP_RESUMED,
    STEP_SUSPENDED,
    BendReason,
    ChangeKind,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid


@dataclass(frozen=True)
class _Rest:
    """Until when and why; no day: they go on today."""

    until: date | None = None
    why: Why | None = None


def suspend(
    step_id: UUID, *, until: date, why: Why, case: Case, seen_version: int, by: Actor, at: datetime
) -> ChainStep:
    """One step rests; what depends on it is expected later."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    check_seen(step, seen_version, ((_("Ausgesetzt bis"), _day(step.suspended_until), _day(until)),))
    _rest([step], _Rest(until, why), board)
    return step


def resume(step_id: UUID, *, case: Case, seen_version: int, by: Actor, at: datetime) -> ChainStep:
    """It goes on today; agreed days come back by what is left."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    check_seen(step, seen_version, ((_("Ausgesetzt bis"), _day(step.suspended_until), "–"),))
    _rest([step], _Rest(), board)
    return step


def suspend_chain(
    chain_id: UUID, *, until: date, why: Why, case: Case, seen_version: int, by: Actor, at: datetime
) -> Chain:
    """All steps that are still to come rest."""
    board = opened(case, by=by, at=at)
    chain = board.chain(chain_id, seen_version=seen_version)
    _rest(steps_of(board, chain.id), _Rest(until, why), board)
    _count(chain)
    return chain


def resume_chain(chain_id: UUID, *, case: Case, seen_version: int, by: Actor, at: datetime) -> Chain:
    """All its steps that rest go on today."""
    board = opened(case, by=by, at=at)
    chain = board.chain(chain_id, seen_version=seen_version)
    _rest(steps_of(board, chain.id), _Rest(), board)
    _count(chain)
    return chain


def steps_of(board: Board, chain_id: UUID) -> list[ChainStep]:
    """The chain's steps that are not settled."""
    return [
        step for step in board.rows.steps.values() if step.chain_id == chain_id and step.state not in SETTLED
    ]


def _rest(steps: Collection[ChainStep], rest: _Rest, board: Board) -> None:
    keys, until = [step.id for step in steps if step.state not in SETTLED], rest.until
    if until is None:
        shift = suspension.resume(board.graph, keys, today=board.today)
        keys = [key for key in keys if suspension.rests(board.graph[key], board.today)]
        kind = ChangeKind.RESUMED
    else:
        _check(rest, board)
        shift = suspension.suspend(board.graph, keys, until=until, today=board.today)
        kind = ChangeKind.SUSPENDED
    if not keys:
        raise Invalid(_("Hier ist nichts mehr offen, das ruhen könnte.") if until else _("Hier ruht nichts."))
    for move in shift.moves:
        step = board.rows.steps[move.key]
        if step.due_from:
            step.due_from += timedelta(days=suspension.days_until(move.new, move.old))
        step.due_on = move.new
    for key in keys:
        step = board.rows.steps[key]
        step.suspended_until = until
        _write(step, kind, rest, board)
    moved = [board.rows.steps[move.key] for move in shift.moves]
    for step in moved:
        if step.id not in keys:
            step.version += 1
            step.save(update_fields=["due_from", "due_on", "version"])
    board.follow(*moved)
    by, at, subject, told = board.by, board.at, board.case.id, [str(key) for key in keys]
    if until:
        audit.note(STEP_SUSPENDED, by=by, at=at, subject=subject, steps=told, moved=len(moved))
    else:
        audit.note(STEP_RESUMED, by=by, at=at, subject=subject, steps=told, moved=len(moved))


def _write(step: ChainStep, kind: ChangeKind, rest: _Rest, board: Board) -> None:
    """The reason stands in the history: the step itself is not bent by a pause."""
    change = board.write(step, kind, until_on=rest.until)
    if rest.why:
        change.bent, change.because = rest.why.reason, rest.why.words.strip()
        change.save(update_fields=["bent", "because"])


def _check(rest: _Rest, board: Board) -> None:
    if rest.until is None or rest.until <= board.today:
        raise Invalid(_("Bitte wählen Sie einen Tag, der noch kommt."), "until")
    if rest.why is None or rest.why.reason not in BendReason.values:
        raise Invalid(_("Bitte wählen Sie einen Grund."), "reason")
    if not rest.why.words.strip():
        raise Invalid(_("Bitte schreiben Sie in einem Satz dazu, warum."), "because")


def _count(chain: Chain) -> None:
    chain.version += 1
    chain.save(update_fields=["version"])


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"
