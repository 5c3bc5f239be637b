"""Replies that wait to be taken up."""

import json
from datetime import datetime
from uuid import UUID

from faden.consents.models import Reply


def reply_to_take(reply_id: UUID) -> Reply | None:
    """Locked for whoever takes it; None if somebody has."""
    waiting = Reply.objects.select_for_update(of=("self",)).select_related("release")
    return waiting.filter(id=reply_id, taken_at__isnull=True).first()


def replies_waiting(*, before: datetime, at_most: int = 500) -> list[UUID]:
    """Nobody has taken them up, though their job has had its time; the oldest first. One statement."""
    found = Reply.objects.filter(taken_at__isnull=True, replied_at__lt=before)
    return list(found.order_by("replied_at", "id").values_list("id", flat=True)[:at_most])


def says_erasure(reply: Reply) -> bool:
    """What a recipient decided about its own copy after the end."""
    return bool(json.loads(reply.content).get("what") == "erasure")
