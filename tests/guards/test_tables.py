"""Every table is guarded by the database or says why not; each guard is provoked below."""

import pytest

from tests.guards import tables

pytestmark = pytest.mark.debian

PLANT = "CREATE TABLE planted (organisation_id bigint NOT NULL, id uuid, PRIMARY KEY (organisation_id, id))"
SECURE = "ALTER TABLE planted ENABLE ROW LEVEL SECURITY; ALTER TABLE planted FORCE ROW LEVEL SECURITY"
MEMBER = "organisation_id = nullif(current_setting('faden.organisation', true), '')::bigint"
LIST = "organisation_id = ANY (string_to_array(current_setting('faden.organisation', true), ',')::bigint[])"


def test_every_table_is_guarded_or_says_why_not(catalogue):
    assert tables.unguarded(catalogue) == set()


def test_no_list_names_what_is_not_there(catalogue):
    assert tables.stale(catalogue) == set()


def test_there_are_no_views(catalogue):
    assert tables.sights(catalogue) == set()


def test_policies_are_exactly_the_wanted_ones(catalogue):
    assert tables.odd_policies(catalogue) == {}


def test_policies_read_the_setting_once_per_statement(catalogue):
    assert tables.per_row(catalogue) == tables.PER_ROW.keys()


def test_keys_between_services_rows_are_composite(catalogue):
    assert tables.loose_keys(catalogue) == set()
    assert tables.untied(catalogue) == set()


def test_uniqueness_ends_at_the_service(catalogue):
    assert tables.loose_uniques(catalogue) == set()


@pytest.mark.parametrize("statement", [
    PLANT,
    f"{PLANT}; ALTER TABLE planted ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
    "CREATE TABLE planted (id uuid); ALTER TABLE planted ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    "CREATE SCHEMA hidden; CREATE TABLE hidden.planted (organisation_id bigint)",
])  # fmt: skip
def test_an_unguarded_table_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert tables.unguarded(catalogue) <= {"planted", "cases_case", "hidden.planted"}
    assert len(tables.unguarded(catalogue)) == 1


def test_a_stale_entry_is_found(catalogue):
    catalogue.execute("DROP TABLE cache_entries; ALTER TABLE django_session ENABLE ROW LEVEL SECURITY")
    assert {"cache_entries", "django_session"} <= tables.stale(catalogue)


def test_a_view_is_found(catalogue):
    catalogue.execute("CREATE VIEW all_cases AS SELECT * FROM cases_case")
    assert tables.sights(catalogue) == {"all_cases"}


@pytest.mark.parametrize("statement", [
    "CREATE POLICY more ON cases_case FOR SELECT USING (true)",
    "DROP POLICY own_service ON cases_case",
    "ALTER POLICY own_service ON cases_case TO PUBLIC",
    "ALTER POLICY own_service ON cases_case USING (true)",
    "ALTER POLICY own_service ON cases_case WITH CHECK (true)",
    f"DROP POLICY own_service ON cases_case; CREATE POLICY own_service ON cases_case TO faden_app, faden_owner USING ({MEMBER})",
])  # fmt: skip
def test_an_odd_policy_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert tables.odd_policies(catalogue).keys() == {"cases_case"}


@pytest.mark.parametrize(
    "condition", [MEMBER, LIST, "organisation_id = ANY (ARRAY[1, 2])", "now() > '2026-01-01'"]
)
def test_a_policy_that_computes_per_row_is_found(catalogue, condition):
    catalogue.execute(f"{PLANT}; {SECURE}; CREATE POLICY own_service ON planted USING ({condition})")
    assert tables.per_row(catalogue) - tables.PER_ROW.keys() == {"planted.own_service"}


@pytest.mark.parametrize("key", [
    "person uuid, organisation_id bigint, CONSTRAINT k FOREIGN KEY (person, organisation_id) REFERENCES persons_person (id, organisation_id)",
    "organisation_id bigint, block uuid CONSTRAINT k REFERENCES kernel_auditblock (id)",
])  # fmt: skip
def test_a_loose_key_is_found(catalogue, key):
    catalogue.execute("ALTER TABLE persons_person ADD CONSTRAINT other UNIQUE (id, organisation_id)")
    catalogue.execute("ALTER TABLE kernel_auditblock ADD CONSTRAINT loose UNIQUE (id)")
    catalogue.execute(f"CREATE TABLE planted ({key})")
    assert tables.loose_keys(catalogue) == {"planted.k"}


def test_a_key_from_outside_is_found(catalogue):
    catalogue.execute(
        "ALTER TABLE django_session ADD organisation_id bigint, ADD case_id uuid,"
        " ADD CONSTRAINT k FOREIGN KEY (organisation_id, case_id) REFERENCES cases_case (organisation_id, id)"
    )
    assert tables.loose_keys(catalogue) == {"django_session.k"}


def test_a_reference_that_nothing_checks_is_found(catalogue):
    catalogue.execute("ALTER TABLE cases_task DROP CONSTRAINT cases_task_case_id_same_service")
    assert tables.untied(catalogue) == {"cases_task.case_id"}


@pytest.mark.parametrize("statement", [
    "CREATE UNIQUE INDEX loose ON cases_case (number)",
    "CREATE UNIQUE INDEX loose ON cases_case (number, organisation_id)",
    "CREATE UNIQUE INDEX loose ON cases_case (lower(number))",
    "ALTER TABLE cases_case ADD CONSTRAINT loose UNIQUE (id)",
    "ALTER TABLE cases_case ADD CONSTRAINT loose EXCLUDE (number WITH =)",
])  # fmt: skip
def test_a_loose_unique_index_is_found(catalogue, statement):
    catalogue.execute(statement)
    assert tables.loose_uniques(catalogue) == {"cases_case.loose"}
