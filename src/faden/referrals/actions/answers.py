"""Answers to a Vermittlung: those that come by themselves, and Antwort nachtragen for paper and telephone."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.timeline import tell
from faden.cases.vocabulary.case import EntryKind, Phase
from faden.consents.actions import replies
from faden.consents.models import Reply
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.referrals.actions.following import follow
from faden.referrals.models import Answer, Referral, Sending
from faden.referrals.rules.states import AFTER, Happened, may_answer, state_after
from faden.referrals.vocabulary import (
    BY_ITSELF,
    OVER,
    REFERRAL_ANSWERED,
    AnswerKind,
    AnswerWay,
    DeclineReason,
    ReferralState,
)


@dataclass(frozen=True)
class Said:
    """What a recipient says; `from_on`: accepted to this day, or a place from then on."""

    kind: AnswerKind
    said_on: date
    from_on: date | None = None
    reason: str = ""
    words: str = ""

    def checked(self) -> None:
        """A refusal says why, in a word that is counted."""
        if self.kind == AnswerKind.DECLINED and self.reason not in DeclineReason.values:
            raise Invalid(_("Bitte wählen Sie, warum die Stelle ablehnt."), "reason")


def note(
    sending: Sending, said: Said, *, way: AnswerWay, said_by: str, by: Actor, at: datetime
) -> Answer:
    """Antwort nachtragen: who said it, when, how; it moves step and timeline like one that comes by itself."""
    if way in BY_ITSELF:
        raise Invalid(_("Bitte wählen Sie, wie die Antwort kam."), "way")
    if said.said_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "said_on")
    said.checked()
    return _take(sending.id, said, way=way, said_by=said_by, by=by, at=at)


def take(reply: Reply, *, by: Actor, at: datetime) -> Answer | None:
    """What a recipient sent, in the sender's own transaction; one that comes too late changes nothing but is kept."""
    sending = Sending.objects.filter(release=reply.release_id).first()
    told = json.loads(reply.content)
    replies.taken(reply, at=at)
    if sending is None or told.get("what") != "answer" or told.get("kind") not in AnswerKind.values:
        return None
    from_on = date.fromisoformat(told["from_on"]) if told.get("from_on") else None
    said = Said(
        AnswerKind(told["kind"]), reply.replied_at.astimezone(BERLIN).date(), from_on, told.get("reason", ""), told.get("words", "")
    )
    way = AnswerWay.LINK if sending.agency_id else AnswerWay.INBOX
    return _take(sending.id, said, way=way, said_by="", by=by, at=at, came=Came(reply, _corrected(sending, told)))


@dataclass(frozen=True)
class Came:
    """An answer that came by itself; `corrects`: the one they take back by it."""

    reply: Reply
    corrects: Answer | None = None


def _corrected(sending: Sending, told: dict[str, str]) -> Answer | None:
    if not told.get("corrects"):
        return None
    theirs = Answer.objects.select_for_update().filter(referral_id=sending.referral_id, undone_at__isnull=True)
    return theirs.filter(reply_id=UUID(told["corrects"])).first()


def _take(
    sending_id: UUID, said: Said, *, way: AnswerWay, said_by: str, by: Actor, at: datetime, came: Came | None = None
) -> Answer:
    sending = Sending.objects.select_related("referral__case", "recipient", "agency").get(id=sending_id)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("case").get(id=sending.referral_id)
    itself = way in BY_ITSELF
    state = ReferralState(referral.state)
    if came and came.corrects:
        state = _without(came.corrects, referral, at)
    counts = may_answer(state, said.kind)
    if not counts and not itself:
        raise Conflict(_("So wie die Vermittlung jetzt steht, passt diese Antwort nicht."))
    answer = Answer.objects.create(
        organisation_id=by.organisation_id, case=referral.case, referral=referral, sending=sending, kind=said.kind,
        said_on=said.said_on, from_on=said.from_on, reason=said.reason if said.kind == AnswerKind.DECLINED else "",
        words=said.words or None, way=way, said_by=said_by, noted_at=_in_their_order(referral, came, at),
        noted_by=None if itself else by.person,
        reply=came.reply if came else None,
    )  # fmt: skip
    if counts or state != referral.state:
        _settle(referral, sending, answer if counts else None, by=by, at=at)
    elif referral.case.phase == Phase.CLOSED:
        _told(referral, at)  # nobody waits for it any more: it is not to lie unseen
    audit.note(REFERRAL_ANSWERED, by=by, at=at, subject=referral.case_id, referral=str(referral.id), kind=said.kind, way=way)
    return answer


def _in_their_order(referral: Referral, came: Came | None, at: datetime) -> datetime:
    """What is taken up late stands before what they said after it."""
    said = Answer.objects.filter(referral=referral, reply__replied_at__gt=came.reply.replied_at) if came else Answer.objects.none()
    after = said.order_by("noted_at").values_list("noted_at", flat=True).first()
    return min(at, after - timedelta(microseconds=1)) if after else at


def _without(answer: Answer, referral: Referral, at: datetime) -> ReferralState:
    """They take it back: it stays in the history, struck out; where the Vermittlung stood before it."""
    answer.undone_at = at
    answer.save(update_fields=["undone_at"])
    if referral.state != AFTER[AnswerKind(answer.kind)]:
        return ReferralState(referral.state)
    return _folded(referral)


def undo(answer: Answer, *, by: Actor, at: datetime) -> None:
    """Noted by mistake: it stays in the history, struck out, and counts no more. What came by itself stays."""
    answer = Answer.objects.select_for_update().get(id=answer.id)
    if answer.noted_by is None:
        raise Invalid(_("Diese Antwort kam von der Stelle selbst."))
    if answer.undone_at:
        return
    answer.undone_at, answer.undone_by = at, by.person
    answer.save(update_fields=["undone_at", "undone_by"])
    referral = Referral.objects.select_for_update(of=("self",)).select_related("case").get(id=answer.referral_id)
    sending = Sending.objects.select_related("recipient", "agency").get(id=answer.sending_id)
    _settle(referral, sending, None, by=by, at=at)


def answer_of(referral: Referral, answer_id: UUID) -> Answer:
    """One answer to this Vermittlung."""
    answer = Answer.objects.filter(referral=referral, id=answer_id).first()
    if answer is None:
        raise NotFound(_("Diese Antwort gibt es hier nicht."))
    return answer


def _settle(referral: Referral, sending: Sending, answer: Answer | None, *, by: Actor, at: datetime) -> None:
    """The state that follows from all that still counts; step, Fristen and timeline follow it."""
    referral.state, referral.state_at, referral.version = _folded(referral), at, referral.version + 1
    referral.ended_on = (answer.said_on if answer else at.astimezone(BERLIN).date()) if referral.state in OVER else None
    referral.save()
    _told(referral, at)
    follow(referral, sending, answer, by=by, at=at)


def _told(referral: Referral, at: datetime) -> None:
    tell(
        referral.case, kind=EntryKind.REFERRAL, about=referral.id, at=at, persons=referral.persons,
        confidential=referral.confidential,
    )  # fmt: skip


def _folded(referral: Referral) -> ReferralState:
    """Out of all sendings and the answers that still count."""
    answers = Answer.objects.filter(referral=referral, undone_at__isnull=True)
    happened = [Happened(one.sent_at, ReferralState.SENT) for one in Sending.objects.filter(referral=referral)]
    happened += [Happened(one.noted_at, AFTER[AnswerKind(one.kind)]) for one in answers]
    return state_after(happened)
