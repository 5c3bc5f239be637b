"""Fallübergabe at the old service: prepared, described, each open part placed, sent, answered, ended."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind
from faden.chains.actions import sharing
from faden.chains.models import ChainShare
from faden.chains.vocabulary import ShareEnd
from faden.consents.actions import releases, replies
from faden.consents.actions.releases import Told
from faden.consents.models import Consent, Release, Reply
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind, ReleaseEnd
from faden.documents.actions.letter_checks import check_words
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.queries.recipients import Recipient, as_recipient
from faden.referrals.models import CaseTransfer, LoosePart, TransferRelease
from faden.referrals.queries import transfers as queries
from faden.referrals.queries.loose_parts import names_in_case, names_of_others
from faden.referrals.queries.transfer_rows import Goer
from faden.referrals.queries.transfers import Planned
from faden.referrals.rules.transfers import Hers, Placed, from_text, to_text
from faden.referrals.vocabulary import (
    TRANSFER_ANSWERED,
    TRANSFER_CHANGED,
    TRANSFER_DAYS,
    TRANSFER_DONE,
    TRANSFER_PREPARED,
    TRANSFER_SENT,
    TRANSFER_WITHDRAWN,
    GoesTo,
    LoosePartKind,
    TransferReason,
    TransferState,
)

_STANDING = (TransferState.DRAFT, TransferState.SENT, TransferState.ACCEPTED)


@dataclass(frozen=True)
class Frame:
    """Who goes, to whom, why, and how long both services work."""

    recipient: Recipient
    reason: str
    persons: tuple[UUID, ...]
    overlap_until: date
    together_on: date | None = None

    def checked(self, *, on: date) -> int:
        """The key of the service that takes over."""
        if self.recipient.organisation_id is None or not self.recipient.has_desk:
            raise Invalid(_("Ein Fall geht nur an einen Dienst, der selbst Fälle in Faden führt."), "recipient")
        if self.recipient.decides_about_stay:
            raise Invalid(_("An Ausländer- und Einbürgerungsbehörden wird kein Fall übergeben."), "recipient")
        if not self.persons:
            raise Invalid(_("Bitte wählen Sie, wer übergeht."), "persons")
        if self.overlap_until < on:
            raise Invalid(_("Dieser Tag liegt in der Vergangenheit."), "overlap_until")
        if self.together_on and self.together_on > self.overlap_until:
            raise Invalid(_("Das gemeinsame Gespräch liegt vor dem Ende der Überleitung."), "together_on")
        return self.recipient.organisation_id


def prepare(frame: Frame, *, case: Case, by: Actor, on: date, at: datetime) -> CaseTransfer:
    """A draft: nothing leaves by it."""
    recipient_id = frame.checked(on=on)
    if CaseTransfer.objects.filter(case=case, state__in=_STANDING).exists():
        raise Invalid(_("Für diesen Fall gibt es schon eine Fallübergabe."))
    transfer = CaseTransfer.objects.create(
        organisation_id=by.organisation_id, case=case, recipient_id=recipient_id, reason=TransferReason(frame.reason),
        overlap_until=frame.overlap_until, together_on=frame.together_on, prepared_at=at, prepared_by=by.person,
        **checked(About(frame.persons), case=case),
    )  # fmt: skip
    _told(transfer, at)
    audit.note(TRANSFER_PREPARED, by=by, at=at, subject=case.id, transfer=str(transfer.id))
    return transfer


def change(transfer: CaseTransfer, frame: Frame, *, seen_version: int, by: Actor, on: date, at: datetime) -> CaseTransfer:
    """Another service, other persons, another day, before it is sent; what was written of somebody stays."""
    transfer = _draft(transfer, seen_version, (
        (_("Dienst"), transfer.recipient.name, frame.recipient.name),
        (_("Überleitung bis"), _day(transfer.overlap_until), _day(frame.overlap_until)),
    ))  # fmt: skip
    transfer.recipient_id = frame.checked(on=on)
    transfer.reason, transfer.overlap_until, transfer.together_on = TransferReason(frame.reason), frame.overlap_until, frame.together_on
    for name, value in checked(About(frame.persons), case=transfer.case).items():
        setattr(transfer, name, value)
    _save(transfer, at)
    audit.note(TRANSFER_CHANGED, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), what="frame")
    return transfer


def describe(
    transfer: CaseTransfer, person_id: UUID, hers: Hers, *, seen_version: int, by: Actor, on: date, at: datetime
) -> CaseTransfer:
    """On which consent one person goes, and what is told of her in words: only what it names, only about her."""
    before = from_text(transfer.summary).get(person_id, Hers())
    transfer = _draft(transfer, seen_version, _line_differences(before, hers))
    goer = next((one for one in queries.goers_of(transfer, on=on) if one.person_id == person_id), None)
    if goer is None:
        raise Invalid(_("Diese Person gehört nicht zu dieser Fallübergabe."))
    ground = next((one for one in goer.grounds if one.id == hers.consent), None)
    if ground is None:
        raise Invalid(_("Bitte wählen Sie die Einwilligung, auf der die Übergabe beruht."), "consent")
    people = names_in_case(transfer.case)
    for code, words in hers.lines:
        if words and code not in ground.data_classes:
            raise Invalid(_("Die Einwilligung nennt diese Angaben nicht."), f"about_{code}")
        if named := names_of_others(words, person_id, people):
            raise Invalid(
                _("Hier stehen Namen anderer: %(names)s. Was über sie gesagt wird, steht in ihrer eigenen Übergabe.")
                % {"names": ", ".join(named)},
                f"about_{code}",
            )  # fmt: skip
    transfer.summary = to_text({**from_text(transfer.summary), person_id: hers})
    _save(transfer, at)
    audit.note(TRANSFER_CHANGED, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), what="summary", person=str(person_id))
    return transfer


def place(
    transfer: CaseTransfer, placed: Mapping[tuple[str, UUID], Placed], *, seen_version: int, by: Actor, at: datetime
) -> CaseTransfer:
    """Say where open parts go. After the sending nothing more can go over: what they read stays as it was."""
    transfer = _locked(transfer)
    if transfer.state not in _STANDING:
        raise Conflict(_("Diese Fallübergabe ist inzwischen beendet."))
    if transfer.version != seen_version:
        raise _Changed(())
    gone_over = queries.placed_in(transfer) if transfer.state != TransferState.DRAFT else {}
    for key, where in placed.items():
        before = gone_over.get(key, Placed())
        if transfer.state != TransferState.DRAFT and where.goes_to == GoesTo.THEM != before.goes_to:
            raise Invalid(_("Die Übergabe ist schon gesendet. Was neu dazukommt, geht nicht mehr mit."), f"goes_{key[0]}-{key[1]}")
        _write(transfer, key, where, by=by)
    _save(transfer, at)
    if transfer.state == TransferState.ACCEPTED:
        _end_shares(transfer, by=by, at=at)
    audit.note(TRANSFER_CHANGED, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), what="parts")
    return transfer


def send(transfer: CaseTransfer, *, seen: str, by: Actor, today: date, at: datetime) -> CaseTransfer:
    """One Weitergabe per person; everything that is open has a holder in the same transaction."""
    transfer = _locked(transfer)
    if transfer.state != TransferState.DRAFT:
        raise Conflict(_("Diese Fallübergabe ist schon gesendet oder beendet."))
    planned = queries.planned(transfer, by=by, on=today, now=at)
    _require_ready(planned, today=today)
    if planned.seal != seen:
        raise Conflict(_("Im Fall hat sich inzwischen etwas geändert. Bitte sehen Sie die Übergabe noch einmal an."))
    check_words("\n".join(copy.words for copy in planned.contents.values()), case=transfer.case)
    for goer in planned.goers:
        made = releases.release(_release(transfer, planned, goer, today=today), by=by, at=at, today=today)
        TransferRelease.objects.create(
            organisation_id=by.organisation_id, transfer=transfer, person_id=goer.person_id, release=made
        )
    _settle_parts(transfer, planned, by=by)
    transfer.state, transfer.sent_at, transfer.sent_by = TransferState.SENT, at, by.person
    _save(transfer, at)
    audit.note(TRANSFER_SENT, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), persons=len(planned.goers))
    return transfer


def _require_ready(planned: Planned, *, today: date) -> None:
    until = planned.transfer.overlap_until
    if until is None or until < today:
        raise Invalid(_("Der letzte Tag der Überleitung ist vorbei. Bitte ändern Sie ihn zuerst."))
    if planned.without_ground:
        names = ", ".join(goer.name for goer in planned.without_ground)
        raise Invalid(_("Ohne Einwilligung geht niemand über: %(names)s.") % {"names": names})
    if planned.without_words:
        raise Invalid(_("Bitte sehen Sie zuerst durch, was über jede Person gesagt wird."))
    if planned.unplaced:
        raise Invalid(_("Für %(number)d offene Teile steht noch nicht fest, wohin sie gehen.") % {"number": len(planned.unplaced)})


def _release(transfer: CaseTransfer, planned: Planned, goer: Goer, *, today: date) -> Told:
    assert goer.ground
    return Told(
        DeliveryKind.TRANSFER, as_recipient(transfer.recipient), Channel.INBOX,
        _("Fallübergabe: %(reason)s") % {"reason": TransferReason(transfer.reason).label},
        planned.contents[goer.person_id], min(goer.ground.until, today + TRANSFER_DAYS),
        person_id=goer.person_id, consent=Consent.objects.get(id=goer.ground.id),
    )  # fmt: skip


def _settle_parts(transfer: CaseTransfer, planned: Planned, *, by: Actor) -> None:
    """The rows say exactly what is open now; pieces stand with what they belong to."""
    now: dict[tuple[str, UUID], Placed] = {row.part.key: row.placed for row in planned.rows}
    now |= {part.key: where for part, where in planned.pieces}
    for stale in LoosePart.objects.filter(transfer=transfer):
        if (stale.kind, stale.reference) not in now:
            stale.delete()
    for key, where in now.items():
        _write(transfer, key, where, by=by)


def _write(transfer: CaseTransfer, key: tuple[str, UUID], where: Placed, *, by: Actor) -> None:
    LoosePart.objects.update_or_create(
        organisation_id=by.organisation_id, transfer=transfer, kind=key[0], reference=key[1],
        defaults={"goes_to": where.goes_to, "because": where.because[:300], "data_class": where.data_class},
    )  # fmt: skip


# ---------- how it goes on ----------


def withdraw(transfer: CaseTransfer, *, by: Actor, at: datetime) -> CaseTransfer:
    """Not now, or not there: every copy ends, and all that is open lies with us as before."""
    transfer = _locked(transfer)
    if transfer.state == TransferState.ACCEPTED:
        raise Conflict(_("Der andere Dienst hat schon angenommen. Bitte sprechen Sie mit ihm."))
    if transfer.state in _STANDING:
        _end(transfer, TransferState.WITHDRAWN, ReleaseEnd.RECALLED, by=by, at=at)
    return transfer


def take(reply: Reply, *, by: Actor, at: datetime) -> CaseTransfer | None:
    """What the new service answered; one answer counts for the whole package."""
    told = json.loads(reply.content)
    replies.taken(reply, at=at)
    part = TransferRelease.objects.filter(release=reply.release_id).first()
    if part is None or told.get("what") != "transfer":
        return None
    transfer = _locked(CaseTransfer(id=part.transfer_id))
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
        _save(transfer, at)
        _end_shares(transfer, by=by, at=at)
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
    touched = [_locked(row) for row in found.order_by("id")]
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
    over = [_locked(row) for row in sent.exclude(id__in=still).order_by("id")]
    for transfer in over:
        _end(transfer, TransferState.WITHDRAWN, ReleaseEnd.EXPIRED, by=by, at=at)
        ask_lead(transfer, _("Fallübergabe ohne Antwort abgelaufen: bitte neu entscheiden"), by=by, at=at)
    return len(over)


def done(transfer: CaseTransfer, *, by: Actor, at: datetime) -> CaseTransfer:
    """Our side has ended; whoever calls this has ended all that was open."""
    transfer.state, transfer.ended_at = TransferState.DONE, at
    _save(transfer, at)
    audit.note(TRANSFER_DONE, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id))
    return transfer


def accepted(transfer: CaseTransfer) -> CaseTransfer:
    """Locked, and still waiting for the end of the overlap."""
    found = _locked(transfer)
    if found.state != TransferState.ACCEPTED:
        raise Conflict(_("Diese Fallübergabe ist nicht angenommen, oder schon abgeschlossen."))
    return found


def _end(transfer: CaseTransfer, state: TransferState, because: ReleaseEnd, *, by: Actor, at: datetime) -> None:
    for release in Release.objects.filter(id__in=transfer.parts.values("release_id")):
        releases.end(release, because, by=by, at=at)
    transfer.state, transfer.ended_at = state, at
    _save(transfer, at)
    if state == TransferState.WITHDRAWN:
        audit.note(TRANSFER_WITHDRAWN, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), because=because)


def _end_shares(transfer: CaseTransfer, *, by: Actor, at: datetime) -> None:
    """A Laufende Freigabe that is to end does so with the answer; one that stays with us runs on, and so do those of who stays."""
    placed = queries.placed_in(transfer).items()
    over = [share for (kind, share), where in placed if kind == LoosePartKind.SHARE and where.goes_to == GoesTo.ENDS]
    for share in ChainShare.objects.select_related("case").filter(id__in=over, ended_at__isnull=True).order_by("id"):
        sharing.end(share, ShareEnd.HANDED_OVER, by=by, at=at)


def ask_lead(transfer: CaseTransfer, title: str, *, by: Actor, at: datetime) -> None:
    """A task for who leads the case, for tomorrow."""
    wanted = tasks.Wanted(title[:200], at.date() + timedelta(days=1), transfer.case.lead_id, About(tuple(transfer.persons)))
    tasks.make(wanted, case=transfer.case, by=by, at=at)


# ---------- what they have in common ----------


class _Changed(Conflict):
    """Somebody else worked on the draft since the page was opened."""

    def __init__(self, changes: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(_("Diese Fallübergabe wurde inzwischen von jemand anderem geändert."), tuple(changes))


def _locked(transfer: CaseTransfer) -> CaseTransfer:
    return CaseTransfer.objects.select_for_update(of=("self",)).select_related("case", "recipient").get(id=transfer.id)


def _draft(transfer: CaseTransfer, seen_version: int, changes: Sequence[tuple[str, str, str]]) -> CaseTransfer:
    found = _locked(transfer)
    if found.state != TransferState.DRAFT:
        raise Conflict(_("Diese Fallübergabe ist schon gesendet oder beendet."))
    if found.version != seen_version:
        raise _Changed([change for change in changes if change[1] != change[2]])
    return found


def _line_differences(before: Hers, after: Hers) -> list[tuple[str, str, str]]:
    old, new = dict(before.lines), dict(after.lines)
    return [(str(DataClass(code).label), old.get(code, ""), new.get(code, "")) for code in dict.fromkeys((*old, *new))]


def _save(transfer: CaseTransfer, at: datetime) -> None:
    transfer.version += 1
    transfer.save()
    _told(transfer, at)


def _told(transfer: CaseTransfer, at: datetime) -> None:
    tell(transfer.case, kind=EntryKind.TRANSFER, about=transfer.id, at=at, persons=transfer.persons, confidential=transfer.confidential)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"
