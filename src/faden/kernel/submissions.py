"""A form counts once: the second press of the button gets the first result."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict
from faden.kernel.identifiers import uuid7


def claim(key: UUID, *, digest: bytes, by: Actor, at: datetime) -> str | None:
    """Take the key in this transaction; None when it is ours, else where the first send led to.

    Other words under a key that was used (after "back") are a Conflict: nothing is lost unseen.
    A second sender waits here until the first has committed, so two at once cannot both pass.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_submission (id, organisation_id, key, user_id, sent_at, digest, result)"
            " VALUES (%s, %s, %s, %s, %s, %s, '') ON CONFLICT (organisation_id, key) DO NOTHING",
            [uuid7(), by.organisation_id, key, by.user_id, at, digest],
        )
        if cursor.rowcount:
            return None
        cursor.execute("SELECT user_id, digest, result FROM kernel_submission WHERE key = %s", [key])
        user_id, sent, result = cursor.fetchone()
    if bytes(sent) != digest:
        raise Conflict(
            _(
                "Dieses Formular haben Sie schon gesendet. Was Sie danach geändert haben, ist noch nicht gespeichert."
            )
        )
    return result if user_id == by.user_id else "/"


def keep_result(key: UUID, result: str) -> None:
    """Remember where the first send led to."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_submission SET result = %s WHERE key = %s", [result[:300], key])


def forget_before(moment: datetime) -> int:
    """Nightly: old keys go; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_submission WHERE sent_at < %s", [moment])
        return cursor.rowcount
