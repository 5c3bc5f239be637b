"""What a recipient can say to a delivery, and which of its colleagues read it. Pure."""

from collections.abc import Collection
from uuid import UUID

from faden.consents.rules.contents import Step
from faden.consents.vocabulary import DeliveryKind
from faden.organisations.vocabulary import ROLES, Permission
from faden.referrals.rules.states import AFTER, may_answer
from faden.referrals.vocabulary import ASKED_BY_CLIENTS, INBOX_ROLES, AnswerKind, ReferralState

# Nothing more is expected of the recipient.
SETTLING = frozenset({AnswerKind.DECLINED, AnswerKind.NO_SHOW, AnswerKind.FINISHED})
# These say nothing without words.
NEEDS_WORDS = frozenset({AnswerKind.QUESTION, AnswerKind.FINISHED})


def sayable(newest: str, *, before: str = "", correcting: bool = False) -> list[AnswerKind]:
    """What can be answered now; a correction is measured by what stood before the mistake."""
    said = before if correcting else newest
    state = AFTER[AnswerKind(said)] if said else ReferralState.SENT
    found = [kind for kind in AnswerKind if may_answer(state, kind)]
    if correcting or not newest:
        return found
    return [kind for kind in found if kind != AnswerKind.RECEIVED]


def stands(step: Step) -> str:
    """How a step stood on a page, for the form that is sent from it."""
    return "|".join((step.state, step.since, step.due, step.block))


def kinds_read_by(role: str) -> frozenset[DeliveryKind]:
    """What of an inbox a role reads; what it does not read is not there for it."""
    worn = ROLES.get(role)
    answers_clients = worn is not None and Permission.ANSWER_CLIENTS in worn.permissions
    return ASKED_BY_CLIENTS if answers_clients else frozenset(DeliveryKind) - ASKED_BY_CLIENTS


def roles_reading(kind: str) -> tuple[str, ...]:
    """To whom a delivery of this kind can be given."""
    return tuple(role for role in INBOX_ROLES if kind in kinds_read_by(role))


def is_readable(me: str, assigned: UUID | None, deputising: Collection[UUID], *, sees_all: bool) -> bool:
    """Nobody's is everybody's; somebody's is hers, her deputy's, and of who sees all."""
    return assigned is None or str(assigned) == me or assigned in deputising or sees_all
