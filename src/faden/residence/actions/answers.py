"""What the office answered, at the sender: taken up by itself or noted by hand; either way it returns as a step."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from faden.cases.actions.timeline import tell
from faden.cases.vocabulary.case import EntryKind, Phase
from faden.chains.models import ChainStep
from faden.chains.vocabulary import HolderKind, StepKind
from faden.consents.actions import replies
from faden.consents.models import Reply
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import FadenError, Invalid
from faden.residence.actions.office_answers import lack_words
from faden.residence.actions.steps import WantedStep, make_step
from faden.residence.models import OfficeAnswer, OfficeRequest
from faden.residence.rules.office_said import OfficeSaid, from_reply, lacking, proof_names
from faden.residence.vocabulary import OFFICE_ANSWERED, OfficeAnswerKind, OfficeAnswerWay, RequestState


@dataclass(frozen=True)
class Heard:
    """How an answer reached us; `reply`: it came by itself."""

    on: date
    way: OfficeAnswerWay
    said_by: str = ""
    reply: Reply | None = None


def take(reply: Reply, *, by: Actor, at: datetime) -> OfficeAnswer | None:
    """What the office sent, in the sender's own transaction; once. One that comes after the end is kept and shown."""
    asked = _asked(release=reply.release_id)
    said = from_reply(_strings(reply.content))
    replies.taken(reply, at=at)
    if asked is None or said is None or OfficeAnswer.objects.filter(reply=reply).exists():
        return None
    heard = Heard(reply.replied_at.astimezone(BERLIN).date(), OfficeAnswerWay.INBOX, reply=reply)
    return _noted(asked, said, heard, by=by, at=at)


def note(
    request: OfficeRequest, said: OfficeSaid, *, said_on: date, way: OfficeAnswerWay, said_by: str, by: Actor, at: datetime
) -> OfficeAnswer:
    """By hand, for paper and telephone: who said it, when, how; it does the same as one that comes by itself."""
    if way == OfficeAnswerWay.INBOX:
        raise Invalid(_("Bitte wählen Sie, wie die Antwort kam."), "way")
    if said_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "said_on")
    if lacks := lacking(said, today=said_on):
        raise Invalid(lack_words(lacks), lacks)
    asked = _asked(id=request.id)
    assert asked is not None  # it was read in this transaction
    return _noted(asked, said.bare, Heard(said_on, way, said_by), by=by, at=at)


def _asked(**which: object) -> OfficeRequest | None:
    return OfficeRequest.objects.select_for_update(of=("self",)).select_related("case").filter(**which).first()


def _strings(content: str) -> dict[str, str]:
    """Strings by name; from outside, so nothing else is believed."""
    read = json.loads(content)
    return {str(name): value for name, value in read.items() if isinstance(value, str)} if isinstance(read, dict) else {}


def _noted(asked: OfficeRequest, said: OfficeSaid, heard: Heard, *, by: Actor, at: datetime) -> OfficeAnswer:
    goes_on = asked.state != RequestState.ENDED and asked.case.phase != Phase.CLOSED
    step = _step(asked, said, by=by, at=at) if goes_on else None
    answer = OfficeAnswer.objects.create(
        organisation_id=asked.organisation_id, request=asked, kind=said.kind, documents=list(said.documents),
        appointment_on=said.appointment_on, appointment_words=said.appointment_words, competent=said.competent, words=said.words or None,
        said_on=heard.on, way=heard.way, said_by=heard.said_by, reply=heard.reply, step=step, noted_at=at,
        noted_by=None if heard.reply else by.person,
    )  # fmt: skip
    if goes_on:
        _settle(asked, heard, said.kind, at)
    tell(asked.case, kind=EntryKind.RELEASE, about=asked.release_id, at=at, persons=[asked.person_id])
    audit.note(OFFICE_ANSWERED, by=by, at=at, subject=asked.case_id, request=str(asked.id), kind=said.kind, way=heard.way)
    return answer


def _settle(asked: OfficeRequest, heard: Heard, kind: OfficeAnswerKind, at: datetime) -> None:
    """The state is the last answer's; one that was held up on its way moves nothing back."""
    sent_later = OfficeAnswer.objects.filter(request=asked, reply__replied_at__gt=heard.reply.replied_at) if heard.reply else None
    if sent_later is not None and sent_later.exists():
        return
    asked.state, asked.state_at, asked.version = kind, at, asked.version + 1
    asked.save(update_fields=["state", "state_at", "version"])


def _step(asked: OfficeRequest, said: OfficeSaid, *, by: Actor, at: datetime) -> ChainStep | None:
    """What is to be done now; that they look at it asks nothing of anybody. Without room for a step the answer stands alone."""
    with override("de"):  # it is stored, whoever notes it
        wanted = _wanted(asked, said)
    if wanted is None:
        return None
    try:
        with transaction.atomic():  # of a step that cannot be made nothing stays
            return make_step(wanted, case=asked.case, by=by, at=at)
    except FadenError:
        return None


def _wanted(asked: OfficeRequest, said: OfficeSaid) -> WantedStep | None:
    office, person = asked.recipient_name, asked.person_id
    if said.kind == OfficeAnswerKind.DOCUMENTS:
        proofs = proof_names(said.documents)
        title = _("Unterlagen fehlen: %(proofs)s") % {"proofs": "; ".join(proofs) or said.words}
        return WantedStep(person, title, documents=proofs, hint=said.words)
    if said.kind == OfficeAnswerKind.APPOINTMENT:
        hint = "\n".join(filter(None, (said.appointment_words, said.words)))
        title = _("Termin bei %(office)s") % {"office": office}
        return WantedStep(person, title, said.appointment_on, kind=StepKind.APPOINTMENT, hint=hint)
    if said.kind == OfficeAnswerKind.NOT_COMPETENT:
        hint = "\n".join(filter(None, (said.competent, said.words)))
        return WantedStep(person, _("An zuständige Stelle senden"), kind=StepKind.CLARIFY, holder=HolderKind.CASE_MANAGER, hint=hint)
    return None
