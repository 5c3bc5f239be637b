"""Roles, grants and functions are exactly the wanted ones; each guard is provoked below."""

import pytest

from tests.guards import rights

pytestmark = pytest.mark.debian


def test_roles_have_exactly_the_wanted_attributes(catalogue):
    assert rights.odd_roles(catalogue) == {}
    assert rights.memberships(catalogue) == rights.MEMBERS


def test_nothing_belongs_to_the_app(catalogue):
    assert rights.owned_by_others(catalogue) == set()
    assert rights.makers(catalogue) == {"faden_steward"}


def test_grants_are_exactly_the_wanted_ones(catalogue):
    assert rights.odd_grants(catalogue) == {}


def test_functions_with_their_owners_rights_are_known(catalogue):
    assert rights.odd_definers(catalogue) == {}


def test_functions_take_no_type_of_their_caller(catalogue):
    assert rights.open_to_temporary_types(catalogue) == set()


def test_who_and_when_stand_together(catalogue):
    assert rights.half_noted(catalogue) == set()


@pytest.mark.parametrize(
    "attribute", ["SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB", "REPLICATION", "NOLOGIN"]
)
def test_an_odd_role_is_found(catalogue, attribute):
    catalogue.execute(f"ALTER ROLE faden_app {attribute}")
    assert rights.odd_roles(catalogue).keys() == {"faden_app"}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE ROLE faden_guest",
        "ALTER ROLE faden_owner SET row_security = off",
        "ALTER ROLE faden_backup NOBYPASSRLS",
    ],
)
def test_an_odd_attribute_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert len(rights.odd_roles(catalogue)) == 1


@pytest.mark.parametrize(
    "statement", ["GRANT faden_owner TO faden_app", "GRANT pg_read_all_data TO faden_app"]
)
def test_a_membership_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert len(rights.memberships(catalogue) - rights.MEMBERS) == 1


@pytest.mark.parametrize("statement", [
    "ALTER TABLE cache_entries OWNER TO faden_app",
    "ALTER FUNCTION faden_epoch() OWNER TO faden_backup",
    "ALTER FUNCTION faden_epoch() OWNER TO faden_steward",
    "CREATE SCHEMA more AUTHORIZATION faden_app",
])  # fmt: skip
def test_what_belongs_to_others_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert len(rights.owned_by_others(catalogue)) == 1


def test_who_may_make_things_is_found(catalogue):
    catalogue.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    assert rights.makers(catalogue) == {"faden_steward", "public"}


@pytest.mark.parametrize(("statement", "where"), [
    ("GRANT UPDATE ON kernel_auditevent TO faden_app", "faden_app: kernel_auditevent"),
    ("GRANT TRUNCATE ON kernel_look TO faden_app", "faden_app: kernel_look"),
    ("GRANT INSERT (xid) ON kernel_look TO faden_app", "faden_app: kernel_look"),
    ("GRANT INSERT ON kernel_auditexpiry TO faden_app", "faden_app: kernel_auditexpiry"),
    ("GRANT UPDATE (ended_at) ON consents_delivery TO faden_app", "faden_app: consents_delivery"),
    ("GRANT SELECT ON persons_person TO faden_steward", "faden_steward: persons_person"),
    ("GRANT UPDATE ON cases_case TO faden_backup", "faden_backup: cases_case"),
    ("GRANT SELECT ON cases_case TO PUBLIC", "public: cases_case"),
    ("REVOKE SELECT ON cases_case FROM faden_backup", "faden_backup: cases_case"),
])  # fmt: skip
def test_an_odd_grant_is_found(catalogue, statement, where):
    catalogue.execute(statement)
    assert rights.odd_grants(catalogue).keys() == {where}


@pytest.mark.parametrize("statement", [
    "ALTER FUNCTION audit_expire(uuid) RESET search_path",
    "ALTER FUNCTION audit_expire(uuid) SET search_path = public, pg_catalog",
    "GRANT EXECUTE ON FUNCTION audit_expire(uuid) TO PUBLIC",
    "GRANT EXECUTE ON FUNCTION audit_expire(uuid) TO faden_backup",
    "ALTER FUNCTION audit_expire(uuid) OWNER TO postgres",
    "ALTER FUNCTION audit_expire(uuid) SECURITY INVOKER",
    "ALTER FUNCTION faden_epoch() SECURITY DEFINER",
])  # fmt: skip
def test_an_odd_function_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert len(rights.odd_definers(catalogue)) == 1


def test_a_trigger_that_looks_anywhere_is_found(catalogue):
    catalogue.execute("ALTER FUNCTION consents_release_is_grounded() RESET search_path")
    assert rights.open_to_temporary_types(catalogue) == {"consents_release_is_grounded()"}


def test_half_a_pair_is_found(catalogue):
    catalogue.execute("ALTER TABLE cases_task DROP CONSTRAINT a_done_task_says_by_whom")
    assert rights.half_noted(catalogue) == {"cases_task.done"}
    catalogue.execute("ALTER TABLE cases_task ADD CHECK (done_at IS NOT NULL OR done_by IS NULL)")
    assert rights.half_noted(catalogue) == {"cases_task.done"}
    catalogue.execute("ALTER TABLE cases_task ADD CHECK (done_by IS NOT NULL OR done_at IS NULL)")
    assert rights.half_noted(catalogue) == set()
