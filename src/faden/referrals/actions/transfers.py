"""Fallübergabe at the old service: prepared, described, each open part placed, sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.consents.actions import releases
from faden.consents.actions.releases import Told
from faden.consents.models import Consent
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind
from faden.documents.actions.letter_checks import check_words
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.queries.recipients import Recipient, as_recipient
from faden.referrals.actions.transfer_ends import STANDING, end_shares, in_history, locked, save
from faden.referrals.models import CaseTransfer, LoosePart, TransferRelease
from faden.referrals.queries import transfers as queries
from faden.referrals.queries.loose_parts import names_in_case, names_of_others
from faden.referrals.queries.transfer_rows import Goer
from faden.referrals.queries.transfers import Planned
from faden.referrals.rules.transfers import Hers, Placed, from_text, to_text
from faden.referrals.vocabulary import (
    TRANSFER_CHANGED,
    TRANSFER_DAYS,
    TRANSFER_PREPARED,
    TRANSFER_SENT,
    GoesTo,
    TransferReason,
    TransferState,
)


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
    if CaseTransfer.objects.filter(case=case, state__in=STANDING).exists():
        raise Invalid(_("Für diesen Fall gibt es schon eine Fallübergabe."))
    transfer = CaseTransfer.objects.create(
        organisation_id=by.organisation_id, case=case, recipient_id=recipient_id, reason=TransferReason(frame.reason),
        overlap_until=frame.overlap_until, together_on=frame.together_on, prepared_at=at, prepared_by=by.person,
        **checked(About(frame.persons), case=case),
    )  # fmt: skip
    in_history(transfer, at)
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
    save(transfer, at)
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
    save(transfer, at)
    audit.note(TRANSFER_CHANGED, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), what="summary", person=str(person_id))
    return transfer


def place(
    transfer: CaseTransfer, placed: Mapping[tuple[str, UUID], Placed], *, seen_version: int, by: Actor, at: datetime
) -> CaseTransfer:
    """Say where open parts go. After the sending nothing more can go over: what they read stays as it was."""
    transfer = locked(transfer)
    if transfer.state not in STANDING:
        raise Conflict(_("Diese Fallübergabe ist inzwischen beendet."))
    if transfer.version != seen_version:
        raise _Changed(())
    gone_over = queries.placed_in(transfer) if transfer.state != TransferState.DRAFT else {}
    for key, where in placed.items():
        before = gone_over.get(key, Placed())
        if transfer.state != TransferState.DRAFT and where.goes_to == GoesTo.THEM != before.goes_to:
            raise Invalid(_("Die Übergabe ist schon gesendet. Was neu dazukommt, geht nicht mehr mit."), f"goes_{key[0]}-{key[1]}")
        _write(transfer, key, where, by=by)
    save(transfer, at)
    if transfer.state == TransferState.ACCEPTED:
        end_shares(transfer, by=by, at=at)
    audit.note(TRANSFER_CHANGED, by=by, at=at, subject=transfer.case_id, transfer=str(transfer.id), what="parts")
    return transfer


def send(transfer: CaseTransfer, *, seen: str, by: Actor, today: date, at: datetime) -> CaseTransfer:
    """One Weitergabe per person; everything that is open has a holder in the same transaction."""
    transfer = locked(transfer)
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
    save(transfer, at)
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


class _Changed(Conflict):
    """Somebody else worked on the draft since the page was opened."""

    def __init__(self, changes: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(_("Diese Fallübergabe wurde inzwischen von jemand anderem geändert."), tuple(changes))


def _draft(transfer: CaseTransfer, seen_version: int, changes: Sequence[tuple[str, str, str]]) -> CaseTransfer:
    found = locked(transfer)
    if found.state != TransferState.DRAFT:
        raise Conflict(_("Diese Fallübergabe ist schon gesendet oder beendet."))
    if found.version != seen_version:
        raise _Changed([change for change in changes if change[1] != change[2]])
    return found


def _line_differences(before: Hers, after: Hers) -> list[tuple[str, str, str]]:
    old, new = dict(before.lines), dict(after.lines)
    return [(str(DataClass(code).label), old.get(code, ""), new.get(code, "")) for code in dict.fromkeys((*old, *new))]


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"
