"""At the recipient: who takes care of a delivery, what is answered, reported, filed and erased."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Inquiry
from faden.chains.rules.sharing import THEIRS
from faden.chains.vocabulary import Breakpoint, ReportKind, StepState
from faden.consents.actions import releases, replies
from faden.consents.models import Delivery
from faden.consents.rules.contents import Content, Step, from_json
from faden.consents.vocabulary import DeliveryKind, Erasure, ReleaseEnd
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations.queries.memberships import colleagues
from faden.referrals import policies
from faden.referrals.actions.answers import Said
from faden.referrals.models import Assignment, GivenAnswer
from faden.referrals.queries.received import assignment_of, standing_copy
from faden.referrals.rules import received as rules
from faden.referrals.vocabulary import DELIVERY_ANSWERED, DELIVERY_ASSIGNED, AnswerKind


@dataclass(frozen=True)
class Reported:
    """What a participant says of a step it holds; `seen`: how it stood on the page (`rules.received.stands`)."""

    step: str
    state: StepState
    seen: str
    since_on: date
    due_on: date | None = None
    reason: str = ""
    words: str = ""


def assign(delivery_id: UUID, member_id: UUID | None, *, by: Actor, at: datetime, today: date) -> None:
    """To one colleague, or back to all."""
    copy, now = _copy(delivery_id, by, today)
    if member_id and not colleagues(on=today, roles=rules.roles_reading(copy.kind)).filter(id=member_id).exists():
        raise Invalid(_("Bitte wählen Sie jemanden aus Ihrem Dienst."), "member")
    _assigned(copy, now, by, at, member_id=member_id)
    audit.note(DELIVERY_ASSIGNED, by=by, at=at, subject=delivery_id, member=str(member_id or ""))


def note_inquiry(delivery_id: UUID, inquiry: Inquiry, *, by: Actor, at: datetime, today: date) -> None:
    """Somebody took it up as an own Anfrage, by hand; whoever has it keeps it, and nobody's is hers now."""
    copy, now = _copy(delivery_id, by, today)
    member = now.member_id if now and now.member_id else UUID(by.membership_id)
    _assigned(copy, now, by, at, member_id=member, inquiry_id=inquiry.id)
    audit.note(DELIVERY_ASSIGNED, by=by, at=at, subject=delivery_id, inquiry=str(inquiry.id))


def answer(
    delivery_id: UUID, said: Said, *, seen: UUID | None, correcting: bool = False, by: Actor, at: datetime, today: date
) -> GivenAnswer:
    """To the sender, whose step and timeline follow by themselves; `seen`: the answer that counted on the page."""
    copy, _now = _copy(delivery_id, by, today)
    if copy.kind != DeliveryKind.REFERRAL:
        raise Invalid(_("Hier wird nichts geantwortet."))
    if _is_over(copy):
        raise Invalid(_("Diese Zustellung ist beendet. Der Absender nimmt keine Antwort mehr an; bitte rufen Sie dort an."))
    before = _uncorrected(copy)
    newest = before[0] if before else None
    if (newest.id if newest else None) != seen:
        raise Conflict(_("Inzwischen hat jemand geantwortet. Bitte sehen Sie nach, was jetzt gilt."))
    _sayable(said, newest, before[1] if len(before) > 1 else None, correcting=correcting)
    told = {
        "what": "answer", "kind": said.kind, "from_on": said.from_on.isoformat() if said.from_on else "",
        "reason": said.reason if said.kind == AnswerKind.DECLINED else "", "words": said.words,
    }  # fmt: skip
    if correcting and newest:
        told["corrects"] = str(newest.reply_id)
    given = GivenAnswer.objects.create(
        organisation_id=by.organisation_id, delivery=copy, series_id=copy.series_id, kind=said.kind, from_on=said.from_on,
        reason=told["reason"], words=said.words or None, reply_id=replies.reply(delivery_id, told, by=by, at=at),
        corrects=newest if correcting else None, answered_at=at, answered_by=by.person,
    )  # fmt: skip
    audit.note(DELIVERY_ANSWERED, by=by, at=at, subject=delivery_id, kind=said.kind, corrects=str(correcting))
    return given


def _sayable(said: Said, newest: GivenAnswer | None, before: GivenAnswer | None, *, correcting: bool) -> None:
    if correcting and newest is None:
        raise Invalid(_("Es gibt noch keine Antwort, die berichtigt werden kann."))
    kinds = rules.sayable(
        newest.kind if newest else "", before=before.kind if before else "", correcting=correcting
    )
    if said.kind not in kinds:
        raise Invalid(_("So wie es jetzt steht, passt diese Antwort nicht."), "kind")
    said.checked()
    if said.kind in rules.NEEDS_WORDS and not said.words:
        sentence = _("Bitte schreiben Sie Ihre Frage.") if said.kind == AnswerKind.QUESTION else _("Bitte schreiben Sie das Ergebnis.")
        raise Invalid(sentence, "words")


def report(delivery_id: UUID, reported: Reported, *, by: Actor, at: datetime, today: date) -> UUID:
    """On a step of a shared chain that lies with us; the next copy says it. Returns the copy it was said on."""
    copy, step = _step(delivery_id, reported.step, by, today)
    if not step.is_yours or reported.state not in THEIRS:
        raise Invalid(_("Dieser Schritt liegt nicht bei Ihnen."), "state")
    if reported.since_on > today:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "since_on")
    if reported.state == StepState.BLOCKED and reported.reason not in Breakpoint.values:
        raise Invalid(_("Bitte wählen Sie, woran es hakt."), "reason")
    if rules.stands(step) != reported.seen:
        theirs = ((str(_("Stand")), step.state_words, str(reported.state.label)),)
        raise Conflict(_("Dieser Schritt hat sich inzwischen geändert."), theirs)
    said = {
        "what": "step", "kind": str(ReportKind.STATE), "step": step.code, "state": str(reported.state),
        "since": reported.since_on.isoformat(), "due": reported.due_on.isoformat() if reported.due_on else "",
        "reason": reported.reason if reported.state == StepState.BLOCKED else "", "words": reported.words,
    }  # fmt: skip
    replies.reply(copy.id, said, by=by, at=at)
    audit.note(DELIVERY_ANSWERED, by=by, at=at, subject=copy.id, kind=said["kind"], step=step.code)
    return copy.id


def say(delivery_id: UUID, step_code: str, words: str, *, kind: ReportKind, by: Actor, at: datetime, today: date) -> UUID:
    """A question to any step of a shared chain, or the answer to theirs."""
    copy, step = _step(delivery_id, step_code, by, today)
    if not words:
        raise Invalid(_("Bitte schreiben Sie etwas."), "words")
    said = {"what": "step", "kind": str(kind), "step": step.code, "words": words}
    replies.reply(copy.id, said, by=by, at=at)
    audit.note(DELIVERY_ANSWERED, by=by, at=at, subject=copy.id, kind=said["kind"], step=step.code)
    return copy.id


def take_to_file(delivery_id: UUID, *, by: Actor, at: datetime, today: date) -> None:
    """Zur Akte nehmen: from now on we are the controller of this copy."""
    _copy(delivery_id, by, today)
    releases.take_to_file(delivery_id, by=by, at=at)


def decide_erasure(delivery_id: UUID, decision: Erasure, *, words: str, by: Actor, at: datetime, today: date) -> None:
    """What became of our copy after its ground had ended; the sender gets to know it."""
    _copy(delivery_id, by, today)
    releases.decide_erasure(delivery_id, decision, words=words, by=by, at=at)
    said = {"what": "erasure", "decision": str(decision), "words": words}
    replies.reply(delivery_id, said, by=by, at=at)


def _copy(delivery_id: UUID, by: Actor, today: date) -> tuple[Delivery, Assignment | None]:
    """The row, locked, and who has it now, if this colleague may read it."""
    copy = Delivery.objects.select_for_update(of=("self",)).filter(id=delivery_id, kind__in=rules.kinds_read_by(by.role)).first()
    if copy is None:
        raise NotFound(_("Diese Zustellung gibt es hier nicht, oder sie ist beendet."))
    now = assignment_of(copy.series_id)
    who = now.member.name if now and now.member else ""
    assigned = now.member_id if now else None
    policies.may_read_delivery(by, assigned=assigned, who=who, on=today).require()
    return copy, now


def _assigned(
    copy: Delivery, now: Assignment | None, by: Actor, at: datetime, *, member_id: UUID | None, inquiry_id: UUID | None = None
) -> None:
    Assignment.objects.create(
        organisation_id=by.organisation_id, delivery=copy, series_id=copy.series_id, member_id=member_id,
        case_id=now.case_id if now else None, inquiry_id=inquiry_id or (now.inquiry_id if now else None),
        assigned_at=at, assigned_by=by.person,
    )  # fmt: skip


def _uncorrected(copy: Delivery) -> list[GivenAnswer]:
    rows = list(GivenAnswer.objects.filter(series_id=copy.series_id).order_by("-answered_at", "-id"))
    corrected = {row.corrects_id for row in rows}
    return [row for row in rows if row.id not in corrected]


def _is_over(copy: Delivery) -> bool:
    return copy.ended_at is not None and copy.ended_because != ReleaseEnd.SUPERSEDED


def _step(delivery_id: UUID, code: str, by: Actor, today: date) -> tuple[Delivery, Step]:
    """Of the copy that counts now, whichever was on the page."""
    copy, _now = _copy(standing_copy(delivery_id, by=by), by, today)
    content: Content | None = from_json(copy.content) if copy.content else None
    step = next((one for one in content.steps if one.code == code), None) if content else None
    if copy.kind != DeliveryKind.CHAIN or copy.ended_at is not None or step is None:
        raise NotFound(_("Diesen Schritt gibt es hier nicht mehr."))
    return copy, step
