"""The logs are sealed: whoever holds the database cannot change, remove or slip in a line unseen."""

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from faden.kernel import audit, clock, sealing
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.vocabulary import TEAM_MADE
from tests.kernel.worlds import AHAUS, World, fill, seal

pytestmark = pytest.mark.debian


@dataclass
class Log:
    """Three blocks and one line that is not sealed yet, and the owner with triggers off."""

    world: World
    owner: psycopg.Connection
    lines: list[Any]  # ids: 0 to 2 in block 2, 3 and 4 in block 3, 5 not sealed

    def owner_does(self, statement: str, *values: object) -> None:
        assert self.owner.execute(statement, values).rowcount >= 1  # type: ignore[arg-type]

    def problem(self, stream: str = "deeds", anchor: tuple[int, str] | None = None) -> str | None:
        with opened_for(Actor.system(self.world.organisation_id), write=False):
            found = sealing.verify(self.world.organisation_id, stream=stream, anchor=anchor)
        return None if found is None else str(found)

    def tip(self) -> tuple[int, str]:
        number, digest = self.owner.execute("SELECT number, hash FROM kernel_auditblock ORDER BY number DESC LIMIT 1").fetchone()  # type: ignore[misc]
        return number, bytes(digest).hex()


def note(world: World) -> None:
    with opened_for(world.actor, write=True):
        audit.note(TEAM_MADE, by=world.actor, at=clock.now(), number=7)


@pytest.fixture
def log(own_database, owner) -> Log:
    world = fill(AHAUS)
    seal(world)
    for number in (3, 2):
        for _ in range(number):
            note(world)
        seal(world)
    note(world)
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(world.organisation_id)])
    owner.execute("ALTER TABLE kernel_auditevent DISABLE TRIGGER USER; ALTER TABLE kernel_auditblock DISABLE TRIGGER USER")
    lines = [i for (i,) in owner.execute("SELECT id FROM kernel_auditevent WHERE event = 'team.made' ORDER BY xid, id")]
    log = Log(world, owner, lines)
    assert (len(lines), log.tip()[0], log.problem()) == (6, 3, None)
    return log


def today() -> str:
    return clock.now().date().isoformat()


CHANGES = {
    "at": "at + interval '1 second'", "user_id": "user_id + 1", "role": "'team_lead'", "event": "'case.opened'",
    "subject_id": "gen_random_uuid()", "details": "'{\"number\": 8}'", "mac": "'\\x00'", "id": "gen_random_uuid()",
}  # fmt: skip


def test_a_changed_line_is_named(log):
    assert log.owner.execute("SELECT count(*) FROM kernel_auditevent WHERE id = %s", [log.lines[1]]).fetchone() == (1,)
    for column, value in CHANGES.items():
        with log.owner.transaction(force_rollback=True):
            log.owner_does(f"UPDATE kernel_auditevent SET {column} = {value} WHERE id = %s", log.lines[1])
            [row] = log.owner.execute("SELECT id FROM kernel_auditevent ORDER BY xid OFFSET 0").fetchone() and [None]
            # Verified from another connection: it has to be committed to be seen.
        log.owner_does(f"CREATE TABLE keep AS SELECT * FROM kernel_auditevent WHERE id = '{log.lines[1]}'")
        log.owner_does(f"UPDATE kernel_auditevent SET {column} = {value} WHERE id = %s", log.lines[1])
        found = log.problem()
        assert found is not None and found.startswith("deeds block 2, row "), column
        assert found.endswith(f", {today()}: was changed or not written by Faden"), column
        log.owner.execute("DELETE FROM kernel_auditevent WHERE NOT id = ANY(%s) AND event = 'team.made'", [log.lines])
        log.owner.execute("DELETE FROM kernel_auditevent WHERE id = %s", [log.lines[1]])
        log.owner.execute("INSERT INTO kernel_auditevent SELECT * FROM keep")
        log.owner.execute("DROP TABLE keep")
