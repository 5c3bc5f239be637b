"""The plan of a fill: services, staff and one line per case, in a schema of its own.

Rows are made from this plan by arithmetic alone, so each table can be filled without reading another.
"""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from bench import names
from bench.sizes import MANY_NOTES, MEASURED, MEASURED_CASES, NOTES, Size, case_managers, shares
from faden.organisations.actions.founding import TOWNS

SCHEMA = """
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;

-- Like the application's ids (version 7): growing with time, so indexes are as dense as in real life.
CREATE FUNCTION bench.uid(ms bigint, salt bigint, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(int8send((ms << 16) | 28672 | (hashint8extended(n, salt) & 4095))
        || int8send((hashint8extended(n, -salt) & 4611686018427387903) | (-9223372036854775807 - 1)), 'hex')::uuid
$$;
CREATE FUNCTION bench.at(ms bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT to_timestamp(ms / 1000) $$;
-- A number below `below`, the same each time.
CREATE FUNCTION bench.any(n bigint, salt bigint, below bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (hashint8extended(n, salt) & 1073741823) % below $$;

CREATE UNLOGGED TABLE bench.service (no int, organisation_id bigint, cases bigint, members int, prefix text);
CREATE UNLOGGED TABLE bench.member (
    no int, member int, organisation_id bigint, membership_id uuid, user_id bigint, role text, name text
);
CREATE UNLOGGED TABLE bench.name (
    kind text, no int, main text, other text, native text, sort text, keys text[], PRIMARY KEY (kind, no)
);
CREATE UNLOGGED TABLE bench.name_keys (
    kind text, no int, second bool, native bool, keys text[], PRIMARY KEY (kind, no, second, native)
);
"""

# One line per case, in the order in which they were opened: rows of one case lie far apart, as in real life.
PLAN = f"""
CREATE UNLOGGED TABLE bench.plan AS
SELECT row_number() OVER (ORDER BY opened_ms, organisation_id, n) AS no, *
  FROM (SELECT s.no AS service, s.organisation_id, s.prefix, n, s.members, mine, closed,
               %(now)s - (CASE WHEN closed THEN 365 + bench.any(s.no * 10000000 + n, 11, 2500)
                          ELSE bench.any(s.no * 10000000 + n, 12, 700) END
                          * 86400 + bench.any(s.no * 10000000 + n, 13, 86400)) * 1000 AS opened_ms,
               CASE WHEN s.no = 1 AND n = 1 THEN 1 WHEN s.no = 1 AND n = 2 THEN {MANY_NOTES} ELSE {NOTES} END AS notes,
               CASE WHEN mine THEN 1 WHEN s.no <= {MEASURED} THEN 2 + bench.any(n, 14, s.members - 1)
                    ELSE 1 + bench.any(n, 14, s.members) END AS member
          FROM bench.service s, generate_series(1, s.cases) n,
               LATERAL (SELECT s.no <= {MEASURED} AND n <= least({MEASURED_CASES}, s.cases / 2) AS mine),
               LATERAL (SELECT NOT mine AND bench.any(s.no * 10000000 + n, 15, 1000) >= %(open)s AS closed)
       ) AS drawn
 ORDER BY opened_ms, organisation_id, n;
"""

COMPLETE = f"""
CREATE UNLOGGED TABLE bench.ready AS
SELECT p.no, p.service, p.organisation_id, p.prefix, p.n, p.closed, p.opened_ms, p.notes,
       bench.uid(p.opened_ms, 1, p.no) AS case_id, bench.uid(p.opened_ms, 2, p.no) AS person_id,
       bench.uid(p.opened_ms - 86400000, 3, p.no) AS inquiry_id, m.membership_id AS lead_id, m.user_id,
       CASE WHEN p.closed THEN p.opened_ms + 31536000000 ELSE %(now)s END AS end_ms,
       floor(power(bench.any(p.no, 21, 1000000) / 1e6::float8, 1.6) * %(families)s)::int AS family,
       floor(power(bench.any(p.no, 22, 1000000) / 1e6::float8, 1.6) * %(given)s)::int AS given,
       -- Three of ten cases are a family's, of 2 to 6; of the measured ones each tenth has 4, each tenth 6.
       CASE WHEN p.service <= {MEASURED} AND p.n %% 10 = 3 THEN 4 WHEN p.service <= {MEASURED} AND p.n %% 10 = 4 THEN 6
            WHEN p.service <= {MEASURED} AND p.n <= 2 THEN 1
            WHEN bench.any(p.no, 25, 10) < 3 THEN 2 + bench.any(p.no, 26, 5) ELSE 1 END AS persons,
       bench.any(p.no, 23, 100) < 25 AS second, bench.any(p.no, 24, 100) < 30 AS native
  FROM bench.plan p JOIN bench.member m ON m.no = p.service AND m.member = p.member
 ORDER BY p.no;
DROP TABLE bench.plan;
ALTER TABLE bench.ready RENAME TO plan;
ANALYZE bench.plan;
"""


@dataclass(frozen=True)
class Moment:
    """Whole seconds: signatures of looks are made in SQL and must come out the same in Python."""

    at: datetime

    @property
    def ms(self) -> int:
        return int(self.at.timestamp()) * 1000


def this_moment() -> Moment:
    """When the filling pretends to have ended."""
    return Moment(datetime.now(tz=UTC).replace(microsecond=0))


def draw_up(connection: psycopg.Connection, size: Size, now: Moment) -> None:
    """Towns, services, staff, names and the plan of all cases."""
    connection.execute(SCHEMA)
    _towns(connection)
    _services(connection, size)
    families, given = names.family_names(), names.given_names()
    _names(connection, "family", families)
    _names(connection, "given", given)
    connection.execute(PLAN, {"now": now.ms, "open": int(size.open_share * 1000)})
    connection.execute(COMPLETE, {"now": now.ms, "families": len(families), "given": len(given)})


def _towns(connection: psycopg.Connection) -> None:
    with TOWNS.open(encoding="utf-8") as lines, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO organisations_municipality (ags, name, district, postcodes) VALUES (%s, %s, %s, %s)",
            [(row["ags"], row["name"], row["kreis"], row["plz"]) for row in csv.DictReader(lines)],
        )


def _services(connection: psycopg.Connection, size: Size) -> None:
    body = connection.execute(
        "INSERT INTO organisations_legalbody (name, regime, is_public) VALUES ('Bench', 'gdpr', false) RETURNING id"
    ).fetchone()
    assert body is not None
    for number, cases in enumerate(shares(size.cases), start=1):
        prefix = f"B{number:02d}"
        row = connection.execute(
            "INSERT INTO organisations_organisation (legal_body_id, name, kind, case_prefix, contact)"
            " VALUES (%s, %s, 'migration_service', %s, '') RETURNING id",
            [body[0], f"Fachdienst {number:02d}", prefix],
        ).fetchone()
        assert row is not None
        managers = case_managers(cases)
        connection.execute(
            "INSERT INTO bench.service VALUES (%s, %s, %s, %s, %s)", [number, row[0], cases, managers, prefix]
        )
        _staff(connection, number, row[0], managers)


def _staff(connection: psycopg.Connection, number: int, organisation_id: int, managers: int) -> None:
    roles = ["case_manager"] * managers + ["team_lead", "dpo", "administrator"]
    since = datetime.now(tz=UTC).date() - timedelta(days=3650)
    for position, role in enumerate(roles, start=1):
        name = f"Fachkraft {number:02d}-{position:02d}"
        values = [
            f"bench-{number}-{position}@bench.example",
            name,
            organisation_id,
            role,
            since,
            number,
            position,
        ]
        connection.execute(
            "WITH account AS (INSERT INTO organisations_user (password, email, name, is_active, joined_at)"
            " VALUES ('!bench', %s, %s, true, now()) RETURNING id, name),"
            " job AS (INSERT INTO organisations_membership (id, organisation_id, user_id, role, name, since)"
            " SELECT gen_random_uuid(), %s, id, %s, name, %s FROM account"
            " RETURNING id, organisation_id, user_id, role, name)"
            " INSERT INTO bench.member SELECT %s, %s, organisation_id, id, user_id, role, name FROM job",
            values,
        )


def _names(connection: psycopg.Connection, kind: str, parts: list[names.Part]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench.name VALUES (%s, %s, %s, %s, %s, %s)",
            [(kind, at, part.main, part.other, part.native, part.sort) for at, part in enumerate(parts)],
        )
        cursor.executemany(
            "INSERT INTO bench.name_keys VALUES (%s, %s, %s, %s, %s)",
            [
                (kind, at, second, native, part.keys(second=second, native=native))
                for at, part in enumerate(parts)
                for second in (False, True)
                for native in (False, True)
            ],
        )
