"""Every change of a shared chain delivers the next numbered copy, in the transaction of the change."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils import translation

from faden.cases.models import Case
from faden.chains.actions import share_ends
from faden.chains.models import ChainShare, ChainStep, StepReport
from faden.chains.queries.holders import holder_label
from faden.chains.queries.sharing import COPY_ENDED
from faden.chains.rules.sharing import SharedChain, SharedStep, Talk, content_of
from faden.chains.vocabulary import HolderKind, ReportKind, ReportOutcome, ShareEnd, StepState
from faden.consents.actions import releases
from faden.consents.rules.changes import says_the_same
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import Channel, DeliveryKind
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotAllowed
from faden.organisations.models import Organisation
from faden.organisations.queries.recipients import as_recipient
from faden.persons.queries.cards import main_names
from faden.persons.queries.protection import with_secret_address


def deliver(case: Case, chains: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """To every participant of these chains whose copy says something else now; how many. One statement where nothing is shared.

    What carries no copy any more ends: the chain is over, or the consent is.
    """
    today = at.astimezone(BERLIN).date()
    open_ones = ChainShare.objects.filter(case=case, chain_id__in=list(chains), ended_at__isnull=True, until_on__gte=today)
    # Locked by itself: who waited here reads the other's copy as the last one, and numbers on from it.
    locked = list(open_ones.select_for_update(no_key=True).order_by("id").values_list("id", flat=True))
    if not locked:
        return 0
    known = ChainShare.objects.filter(id__in=locked).select_related("chain", "recipient", "consent", "release")
    running: list[ChainShare] = []
    for share in known.annotate(is_over=COPY_ENDED).order_by("id"):
        if share.chain.ended_at or share.chain.confidential:
            share_ends.end(share, ShareEnd.CHAIN_OVER, by=by, at=at)
        elif share.is_over:
            share_ends.end(share, ShareEnd.WITHDRAWN, by=by, at=at)
        else:
            running.append(share)
    # A copy is German, whatever language the page is in that changed the chain.
    with translation.override("de"):
        return sum(_send(share, content, by=by, at=at) for share, content in _contents(case, running))


def _contents(case: Case, shares: list[ChainShare]) -> list[tuple[ChainShare, Content]]:
    """What each of them would be told now."""
    if not shares:
        return []
    steps, talks = _steps(case, {share.chain_id for share in shares}), _talks(shares)
    sender, people = Organisation.objects.get(id=case.organisation_id), {share.chain.person_id for share in shares}
    names, hidden = main_names(people), with_secret_address(people)
    found = []
    for share in shares:
        chain, person = share.chain, share.chain.person_id
        shown = SharedChain(
            chain.title, chain.life_area, names.get(person, ""), frozenset(share.consent.data_classes), person not in hidden
        )
        extra = {"share": str(share.id), "until": share.until_on.isoformat()}
        rows = _shown(share, steps[share.chain_id], talks)
        found.append((share, content_of(shown, rows, sender=sender.name, contact=sender.contact, extra=extra)))
    return found


def _send(share: ChainShare, content: Content, *, by: Actor, at: datetime) -> bool:
    if share.release and share.release.content and says_the_same(from_json(share.release.content), content):
        return False
    told = releases.Told(
        DeliveryKind.CHAIN, as_recipient(share.recipient), Channel.INBOX, share.chain.title, content, share.until_on,
        person_id=share.chain.person_id, consent=share.consent, supersedes=share.release,
        begun_by=share.made_by,
    )  # fmt: skip
    try:
        share.release = releases.release(told, by=by, at=at, today=at.astimezone(BERLIN).date())
    except NotAllowed as refused:
        # A cause: the database refused, and the transaction with it. Without a copy before: who shares is told why not.
        if refused.__cause__ or share.release is None:
            raise
        # Its ground does not reach so far any more (a birthday was corrected): that keeps nobody from working on the chain.
        share_ends.end(share, ShareEnd.WITHDRAWN, by=by, at=at)
        return False
    share.number = share.release.number
    share.save(update_fields=["release", "number"])
    return True


def _steps(case: Case, chains: Collection[UUID]) -> dict[UUID, list[ChainStep]]:
    found: dict[UUID, list[ChainStep]] = {chain: [] for chain in chains}
    for step in ChainStep.objects.filter(case=case, chain_id__in=list(chains)).order_by("position", "id"):
        found[step.chain_id].append(step)
    return found


def _talks(shares: Iterable[ChainShare]) -> dict[tuple[UUID, UUID], list[Talk]]:
    """What was asked and answered with each participant, by (share, step): one does not read the other's talk."""
    found: dict[tuple[UUID, UUID], list[Talk]] = {}
    # A report that was taken over is seen at the step itself.
    said = StepReport.objects.filter(share__in=list(shares)).exclude(outcome=ReportOutcome.TAKEN)
    for one in said.select_related("share__recipient", "share__organisation").order_by("said_at", "id"):
        who = one.share.recipient.name if one.from_them else one.share.organisation.name
        at = one.said_at.astimezone(BERLIN)
        talk = Talk(ReportKind(one.kind), who, at, one.words or "", one.state, one.outcome)
        found.setdefault((one.share_id, one.step_id), []).append(talk)
    return found


def _shown(
    share: ChainShare, steps: Iterable[ChainStep], talks: dict[tuple[UUID, UUID], list[Talk]]
) -> list[SharedStep]:
    return [
        SharedStep(
            step.code, step.title, step.life_area, HolderKind(step.holder), step.agency_kind,
            holder_label(step.holder, agency_kind=step.agency_kind, agency=step.agency), StepState(step.state),
            step.since_on, step.due_on, step.block_reason, step.held_by_share_id == share.id,
            tuple(talks.get((share.id, step.id), ())),
        )
        for step in steps
    ]  # fmt: skip
