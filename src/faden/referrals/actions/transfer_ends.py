"""Fallübergabe at the old service, once it is on its way: answered, taken back, run out, finished."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.actions.timeline import tell
from faden.cases.vocabulary.case import EntryKind
from faden.chains.actions import sharing
from faden.chains.models import ChainShare
from faden.chains.vocabulary import ShareEnd
from faden.consents.actions import releases, replies
from faden.consents.models import Release, Reply
from faden.consents.vocabulary import ReleaseEnd
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict
from faden.referrals.models import CaseTransfer, TransferRelease
from faden.referrals.queries import transfers as queries
from faden.referrals.vocabulary import (
    TRANSFER_ANSWERED,
    TRANSFER_DONE,
    TRANSFER_WITHDRAWN,
    GoesTo,
    LoosePartKind,
    TransferState,
)

STANDING = (TransferState.DRAFT, TransferState.SENT, TransferState.ACCEPTED)


def withdraw(transfer: CaseTransfer, *, by: Actor, at: datetime) -> CaseTransfer:
    """Not now, or not there: every copy ends, and all that is open lies with us as before."""
    transfer = locked(transfer)
    if transfer.state == TransferState.ACCEPTED:
        raise Conflict(_("Der andere Dienst hat schon angenommen. Bitte sprechen Sie mit ihm."))
    if transfer.state in STANDING:
        _end(transfer, TransferState.WITHDRAWN, ReleaseEnd.RECALLED, by=by, at=at)
    return transfer


def take(reply: Reply, *, by: Actor, at: datetime) -> CaseTransfer | None:
    """What the new service answered; one answer counts for the whole package."""
    told = json.loads(reply.content)
    replies.taken(reply, at=at)
    part = TransferRelease.objects.filter(release=reply.release_id).first()
    if part is None or told.get("what") != "transfer":
        return None
    transfer = locked(CaseTransfer(id=part.transfer_id))
    answer = told.get("answer", "")
    if transfer.state != TransferState.SENT:
        if answer == "accepted" and transfer.state == TransferState.WITHDRAWN:
            ask_lead(transfer, _("Zurückgezogene Fallübergabe wurde dort schon angenommen: bitte klären"), by=by, at=at)
        elif answer == "accepted" and transfer.state == TransferState.DECLINED:
            ask_lead(transfer, _("Abgelehnte Fallübergabe wurde dort doch noch angenommen: bitte klären"), by=by, at=at)
        return transfer
    transfer.answered_at, transfer.answer_words = at, told.get("words", "")[:300]
    if answer == "accepted":
        transfer.state, transfer.their_number = TransferState.ACCEPTED, told.get("number", "")[:30]
        save(transfer, at)
        end_shares(transfer, by=by, at=at)
    elif answer == "declined":
        _end(transfer, TransferState.DECLINED, ReleaseEnd.RECALLED, by=by, at=at)
        ask_lead(transfer, _("Fallübergabe wurde abgelehnt: bitte neu entscheiden"), by=by, at=at)
    else:
        return transfer
    audit.note(TRANSFER_ANSWERED, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), answer=answer)
    return transfer


def consent_ended(consent_id: UUID, *, by: Actor, at: datetime) -> list[CaseTransfer]:
    """She took it back. Before the answer the package ends; after it the new service was told, and so is our worker."""
    parts = TransferRelease.objects.filter(release__consent=consent_id).values("transfer_id")
    found = CaseTransfer.objects.filter(id__in=parts, state__in=(TransferState.SENT, TransferState.ACCEPTED))
    touched = [locked(row) for row in found.order_by("id")]
    for transfer in touched:
        if transfer.state == TransferState.SENT:
            _end(transfer, TransferState.WITHDRAWN, ReleaseEnd.RECALLED, by=by, at=at)
            ask_lead(transfer, _("Einwilligung beendet: Die Fallübergabe ist zurückgezogen"), by=by, at=at)
        else:
            ask_lead(transfer, _("Einwilligung beendet nach der Fallübergabe: Der neue Dienst ist benachrichtigt"), by=by, at=at)
    return touched


def expire(*, by: Actor, on: date, at: datetime) -> int:
    """Nobody answered while the copies could be read: it lies with us again, and somebody is told."""
    sent = CaseTransfer.objects.filter(state=TransferState.SENT)
    still = TransferRelease.objects.filter(release__valid_until__gte=on).values("transfer_id")
    over = [locked(row) for row in sent.exclude(id__in=still).order_by("id")]
    for transfer in over:
        _end(transfer, TransferState.WITHDRAWN, ReleaseEnd.EXPIRED, by=by, at=at)
        ask_lead(transfer, _("Fallübergabe ohne Antwort abgelaufen: bitte neu entscheiden"), by=by, at=at)
    return len(over)


def done(transfer: CaseTransfer, *, by: Actor, at: datetime) -> CaseTransfer:
    """Our side has ended; whoever calls this has ended all that was open."""
    transfer.state, transfer.ended_at = TransferState.DONE, at
    save(transfer, at)
    audit.note(TRANSFER_DONE, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id))
    return transfer


def accepted(transfer: CaseTransfer) -> CaseTransfer:
    """Locked, and still waiting for the end of the overlap."""
    found = locked(transfer)
    if found.state != TransferState.ACCEPTED:
        raise Conflict(_("Diese Fallübergabe ist nicht angenommen, oder schon abgeschlossen."))
    return found


def _end(transfer: CaseTransfer, state: TransferState, because: ReleaseEnd, *, by: Actor, at: datetime) -> None:
    for release in Release.objects.filter(id__in=transfer.parts.values("release_id")):
        releases.end(release, because, by=by, at=at)
    transfer.state, transfer.ended_at = state, at
    save(transfer, at)
    if state == TransferState.WITHDRAWN:
        audit.note(TRANSFER_WITHDRAWN, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), because=because)


def end_shares(transfer: CaseTransfer, *, by: Actor, at: datetime) -> None:
    """A Laufende Freigabe that is to end does so with the answer; one that stays with us runs on, and so do those of who stays."""
    placed = queries.placed_in(transfer).items()
    over = [share for (kind, share), where in placed if kind == LoosePartKind.SHARE and where.goes_to == GoesTo.ENDS]
    for share in ChainShare.objects.select_related("case").filter(id__in=over, ended_at__isnull=True).order_by("id"):
        sharing.end(share, ShareEnd.HANDED_OVER, by=by, at=at)


def ask_lead(transfer: CaseTransfer, title: str, *, by: Actor, at: datetime) -> None:
    """A task for who leads the case, for tomorrow."""
    wanted = tasks.Wanted(title[:200], at.astimezone(BERLIN).date() + timedelta(days=1), transfer.case.lead_id, About(tuple(transfer.persons)))
    tasks.make(wanted, case=transfer.case, by=by, at=at)


def locked(transfer: CaseTransfer) -> CaseTransfer:
    """As it is now, until the transaction ends."""
    return CaseTransfer.objects.select_for_update(of=("self",)).select_related("case", "recipient").get(id=transfer.id)


def save(transfer: CaseTransfer, at: datetime) -> None:
    """A version more; who still has the page of the one before is told."""
    transfer.version += 1
    transfer.save()
    in_history(transfer, at)


def in_history(transfer: CaseTransfer, at: datetime) -> None:
    """Its newest state stands in the case's history."""
    tell(transfer.case, kind=EntryKind.TRANSFER, about=transfer.id, at=at, persons=transfer.persons, confidential=transfer.confidential)
