"""What the catalogue says about tables: each function returns its findings, none is good."""

import re

import psycopg

from faden.kernel.tenancy import OUTSIDE

SERVICE = "organisation_id = ( SELECT (NULLIF(current_setting('faden.organisation'::text, true), ''::text))::bigint)"
LINK = "id = ( SELECT (NULLIF(current_setting('faden.delivery'::text, true), ''::text))::uuid)"
TODAY = "( SELECT ((now() AT TIME ZONE 'Europe/Berlin'::text))::date AS timezone)"

Policy = tuple[str, str, str, str, str | None]
OWN_SERVICE: Policy = ("own_service", "faden_app,faden_owner", "ALL", f"({SERVICE})", f"({SERVICE})")

# Tables with other policies than the one above, and why. The texts are as PostgreSQL writes them.
OTHER_POLICIES: dict[str, tuple[str, list[Policy]]] = {
    "organisations_membership": (
        "a person chooses her role before a service is known",
        [OWN_SERVICE, ("steward_tells_her_own", "faden_steward", "SELECT", "(CURRENT_USER = 'faden_steward'::name)", None)],
    ),
    "organisations_invitation": (
        "a link is opened before a service is known: the steward looks it up",
        [OWN_SERVICE, ("steward_looks_up", "faden_steward", "SELECT", "(CURRENT_USER = 'faden_steward'::name)", None)],
    ),
    "cases_calendarfeed": (
        "a calendar asks before a service is known: the steward says whose it is",
        [OWN_SERVICE, ("steward_looks_up", "faden_steward", "SELECT", "(CURRENT_USER = 'faden_steward'::name)", None)],
    ),
    **{
        f"directory_{name}": (
            "the directory is public: everybody reads it, its own service writes it",
            [OWN_SERVICE, ("open_to_all", "faden_app", "SELECT", "true", None)],
        )
        for name in ("source", "provider", "offer", "place")
    },
    "residence_rulereading": (
        "what somebody reads otherwise in a rule is about no person: everybody reads it, its own service writes it",
        [OWN_SERVICE, ("open_to_all", "faden_app", "SELECT", "true", None)],
    ),
    "consents_delivery": (
        "the recipient sees a copy only while both dates allow it, and writes only that it filed or erased it",
        [
            ("owner_in_service", "faden_owner", "ALL", f"({SERVICE})", f"({SERVICE})"),
            (
                "recipient_reads", "faden_app", "SELECT",
                f"(({SERVICE}) AND ((filed_at IS NOT NULL) OR ((ended_at IS NULL) AND (valid_until >= {TODAY}))))", None,
            ),
            (
                "recipient_files", "faden_app", "UPDATE",
                f"(({SERVICE}) AND ((filed_at IS NOT NULL) OR ((ended_at IS NULL) AND (valid_until >= {TODAY}))))",
                f"({SERVICE})",
            ),
        ],
    ),
    "consents_linkdelivery": (
        "an agency without an account reads the one copy its link names, and nothing else",
        [
            OWN_SERVICE,
            (
                "by_link", "faden_app,faden_owner", "SELECT",
                f"(({LINK}) AND (ended_at IS NULL) AND (expires_at > ( SELECT now() AS now)) AND (wrong_codes < 5))", None,
            ),
            ("steward_looks_up", "faden_steward", "SELECT", "(CURRENT_USER = 'faden_steward'::name)", None),
        ],
    ),
}  # fmt: skip

# Policies that compute something for each row, and why that may stay.
PER_ROW: dict[str, str] = {}

_TENANTS = """
    SELECT c.oid, c.relname FROM pg_class AS c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL (%s)
"""


def _rows(connection: psycopg.Connection, statement: str, *values: object) -> list[tuple]:
    return connection.execute(statement, values).fetchall()


def tables(connection: psycopg.Connection) -> set[str]:
    """All tables of all schemas of ours."""
    return {
        name
        for (name,) in _rows(
            connection,
            "SELECT CASE nspname WHEN 'public' THEN relname ELSE nspname || '.' || relname END"
            " FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace"
            " WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)'",
        )
    }


def tenants(connection: psycopg.Connection) -> set[str]:
    """The tables that belong to services: all that are not on the list with reasons."""
    return tables(connection) - OUTSIDE.keys()


def unguarded(connection: psycopg.Connection) -> set[str]:
    """Neither under forced row security with an organisation_id, nor on the list with reasons."""
    guarded = {
        name
        for (name,) in _rows(
            connection,
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
            " WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity"
            " AND attname = 'organisation_id' AND attnotnull AND atttypid = 'bigint'::regtype",
        )
    }
    return tenants(connection) - guarded


def stale(connection: psycopg.Connection) -> set[str]:
    """On a list, but there is no such table, or it needs the list no longer."""
    secured = {name for (name,) in _rows(connection, "SELECT relname FROM pg_class WHERE relrowsecurity")}
    return (
        (OUTSIDE.keys() - tables(connection))
        | (OUTSIDE.keys() & secured)
        | (OTHER_POLICIES.keys() - tables(connection))
    )


def sights(connection: psycopg.Connection) -> set[str]:
    """Views and foreign tables: they show rows with their owner's eyes."""
    found = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')"
    return {name for (name,) in _rows(connection, found)}


def policies(connection: psycopg.Connection) -> dict[str, list[Policy]]:
    """Policies by table: name, roles, command, USING, WITH CHECK."""
    found: dict[str, list[Policy]] = {}
    for table, kind, name, roles, command, using, check in _rows(
        connection,
        "SELECT tablename, permissive, policyname, array_to_string(roles, ','), cmd, qual, with_check FROM pg_policies"
        " ORDER BY tablename, policyname",
    ):
        assert kind == "PERMISSIVE", f"{table}.{name} is restrictive: teach this guard about it"
        found.setdefault(table, []).append(
            (name, ",".join(sorted(roles.split(","))), command, _plain(using), _plain(check))
        )
    return found


def _plain(expression: str | None) -> str | None:
    return expression and expression.replace(' AS "nullif"', "")


def odd_policies(connection: psycopg.Connection) -> dict[str, list[Policy]]:
    """Tables whose policies are not exactly the wanted ones."""
    found = policies(connection)
    wanted = {table: [OWN_SERVICE] for table in tenants(connection)}
    wanted |= {table: sorted(rows) for table, (_why, rows) in OTHER_POLICIES.items()}
    names = found.keys() | wanted.keys()
    return {
        name: found.get(name, []) for name in names if sorted(found.get(name, [])) != wanted.get(name, [])
    }


def per_row(connection: psycopg.Connection) -> set[str]:
    """Policies that call something, or compare with a list, outside a scalar sub-select."""
    found = set()
    for table, rows in policies(connection).items():
        for name, _roles, _command, *expressions in rows:
            for expression in filter(None, expressions):
                outside = _without_selects(expression)
                if re.search(r"\w\(|\bANY\b|\bARRAY\b|\bIN \(|AT TIME ZONE|current_setting", outside):
                    found.add(f"{table}.{name}")
    return found


def _without_selects(expression: str) -> str:
    while (start := expression.find("( SELECT ")) >= 0:
        depth, end = 0, start
        for end in range(start, len(expression)):
            depth += {"(": 1, ")": -1}.get(expression[end], 0)
            if depth == 0:
                break
        expression = f"{expression[:start]}#{expression[end + 1 :]}"
    return expression


def loose_keys(connection: psycopg.Connection) -> set[str]:
    """Foreign keys to tenant tables that do not begin with organisation_id on both sides."""
    found = _rows(
        connection,
        f"""
        WITH tenant AS ({_TENANTS})
        SELECT conrelid::regclass::text, conname FROM pg_constraint
          JOIN pg_attribute AS here ON here.attrelid = conrelid AND here.attnum = conkey[1]
          JOIN pg_attribute AS there ON there.attrelid = confrelid AND there.attnum = confkey[1]
         WHERE contype = 'f' AND confrelid IN (SELECT oid FROM tenant)
           AND NOT (conrelid IN (SELECT oid FROM tenant)
                    AND here.attname = 'organisation_id' AND there.attname = 'organisation_id')
        """,
        sorted(OUTSIDE),
    )
    return {f"{table}.{name}" for table, name in found}


def untied(connection: psycopg.Connection) -> set[str]:
    """Columns of `SameServiceKey`s without their composite constraint."""
    from django.apps import apps

    from faden.kernel.operations import same_service_keys

    wanted = {
        (m._meta.db_table, field.column, field.remote_field.model._meta.db_table)
        for m in apps.get_models()
        for field in same_service_keys(m)
    }
    found = _rows(
        connection,
        "SELECT conrelid::regclass::text, attname, confrelid::regclass::text FROM pg_constraint"
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[2]"
        " WHERE contype = 'f' AND cardinality(conkey) = 2 AND convalidated",
    )
    return {".".join(key[:2]) for key in wanted ^ set(found)}


def loose_uniques(connection: psycopg.Connection) -> set[str]:
    """Unique indexes and exclusions of tenant tables that do not begin with organisation_id."""
    found = _rows(
        connection,
        f"""
        WITH tenant AS ({_TENANTS})
        SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index
          LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
         WHERE indrelid IN (SELECT oid FROM tenant) AND (indisunique OR indisexclusion)
           AND attname IS DISTINCT FROM 'organisation_id'
        """,
        sorted(OUTSIDE),
    )
    return {f"{table}.{index}" for table, index in found}
