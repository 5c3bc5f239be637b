"""What a participant of a Laufende Freigabe says: kept with the step, and taken over where it still fits."""

import json
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.chains.actions import steps
from faden.chains.actions.board import Board, opened
from faden.chains.models import ChainShare, ChainStep, StepReport
from faden.chains.queries.sharing import is_running
from faden.chains.rules.sharing import is_told, outcome_of
from faden.chains.vocabulary import STEP_REPORTED, Breakpoint, ReportKind, ReportOutcome, StepState
from faden.consents.actions import replies
from faden.consents.models import Reply
from faden.consents.rules.contents import Content, from_json
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN

_LONGEST_WORDS = 2000
_FURTHEST = timedelta(days=3650)
_ANSWER_IN = timedelta(days=2)

Told = dict[str, str]


def take(reply: Reply, *, by: Actor, at: datetime) -> StepReport | None:
    """Once. None: the Freigabe has ended, or the step is not in what they were told; the reply itself stays.

    A state counts if the step still stands as in the copy it was said on; else ours stays and a person looks at theirs.
    """
    told, copy = _told(reply), from_json(reply.release.content) if reply.release.content else None
    replies.taken(reply, at=at)
    share = _share_under(copy) if copy else None
    if copy is None or share is None:
        return None
    board = opened(share.case, by=by, at=at)
    share.refresh_from_db(fields=["release"])  # under the lock
    step = _step_of(share, told, board)
    if step is None or not is_running(share, on=board.today):
        return None
    said = _noted(share, step, told, reply)
    if said.kind == ReportKind.STATE:
        said.outcome = _judged(said, step, share, copy)
        if said.outcome == ReportOutcome.TAKEN:
            said.change = steps.reported(step.id, _as_reported(said, share), board)
    said.save(force_insert=True)
    board.deliver()
    if said.kind == ReportKind.QUESTION or said.outcome not in ("", ReportOutcome.TAKEN):
        _ask_somebody(said, step, share, board)
    audit.note(STEP_REPORTED, by=by, at=at, subject=share.case_id, step=str(step.id), kind=said.kind, outcome=said.outcome)
    return said


def _told(reply: Reply) -> Told:
    """Strings by name; from outside, so nothing else is believed."""
    read = json.loads(reply.content)
    return {str(name): value for name, value in read.items() if isinstance(value, str)} if isinstance(read, dict) else {}


def _share_under(copy: Content) -> ChainShare | None:
    """Which Freigabe the copy belongs to stands in our own record of it, not in what they say."""
    found = ChainShare.objects.select_related("case", "chain", "recipient", "consent", "release")
    return found.filter(id=copy.extra["share"]).first()


def _step_of(share: ChainShare, told: Told, board: Board) -> ChainStep | None:
    code = told.get("step", "")
    found = (step for step in board.rows.steps.values() if step.chain_id == share.chain_id and step.code == code)
    step = next(found, None)
    return step if step and is_told(step.life_area, share.consent.data_classes) else None


def _noted(share: ChainShare, step: ChainStep, told: Told, reply: Reply) -> StepReport:
    """As they said it; what cannot be read is left out."""
    kind, state, reason = told.get("kind", ""), told.get("state", ""), told.get("reason", "")
    on = reply.replied_at.astimezone(BERLIN).date()
    since, due = _day(told.get("since", "")), _day(told.get("due", ""))
    return StepReport(
        organisation_id=share.organisation_id, case_id=share.case_id, step=step, share=share,
        kind=ReportKind(kind) if kind in ReportKind.values else ReportKind.ANSWER,
        state=state if state in StepState.values else "",
        block_reason=reason if reason in Breakpoint.values else "",
        since_on=since if since and share.chain.started_on <= since <= on else on,
        due_on=due if due and abs(due - on) <= _FURTHEST else None,
        words=told.get("words", "").strip()[:_LONGEST_WORDS] or None, from_them=True, reply=reply, said_at=reply.replied_at,
    )  # fmt: skip


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _judged(said: StepReport, step: ChainStep, share: ChainShare, copy: Content) -> ReportOutcome:
    """The newest copy is how the step stands now: every change delivers one."""
    assert share.release and share.release.content
    then, now = ({one.code: one for one in content.steps} for content in (copy, from_json(share.release.content)))
    return outcome_of(
        then.get(step.code), now.get(step.code), held=step.held_by_share_id == share.id, state=step.state, said_state=said.state
    )


def _as_reported(said: StepReport, share: ChainShare) -> steps.Reported:
    assert said.since_on
    return steps.Reported(StepState(said.state), said.since_on, said.block_reason, said.due_on, share.recipient.name[:120])


def _ask_somebody(said: StepReport, step: ChainStep, share: ChainShare, board: Board) -> None:
    """A question, or two sides that say different things: a person answers."""
    words = {"service": share.recipient.name, "step": step.title}
    asked = said.kind == ReportKind.QUESTION
    title = _("Frage von %(service)s beantworten: %(step)s") if asked else _("Meldung von %(service)s prüfen: %(step)s")
    about = About((share.chain.person_id,))
    wanted = tasks.Wanted((title % words)[:200], board.today + _ANSWER_IN, board.case.lead_id, about)
    tasks.make(wanted, case=board.case, by=board.by, at=board.at)

