"""Laufende Freigaben as pages show them: who works along a chain, what was sent last, what was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.timeline import Of, concerning
from faden.chains.models import Chain, ChainShare, ChainStep, StepReport
from faden.chains.rules.sharing import class_of
from faden.chains.vocabulary import Breakpoint, ReportKind, ReportOutcome, ShareEnd, StepState
from faden.consents.models import Release, ReleaseEnding
from faden.consents.queries.declarations import StandingConsent
from faden.consents.rules.contents import Change, Content, from_json
from faden.consents.vocabulary import DataClass, DeliveryKind
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.organisations.queries.recipients import Recipient, recipients

# What a withdrawal or the last day has ended, in its own transaction, before a job ends the share itself.
COPY_ENDED = Exists(ReleaseEnding.objects.filter(release=OuterRef("release")))
# Whose report a line of a step's history comes from; null: it is ours.
REPORTED_BY = Subquery(StepReport.objects.filter(change=OuterRef("pk")).values("share__recipient__name")[:1])


def running(on: date) -> QuerySet[ChainShare]:
    """Those whose participant can read the chain on this day."""
    return ChainShare.objects.filter(~Q(COPY_ENDED), ended_at__isnull=True, until_on__gte=on)


def is_running(share: ChainShare, *, on: date) -> bool:
    """It has not ended, by whatever."""
    return running(on).filter(id=share.id).exists()


def together_with(on: date) -> ArraySubquery:
    """Of a chain: the names of who works along it."""
    return ArraySubquery(running(on).filter(chain=OuterRef("pk")).order_by("recipient__name").values("recipient__name"))


def cases_with_expired_shares(*, on: date) -> list[Case]:
    """Cases in which a Laufende Freigabe is over since its last day; one statement."""
    over = ChainShare.objects.filter(ended_at__isnull=True, until_on__lt=on)
    return list(Case.objects.filter(id__in=over.values("case_id")).order_by("id"))


# ---------- who may be asked ----------


@dataclass(frozen=True)
class Partners:
    """With whom a chain can be shared today, and who lacks a consent for it."""

    ready: tuple[StandingConsent, ...]
    lacking: tuple[Recipient, ...]


def partners_for(
    chain_id: UUID, *, standing: Iterable[StandingConsent], life_area: str, but: int, on: date
) -> Partners:
    """Services with an inbox here, never an office that decides about the stay; four statements.

    `standing`: what the person has allowed in this case. A consent has to name the class of data the chain is about.
    """
    could = {one.key: one for one in recipients(but=but, along_a_chain=True, with_account=True)}
    there = {f"s{key}" for key in running(on).filter(chain_id=chain_id).values_list("recipient_id", flat=True)}
    wanted = {DataClass.CONTACT, class_of(life_area)}
    ready = tuple(
        one for one in standing
        if one.recipient_key in could.keys() - there and wanted <= set(one.data_classes)
    )  # fmt: skip
    lacking = could.keys() - there - {one.recipient_key for one in ready}
    return Partners(ready, tuple(one for one in could.values() if one.key in lacking))


# ---------- what pages show ----------


@dataclass(frozen=True)
class ShareRow:
    """One participant of a chain, and what was sent to it last."""

    id: UUID
    chain_id: UUID
    chain: str
    person_id: UUID
    recipient: str
    started_on: date
    until_on: date
    number: int
    sent_at: datetime | None
    changes: tuple[Change, ...]
    ended_on: date | None  # null: it runs
    ended_because: str

    @property
    def is_running(self) -> bool:
        """They can read the chain."""
        return self.ended_on is None


def shares_on(case: Case, chain_id: UUID, *, on: date) -> list[ShareRow]:
    """Of one chain, those that run first; one statement."""
    return _rows(ChainShare.objects.filter(case=case, chain_id=chain_id), on)


def shares_in(case: Case, of: Of, *, on: date) -> list[ShareRow]:
    """Of a case, or one person's; one statement. Nothing confidential is ever shared."""
    if of.confidential:
        return []
    chains = Chain.objects.filter(concerning(of), case=case)
    return _rows(ChainShare.objects.filter(case=case, chain__in=chains), on)


def share_row(case: Case, share_id: UUID, *, on: date) -> ShareRow:
    """One of this case."""
    rows = _rows(ChainShare.objects.filter(case=case, id=share_id), on)
    if not rows:
        raise NotFound(_("Diese Laufende Freigabe gibt es hier nicht."))
    return rows[0]


def _rows(found: QuerySet[ChainShare], on: date) -> list[ShareRow]:
    shares = found.select_related("chain", "recipient", "release").annotate(is_over=COPY_ENDED).order_by("-made_at", "id")
    rows = [_row(share, share.is_over, on) for share in shares]
    return sorted(rows, key=lambda row: not row.is_running)


def _row(share: ChainShare, is_over: bool, on: date) -> ShareRow:
    sent = share.release
    content = from_json(sent.content) if sent and sent.content else None
    ended, because = None, ""
    if share.ended_at:
        ended, because = share.ended_at.astimezone(BERLIN).date(), share.ended_because
    elif share.until_on < on:
        ended, because = share.until_on, ShareEnd.EXPIRED
    elif is_over:
        ended, because = on, ShareEnd.WITHDRAWN
    return ShareRow(
        share.id, share.chain_id, share.chain.title, share.chain.person_id, share.recipient.name, share.started_on,
        share.until_on, share.number, sent.released_at if sent else None, content.changes if content else (), ended,
        str(ShareEnd(because).label) if because else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """A numbered copy as it went out."""

    number: int
    sent_at: datetime
    changes: tuple[Change, ...]
    content: Content


MOST_COPIES = 20


def copies_of(case: Case, share_id: UUID) -> list[Copy]:
    """What was sent, the newest first, at most the last twenty; two statements."""
    share = ChainShare.objects.filter(case=case, id=share_id).first()
    if share is None:
        raise NotFound(_("Diese Laufende Freigabe gibt es hier nicht."))
    since = Release.objects.filter(kind=DeliveryKind.CHAIN, consent_id=share.consent_id, released_at__gte=share.made_at)
    # The same consent may carry two chains: whose copy it is stands in it.
    read = ((row, from_json(row.content)) for row in since.order_by("-number", "-released_at") if row.content)
    own = ((row, content) for row, content in read if content.extra.get("share") == str(share_id))
    return [Copy(row.number, row.released_at, content.changes, content) for row, content in islice(own, MOST_COPIES)]


@dataclass(frozen=True)
class ReportRow:
    """What was reported, asked or answered on a step."""

    share_id: UUID
    step_id: UUID
    kind: ReportKind
    who: str
    at: datetime
    state_label: str
    block_label: str
    due_on: date | None
    words: str
    outcome: str  # empty: a question or an answer
    outcome_label: str
    from_them: bool

    @property
    def is_question(self) -> bool:
        """Of either side."""
        return self.kind == ReportKind.QUESTION

    @property
    def is_kept_only(self) -> bool:
        """Reported, and not taken over."""
        return self.outcome not in ("", ReportOutcome.TAKEN)


def reports_on(case: Case, chain_id: UUID, *, share_id: UUID | None = None) -> dict[UUID, tuple[ReportRow, ...]]:
    """By step, the newest first; one statement."""
    found = StepReport.objects.filter(case=case, step__chain_id=chain_id)
    if share_id:
        found = found.filter(share_id=share_id)
    by_step: dict[UUID, tuple[ReportRow, ...]] = {}
    for one in found.select_related("share__recipient", "organisation").order_by("-said_at", "-id")[:200]:
        by_step[one.step_id] = (*by_step.get(one.step_id, ()), _report(one))
    return by_step


def _report(one: StepReport) -> ReportRow:
    return ReportRow(
        one.share_id, one.step_id, ReportKind(one.kind),
        one.share.recipient.name if one.from_them else one.organisation.name, one.said_at,
        str(StepState(one.state).label) if one.state else "",
        str(Breakpoint(one.block_reason).label) if one.block_reason else "", one.due_on, one.words or "", one.outcome,
        str(ReportOutcome(one.outcome).label) if one.outcome else "", one.from_them,
    )  # fmt: skip


def held_by(case: Case, chain_id: UUID) -> dict[UUID, list[UUID]]:
    """The steps that lie with each participant, by share; one statement."""
    found: dict[UUID, list[UUID]] = {}
    held = ChainStep.objects.filter(case=case, chain_id=chain_id, held_by_share__isnull=False).order_by("position")
    for step_id, share_id in held.values_list("id", "held_by_share"):
        found.setdefault(share_id, []).append(step_id)
    return found
