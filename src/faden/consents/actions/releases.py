"""Weitergabe: the only way anything leaves a service, and its end."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from faden.consents import policies
from faden.consents.actions import links
from faden.consents.models import Consent, Delivery, LawfulRelease, Release, ReleaseEnding
from faden.consents.rules.changes import changed_since
from faden.consents.rules.contents import Content, from_json, to_json
from faden.consents.rules.releases import Wanted
from faden.consents.vocabulary import (
    DELIVERY_FILED,
    ERASURE_DECIDED,
    RELEASE_ENDED,
    RELEASED,
    Channel,
    DeliveryKind,
    Erasure,
    Ground,
    Outcome,
    ReleaseEnd,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotAllowed, NotFound
from faden.kernel.fields import EncryptedTextField
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.kernel.queue import enqueue
from faden.organisations.queries.recipients import Recipient

WITHDRAWN_MEANWHILE = "FD013"


@dataclass(frozen=True)
class Told:
    """A Weitergabe as it is wanted; exactly one of `consent` and `lawful` where the ground asks for it."""

    kind: DeliveryKind
    recipient: Recipient
    channel: Channel
    purpose: str
    content: Content
    until: date
    person_id: UUID | None = None
    consent: Consent | None = None
    lawful: LawfulRelease | None = None
    supersedes: Release | None = None
    begun_by: int | None = None  # a running Weitergabe goes on in the name of who began it, also where a job delivers

    @property
    def ground(self) -> Ground:
        """What it rests on."""
        if self.consent:
            return Ground.CONSENT
        if self.lawful:
            return Ground.LAW
        return Ground.CARRIED if self.channel == Channel.CARRIED and self.person_id else Ground.NO_PERSON

    @property
    def wanted(self) -> Wanted:
        """As the rules see it."""
        return Wanted(
            self.kind, self.person_id, self.recipient.key, self.recipient.decides_about_stay,
            frozenset(self.content.data_classes), self.channel, self.until,
        )  # fmt: skip


def release(told: Told, *, by: Actor, at: datetime, today: date) -> Release:
    """Record it, and deliver the copy where there is an inbox; the database checks ground and person again.

    A link is a second step (`links.open_for`): its token and code are told once and kept nowhere.
    """
    _reachable(told)
    policies.may_release(told.wanted, consent=told.consent, lawful=told.lawful, on=today).require()
    text = to_json(_with_changes(told))
    made = _registered(
        organisation_id=by.organisation_id,
        person_id=told.person_id,
        kind=told.kind,
        ground=told.ground,
        consent=told.consent,
        lawful=told.lawful,
        purpose=told.purpose,
        data_classes=list(told.content.data_classes),
        content=text,
        channel=told.channel,
        valid_until=told.until,
        number=told.supersedes.number + 1 if told.supersedes else 1,
        supersedes=told.supersedes,
        delivery_id=uuid7() if told.channel in (Channel.INBOX, Channel.LINK) else None,
        released_at=at,
        released_by=told.begun_by or by.person,
        **told.recipient.columns,
    )
    if told.channel == Channel.INBOX:
        _deliver(made, text)
    audit.note(RELEASED, by=by, at=at, subject=made.id, channel=told.channel, ground=told.ground)
    if told.supersedes:
        end(told.supersedes, ReleaseEnd.SUPERSEDED, by=by, at=at)
    if told.channel == Channel.INBOX:
        enqueue("deliveries.announce", by=by, release_id=made.id)
    return made


def _registered(**columns: Any) -> Release:
    """Its row; the database holds the ground meanwhile, and refuses where it ended in this moment."""
    try:
        return Release.objects.create(**columns)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != WITHDRAWN_MEANWHILE:
            raise
        raise NotAllowed(str(policies.AGAINST_RELEASE["withdrawn"])) from error


def _with_changes(told: Told) -> Content:
    """A later copy says what is different from the one before."""
    before = told.supersedes.content if told.supersedes else None
    return changed_since(from_json(before), told.content) if before else told.content


def _reachable(told: Told) -> None:
    if told.channel == Channel.INBOX and not told.recipient.has_account:
        raise Invalid(_("Diese Stelle hat kein Postfach in Faden. Bitte wählen Sie einen anderen Weg."), "channel")
    if told.channel == Channel.FAX and not settings.FADEN.fax:
        raise Invalid(_("Fax ist in dieser Installation ausgeschaltet. Bitte wählen Sie einen anderen Weg."), "channel")
    if told.channel == Channel.LINK and (told.recipient.has_account or not told.recipient.email):
        raise Invalid(_("Einen Link bekommt nur eine Stelle ohne Postfach, deren E-Mail-Adresse im Adressbuch steht."), "channel")


def _deliver(made: Release, text: str) -> None:
    assert made.delivery_id
    field = Delivery._meta.get_field("content")
    assert isinstance(field, EncryptedTextField)
    # Sealed for the recipient's row, which this service can never read again.
    sealed = keyring().seal(text.encode(), bound_to=field.bound_to(Delivery(id=made.delivery_id)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT deliver_release(%s, %s)", [made.id, sealed])


def end(made: Release, because: ReleaseEnd, *, by: Actor, at: datetime) -> Outcome:
    """It is over, on every channel in this transaction; what became of the copy. Ending it twice changes nothing."""
    ended = ReleaseEnding.objects.filter(release=made).first()
    if ended:
        return Outcome(ended.outcome)
    outcome = _ended_copy(made, because, at)
    ReleaseEnding.objects.create(
        organisation_id=by.organisation_id, release=made, because=because, outcome=outcome, ended_at=at, ended_by=by.user_id
    )
    audit.note(RELEASE_ENDED, by=by, at=at, subject=made.id, because=because, outcome=outcome)
    if made.channel == Channel.INBOX and because != ReleaseEnd.SUPERSEDED:
        # What lies in the recipient's own file asks for a decision now.
        enqueue("deliveries.announce", by=by, release_id=made.id)
    return outcome


def _ended_copy(made: Release, because: ReleaseEnd, at: datetime) -> Outcome:
    if made.channel == Channel.INBOX:
        with connection.cursor() as cursor:
            cursor.execute("SELECT end_delivery(%s, %s)", [made.id, because])
            return Outcome(cursor.fetchone()[0])
    if made.channel == Channel.LINK:
        return Outcome.ENDED if links.close(made, at=at) else Outcome.OVER
    return Outcome.OUT_OF_REACH


def end_all_on(consent: Consent, because: ReleaseEnd, *, by: Actor, at: datetime) -> dict[UUID, Outcome]:
    """Everything that went out on a consent; release -> what became of the copy."""
    open_ones = Release.objects.filter(consent=consent, endings__isnull=True).order_by("released_at")
    outcomes = {made.id: end(made, because, by=by, at=at) for made in open_ones}
    enqueue("consents.ended", by=by, consent_id=consent.id)
    return outcomes


def expire(*, on: date, by: Actor, at: datetime, at_most: int = 500) -> int:
    """The night says what held since midnight: whose last day has passed is over; returns how many."""
    passed = Release.objects.filter(valid_until__lt=on, endings__isnull=True).order_by("id")[:at_most]
    rows = list(passed)
    for made in rows:
        end(made, ReleaseEnd.EXPIRED, by=by, at=at)
    return len(rows)


# ---------- the recipient ----------


def take_to_file(delivery_id: UUID, *, by: Actor, at: datetime) -> None:
    """The recipient declares the copy part of its own file: it becomes controller of it."""
    taken = Delivery.objects.filter(id=delivery_id, filed_at__isnull=True, ended_at__isnull=True).update(
        filed_at=at, filed_by=by.person
    )
    if not taken:
        raise NotFound(_("Diese Zustellung gibt es hier nicht, oder sie ist beendet."))
    audit.note(DELIVERY_FILED, by=by, at=at, subject=delivery_id)


def decide_erasure(delivery_id: UUID, decision: Erasure, *, words: str, by: Actor, at: datetime) -> None:
    """After the ground has ended the recipient says what became of its own copy; erased: the content goes."""
    copy = Delivery.objects.select_for_update().filter(id=delivery_id).first()
    if copy is None or copy.filed_at is None or copy.ended_at is None:
        raise NotFound(_("Hier ist nichts zu entscheiden."))
    if decision != Erasure.ERASED and not words:
        raise Invalid(_("Bitte schreiben Sie, warum die Angaben bleiben."), "words")
    copy.erasure, copy.erasure_words, copy.erasure_at, copy.erasure_by = decision, words, at, by.person
    fields = ["erasure", "erasure_words", "erasure_at", "erasure_by"]
    if decision == Erasure.ERASED:
        copy.content = None
        fields.append("content")
    copy.save(update_fields=fields)
    audit.note(ERASURE_DECIDED, by=by, at=at, subject=delivery_id, decision=decision)
