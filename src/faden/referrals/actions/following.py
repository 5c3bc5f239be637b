"""What a Vermittlung does to its step and to the Fristen: facts follow, decisions stay with people."""

from datetime import date, datetime
from typing import Any

from faden.cases.actions import deadlines
from faden.cases.vocabulary.deadline import DeadlineEnd, DeadlineKind
from faden.chains.actions import steps
from faden.chains.models import ChainStep
from faden.chains.vocabulary import SETTLED, Breakpoint, StepState
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.organisations.vocabulary import AgencyKind, Kind
from faden.referrals.models import Answer, Referral, Sending
from faden.referrals.vocabulary import UNANSWERED, DeclineReason, ReferralState

# Which kind of agency a service is in the words of chains.
_AS_AGENCY = {
    Kind.MIGRATION_SERVICE: AgencyKind.BERATUNG,
    Kind.INTEGRATION_CENTRE: AgencyKind.KI,
    Kind.TOWN_COORDINATION: AgencyKind.GEMEINDE,
    Kind.IMMIGRATION_OFFICE: AgencyKind.ABH,
    Kind.NATURALISATION_OFFICE: AgencyKind.EINBUERGERUNG,
    Kind.JOBCENTRE: AgencyKind.JOBCENTER,
    Kind.SOCIAL_OFFICE: AgencyKind.SOZIALAMT,
    Kind.YOUTH_OFFICE: AgencyKind.JUGENDAMT,
    Kind.SCHOOL_AUTHORITY: AgencyKind.SCHULAMT,
    Kind.MUNICIPALITY: AgencyKind.GEMEINDE,
    Kind.COURSE_PROVIDER: AgencyKind.KURSTRAEGER,
    Kind.SCHOOL: AgencyKind.SCHULE,
    Kind.VOLUNTEERS: AgencyKind.OTHER,
}
# What stands in the way, as it is counted.
_BLOCKED_BY: dict[str, Breakpoint] = {
    DeclineReason.FULL: Breakpoint.NO_PLACE,
    DeclineReason.NOT_COMPETENT: Breakpoint.COMPETENCE,
    DeclineReason.CONDITIONS: Breakpoint.EXCLUDED,
    DeclineReason.LANGUAGE: Breakpoint.LANGUAGE,
    DeclineReason.DOCUMENTS: Breakpoint.DOCUMENT,
}


def follow(
    referral: Referral, sending: Sending | None, answer: Answer | None = None, *, by: Actor, at: datetime
) -> None:
    """After anything that happened to it; a step that somebody settled meanwhile, or ended with its chain, is left alone."""
    _deadline(referral, sending, at)
    step = ChainStep.objects.select_related("chain").filter(id=referral.step_id).first() if referral.step_id else None
    if step is None or step.state in SETTLED or step.chain.ended_at:
        return
    on = answer.said_on if answer else at.astimezone(BERLIN).date()
    _step(referral, step, sending, answer, on, by=by, at=at)


def _step(
    referral: Referral, step: ChainStep, sending: Sending | None, answer: Answer | None, on: date, *, by: Actor, at: datetime
) -> None:
    more: dict[str, Any] = {"case": referral.case, "seen_version": step.version, "by": by, "at": at}
    state = ReferralState(referral.state)
    if state in (ReferralState.SENT, ReferralState.RECEIVED, ReferralState.WAITING, ReferralState.ACCEPTED) and sending:
        if step.state != StepState.WAITING_AGENCY or step.agency != sending.recipient_name[:120]:
            kind, name = _agency_kind(sending), sending.recipient_name[:120]
            step = steps.wait_for_agency(step.id, agency_kind=kind, agency=name, since=on, **more)
        if answer and answer.from_on:
            more["seen_version"] = step.version
            steps.agree(step.id, due_from=None, due_on=answer.from_on, **more)
    elif state == ReferralState.FINISHED:
        steps.finish(step.id, since=on, **more)
    elif state in (ReferralState.DECLINED, ReferralState.NO_SHOW):
        reason = _BLOCKED_BY.get(answer.reason if answer else "", Breakpoint.OTHER)
        steps.block(step.id, reason=reason, since=on, **more)
    elif state in (ReferralState.EXPIRED, ReferralState.WITHDRAWN):
        steps.release(step.id, since=on, **more)


def _agency_kind(sending: Sending) -> str:
    if sending.recipient:
        return _AS_AGENCY[Kind(sending.recipient.kind)]
    return sending.agency.kind if sending.agency else AgencyKind.OTHER


def _deadline(referral: Referral, sending: Sending | None, at: datetime) -> None:
    """The day by which an answer is expected stands among the Fristen until there is one; "eingegangen" is none."""
    if referral.state in UNANSWERED and sending and sending.answer_by:
        deadlines.note(
            referral.case, kind=DeadlineKind.ANSWER_DUE, reference=referral.id, due_on=sending.answer_by,
            persons=referral.persons, confidential=referral.confidential, subject=referral.wish, at=at,
        )  # fmt: skip
    else:
        deadlines.end_for(referral.id, because=DeadlineEnd.GONE, at=at)
