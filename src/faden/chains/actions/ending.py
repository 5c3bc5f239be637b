"""A chain ends with a reason and can be taken up again; with its case, and back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind
from faden.chains.actions.board import Board, opened
from faden.chains.models import Chain
from faden.chains.vocabulary import CHAIN_ENDED, CHAIN_REOPENED, ChainEnd
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.identifiers import uuid7

# What somebody may say; that the case was closed is said by closing it.
BY_HAND = tuple(reason for reason in ChainEnd if reason != ChainEnd.CASE_CLOSED)


def end(
    chain_id: UUID, because: str, *, case: Case, seen_version: int, by: Actor, at: datetime
) -> Chain:
    """It no longer runs; whoever waited for its open steps waits no longer."""
    if because not in BY_HAND:
        raise Invalid(_("Bitte wählen Sie, warum die Kette endet."), "because")
    board = opened(case, by=by, at=at)
    chain = board.chain(chain_id, seen_version=seen_version)
    _end([chain], ChainEnd(because), board)
    return chain


def reopen(chain_id: UUID, *, case: Case, by: Actor, at: datetime) -> Chain:
    """It runs again, from where its steps stood."""
    board = opened(case, by=by, at=at)
    chain = board.rows.chains.get(chain_id)
    if chain is None:
        raise NotFound(_("Diese Kette gibt es hier nicht."))
    if not chain.ended_at:
        raise Conflict(_("Diese Kette läuft schon wieder."))
    _reopen([chain], board)
    return chain


def end_all(case: Case, because: ChainEnd = ChainEnd.CASE_CLOSED, *, by: Actor, at: datetime) -> None:
    """All that run end, with their case."""
    board = opened(case, by=by, at=at)
    _end([chain for chain in board.rows.chains.values() if not chain.ended_at], because, board)


def reopen_closed(case: Case, *, by: Actor, at: datetime) -> None:
    """The case goes on: so do the chains that its closing ended, and no others."""
    board = opened(case, by=by, at=at)
    _reopen([chain for chain in board.rows.chains.values() if chain.ended_because == ChainEnd.CASE_CLOSED], board)


def _end(chains: Collection[Chain], because: ChainEnd, board: Board) -> None:
    for chain in chains:
        chain.ended_at, chain.ended_by, chain.ended_because = board.at, board.by.person, because
        # Ended once more, its line moves.
        chain.ended_line = chain.ended_line or uuid7()
        _save(chain)
        tell(
            board.case,
            kind=EntryKind.CHAIN,
            about=chain.ended_line,
            at=board.at,
            persons=chain.persons,
            confidential=chain.confidential,
        )
        audit.note(
            CHAIN_ENDED, by=board.by, at=board.at, subject=board.case.id, chain=str(chain.id), because=because
        )
    _follow(chains, board)


def _reopen(chains: Collection[Chain], board: Board) -> None:
    for chain in chains:
        chain.ended_at, chain.ended_by, chain.ended_because = None, None, ""
        _save(chain)
        audit.note(CHAIN_REOPENED, by=board.by, at=board.at, subject=board.case.id, chain=str(chain.id))
    _follow(chains, board)


def _save(chain: Chain) -> None:
    chain.version += 1
    chain.save(update_fields=["ended_at", "ended_by", "ended_because", "ended_line", "version"])


def _follow(chains: Collection[Chain], board: Board) -> None:
    ids = {chain.id for chain in chains}
    board.follow(*(step for step in board.rows.steps.values() if step.chain_id in ids))
