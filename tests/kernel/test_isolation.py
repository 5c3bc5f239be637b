"""Nothing of one service is seen or touched from another, whatever the code forgets."""

import re
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.guards.tables import tenants
from tests.kernel.worlds import World

pytestmark = pytest.mark.debian

REFUSED = psycopg.errors.InsufficientPrivilege  # also what a policy's WITH CHECK answers


# What everybody reads, signed in or not; written by its own service like all else.
PUBLIC = {"directory_source", "directory_provider", "directory_offer", "directory_place", "residence_rulereading"}


@contextmanager
def acting_for(connection: psycopg.Connection, organisation_id: int) -> Any:
    """As the door does it."""
    with connection.transaction():
        connection.execute("SELECT set_config('faden.organisation', %s, true)", [str(organisation_id)])
        yield


def count(connection: psycopg.Connection, table: str) -> int:
    return connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]  # type: ignore[index]


def rows_by_service(superuser: psycopg.Connection, table: str) -> dict[int, int]:
    statement = sql.SQL("SELECT organisation_id, count(*) FROM {} GROUP BY 1").format(sql.Identifier(table))
    return dict(superuser.execute(statement).fetchall())


@pytest.fixture
def full(two, superuser) -> tuple[World, World]:
    """The last table that no verb fills: a block that was let go."""
    for world in two:
        superuser.execute(
            "INSERT INTO kernel_auditexpiry (id, organisation_id, block_id, expired_at, count)"
            " SELECT gen_random_uuid(), organisation_id, id, now(), 0 FROM kernel_auditblock WHERE organisation_id = %s",
            [world.organisation_id],
        )
    return two


def test_without_context_the_app_sees_nothing(full, app_role, superuser):
    ahaus, gronau = full
    for table in tenants(superuser):
        there = rows_by_service(superuser, table)
        assert {ahaus.organisation_id, gronau.organisation_id} <= there.keys(), (
            f"nothing could leak from {table}: fill it"
        )
        assert count(app_role, table) == (sum(there.values()) if table in PUBLIC else 0), table


def test_a_service_sees_its_own_rows_only(full, app_role, superuser):
    """Equal to what is there, but for copies that have ended."""
    for world in full:
        with acting_for(app_role, world.organisation_id):
            for table in tenants(superuser) - PUBLIC:
                ids = app_role.execute(
                    sql.SQL("SELECT DISTINCT organisation_id FROM {}").format(sql.Identifier(table))
                )
                assert ids.fetchall() == [(world.organisation_id,)], table
                ended = 1 if table == "consents_delivery" else 0
                assert (
                    count(app_role, table) == rows_by_service(superuser, table)[world.organisation_id] - ended
                ), table


def test_the_owner_is_filtered_too(full, owner, superuser):
    for table in tenants(superuser):
        assert count(owner, table) == 0, table


def test_another_services_rows_cannot_be_copied_in(full, app_role, superuser):
    """Each of Gronau's rows, written again with Gronau's number: without context and as Ahaus."""
    ahaus, gronau = full
    for table in tenants(superuser):
        columns, values = _a_row_of(superuser, table, gronau.organisation_id)
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(sql.Placeholder() * len(columns)),
        )  # fmt: skip
        # A Weitergabe is refused earlier: the consent under it is nobody's that Ahaus could see.
        refused = psycopg.OperationalError if table == "consents_release" else REFUSED
        with pytest.raises(refused), app_role.transaction():
            app_role.execute(statement, values)
        with pytest.raises(refused), acting_for(app_role, ahaus.organisation_id):
            app_role.execute(statement, values)


def _a_row_of(superuser: psycopg.Connection, table: str, organisation_id: int) -> tuple[list[str], list[Any]]:
    """Without what the app may not name anyway; its refusal would prove nothing."""
    cursor = superuser.execute(
        sql.SQL("SELECT * FROM {} WHERE organisation_id = %s LIMIT 1").format(sql.Identifier(table)),
        [organisation_id],
    )
    names = [column.name for column in cursor.description]  # type: ignore[union-attr]
    row = dict(zip(names, cursor.fetchone(), strict=True))  # type: ignore[arg-type]
    for name in ("xid", "epoch") if table in ("kernel_auditevent", "kernel_look") else ():
        del row[name]
    for name in ("details", "values", "calculation", "fields", "texts", "schedules", "mapping", "from_source"):  # JSON
        if name in row:
            row[name] = "{}"
    return list(row), list(row.values())


def test_no_row_is_moved_to_another_service(full, app_role, superuser):
    ahaus, gronau = full
    moved = set()
    for table in tenants(superuser):
        if not superuser.execute(
            "SELECT has_column_privilege('faden_app', %s, 'organisation_id', 'UPDATE')", [table]
        ).fetchone()[0]:  # type: ignore[index]
            continue
        # Dated facts refuse earlier: their rows never change at all.
        refused, words = (REFUSED, psycopg.OperationalError), "row-level security|keeps its history|is a register"
        with pytest.raises(refused, match=words), acting_for(app_role, ahaus.organisation_id):
            app_role.execute(
                sql.SQL("UPDATE {} SET organisation_id = %s").format(sql.Identifier(table)),
                [gronau.organisation_id],
            )
        moved.add(table)
    assert {"cases_case", "persons_person", "cases_contactnote", "documents_storedfile"} <= moved


def test_another_services_rows_are_neither_changed_nor_deleted(full, app_role, superuser):
    ahaus, gronau = full
    for table in tenants(superuser):
        for right, words in (
            ("UPDATE", "UPDATE {} SET organisation_id = organisation_id"),
            ("DELETE", "DELETE FROM {}"),
        ):
            if not superuser.execute(
                "SELECT has_table_privilege('faden_app', %s, %s)", [table, right]
            ).fetchone()[0]:  # type: ignore[index]
                continue
            with acting_for(app_role, ahaus.organisation_id):
                statement = sql.SQL(words + " WHERE organisation_id = %s").format(sql.Identifier(table))
                assert app_role.execute(statement, [gronau.organisation_id]).rowcount == 0, (table, right)


def test_a_key_does_not_tell_that_anothers_row_is_there(full, app_role):
    """A plain foreign key would take Gronau's case, and refuse an id that is nowhere."""
    ahaus, gronau = full
    answers = []
    for case_id in (gronau.case.id, "00000000-0000-7000-8000-000000000000"):
        with (
            pytest.raises(psycopg.errors.ForeignKeyViolation) as error,
            acting_for(app_role, ahaus.organisation_id),
        ):
            app_role.execute(
                "INSERT INTO cases_task (id, organisation_id, case_id, title, assignee_id, made_at, made_by, version, persons,"
                " confidential, dropped_because) VALUES (gen_random_uuid(), %s, %s, 'x', %s, now(), 1, 1, '{}', false, '')",
                [ahaus.organisation_id, case_id, ahaus.actor.membership_id],
            )
        answers.append(str(error.value).replace(str(case_id), "…"))
    assert answers[0] == answers[1]


def test_a_unique_value_does_not_tell_that_another_has_it(full, app_role):
    ahaus, gronau = full
    with acting_for(app_role, ahaus.organisation_id):
        app_role.execute(
            "INSERT INTO cases_anonymousmatter (id, organisation_id, codeword, began_on) VALUES (%s, %s, %s, now())",
            [gronau.matter.id, ahaus.organisation_id, gronau.matter.codeword],
        )


def test_with_a_service_put_on_memberships_elsewhere_are_not_shown(two):
    """Karin works in two services; in one of them she sees that one's staff."""
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Membership
    from tests.desk_client import membership_of

    ahaus, gronau = two
    amal = membership_of("amal@caritas-ahaus.example")
    with opened_for(gronau.actor, write=True):
        Membership.objects.create(
            organisation_id=gronau.organisation_id, user=amal.user, role="case_manager", name="Amal Testin",
            since=amal.since,
        )  # fmt: skip
    with opened_for(ahaus.actor, write=False):
        assert set(Membership.objects.values_list("organisation_id", flat=True)) == {ahaus.organisation_id}


def test_the_context_ends_with_its_transaction(two, app_role):
    ahaus, _gronau = two
    with acting_for(app_role, ahaus.organisation_id):
        assert count(app_role, "cases_case") == 2
    assert count(app_role, "cases_case") == 0
    with pytest.raises(ZeroDivisionError), acting_for(app_role, ahaus.organisation_id):
        raise ZeroDivisionError
    assert count(app_role, "cases_case") == 0


def test_a_broken_context_shows_nothing(two, app_role):
    for wrong in ("", "0", "-1"):
        with app_role.transaction():
            app_role.execute("SELECT set_config('faden.organisation', %s, true)", [wrong])
            assert count(app_role, "cases_case") == 0
    with pytest.raises(psycopg.DataError), app_role.transaction():
        app_role.execute("SELECT set_config('faden.organisation', '1 OR 1=1', true)")
        count(app_role, "cases_case")


def test_only_one_place_knows_the_settings_names():
    from tests.guards.source import files, name_of

    named = {
        name_of(f)
        for f in files("src")
        if re.search(r"""set_config\(.?faden\.|["'\s(]SET (LOCAL )?faden""", f.read_text("utf-8"))
    }
    assert named - {"src/faden/kernel/rls.py", "src/faden/kernel/operations.py"} == {
        "src/faden/consents/migrations/_sql.py", "src/faden/consents/migrations/_sql_crossing.py", "src/faden/consents/migrations/_sql_series.py",
        "src/faden/kernel/migrations/_sql.py", "src/faden/referrals/migrations/_sql.py",
    }  # fmt: skip
