"""Weitergabe: the only way anything leaves a service."""

import json
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.consents import policies
from faden.consents.models import Consent, ConsentWithdrawal, Delivery, Release
from faden.consents.vocabulary import (
    CONSENT_WITHDRAWN,
    CONSENTED,
    DELIVERY_FILED,
    RELEASE_ENDED,
    RELEASED,
    EndReason,
    Ground,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.kernel.fields import EncryptedTextField
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.kernel.queue import enqueue
from faden.organisations.models import Organisation
from faden.persons.models import Person


def note_consent(  # noqa: PLR0913 -- what a consent has to name
    *,
    person: Person,
    recipient: Organisation,
    purpose: str,
    data_classes: list[str],
    given_on: date,
    valid_until: date,
    language: str,
    text_version: str,
    given_how: str,
    represented_by: tuple[UUID, ...] = (),
    own_agreement: bool = True,
    by: Actor,
    at: datetime,
) -> Consent:
    """Record that a person, or a minor's representatives, allow one recipient to be told named data for one purpose."""
    if not own_agreement and not represented_by:
        raise Invalid(_("Bitte wählen Sie, wer die Einwilligung gegeben hat."), "represented_by")
    consent = Consent.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        recipient=recipient,
        purpose=purpose,
        data_classes=data_classes,
        given_on=given_on,
        valid_until=valid_until,
        language=language,
        text_version=text_version,
        given_how=given_how,
        represented_by=list(represented_by),
        own_agreement=own_agreement,
        noted_by=by.person,
    )
    audit.note(CONSENTED, by=by, at=at, subject=consent.id, recipient=recipient.id)
    return consent


def release_by_consent(  # noqa: PLR0913 -- what a release has to name
    *,
    consent: Consent,
    content: dict[str, object],
    data_classes: list[str],
    purpose: str,
    until: date,
    by: Actor,
    at: datetime,
    today: date,
) -> Release:
    """Deliver named data to the consent's recipient; the database checks ground and person again."""
    policies.may_release(
        consent,
        person_id=consent.person_id,
        recipient_id=consent.recipient_id,
        data_classes=data_classes,
        until=until,
        on=today,
    ).require()
    release = Release.objects.create(
        organisation_id=by.organisation_id,
        person_id=consent.person_id,
        consent=consent,
        recipient_id=consent.recipient_id,
        ground=Ground.CONSENT,
        purpose=purpose,
        data_classes=data_classes,
        valid_until=until,
        delivery_id=uuid7(),
        released_at=at,
        released_by=by.person,
    )
    _deliver(release, content)
    audit.note(RELEASED, by=by, at=at, subject=release.id, recipient=release.recipient_id)
    enqueue("deliveries.announce", by=by, release_id=release.id)
    return release


def _deliver(release: Release, content: dict[str, object]) -> None:
    field = Delivery._meta.get_field("content")
    assert isinstance(field, EncryptedTextField)
    # Sealed for the recipient's row, which this service can never read again.
    sealed = keyring().seal(
        json.dumps(content).encode(), bound_to=field.bound_to(Delivery(id=release.delivery_id))
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT deliver_release(%s, %s)", [release.id, sealed])


def withdraw(
    consent: Consent, *, because: EndReason = EndReason.WITHDRAWN, by: Actor, at: datetime
) -> dict[str, str]:
    """End a consent and, in the same transaction, every copy delivered on it.

    Returns release id -> "ended" (Einsicht ended) or "filed" (the recipient keeps it, was told).
    """
    ConsentWithdrawal.objects.create(
        organisation_id=by.organisation_id,
        consent=consent,
        withdrawn_at=at,
        withdrawn_by=by.user_id,
        because=because,
    )
    outcomes = {}
    for release in Release.objects.filter(consent=consent):
        with connection.cursor() as cursor:
            cursor.execute("SELECT end_delivery(%s)", [release.id])
            outcomes[str(release.id)] = str(cursor.fetchone()[0])
        audit.note(RELEASE_ENDED, by=by, at=at, subject=release.id)
    audit.note(CONSENT_WITHDRAWN, by=by, at=at, subject=consent.id)
    enqueue("consents.withdrawn", by=by, consent_id=consent.id)
    return outcomes


def take_to_file(delivery_id: UUID, *, by: Actor, at: datetime) -> None:
    """The recipient declares the copy part of its own file: it becomes controller of it."""
    taken = Delivery.objects.filter(id=delivery_id, filed_at__isnull=True).update(
        filed_at=at, filed_by=by.person
    )
    if not taken:
        raise NotFound(_("Diese Zustellung gibt es hier nicht."))
    audit.note(DELIVERY_FILED, by=by, at=at, subject=delivery_id)  # type: ignore[arg-type]
