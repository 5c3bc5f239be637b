"""What was delivered to this service: one copy, its content, what came before it, and what has ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.consents.models import Delivery
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import DataClass, DeliveryKind, Ground, ReleaseEnd
from faden.kernel.errors import NotFound
from faden.organisations.models import Organisation


@dataclass(frozen=True)
class Delivered:
    """A copy that was delivered here, without its content."""

    id: UUID
    series_id: UUID
    kind: DeliveryKind
    sender: str
    sender_id: int
    purpose: str
    ground: Ground
    data_classes: list[str]
    number: int
    delivered_at: datetime
    valid_until: date
    filed_at: datetime | None
    filed_by: int | None
    ended_at: datetime | None
    because: str  # code of ReleaseEnd
    erasure: str
    erasure_words: str

    @property
    def is_over(self) -> bool:
        """Its ground has ended; a copy that was only replaced has not."""
        return self.ended_at is not None and self.because != ReleaseEnd.SUPERSEDED

    @property
    def waits_for_erasure(self) -> bool:
        """It is in our file, its ground has ended, and nobody has decided yet."""
        return bool(self.filed_at and self.is_over and not self.erasure)


@dataclass(frozen=True)
class EndedHere:
    """That something was delivered and is gone: nothing of it, and nobody's name."""

    kind: DeliveryKind
    sender: str
    delivered_at: datetime
    ended_at: datetime
    because: ReleaseEnd


def ended_here(*, kinds: Collection[DeliveryKind]) -> list[EndedHere]:
    """What of these kinds this service could read and cannot any more, without what it took to its file; two statements."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, sender_id, delivered_at, ended_at, because FROM ended_deliveries()")
        rows = [row for row in cursor.fetchall() if row[0] in kinds]
    names = dict(Organisation.objects.filter(id__in={row[1] for row in rows}).values_list("id", "name"))
    return [
        EndedHere(DeliveryKind(kind), names.get(sender, ""), delivered_at, ended_at, ReleaseEnd(because))
        for kind, sender, delivered_at, ended_at, because in rows
    ]


def standing_copy(delivery_id: UUID, *, kinds: Collection[DeliveryKind]) -> UUID:
    """The copy itself, or the one that has replaced it: an older link leads to what counts now. One statement, or three.

    `kinds`: what may be read; another is not there.
    """
    readable = Delivery.objects.filter(kind__in=kinds)
    if readable.filter(id=delivery_id).exists():
        return delivery_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT delivery_series(%s)", [delivery_id])
        series = cursor.fetchone()[0]
    rows = readable.filter(series_id=series).order_by("-number").values_list("id", flat=True)
    newest = rows.first() if series else None
    if newest is None:
        raise _gone()
    return newest


def other_copies(series_id: UUID, *, but: UUID) -> list[Delivered]:
    """Of the same Weitergabe: earlier ones in our own file, and the newest; one statement."""
    rows = Delivery.objects.select_related("sender").defer("content").filter(series_id=series_id)
    return [as_delivered(row) for row in rows.exclude(id=but).order_by("-number")]


def delivery(delivery_id: UUID) -> Delivered:
    """One of them, without its content."""
    return as_delivered(_one(delivery_id))


def content_of(delivery_id: UUID) -> Content:
    """What was delivered, as the sender saw it before it left."""
    text = _one(delivery_id).content
    if text is None:
        raise NotFound(_("Diese Angaben sind gelöscht."))
    return from_json(text)


def _one(delivery_id: UUID) -> Delivery:
    found = Delivery.objects.select_related("sender").filter(id=delivery_id).first()
    if found is None:
        raise _gone()
    return found


def _gone() -> NotFound:
    """Never delivered here, run out, ended: the same answer."""
    return NotFound(_("Diese Zustellung gibt es hier nicht, oder sie ist beendet."))


def as_delivered(found: Delivery) -> Delivered:
    """A row as others see it."""
    return Delivered(
        found.id, found.series_id, DeliveryKind(found.kind), found.sender.name, found.sender_id, found.purpose,
        Ground(found.ground), [str(DataClass(code).label) for code in found.data_classes], found.number,
        found.delivered_at, found.valid_until, found.filed_at, found.filed_by, found.ended_at, found.ended_because,
        found.erasure, found.erasure_words,
    )  # fmt: skip
