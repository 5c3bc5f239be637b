"""Kalender abonnieren: a private address per membership, shown once; only the hash of its token is kept."""

import base64
import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from faden.cases.models import CalendarFeed
from faden.cases.vocabulary.appointment import FEED_MADE, FEED_REVOKED
from faden.kernel import audit
from faden.kernel.actor import Actor


def make(*, by: Actor, at: datetime) -> str:
    """A new address; the one before it ends. The token is told once, here."""
    revoke(by=by, at=at)
    token = secrets.token_bytes(32)
    feed = CalendarFeed.objects.create(
        organisation_id=by.organisation_id,
        membership_id=UUID(by.membership_id),
        token_hash=hashlib.sha256(token).digest(),
        made_at=at,
    )
    audit.note(FEED_MADE, by=by, at=at, feed=str(feed.id))
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def revoke(*, by: Actor, at: datetime) -> None:
    """The address does not count any more."""
    found = CalendarFeed.objects.filter(membership_id=by.membership_id, revoked_at=None)
    if found.update(revoked_at=at):
        audit.note(FEED_REVOKED, by=by, at=at)
