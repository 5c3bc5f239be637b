"""Anfragen an die Behörde: sent on a consent or taken along by her, taken back; the receipt of an application noted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.by_law import note_release
from faden.cases.models import Case
from faden.cases.queries.members import person_here
from faden.consents import policies
from faden.consents.actions import releases
from faden.consents.actions.releases import Told
from faden.consents.queries.grounds import consent_of
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel, DeliveryKind, ReleaseEnd
from faden.documents.actions.letter_checks import check_words
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations.queries.recipients import Recipient
from faden.organisations.queries.services import offices_that_read_clients
from faden.residence.models import OfficeRequest
from faden.residence.rules.requests import is_mixed
from faden.residence.vocabulary import (
    OFFICE_ASKED,
    OFFICE_RECEIPT_NOTED,
    OFFICE_REQUEST_ENDED,
    ReceiptKind,
    RequestKind,
    RequestState,
)

# An office takes its time: so long it may look, unless the consent ends before.
LOOKS_FOR = timedelta(days=180)
WAYS = (Channel.INBOX, Channel.LETTER, Channel.CARRIED)


@dataclass(frozen=True)
class Asked:
    """What goes to which office, on what; without a consent only she herself takes it there."""

    kind: RequestKind
    paths: tuple[str, ...]
    person_id: UUID
    recipient: Recipient
    channel: Channel
    content: Content
    consent_id: UUID | None = None
    until: date | None = None  # the last day of the consent and of the release of our staff
    filed_on: date | None = None


def send(asked: Asked, *, case: Case, by: Actor, at: datetime, today: date) -> OfficeRequest:
    """One Weitergabe of exactly what was ticked; its line in the history, its row in the register."""
    _check(asked, case, today)
    check_words(asked.content.words, case=case)
    made = note_release(case, _told(asked, today), confidential=False, by=by, at=at, today=today)
    request = OfficeRequest.objects.create(
        organisation_id=by.organisation_id, case=case, person_id=asked.person_id, kind=asked.kind, paths=list(asked.paths), release=made,
        filed_on=asked.filed_on, state_at=at, sent_at=at, sent_by=by.person, **asked.recipient.columns,
    )  # fmt: skip
    audit.note(OFFICE_ASKED, by=by, at=at, subject=case.id, request=str(request.id), kind=asked.kind, channel=asked.channel)
    return request


def _check(asked: Asked, case: Case, today: date) -> None:
    person_here(case, asked.person_id)
    if not asked.paths:
        raise Invalid(_("Bitte wählen Sie mindestens einen Weg."), "paths")
    if is_mixed(asked.paths):
        raise Invalid(_("Über die Einbürgerung entscheidet eine andere Behörde. Bitte machen Sie daraus zwei Anfragen."), "paths")
    if asked.kind == RequestKind.COVER and asked.filed_on is None:
        raise Invalid(_("Bitte schreiben Sie, wann der Antrag gestellt ist."), "filed_on")
    if asked.kind == RequestKind.PRELIMINARY and asked.filed_on is not None:
        raise Invalid(_("Eine Voranfrage ist kein Antrag."), "filed_on")
    if asked.filed_on and asked.filed_on > today:
        raise Invalid(_("Dieser Tag liegt in der Zukunft. Ein Begleitschreiben geht mit dem Antrag hinaus."), "filed_on")
    if asked.channel == Channel.INBOX and asked.recipient.organisation_id not in offices_that_read_clients(on=today):
        raise Invalid(_("In dieser Behörde liest niemand Anfragen über Faden. Bitte wählen Sie den Brief, oder die Person nimmt das Blatt mit."), "way")
    if asked.channel not in WAYS or (asked.channel == Channel.CARRIED) == (asked.consent_id is not None):
        raise Invalid(_("Ohne Einwilligung nimmt die Person das Blatt selbst mit; mit ihr geht es über Faden oder als Brief."), "way")


def _told(asked: Asked, today: date) -> Told:
    consent = consent_of(asked.person_id, asked.consent_id) if asked.consent_id else None
    told = Told(
        DeliveryKind.RESIDENCE, asked.recipient, asked.channel, consent.purpose if consent else asked.content.title, asked.content,
        min([today + LOOKS_FOR, *filter(None, [asked.until])]), person_id=asked.person_id, consent=consent,
    )  # fmt: skip
    # Said while the form is still open; the Weitergabe itself asks again.
    if not (verdict := policies.may_release(told.wanted, consent=consent, lawful=None, on=today)):
        raise Invalid(verdict.reason, "way")
    return told


def withdraw(request: OfficeRequest, *, seen_version: int, by: Actor, at: datetime) -> OfficeRequest:
    """She does not want it any more: the office reads nothing of it from now on."""
    request = _locked(request, seen_version)
    if request.state == RequestState.ENDED:
        return request
    releases.end(request.release, ReleaseEnd.RECALLED, by=by, at=at)
    return _ended(request, by=by, at=at)


def note_receipt(
    request: OfficeRequest, receipt: ReceiptKind, *, on: date, seen_version: int, by: Actor, at: datetime, today: date
) -> OfficeRequest:
    """How it can be shown that the application arrived, and when."""
    request = _locked(request, seen_version)
    if request.kind != RequestKind.COVER or request.filed_on is None:
        raise Invalid(_("Nur der Eingang eines Antrags wird belegt."))
    if not request.filed_on <= on <= today:
        raise Invalid(_("Der Eingang liegt zwischen dem Tag des Antrags und heute."), "receipt_on")
    request.receipt, request.receipt_on, request.version = receipt, on, request.version + 1
    request.save(update_fields=["receipt", "receipt_on", "version"])
    audit.note(OFFICE_RECEIPT_NOTED, by=by, at=at, subject=request.case_id, request=str(request.id), receipt=receipt)
    return request


def end_on(consent_id: UUID, *, by: Actor, at: datetime) -> None:
    """The consent has ended, and with it each copy: what went out on it is over."""
    for request in OfficeRequest.objects.filter(release__consent=consent_id).exclude(state=RequestState.ENDED).order_by("id"):
        _ended(request, by=by, at=at)


def end_all_for(case: Case, *, by: Actor, at: datetime) -> None:
    """The case closes: nobody reads an answer any more."""
    found = OfficeRequest.objects.filter(case=case).exclude(state=RequestState.ENDED).select_related("release").order_by("sent_at", "id")
    for request in found:
        releases.end(request.release, ReleaseEnd.DONE, by=by, at=at)
        _ended(request, by=by, at=at)


def request_of(case: Case, request_id: UUID) -> OfficeRequest:
    """One of this case."""
    found = OfficeRequest.objects.select_related("case", "release").filter(case=case, id=request_id).first()
    if found is None:
        raise NotFound(_("Diese Anfrage gibt es hier nicht."))
    return found


def _ended(request: OfficeRequest, *, by: Actor, at: datetime) -> OfficeRequest:
    request.state, request.state_at, request.version = RequestState.ENDED, at, request.version + 1
    request.save(update_fields=["state", "state_at", "version"])
    audit.note(OFFICE_REQUEST_ENDED, by=by, at=at, subject=request.case_id, request=str(request.id))
    return request


def _locked(request: OfficeRequest, seen_version: int) -> OfficeRequest:
    found = OfficeRequest.objects.select_for_update(of=("self",)).select_related("case", "release").get(id=request.id)
    if found.version != seen_version:
        theirs = ((str(_("Stand")), str(RequestState(found.state).label), ""),)
        raise Conflict(_("Diese Anfrage hat sich inzwischen geändert."), theirs)
    return found
