"""Sealing loses nothing: neither what commits late, nor what comes after a restore."""

from threading import Event, Thread
from time import sleep

import psycopg
import pytest
from django.db import connection

from faden.kernel import audit, clock, sealing
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.vocabulary import TEAM_MADE
from tests.kernel.sealed_log import note, problem
from tests.kernel.worlds import AHAUS, World, fill, seal

pytestmark = pytest.mark.debian


class Slow:
    """Somebody whose transaction has written its line and does not end yet."""

    def __init__(self, world: World) -> None:
        self.world, self.written, self.may_end = world, Event(), Event()
        self.thread = Thread(target=self.run)
        self.thread.start()
        assert self.written.wait(10)

    def run(self) -> None:
        try:
            with opened_for(self.world.actor, write=True):
                audit.note(TEAM_MADE, by=self.world.actor, at=clock.now(), late=True)
                self.written.set()
                self.may_end.wait(30)
        finally:
            connection.close()

    def end(self) -> None:
        self.may_end.set()
        self.thread.join(30)


def seal_once(world: World) -> object:
    """One run of the nightly job's step, whatever comes of it."""
    with opened_for(Actor.system(world.organisation_id), write=True):
        return sealing.seal(world.organisation_id, stream="deeds", at=clock.now())


def blocks_of_lines(world: World, superuser: psycopg.Connection) -> list[int]:
    """For each line of the service, how many blocks hold it; who gets its Weitergaben has lines of its own."""
    counted = """
        SELECT count(b.id) FROM kernel_auditevent AS e
          LEFT JOIN kernel_auditblock AS b ON b.stream = 'deeds' AND b.organisation_id = e.organisation_id
               AND b.epoch = e.epoch AND e.xid >= b.from_xid AND e.xid < b.horizon
         WHERE e.organisation_id = %s GROUP BY e.organisation_id, e.id
    """
    return [count for (count,) in superuser.execute(counted, [world.organisation_id]).fetchall()]


def test_a_line_that_commits_late_is_not_lost(own_database, superuser):
    world = fill(AHAUS)
    seal(world)
    slow = Slow(world)
    for _ in range(3):
        note(world)  # later transactions, committed earlier
        seal_once(world)
    assert blocks_of_lines(world, superuser).count(0) == 3, "they wait with the slow one, which nobody sees yet"
    slow.end()
    seal(world)
    assert set(blocks_of_lines(world, superuser)) == {1}
    assert (problem(world), sum_of_counts(world, superuser)) == (None, len(blocks_of_lines(world, superuser)))


def sum_of_counts(world: World, superuser: psycopg.Connection) -> int:
    summed = "SELECT sum(count) FROM kernel_auditblock WHERE stream = 'deeds' AND organisation_id = %s"
    return superuser.execute(summed, [world.organisation_id]).fetchone()[0]  # type: ignore[index]


def test_a_transaction_that_is_rolled_back_holds_nothing_up(own_database, superuser):
    world = fill(AHAUS)
    with pytest.raises(ZeroDivisionError), opened_for(world.actor, write=True):
        audit.note(TEAM_MADE, by=world.actor, at=clock.now())
        raise ZeroDivisionError
    note(world)
    seal(world)
    assert set(blocks_of_lines(world, superuser)) == {1}


def test_two_who_seal_at_once_make_one_chain(own_database, superuser):
    world = fill(AHAUS)
    seal(world)

    def run() -> None:
        try:
            for _ in range(5):
                note(world)
                seal_once(world)
                sleep(0.01)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    note(world)
    seal(world)
    assert set(blocks_of_lines(world, superuser)) == {1}
    assert problem(world) is None


def test_nothing_new_makes_no_block(own_database):
    world = fill(AHAUS)
    seal(world)
    assert seal_once(world) is None


def test_a_new_epoch_goes_on_where_the_old_one_ended(own_database, owner):
    """After a restore: another server counts transactions from the beginning."""
    from config import epochs

    world = fill(AHAUS)
    note(world)
    seal(world)
    note(world)
    epochs.close()
    epochs.begin(owner, reason="restore")
    note(world)
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(world.organisation_id)])
    owner.execute("ALTER TABLE kernel_auditevent DISABLE TRIGGER USER")
    owner.execute("UPDATE kernel_auditevent SET xid = '5' WHERE epoch = 2")  # as on a young server
    assert problem(world) is None
    with opened_for(Actor.system(world.organisation_id), write=True):
        block = sealing.seal(world.organisation_id, stream="deeds", at=clock.now())
    assert (block.number, block.epoch, block.from_xid, block.count) == (3, 2, 0, 1)
    assert problem(world) is None
    owner.execute(
        "DELETE FROM kernel_auditevent WHERE id = (SELECT id FROM kernel_auditevent WHERE epoch = 1 ORDER BY xid DESC LIMIT 1)"
    )
    assert (problem(world) or "").startswith("deeds block 2, ")
