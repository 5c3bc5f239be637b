"""What the catalogue says about roles, grants and functions: findings, none is good."""

import re
from typing import NamedTuple

import psycopg

from tests.guards.tables import tables, tenants


class Role(NamedTuple):
    """The attributes that decide what a role can be made to do."""

    superuser: bool = False
    inherits: bool = True
    creates_roles: bool = False
    creates_databases: bool = False
    signs_in: bool = True
    replicates: bool = False
    bypasses_row_security: bool = False
    settings: str | None = None


ROLES = {
    "faden_owner": Role(),
    "faden_app": Role(),
    "faden_steward": Role(signs_in=False),
    "faden_backup": Role(bypasses_row_security=True),
}
MEMBERS = {("faden_steward", "faden_owner")}  # only to hand functions to it

# Functions that run with their owner's rights: owner, who may call them, and why they are needed.
DEFINERS = {
    "audit_expire(uuid)": ("faden_owner", "faden_app", "lets whole blocks of both logs go when their period has ended"),
    "deliver_release(uuid,bytea)": ("faden_owner", "faden_app", "writes the one row that belongs to the recipient"),
    "delivery_series(uuid)": ("faden_owner", "faden_app", "a copy that is replaced leads to the one that counts"),
    "ended_deliveries()": ("faden_owner", "faden_app", "when and why a copy ended, where the row policy hides it whole"),
    "end_delivery(uuid,text)": ("faden_owner", "faden_app", "ends that row when its ground ends"),
    "reply_by_link(uuid,bytea)": ("faden_owner", "faden_app", "an agency without an account answers at the sender"),
    "reply_to_delivery(uuid,uuid,bytea)": ("faden_owner", "faden_app", "the recipient of a copy answers at its sender"),
    "resolve_link(bytea)": ("faden_steward", "faden_app", "a link is opened before anything is known"),
    "submit_request(uuid,text,text,text[],text,boolean,bytea,bytea)": (
        "faden_owner", "faden_app", "a partner asks the service that is competent on the day",
    ),
    "tell_request_state(uuid)": ("faden_owner", "faden_app", "the partner sees one of three states"),
    "try_link_code(bytea)": ("faden_owner", "faden_app", "counts the wrong codes of a link"),
    "offices_that_read_clients(date)": (
        "faden_steward", "faden_app", "a service asks which offices have somebody for what clients send; only their ids",
    ),
    "own_memberships()": ("faden_steward", "faden_app", "a person chooses her role before a service is known"),
    "resolve_calendar(bytea)": ("faden_steward", "faden_app", "a calendar asks before a service is known"),
    "resolve_invitation(bytea)": ("faden_steward", "faden_app", "a link is opened before a service is known"),
}  # fmt: skip

# What the app role may do with a table when it is not everything.
LESS = {
    "consents_consent": "INSERT,SELECT,UPDATE",  # signed, it is kept by a trigger
    "consents_release": "INSERT,SELECT",  # legal records
    "consents_releaseending": "INSERT,SELECT",
    "consents_delivery": "SELECT content:UPDATE erasure:UPDATE erasure_at:UPDATE erasure_by:UPDATE erasure_words:UPDATE"
    " filed_at:UPDATE filed_by:UPDATE",  # written by its functions
    "directory_source": "INSERT,SELECT,UPDATE",  # ended, never deleted
    "directory_provider": "INSERT,SELECT,UPDATE",
    "directory_offer": "INSERT,SELECT,UPDATE",
    "directory_shelf": "SELECT,UPDATE",  # its one row
    "kernel_auditblock": "INSERT,SELECT",
    "kernel_auditepoch": "SELECT",  # began by the owner after a restore
    "kernel_auditexpiry": "SELECT",  # written by audit_expire
    "organisations_organisation": "SELECT",  # public lists, kept by the owner
    "organisations_legalbody": "SELECT",
    "organisations_municipality": "SELECT",
    "organisations_competence": "SELECT",
}
_LOG = "at epoch id mac organisation_id role user_id xid".split()
_OWN = {
    "kernel_auditevent": ["details", "event", "subject_id"],
    "kernel_look": ["kind", "page", "purpose", "shown", "subject_id"],
}
# Transaction and epoch are the database's to name.
LESS |= {
    table: " ".join(["SELECT", *(f"{c}:INSERT" for c in sorted(own + _LOG) if c not in ("xid", "epoch"))])
    for table, own in _OWN.items()
}
ALL = "DELETE,INSERT,SELECT,UPDATE"
STEWARD = {
    "cases_calendarfeed": " ".join(f"{c}:SELECT" for c in ("membership_id", "organisation_id", "revoked_at", "token_hash")),
    "consents_linkdelivery": " ".join(
        f"{c}:SELECT" for c in ("ended_at", "expires_at", "id", "organisation_id", "token_hash", "wrong_codes")
    ),
    "organisations_membership": "SELECT",
    "organisations_invitation": " ".join(
        f"{c}:SELECT"
        for c in ("accepted_at", "expires_at", "id", "organisation_id", "token_hash", "withdrawn_at")
    ),
}


def odd_roles(connection: psycopg.Connection) -> dict[str, Role | None]:
    """Roles of ours with other attributes than the wanted ones, or more roles than these."""
    found = {
        name: Role(*rest)
        for name, *rest in connection.execute(
            "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,"
            " rolbypassrls, rolconfig::text FROM pg_roles WHERE rolname ~ '^faden'"
        )
    }
    return {
        name: found.get(name) for name in found.keys() | ROLES.keys() if found.get(name) != ROLES.get(name)
    }


def memberships(connection: psycopg.Connection) -> set[tuple[str, str]]:
    """Who may act as whom, among our roles and to or from any other."""
    found = connection.execute(
        "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members"
        " WHERE (roleid::regrole::text || member::regrole::text) ~ 'faden'"
    )
    return set(found.fetchall())


def owned_by_others(connection: psycopg.Connection) -> set[str]:
    """What belongs to the app, the backup, or - but for its functions - the steward."""
    found = connection.execute("""
        SELECT classid::regclass || ' ' || coalesce(objid::regprocedure::text, objid::text), r.rolname FROM pg_shdepend
          JOIN pg_roles AS r ON r.oid = refobjid
         WHERE deptype = 'o' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND rolname IN ('faden_app', 'faden_backup', 'faden_steward')
        UNION ALL
        SELECT 'database ' || datname, r.rolname FROM pg_database JOIN pg_roles AS r ON r.oid = datdba
         WHERE rolname IN ('faden_app', 'faden_backup', 'faden_steward')
    """).fetchall()
    steward = {f"pg_proc {name}" for name, (owner, *_) in DEFINERS.items() if owner == "faden_steward"}
    return {f"{role}: {what}" for what, role in found if not (role == "faden_steward" and what in steward)}


def grants(connection: psycopg.Connection, grantee: str) -> dict[str, str]:
    """Table to what a role may do with it, columns named one by one."""
    found: dict[str, list[str]] = {}
    for table, words in connection.execute("""
        SELECT relname, string_agg(privilege_type, ',' ORDER BY privilege_type)
          FROM pg_class, aclexplode(relacl)
         WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace
           AND grantee = coalesce((SELECT oid FROM pg_roles WHERE rolname = %(who)s), 0)
         GROUP BY relname
    """, {"who": grantee}):  # fmt: skip
        found[table] = [words]
    for table, word in connection.execute("""
        SELECT relname, attname || ':' || string_agg(privilege_type, ',' ORDER BY privilege_type)
          FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid, aclexplode(attacl)
         WHERE relnamespace = 'public'::regnamespace
           AND grantee = coalesce((SELECT oid FROM pg_roles WHERE rolname = %(who)s), 0)
         GROUP BY relname, attname ORDER BY attname
    """, {"who": grantee}):  # fmt: skip
        found.setdefault(table, []).append(word)
    return {table: " ".join(words) for table, words in found.items()}


def odd_grants(connection: psycopg.Connection) -> dict[str, str]:
    """Where a role may do other things with a table than the wanted ones."""
    names = tables(connection)
    wanted = {
        "faden_app": {name: LESS.get(name, ALL) for name in names}
        | {n: w for n, w in LESS.items() if n not in names},
        "faden_backup": dict.fromkeys(names, "SELECT"),
        "faden_steward": STEWARD,
        "public": {},
    }
    odd = {}
    for role, rights in wanted.items():
        found = grants(connection, role)
        for name in found.keys() | rights.keys():
            if found.get(name) != rights.get(name):
                odd[f"{role}: {name}"] = found.get(name, "nothing")
    return odd


def makers(connection: psycopg.Connection) -> set[str]:
    """Who may make things in the schema besides the owner of the database: the steward, to own its functions."""
    found = connection.execute(
        "SELECT coalesce(rolname, 'public') FROM pg_namespace, aclexplode(nspacl)"
        " LEFT JOIN pg_roles AS r ON r.oid = grantee"
        " WHERE nspname = 'public' AND privilege_type = 'CREATE' AND rolname IS DISTINCT FROM 'pg_database_owner'"
    )
    return {name for (name,) in found}


def odd_definers(connection: psycopg.Connection) -> dict[str, str]:
    """Functions that run with their owner's rights and are not as the list says."""
    odd, found = {}, {}
    for name, owner, settings, callers in connection.execute("""
        SELECT p.oid::regprocedure::text, pg_get_userbyid(proowner), coalesce(proconfig, '{}'),
               ARRAY(SELECT coalesce(rolname, 'PUBLIC') FROM aclexplode(coalesce(proacl, acldefault('f', proowner)))
                       LEFT JOIN pg_roles AS r ON r.oid = grantee WHERE grantee <> proowner ORDER BY 1)
          FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = pronamespace
         WHERE prosecdef AND nspname !~ '^(pg_|information_schema)'
    """):
        found[name] = (owner, ",".join(callers))
        path = next((s.partition("=")[2] for s in settings if s.startswith("search_path=")), "")
        if not re.fullmatch(r"pg_catalog, public(, pg_temp)?", path):
            odd[name] = f"search_path is {path or 'whatever the caller has'}"
    for name in found.keys() | DEFINERS.keys():
        if found.get(name) != DEFINERS.get(name, (None,))[:2]:
            odd[name] = str(found.get(name, "is not there"))
    return odd


def open_to_temporary_types(connection: psycopg.Connection) -> set[str]:
    """Definers and triggers that would take a caller's temporary type or table for one of theirs: pg_temp must be named, and last."""
    found = connection.execute(
        "SELECT p.oid::regprocedure::text, proconfig FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = proowner"
        " WHERE prosecdef OR (prorettype = 'trigger'::regtype AND rolname = 'faden_owner' AND proname !~ '^procrastinate')"
    ).fetchall()
    return {name for name, settings in found if not any(s.endswith(", pg_temp") for s in settings or ())}


# Without a person: what the night does by itself, and why it may.
BY_THE_NIGHT = {
    "cases_deadline.ended": "a Frist goes by itself when what it came from is no more",
    "cases_task.made": "a job makes a task when someone comes of age or a protection needs a look",
    "chains_chain.made": "what an office answers becomes a step, and the first one begins its chain",
    "chains_stepchange.changed": "an exemption ends with its day, and others follow",
    "chains_chainshare.ended": "a Laufende Freigabe ends with its day or its consent",
    "consents_releaseending.ended": "a Weitergabe ends with its day, or when what parents gave ends at 18",
    "referrals_answer.noted": "an answer came by itself",
    "referrals_answer.undone": "the recipient corrects what it answered",
    "residence_outlook.ended": "what parents agreed to ends at 18",
    "residence_officeanswer.noted": "the office's answer came by itself",
    "referrals_referralchange.changed": "a Vermittlung runs out with its day, and reminders are sent at night",
}


def half_noted(connection: psycopg.Connection) -> set[str]:
    """Pairs of *_by and *_at of which one can be there without the other."""
    columns: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, column, kind, required in connection.execute(
        "SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
        " JOIN pg_class AS c ON c.oid = attrelid WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped"
        " AND relnamespace = 'public'::regnamespace"
    ):
        columns.setdefault(table, {})[column] = (kind, required)
    found = set()
    for table in tenants(connection):
        for by in [name for name in columns[table] if name.endswith("_by")]:
            at = f"{by[:-3]}_at"
            if f"{table}.{by[:-3]}" in BY_THE_NIGHT:
                continue
            if at in columns[table] and not _together(connection, table, columns[table], by, at):
                found.add(f"{table}.{by[:-3]}")
    return found


def _together(
    connection: psycopg.Connection, table: str, columns: dict[str, tuple[str, bool]], by: str, at: str
) -> bool:
    if columns[by][1] and columns[at][1]:
        return True
    checks = [
        text.removeprefix("CHECK ")
        for (text,) in connection.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [table],
        )
    ]
    return all(_refused(connection, checks, columns, given=a, missing=b) for a, b in ((by, at), (at, by)))


def _refused(
    connection: psycopg.Connection,
    checks: list[str],
    columns: dict[str, tuple[str, bool]],
    *,
    given: str,
    missing: str,
) -> bool:
    """Does one of the table's own checks say no to a row that has one of the two?"""
    if columns[missing][1]:
        return True  # it is never missing
    samples = {"bigint": "1", "timestamp with time zone": "now()"}
    row = ", ".join(
        f"{samples[kind] if name == given else 'NULL'}::{kind} AS {name}"
        for name, (kind, _required) in columns.items()
    )
    refused = " OR ".join(f"({check}) IS FALSE" for check in checks) or "false"
    answer = connection.execute(f"SELECT {refused} FROM (SELECT {row}) AS planted").fetchone()
    return bool(answer and answer[0])
