"""What somebody could do who speaks SQL as the app role: not be the owner, not empty the logs."""

import os

import psycopg
import pytest

from tests.kernel.worlds import World, release_to, seal

pytestmark = pytest.mark.debian


@pytest.fixture
def inside(two):
    """The app role's own connection with Ahaus put on."""
    with psycopg.connect(os.environ["FADEN_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "SELECT set_config('faden.organisation', %s, false)", [str(two[0].organisation_id)]
        )
        yield connection


PLANT = """
CREATE TABLE pg_temp.who (name pg_catalog.text);
GRANT ALL ON pg_temp.who TO PUBLIC;
CREATE FUNCTION pg_temp.spy(pg_catalog.text) RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO pg_temp.who VALUES (current_user); RETURN true; END $$;
CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.spy(VALUE));
"""


def test_a_function_of_the_owner_runs_no_code_of_the_caller(two: tuple[World, World], inside):
    """Temporary types are looked up first unless pg_temp is named last: the cast to text becomes ours."""
    _consent, release = release_to(*two)
    inside.execute(PLANT)
    inside.execute("SELECT end_delivery(%s, 'withdrawn')", [release.id])
    assert inside.execute("SELECT DISTINCT name FROM pg_temp.who WHERE name <> 'faden_app'").fetchall() == []


def test_a_made_up_block_lets_no_lines_go(two: tuple[World, World], inside):
    lines = "SELECT count(*) FROM kernel_auditevent"
    before = inside.execute(lines).fetchone()
    [block] = inside.execute("""
        INSERT INTO kernel_auditblock (id, organisation_id, stream, number, epoch, from_xid, horizon, count, first_at,
                                       last_at, marks, previous_hash, hash, mac, sealed_at)
        SELECT gen_random_uuid(), %s, 'deeds', 99, 1, '0', '999999999', 0, '2020-01-01', '2020-01-01', '', '', '', '', now()
        RETURNING id
    """, [two[0].organisation_id]).fetchone()  # type: ignore[misc]  # fmt: skip
    with pytest.raises(psycopg.Error):
        inside.execute("SELECT audit_expire(%s)", [block])
    assert inside.execute(lines).fetchone() == before


def test_a_young_block_is_not_let_go(two: tuple[World, World], inside):
    [block] = inside.execute("SELECT id FROM kernel_auditblock WHERE stream = 'deeds' LIMIT 1").fetchone()
    with pytest.raises(psycopg.Error, match="a year at least"):
        inside.execute("SELECT audit_expire(%s)", [block])


def test_another_services_block_is_not_let_go(two: tuple[World, World], inside):
    block = seal_of(two[1])
    with pytest.raises(psycopg.Error, match="no such block"):
        inside.execute("SELECT audit_expire(%s)", [block])


def seal_of(world: World) -> object:
    from faden.kernel import audit, clock
    from faden.kernel.rls import opened_for
    from faden.organisations.vocabulary import TEAM_MADE

    with opened_for(world.actor, write=True):
        audit.note(TEAM_MADE, by=world.actor, at=clock.now())
    return seal(world).id


def test_another_services_release_is_neither_delivered_nor_ended(two: tuple[World, World], inside):
    _consent, release = release_to(two[1], two[0])
    for call in ("end_delivery(%s, 'withdrawn')", "deliver_release(%s, '')"):
        with pytest.raises(psycopg.Error, match="no such release"):
            inside.execute(f"SELECT {call}", [release.id])


def test_the_ground_is_not_asked_of_tables_of_the_caller(two: tuple[World, World], inside):
    """A temporary table of the same name is looked up first unless the function says where it looks."""
    from faden.kernel.rls import opened_for
    from tests.releasing import withdrawn

    consent, release = release_to(*two)
    with opened_for(two[0].actor, write=True):
        withdrawn(consent, by=two[0].actor)
    told = (
        "organisation_id, person_id, kind, ground, consent_id, purpose, data_classes, valid_until, number, released_at,"
        " released_by, recipient_id, recipient_name"
    )
    again = (
        f"INSERT INTO public.consents_release (id, channel, {told})"
        f" SELECT gen_random_uuid(), 'phone', {told} FROM public.consents_release WHERE id = %s"
    )
    with pytest.raises(psycopg.Error, match="no consent covers"):
        inside.execute(again, [release.id])
    for table in ("consents_consent", "consents_ownsecrecyrelease"):
        inside.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM public.{table}")
        inside.execute(f"UPDATE pg_temp.{table} SET ended_on = NULL, ended_because = ''")
    with pytest.raises(psycopg.Error, match="no consent covers"):
        inside.execute(again, [release.id])


@pytest.mark.parametrize("call", [
    "reply_to_delivery(%s, gen_random_uuid(), '')", "delivery_series(%s)", "tell_request_state(%s)",
    "try_link_code('\\x00')", "reply_by_link(gen_random_uuid(), '')",
])  # fmt: skip
def test_nothing_of_another_service_is_answered_or_told(two: tuple[World, World], inside, superuser, call):
    """Whatever the functions that cross are called with: nothing is written anywhere, and nothing is said."""
    _consent, release = release_to(two[1], two[0])
    mine = inside.execute("SELECT id FROM consents_delivery WHERE release_id = %s", [release.id]).fetchone()
    assert mine, "Ahaus has the copy; Borken asks"
    inside.execute("SELECT set_config('faden.organisation', %s, false)", [str(two[1].organisation_id)])
    count = "SELECT (SELECT count(*) FROM consents_reply), (SELECT max(state_at) FROM referrals_sentrequest), (SELECT sum(wrong_codes) FROM consents_linkdelivery)"
    before = superuser.execute(count).fetchone()
    try:
        said = inside.execute(f"SELECT {call}", list(mine) if "%s" in call else None).fetchone()[0]
    except psycopg.Error as refused:
        said = refused.sqlstate
    assert said in (None, "", "gone", "FD011")
    assert superuser.execute(count).fetchone() == before
    assert inside.execute("SELECT count(*) FROM ended_deliveries() WHERE id = %s", list(mine)).fetchone() == (0,)


@pytest.mark.parametrize("statement", [
    "SET ROLE faden_owner", "SET ROLE faden_steward", "SET SESSION AUTHORIZATION faden_owner",
    "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY", "CREATE POLICY p ON cases_case USING (true)",
    "ALTER TABLE kernel_look DISABLE TRIGGER ALL", "CREATE TABLE public.planted ()", "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica", "COPY cases_case TO PROGRAM 'cat'", "SET row_security = off; SELECT * FROM cases_case",
])  # fmt: skip
def test_the_app_does_not_lift_itself(app_role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_role.execute(statement)
