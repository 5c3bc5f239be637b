"""A log with three blocks, in the hands of an owner who has switched the triggers off."""

from dataclasses import dataclass, field
from typing import Any

import psycopg

from faden.kernel import audit, clock, sealing
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.vocabulary import TEAM_MADE
from tests.kernel.worlds import AHAUS, World, fill, seal

TABLES = ("kernel_auditevent", "kernel_auditblock", "kernel_auditexpiry")


def note(world: World) -> None:
    """One more line, in a transaction of its own."""
    with opened_for(world.actor, write=True):
        audit.note(TEAM_MADE, by=world.actor, at=clock.now(), number=7)


def problem(world: World, *, stream: str = "deeds", anchor: tuple[int, str] | None = None) -> str | None:
    """What `faden audit verify` says about one log."""
    with opened_for(Actor.system(world.organisation_id), write=False):
        found = sealing.verify(world.organisation_id, stream=stream, anchor=anchor)
    return None if found is None else str(found)


@dataclass
class Log:
    """Lines 0 to 2 are block 2, lines 3 and 4 block 3, line 5 is not sealed; each has its own transaction."""

    world: World
    owner: psycopg.Connection
    lines: list[Any] = field(default_factory=list)  # (id, xid)

    def __post_init__(self) -> None:
        self.do("SELECT set_config('faden.organisation', %s, false)", str(self.world.organisation_id))
        for table in TABLES:
            self.do(
                f"ALTER TABLE {table} DISABLE TRIGGER USER; CREATE TEMP TABLE keep_{table} AS SELECT * FROM {table}"
            )
        self.lines = self.do(
            "SELECT id, xid::text FROM kernel_auditevent WHERE event = 'team.made' ORDER BY xid"
        ).fetchall()
        assert (len(self.lines), self.tip()[0], self.problem()) == (6, 3, None)

    def do(self, statement: str, *values: object) -> psycopg.Cursor:
        return self.owner.execute(statement, values or None)  # type: ignore[arg-type]

    def restore(self) -> None:
        """As it was."""
        for table in reversed(TABLES):
            self.do(f"DELETE FROM {table}")
        for table in TABLES:
            self.do(f"INSERT INTO {table} SELECT * FROM keep_{table}")
        assert self.problem() is None

    def problem(self, anchor: tuple[int, str] | None = None) -> str | None:
        return problem(self.world, anchor=anchor)

    def tip(self) -> tuple[int, str]:
        """What an anchor outside keeps."""
        number, digest = self.do(
            "SELECT number, hash FROM kernel_auditblock ORDER BY number DESC LIMIT 1"
        ).fetchone()  # type: ignore[misc]
        return number, bytes(digest).hex()

    def says(self, block: int, row: object, what: str) -> str:
        """The sentence that is expected: log, block, row, day and what is wrong."""
        day = "–" if what.startswith("blocks ") else clock.now().date().isoformat()
        return f"deeds block {block}, row {row}, {day}: {what}"


def made(owner: psycopg.Connection) -> Log:
    """In the database in use."""
    world = fill(AHAUS)
    seal(world)
    for number in (3, 2):
        for _ in range(number):
            note(world)
        seal(world)
    note(world)
    return Log(world, owner)
