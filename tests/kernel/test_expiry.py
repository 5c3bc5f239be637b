"""Whole blocks go when their period is over; what is left of them can still be checked."""

from datetime import timedelta

import psycopg
import pytest

from faden.kernel import audit, clock
from faden.kernel.actor import Actor
from faden.kernel.expiry import expire
from faden.kernel.rls import opened_for
from faden.organisations.vocabulary import TEAM_MADE
from tests.kernel.sealed_log import note, problem
from tests.kernel.worlds import AHAUS, World, fill, seal

pytestmark = pytest.mark.debian


@pytest.fixture
def world(own_database) -> World:
    """Three deeds of two years ago in a block of their own, then today's."""
    from tests.desk_client import actor_of

    by = actor_of(AHAUS.case_manager)
    for _ in range(3):
        with opened_for(by, write=True):
            audit.note(TEAM_MADE, by=by, at=clock.now() - timedelta(days=800))
    world_of = type("Old", (), {"organisation_id": by.organisation_id})
    seal(world_of)  # type: ignore[arg-type]
    world = fill(AHAUS)
    seal(world)
    return world


def let_go(world: World, number: int) -> int:
    from faden.kernel.models import AuditBlock

    system = Actor.system(world.organisation_id)
    with opened_for(system, write=True):
        return expire(AuditBlock.objects.get(stream="deeds", number=number).id, by=system, at=clock.now())


def test_an_old_block_goes_and_the_log_is_still_whole(world, superuser):
    assert let_go(world, 1) == 3
    assert superuser.execute(
        "SELECT count(*) FROM kernel_auditevent WHERE at < now() - interval '1 year'"
    ).fetchone() == (0,)
    assert problem(world) is None
    note(world)
    seal(world)
    assert problem(world) is None


def test_a_young_block_stays(world, superuser):
    before = superuser.execute("SELECT count(*) FROM kernel_auditevent").fetchone()
    with pytest.raises(Exception, match="a year at least"):
        let_go(world, 2)
    assert superuser.execute("SELECT count(*) FROM kernel_auditevent").fetchone() == before


@pytest.fixture
def gone(world, owner) -> psycopg.Connection:
    """The owner, with triggers off, after the old block has gone."""
    let_go(world, 1)
    seal(world)
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(world.organisation_id)])
    for table in ("kernel_auditevent", "kernel_auditblock", "kernel_auditexpiry"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert problem(world) is None
    return owner


def test_a_line_slipped_into_a_block_that_is_gone_is_named(world, gone):
    gone.execute(
        "INSERT INTO kernel_auditevent (id, organisation_id, at, role, mac, epoch, xid, event, details)"
        " SELECT gen_random_uuid(), organisation_id, first_at, 'x', '', epoch, from_xid, 'case.opened', '{}'"
        " FROM kernel_auditblock WHERE number = 1 AND stream = 'deeds'"
    )
    assert (problem(world) or "").startswith("deeds block 1, ")


def test_a_block_without_rows_and_without_expiry_is_named(world, gone):
    gone.execute("DELETE FROM kernel_auditexpiry")
    assert (problem(world) or "").startswith("deeds block 1, ")


def test_a_gone_block_is_still_signed(world, gone):
    gone.execute(
        "CREATE TEMP TABLE keep AS SELECT * FROM kernel_auditblock WHERE number = 1 AND stream = 'deeds'"
    )
    for change in ("count = 2", "last_at = now()", "sealed_at = now()", "marks = ''", "hash = ''"):
        column = change.partition(" ")[0]
        gone.execute(f"UPDATE kernel_auditblock SET {change} WHERE id = (SELECT id FROM keep)")
        assert (problem(world) or "").startswith(("deeds block 1, ", "deeds block 2, row –")), change
        gone.execute(
            f"UPDATE kernel_auditblock AS b SET {column} = keep.{column} FROM keep WHERE b.id = keep.id"
        )
        assert problem(world) is None


def test_removing_the_deed_of_the_expiry_is_named(world, gone):
    """Then nobody has let the rows go."""
    gone.execute("DELETE FROM kernel_auditevent WHERE event = 'audit.block_expired'")
    assert problem(world) is not None
