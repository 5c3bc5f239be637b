"""The private calendar feed: whose an address is, and what stands in it. Nothing of anybody but the worker's own hours."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, CalendarFeed
from faden.cases.vocabulary.appointment import AppointmentKind
from faden.kernel.keys import keyring
from faden.organisations.queries.memberships import address_of

_LENGTH = 43  # 32 bytes in base64 without padding
BACK, AHEAD = timedelta(days=30), timedelta(days=366)
# Where the worker is, as far as a telephone on a table may tell it.
_AT_THE_DESK = frozenset({AppointmentKind.OFFICE, AppointmentKind.PHONE, AppointmentKind.VIDEO})


@dataclass(frozen=True)
class Busy:
    """One entry: a name that stays the same when it moves and is no row's id, how often it moved, when, a word."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    word: str


def behind(token: str) -> tuple[UUID, int] | None:
    """The membership and the service of a calendar address, before any service is known; None for all others."""
    try:
        raw = base64.b64decode(f"{token}=", altchars=b"-_", validate=True) if len(token) == _LENGTH else b""
    except (binascii.Error, ValueError):
        raw = b""
    # What is no token is looked up like one: no answer takes another way than the next.
    with connection.cursor() as cursor:
        cursor.execute("SELECT membership, organisation FROM resolve_calendar(%s)", [hashlib.sha256(raw).digest()])
        return cursor.fetchone()


def entries_of(membership_id: UUID, *, on: date, now: datetime) -> list[Busy] | None:
    """A month back and a year ahead; None for who does not work here any more. Two statements."""
    if not address_of(membership_id, on=on):
        return None
    found = Appointment.objects.filter(
        host_id=membership_id, starts_at__gte=now - BACK, starts_at__lt=now + AHEAD, dropped_because=""
    )
    secret = keyring().secret_for("calendar")
    rows = found.order_by("starts_at", "id").values_list("id", "version", "starts_at", "ends_at", "kind")
    return [
        Busy(_uid(row_id, secret), version - 1, starts, ends, _word(kind))
        for row_id, version, starts, ends, kind in rows
    ]


def _uid(row_id: UUID, secret: bytes) -> str:
    return hmac.new(secret, row_id.bytes, "sha256").hexdigest()[:40]


def _word(kind: str) -> str:
    return _("Termin im Büro") if kind in _AT_THE_DESK else _("Termin außer Haus")


def made_at(membership_id: UUID) -> datetime | None:
    """Since when the present address counts; None where there is none. One statement."""
    found = CalendarFeed.objects.filter(membership_id=membership_id, revoked_at=None)
    return found.values_list("made_at", flat=True).first()
