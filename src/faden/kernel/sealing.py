"""Sealed blocks over both logs: what was remembered cannot be changed, removed or slipped in unseen."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from faden.kernel.audit import canonical, event_parts, look_parts, sign
from faden.kernel.expiry import expired_blocks
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.kernel.models import AuditBlock

STREAMS = {
    "deeds": ("kernel_auditevent", "event, subject_id, details", event_parts),
    "looks": ("kernel_look", "kind, page, purpose, subject_id, shown", look_parts),
}
MARK = 8
GENESIS = b"\0" * 32
_COMMON = "id, organisation_id, at, user_id, role, mac, epoch, xid::text::bigint AS xid"


@dataclass(frozen=True)
class Row:
    """A remembered row as the seal sees it."""

    id: UUID
    at: datetime
    xid: int
    mac: bytes
    genuine: bool


@dataclass
class Chain:
    """A running hash over the rows of one block."""

    digest: "hmac.HMAC"
    count: int = 0
    marks: bytearray = field(default_factory=bytearray)
    first_at: datetime | None = None
    last_at: datetime | None = None

    @classmethod
    def after(cls, previous: bytes, *about: object) -> "Chain":
        """Begins with the previous block's hash and the block's own borders."""
        return cls(hmac.new(keyring().audit, previous + canonical(*about), hashlib.sha256))

    def add(self, row: Row) -> None:
        """Take one row in; order matters."""
        self.digest.update(canonical(row.id, row.xid) + row.mac)
        self.count += 1
        self.marks += row.mac[:MARK]
        self.first_at = min(filter(None, (self.first_at, row.at)))
        self.last_at = max(filter(None, (self.last_at, row.at)))


def rows_between(stream: str, organisation_id: int, epoch: int, low: int, high: int | None) -> Iterator[Row]:
    """Rows with low ≤ xid < high, ordered by xid and id; each checked against its signature."""
    table, columns, parts = STREAMS[stream]
    upper = "" if high is None else " AND xid < %s::text::xid8"
    sql = (
        f"SELECT {_COMMON}, {columns} FROM {table} WHERE organisation_id = %s AND epoch = %s"  # noqa: S608 -- own names
        f" AND xid >= %s::text::xid8{upper} ORDER BY xid, id"
    )
    values = [organisation_id, epoch, low] + ([] if high is None else [high])
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        for values_of_row in cursor:
            row = dict(zip(names, values_of_row, strict=True))
            mac = bytes(row["mac"])
            row["details"] = _loaded(row.get("details"))
            genuine = hmac.compare_digest(sign(*parts(row)), mac)
            yield Row(row["id"], row["at"], row["xid"], mac, genuine)


def _loaded(details: object) -> object:
    import json  # noqa: PLC0415 -- psycopg hands jsonb back as text under Django

    return json.loads(details) if isinstance(details, str) else details


def seal(organisation_id: int, *, stream: str, at: datetime, closing: bool = False) -> AuditBlock | None:
    """Seal what no running transaction can still add to; None when there is nothing new.

    An id watermark would lose rows that commit late; the snapshot's xmin cannot.
    `closing` takes everything (after a restore no old transaction is left to wait for).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"seal-{stream}", organisation_id])
        cursor.execute("SELECT max(number) FROM kernel_auditepoch")
        epoch = cursor.fetchone()[0]
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = cursor.fetchone()[0]
    last = AuditBlock.objects.filter(stream=stream).order_by("-number").first()
    low = last.horizon if last and last.epoch == epoch else 0
    number = last.number + 1 if last else 1
    previous = bytes(last.hash) if last else GENESIS
    high = _after_last(stream, organisation_id, epoch) if closing else horizon
    chain = Chain.after(previous, organisation_id, stream, number, epoch, low, high)
    for row in rows_between(stream, organisation_id, epoch, low, high):
        chain.add(row)
    if not chain.count:
        return None
    block = AuditBlock(
        id=uuid7(),
        organisation_id=organisation_id,
        stream=stream,
        number=number,
        epoch=epoch,
        from_xid=low,
        horizon=high,
        count=chain.count,
        first_at=chain.first_at,
        last_at=chain.last_at,
        marks=bytes(chain.marks),
        previous_hash=previous,
        hash=chain.digest.digest(),
        sealed_at=at,
    )
    block.mac = _signature(block)
    block.save(force_insert=True)
    return block


def _signature(block: AuditBlock) -> bytes:
    """Over every column of a block; times to the microsecond, bytes in hex."""
    times = (block.first_at, block.last_at, block.sealed_at)
    moments = [None if m is None else int(m.timestamp() * 1_000_000) for m in times]
    texts = [bytes(b).hex() for b in (block.marks, block.previous_hash, block.hash)]
    borders = (block.number, block.epoch, block.from_xid, block.horizon, block.count)
    return sign(block.organisation_id, block.stream, *borders, *moments, *texts)


def _after_last(stream: str, organisation_id: int, epoch: int) -> int:
    table = STREAMS[stream][0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(max(xid::text::bigint), 0) + 1 FROM {table}"  # noqa: S608 -- own names
            " WHERE organisation_id = %s AND epoch = %s",
            [organisation_id, epoch],
        )
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Break:
    """The first place where a log no longer is what was sealed."""

    stream: str
    block: int
    row: str
    day: str
    what: str

    def __str__(self) -> str:
        return f"{self.stream} block {self.block}, row {self.row}, {self.day}: {self.what}"


def verify(organisation_id: int, *, stream: str, anchor: tuple[int, str] | None = None) -> Break | None:
    """Walk all blocks of one log; None when every row is as it was sealed.

    `anchor` is (number, hash in hex) of a block that was kept outside: finds a cut tail.
    """
    previous, expected, low, epoch = GENESIS, 1, 0, 0
    ends: dict[int, int] = {}
    expired = expired_blocks()
    for block in AuditBlock.objects.filter(stream=stream).order_by("number"):
        low = low if block.epoch == epoch else 0
        broken = _check(block, previous, expected, low, gone=block.id in expired)
        if broken:
            return broken
        if anchor and block.number == anchor[0] and bytes(block.hash).hex() != anchor[1]:
            return _break(block, "–", "the anchor kept outside has another hash")
        previous, expected = bytes(block.hash), block.number + 1
        low, epoch = block.horizon, block.epoch
        ends[epoch] = low
    if anchor and anchor[0] >= expected:
        return Break(stream, expected, "–", "–", f"blocks {expected} to {anchor[0]} are missing")
    return _after_the_blocks(organisation_id, stream, expected, ends)


def _break(block: AuditBlock, row: object, what: str) -> Break:
    day = block.first_at.date().isoformat() if block.first_at else "–"
    return Break(block.stream, block.number, str(row), day, what)


def _check(block: AuditBlock, previous: bytes, expected: int, low: int, *, gone: bool) -> Break | None:
    if block.number != expected:
        return _break(block, "–", f"block {expected} is missing")
    if bytes(block.previous_hash) != previous or block.from_xid != low:
        return _break(block, "–", "does not continue the block before it")
    if not hmac.compare_digest(_signature(block), bytes(block.mac)):
        return _break(block, "–", "the block itself was changed")
    rows = list(rows_between(block.stream, block.organisation_id, block.epoch, block.from_xid, block.horizon))
    if gone:
        return _break(block, rows[0].id, "was inserted later") if rows else None
    chain = Chain.after(
        previous,
        block.organisation_id,
        block.stream,
        block.number,
        block.epoch,
        block.from_xid,
        block.horizon,
    )
    for row in rows:
        chain.add(row)
    if chain.digest.digest() == bytes(block.hash) and all(row.genuine for row in rows):
        return None
    return _name_the_row(block, rows)


def _name_the_row(block: AuditBlock, rows: list[Row]) -> Break:
    """Compare row by row with the marks kept in the block."""
    marks = [bytes(block.marks)[i : i + MARK] for i in range(0, len(block.marks), MARK)]
    for position, row in enumerate(rows):
        day = row.at.date().isoformat()
        if not row.genuine:
            return Break(block.stream, block.number, str(row.id), day, "was changed or not written by Faden")
        if position >= len(marks) or row.mac[:MARK] != marks[position]:
            what = "was inserted later" if row.mac[:MARK] not in marks else "a row before it is missing"
            return Break(block.stream, block.number, str(row.id), day, what)
    if len(rows) < len(marks):
        after = rows[-1] if rows else None
        day = after.at.date().isoformat() if after else _break(block, "", "").day
        return Break(
            block.stream, block.number, f"after {after.id if after else 'the start'}", day, "rows are missing"
        )
    return _break(block, "–", "the block itself was changed")


def _after_the_blocks(organisation_id: int, stream: str, number: int, ends: dict[int, int]) -> Break | None:
    """What lies behind the last block of each epoch: not yet sealed now, slipped in when it is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM kernel_auditepoch")
        current = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT DISTINCT epoch FROM {STREAMS[stream][0]} WHERE organisation_id = %s ORDER BY epoch",  # noqa: S608 -- own names
            [organisation_id],
        )
        epochs = [row[0] for row in cursor.fetchall()]
    for epoch in epochs:
        for row in rows_between(stream, organisation_id, epoch, ends.get(epoch, 0), None):
            if epoch != current:
                return Break(
                    stream, number, str(row.id), row.at.date().isoformat(), "was inserted into an ended epoch"
                )
            if not row.genuine:
                return Break(
                    stream, number, str(row.id), row.at.date().isoformat(), "not yet sealed, and changed"
                )
    return None


def horizon_age_minutes() -> int:
    """How long the oldest running transaction has held the horizon back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(xact_start)) / 60, 0)::int"
            " FROM pg_stat_activity WHERE backend_xid IS NOT NULL"
        )
        return int(cursor.fetchone()[0])
