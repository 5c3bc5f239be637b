"""Whole blocks whose period is over: their rows go, their hash stays, and a signed deed says so."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from faden.kernel.actor import Actor
from faden.kernel.audit import event_parts, note, sign
from faden.kernel.models import AuditEvent, AuditExpiry
from faden.kernel.vocabulary import BLOCK_EXPIRED

SHORTEST_PERIOD = timedelta(days=365)


def expire(block_id: UUID, *, by: Actor, at: datetime) -> int:
    """Let the rows of one sealed block go; returns how many. The database refuses younger ones."""
    note(BLOCK_EXPIRED, by=by, at=at, subject=block_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_expire(%s)", [block_id])
        return int(cursor.fetchone()[0])


def expired_blocks() -> set[UUID]:
    """Blocks that may be without rows: their expiry was noted with our signature.

    The owner of the database can write an expiry, but not sign the deed. The deed itself goes after
    its period; an older expiry is believed when its block was old enough to go.
    """
    signed = {
        event.subject_id
        for event in AuditEvent.objects.filter(event=BLOCK_EXPIRED.code)
        if _is_genuine(event)
    }
    rows = AuditExpiry.objects.select_related("block")
    return {row.block_id for row in rows if row.block_id in signed or _is_long_ago(row)}


def _is_genuine(event: AuditEvent) -> bool:
    row = {name: getattr(event, name) for name in ("id", "organisation_id", "at", "user_id", "role")}
    row |= {name: getattr(event, name) for name in ("event", "subject_id", "details")}
    return hmac.compare_digest(sign(*event_parts(row)), bytes(event.mac))


def _is_long_ago(row: AuditExpiry) -> bool:
    newest = AuditEvent.objects.order_by("-at").values_list("at", flat=True).first()
    last = row.block.last_at
    if newest is None or last is None:
        return False
    return row.expired_at < newest - SHORTEST_PERIOD and last < row.expired_at - SHORTEST_PERIOD
