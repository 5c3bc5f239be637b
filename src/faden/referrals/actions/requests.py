"""Anfrage an KIM: sent to the service competent for the town, taken up there, and three states back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.cases.actions import inquiries
from faden.cases.actions.inquiries import Asked
from faden.cases.models import Inquiry
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.fields import EncryptedTextField
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.organisations.queries.services import integration_centre_of
from faden.referrals.models import IncomingRequest, SentRequest
from faden.referrals.queries.requests import competent_for
from faden.referrals.vocabulary import (
    REQUEST_ANSWERED,
    REQUEST_FORGOTTEN,
    REQUEST_NOTED,
    REQUEST_SENT,
    REQUEST_TAKEN,
    RequestState,
)


@dataclass(frozen=True)
class Asking:
    """What an Anfrage says. There is no field for somebody's residence status, and nobody has to know it."""

    sent_from: str
    municipality: str
    topics: tuple[str, ...]
    reach: str
    agreed: bool
    language: str = ""
    needs_interpreter: bool = False
    words: str = ""

    def checked(self) -> None:
        """Nobody is sent against her will."""
        if not self.agreed:
            raise Invalid(_("Ohne das Einverständnis der Person geht keine Anfrage hinaus."), "agreed")


def send(asking: Asking, *, own_sign: str, by: Actor, at: datetime, today: date) -> SentRequest:
    """To the service competent on this day; the sender keeps no name of anybody."""
    asking.checked()
    if competent_for(asking.municipality, on=today) is None:
        raise Invalid(_nobody(asking.municipality), "municipality")
    row = IncomingRequest(id=uuid7())
    values: list[UUID | str | bool | bytes | list[str] | None] = [
        row.id, asking.municipality, asking.sent_from, list(asking.topics), asking.language, asking.needs_interpreter,
        _sealed(row, "reach", asking.reach), _sealed(row, "words", asking.words),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT submit_request(%s, %s, %s, %s::text[], %s, %s, %s, %s)", values)
        to = int(cursor.fetchone()[0])
    sent = SentRequest.objects.create(
        organisation_id=by.organisation_id, request_id=row.id, municipality_id=asking.municipality, to_id=to,
        topics=list(asking.topics), own_sign=own_sign, state_at=at, sent_at=at, sent_by=by.person,
    )  # fmt: skip
    audit.note(REQUEST_SENT, by=by, at=at, subject=sent.id)
    return sent


def _nobody(ags: str) -> str:
    """Who else can help: the integration centre of the town's county, where it is known here."""
    centre = integration_centre_of(ags)
    if centre:
        return _("Für diese Stadt ist hier kein Case Management eingetragen. Bitte wenden Sie sich an: %(centre)s.") % {"centre": centre}
    return _(
        "Für diese Stadt ist hier kein Case Management eingetragen. Bitte wenden Sie sich an das Kommunale"
        " Integrationszentrum des Kreises oder der kreisfreien Stadt, in der die Person wohnt."
    )


def _sealed(row: IncomingRequest, name: str, text: str) -> bytes | None:
    field = IncomingRequest._meta.get_field(name)
    assert isinstance(field, EncryptedTextField)
    # Sealed for the competent service's row, which the sender can never read.
    return keyring().seal(text.encode(), bound_to=field.bound_to(row)) if text else None


# ---------- at the competent service ----------


def note_paper(asking: Asking, *, sender_name: str, by: Actor, at: datetime) -> IncomingRequest:
    """It came as a sheet filled in by hand; its sender has no account and is answered by telephone."""
    asking.checked()
    row = IncomingRequest.objects.create(
        organisation_id=by.organisation_id, sender_name=sender_name, sent_from=asking.sent_from,
        municipality_id=asking.municipality, topics=list(asking.topics), language=asking.language,
        needs_interpreter=asking.needs_interpreter, reach=asking.reach, words=asking.words or None, agreed=True, arrived_at=at,
    )  # fmt: skip
    audit.note(REQUEST_NOTED, by=by, at=at, subject=row.id)
    return row


def take_up(request_id: UUID, asked: Asked, *, by: Actor, at: datetime) -> Inquiry:
    """It becomes an Anfrage of this service, once; its sender is told nothing of it."""
    row = _locked(request_id)
    if row.inquiry_id:
        raise Conflict(_("Diese Anfrage hat inzwischen jemand aufgenommen."))
    inquiry = inquiries.take(asked, under=None, by=by, at=at)
    row.inquiry = inquiry
    row.save(update_fields=["inquiry"])
    audit.note(REQUEST_TAKEN, by=by, at=at, subject=row.id, inquiry=str(inquiry.id))
    return inquiry


def answer(
    request_id: UUID, state: RequestState, *, passed_to: str = "", seen: str, by: Actor, at: datetime
) -> IncomingRequest:
    """One of two answers; the sender sees the state and nothing else."""
    row = _locked(request_id)
    if row.state != seen:
        theirs = ((str(_("Antwort")), str(RequestState(row.state).label), str(state.label)),)
        raise Conflict(_("Diese Anfrage hat inzwischen jemand beantwortet."), theirs)
    if state == RequestState.ARRIVED:
        raise Invalid(_("Bitte wählen Sie eine Antwort."), "state")
    if state == RequestState.NOT_COMPETENT and not passed_to:
        raise Invalid(_("Bitte schreiben Sie, wer zuständig ist."), "passed_to")
    row.state, row.answered_at, row.answered_by = state, at, by.person
    row.passed_to = passed_to if state == RequestState.NOT_COMPETENT else ""
    row.save(update_fields=["state", "answered_at", "answered_by", "passed_to"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT tell_request_state(%s)", [row.id])
    audit.note(REQUEST_ANSWERED, by=by, at=at, subject=row.id, state=state)
    return row


def forget(request_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nightly: after 90 days nobody needs to be reached by it any more; town, topics and answer stay counted."""
    row = _locked(request_id)
    if row.forgotten_on:
        return
    row.reach, row.words, row.forgotten_on = "", None, at.astimezone(BERLIN).date()
    row.save(update_fields=["reach", "words", "forgotten_on"])
    audit.note(REQUEST_FORGOTTEN, by=by, at=at, subject=row.id)


def _locked(request_id: UUID) -> IncomingRequest:
    row = IncomingRequest.objects.select_for_update(of=("self",)).filter(id=request_id).first()
    if row is None:
        raise NotFound(_("Diese Anfrage gibt es hier nicht."))
    return row
