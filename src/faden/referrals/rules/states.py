"""Where a Vermittlung stands: what was sent, answered and undone, folded into one state. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from faden.consents.vocabulary import ReleaseEnd
from faden.referrals.vocabulary import ASKED_AFTER, FAILED, OVER, AnswerKind, Helped, ReferralState

# What an answer makes of a Vermittlung; received is not accepted is not finished.
AFTER = {
    AnswerKind.RECEIVED: ReferralState.RECEIVED,
    AnswerKind.ACCEPTED: ReferralState.ACCEPTED,
    AnswerKind.QUESTION: ReferralState.QUESTION,
    AnswerKind.WAITING: ReferralState.WAITING,
    AnswerKind.DECLINED: ReferralState.DECLINED,
    AnswerKind.NO_SHOW: ReferralState.NO_SHOW,
    AnswerKind.FINISHED: ReferralState.FINISHED,
}
# A late "eingegangen" does not take back what was said since.
_RANK = {ReferralState.SENT: 0, ReferralState.RECEIVED: 1}


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a Vermittlung: an answer, or what we did (`state`)."""

    at: datetime
    state: ReferralState


def state_after(happened: Iterable[Happened]) -> ReferralState:
    """The state after all of it, in the order of time."""
    state = ReferralState.DRAFT
    for one in sorted(happened, key=lambda event: event.at):
        if one.state == ReferralState.RECEIVED and state not in (ReferralState.DRAFT, *_RANK):
            continue
        state = one.state
    return state


def may_answer(state: ReferralState, kind: AnswerKind) -> bool:
    """Can this be said now? After the end nothing, before the sending nothing; "kam nicht" only after a yes."""
    if state in OVER or state == ReferralState.DRAFT:
        return False
    if kind == AnswerKind.NO_SHOW:
        return state in (ReferralState.ACCEPTED, ReferralState.WAITING)
    return True


def needs_us(state: ReferralState) -> bool:
    """It lies with us: a question, or it failed and another way has to be found."""
    return state == ReferralState.QUESTION or state in FAILED


# Yes, or the result: what it was told for has been reached.
_REACHED = (ReferralState.ACCEPTED, ReferralState.FINISHED)
# Somebody has said how it stands; closing the case takes nothing of it back.
_SAID = (*_REACHED, *FAILED, ReferralState.WITHDRAWN)


def is_withdrawn_at_closing(state: ReferralState) -> bool:
    """Nobody has said yes or no: with the case the asking ends. What was said stays, and no result is made up."""
    return state not in _SAID


def ends_because(state: ReferralState) -> ReleaseEnd:
    """What the recipient is told of the end, when the case closes."""
    return ReleaseEnd.DONE if state in _REACHED else ReleaseEnd.RECALLED


def ask_on(ended_on: date | None, helped: str) -> date | None:
    """The day on which the client is asked whether it helped; None: not yet, or she was."""
    if ended_on is None or helped in (Helped.YES, Helped.PARTLY, Helped.NO):
        return None
    return ended_on + ASKED_AFTER


@dataclass(frozen=True)
class Station:
    """One place on the way of a Vermittlung, as the picture draws it: "past", "now" or "coming"."""

    state: ReferralState
    place: str


# Received is not accepted is not finished: four places, none of which says another.
_WAY = (ReferralState.SENT, ReferralState.RECEIVED, ReferralState.ACCEPTED, ReferralState.FINISHED)
# Where the states beside the way stand on it.
_BESIDE = {
    ReferralState.QUESTION: ReferralState.RECEIVED,
    ReferralState.WAITING: ReferralState.RECEIVED,
    ReferralState.DECLINED: ReferralState.RECEIVED,
    ReferralState.NO_SHOW: ReferralState.ACCEPTED,
    ReferralState.EXPIRED: ReferralState.SENT,
}


def stations(state: ReferralState) -> tuple[Station, ...]:
    """The way of a Vermittlung with where it stands; what is withdrawn or not sent stands nowhere."""
    at = _BESIDE.get(state, state)
    now = _WAY.index(at) if at in _WAY else -1
    places = ("past" if n < now else "now" if n == now else "coming" for n in range(len(_WAY)))
    return tuple(Station(one, place) for one, place in zip(_WAY, places, strict=True))
