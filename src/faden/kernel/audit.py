"""Deeds and looks, written in the caller's transaction, signed row by row."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from faden.kernel.actor import Actor
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring

EVENTS: dict[str, "Event"] = {}


@dataclass(frozen=True)
class Event:
    """A kind of deed. The list is closed: each code is declared once, with its German sentence."""

    code: str
    sentence: object

    def __post_init__(self) -> None:
        if self.code in EVENTS:
            raise ValueError(f"event {self.code} is declared twice")
        EVENTS[self.code] = self


def canonical(*parts: object) -> bytes:
    """One unambiguous text for what a signature covers."""
    return json.dumps([None if p is None else str(p) for p in parts]).encode()


def sign(*parts: object) -> bytes:
    """HMAC-SHA256 with the key that is not in the database."""
    return hmac.new(keyring().audit, canonical(*parts), hashlib.sha256).digest()


def event_parts(row: dict[str, object]) -> tuple[object, ...]:
    """What the signature of a deed covers, in order."""
    details = json.dumps(row["details"], sort_keys=True)
    return (*_common(row), row["event"], row["subject_id"], details)


def look_parts(row: dict[str, object]) -> tuple[object, ...]:
    """What the signature of a look covers, in order."""
    shown = ",".join(map(str, row["shown"] or ()))  # type: ignore[call-overload]
    return (*_common(row), row["kind"], row["page"], row["purpose"], row["subject_id"], shown)


def _common(row: dict[str, object]) -> tuple[object, ...]:
    at = row["at"]
    assert isinstance(at, datetime)
    moment = int(at.timestamp() * 1_000_000)
    return row["id"], row["organisation_id"], moment, row["user_id"], row["role"]


def note(
    event: Event,
    *,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    **details: str | int | bool | list[str] | None,
) -> None:
    """Remember a deed in the transaction that does it; details are ids and codes, no content."""
    if by.acting_for:
        details["for"] = by.acting_for
    row: dict[str, Any] = {
        "id": uuid7(),
        "organisation_id": by.organisation_id,
        "at": at,
        "user_id": by.user_id,
        "role": by.role,
        "event": event.code,
        "subject_id": subject,
        "details": details,
    }
    row["mac"] = sign(*event_parts(row))
    row["details"] = json.dumps(details, sort_keys=True)
    _insert("kernel_auditevent", row)


def note_look(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    page: str,
    purpose: str,
    subject: UUID | None = None,
    shown: list[UUID] | None = None,
) -> None:
    """Remember a look: one record, or the ids that a list is about to show."""
    row: dict[str, Any] = {
        "id": uuid7(),
        "organisation_id": by.organisation_id,
        "at": at,
        "user_id": by.user_id,
        "role": by.role,
        "kind": kind,
        "page": page,
        "purpose": purpose,
        "subject_id": subject,
        "shown": shown or [],
    }
    row["mac"] = sign(*look_parts(row))
    _insert("kernel_look", row)


def _insert(table: str, row: dict[str, Any]) -> None:
    # Raw: the app role may not name xid and epoch, and may not read back what it wrote.
    columns = ", ".join(row)
    places = ", ".join("%s::jsonb" if c == "details" else "%s" for c in row)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values()))  # noqa: S608 -- own names
