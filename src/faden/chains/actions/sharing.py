"""Laufende Freigabe: begun, ended, asked and answered; what a participant reports is in `reports`."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.chains.actions import share_ends
from faden.chains.actions.board import Board, opened
from faden.chains.actions.steps import Holder, put
from faden.chains.models import Chain, ChainShare, ChainStep, StepReport
from faden.chains.queries.sharing import is_running
from faden.chains.rules.sharing import is_told, may_be_shared
from faden.chains.vocabulary import (
    CHAIN_SHARED,
    SETTLED,
    STEP_ASKED,
    ChangeKind,
    HolderKind,
    ReportKind,
    ShareEnd,
)
from faden.consents.models import Consent
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from faden.organisations.queries.recipients import Recipient
from faden.organisations.vocabulary import AgencyKind

LONGEST = timedelta(days=365)


def share(  # noqa: PLR0913 -- what a Laufende Freigabe names
    chain_id: UUID,
    *,
    recipient: Recipient,
    consent: Consent,
    until: date,
    holds: Collection[UUID] = (),
    case: Case,
    by: Actor,
    at: datetime,
) -> ChainShare:
    """One service works along one chain, until a day within twelve months; `holds`: the steps it may report on."""
    board = opened(case, by=by, at=at)
    chain = board.chain(chain_id)
    organisation_id = _may_be_shared(chain, recipient, consent, until, today=board.today)
    _is_first(chain, organisation_id, board)
    made = ChainShare.objects.create(
        organisation_id=by.organisation_id, case=case, chain=chain, recipient_id=organisation_id, consent=consent,
        started_on=board.today, until_on=until, made_at=at, made_by=by.person,
    )  # fmt: skip
    for step_id in holds:
        _give(board.step(step_id), made, recipient, board)
    audit.note(CHAIN_SHARED, by=by, at=at, subject=case.id, chain=str(chain.id), share=str(made.id))
    try:
        board.deliver()
    except NotAllowed as refused:
        raise Invalid(str(refused), "consent") from None
    return ChainShare.objects.select_related("chain", "recipient", "release").get(id=made.id)


def _may_be_shared(chain: Chain, recipient: Recipient, consent: Consent, until: date, *, today: date) -> int:
    """The key of the service that may."""
    if chain.confidential:
        raise Invalid(_("Was im vertraulichen Faden steht, wird nicht laufend freigegeben."))
    if not may_be_shared(chain.life_area, confidential=chain.confidential):
        raise Invalid(_("Ketten zu Aufenthalt und Gesundheit werden nicht laufend freigegeben."))
    if recipient.organisation_id is None or recipient.decides_about_stay:
        raise Invalid(_("Mit dieser Stelle geht keine Laufende Freigabe."), "consent")
    if consent.person_id != chain.person_id:
        raise Invalid(_("Diese Einwilligung ist von einer anderen Person."), "consent")
    if not today <= until <= today + LONGEST:
        raise Invalid(_("Eine Laufende Freigabe endet spätestens nach zwölf Monaten."), "until")
    return recipient.organisation_id


def _is_first(chain: Chain, organisation_id: int, board: Board) -> None:
    """One that ran out, and that no night has ended yet, does not stand in the way."""
    there = ChainShare.objects.filter(chain=chain, recipient_id=organisation_id, ended_at__isnull=True).first()
    if there and is_running(there, on=board.today):
        raise Invalid(_("Diese Stelle arbeitet schon an dieser Kette mit."), "consent")
    if there:
        because = ShareEnd.EXPIRED if there.until_on < board.today else ShareEnd.WITHDRAWN
        share_ends.end(there, because, by=board.by, at=board.at)


def _give(step: ChainStep, share_: ChainShare, recipient: Recipient, board: Board) -> None:
    told = is_told(step.life_area, share_.consent.data_classes)
    if step.chain_id != share_.chain_id or not told or step.state in SETTLED or step.held_by_share_id:
        raise Invalid(_("Diesen Schritt kann die Stelle nicht übernehmen: %(step)s") % {"step": step.title}, "holds")
    agency_kind = step.agency_kind or AgencyKind.OTHER
    put(step, Holder(HolderKind.AGENCY, agency_kind=agency_kind, agency=recipient.name[:120]), case=board.case)
    step.held_by_share = share_
    board.write(step, ChangeKind.HOLDER)


# ---------- the end ----------


def end(share_: ChainShare, because: ShareEnd, *, by: Actor, at: datetime) -> None:
    """From now on the participant sees nothing of it."""
    opened(share_.case, by=by, at=at)  # nobody changes a step of it meanwhile
    share_ends.end(share_, because, by=by, at=at)


def end_on(consent_id: UUID, *, by: Actor, at: datetime) -> int:
    """The consent has ended, and with it every copy; how many shares followed."""
    return _end_these(ShareEnd.WITHDRAWN, by=by, at=at, consent_id=consent_id)


def end_expired(case: Case, *, by: Actor, at: datetime) -> int:
    """Whose last day has passed."""
    today = opened(case, by=by, at=at).today
    return _end_these(ShareEnd.EXPIRED, by=by, at=at, case=case, until_on__lt=today)


def _end_these(because: ShareEnd, *, by: Actor, at: datetime, **which: object) -> int:
    found = ChainShare.objects.filter(ended_at__isnull=True, **which).select_related("case").order_by("id")
    shares = list(found)
    for share_ in shares:
        end(share_, because, by=by, at=at)
    return len(shares)


# ---------- asked and answered ----------


def share_of(case: Case, share_id: UUID) -> ChainShare:
    """A Laufende Freigabe of this case."""
    found = ChainShare.objects.select_related("case", "chain", "recipient", "release", "consent")
    one = found.filter(case=case, id=share_id).first()
    if one is None:
        raise NotFound(_("Diese Laufende Freigabe gibt es hier nicht."))
    return one


def ask(share_: ChainShare, step_id: UUID, *, words: str, kind: ReportKind, by: Actor, at: datetime) -> StepReport:
    """A question to the participant, or our answer; it stands in the next copy."""
    board = opened(share_.case, by=by, at=at)
    check_open(share_, board)
    step = board.rows.steps.get(step_id)
    if step is None or step.chain_id != share_.chain_id or not is_told(step.life_area, share_.consent.data_classes):
        raise NotFound(_("Diesen Schritt gibt es hier nicht."))
    if not words.strip():
        raise Invalid(_("Bitte schreiben Sie etwas."), "words")
    said = StepReport.objects.create(
        organisation_id=by.organisation_id, case_id=share_.case_id, step=step, share=share_, kind=kind,
        words=words.strip(), from_them=False, said_at=at, said_by=by.person,
    )  # fmt: skip
    audit.note(STEP_ASKED, by=by, at=at, subject=share_.case_id, step=str(step.id))
    board.deliver()
    return said


def check_open(share_: ChainShare, board: Board) -> None:
    """Somebody ended it since the page was opened."""
    if not is_running(share_, on=board.today):
        raise Conflict(_("Diese Laufende Freigabe ist inzwischen beendet."))
