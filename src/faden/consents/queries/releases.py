"""What was delivered to this service: the list, one of them, its content."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.consents.models import Delivery
from faden.consents.vocabulary import DataClass
from faden.kernel.errors import NotFound


@dataclass(frozen=True)
class Delivered:
    """A copy that was delivered here, without its content."""

    id: UUID
    sender: str
    purpose: str
    ground: str
    data_classes: list[str]
    delivered_at: datetime
    valid_until: date
    filed_at: datetime | None
    ended_at: datetime | None


def deliveries() -> list[Delivered]:
    """What this service may see now, the newest first; what has ended is not among the rows."""
    found = Delivery.objects.select_related("sender").defer("content").order_by("-delivered_at")
    return [_as_delivered(delivery) for delivery in found]


def delivery(delivery_id: UUID) -> Delivered:
    """One of them, without its content."""
    return _as_delivered(_one(delivery_id))


def content_of(delivery_id: UUID) -> list[tuple[str, list[str]]]:
    """What was delivered, as words and their values in the sender's order."""
    content = json.loads(_one(delivery_id).content)
    return [(str(word), _lines(value)) for word, value in content.items()]


def _one(delivery_id: UUID) -> Delivery:
    found = Delivery.objects.select_related("sender").filter(id=delivery_id).first()
    if found is None:
        # Never delivered here, run out, ended: the same answer.
        raise NotFound(_("Diese Zustellung gibt es hier nicht, oder sie ist beendet."))
    return found


def _lines(value: object) -> list[str]:
    if isinstance(value, dict):
        return [f"{word}: {', '.join(_lines(part))}" for word, part in value.items()]
    if isinstance(value, list):
        return [", ".join(_lines(part)) for part in value]
    return ["" if value is None else str(value)]


def _as_delivered(found: Delivery) -> Delivered:
    return Delivered(
        found.id,
        found.sender.name,
        found.purpose,
        found.get_ground_display(),
        [str(DataClass(code).label) for code in found.data_classes],
        found.delivered_at,
        found.valid_until,
        found.filed_at,
        found.ended_at,
    )
