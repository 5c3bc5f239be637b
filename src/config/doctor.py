"""`faden doctor`: one line for each thing that is wrong, and how to mend it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
import psycopg

from config.environment import environment
from faden.kernel.tenancy import OUTSIDE

Complaints = Iterator[str]
_ROLES = """
    SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname LIKE 'faden\\_%'
"""
_UNGUARDED = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
"""


def run() -> int:
    """Print what is wrong; 0 when nothing is."""
    complaints = [line for check in CHECKS for line in _safely(check)]
    for line in complaints:
        click.echo(f"✗ {line}")
    if not complaints:
        click.echo(f"✓ {len(CHECKS)} checks, nothing is wrong")
    return 1 if complaints else 0


def _safely(check: Callable[[], Complaints]) -> list[str]:
    try:
        return list(check())
    except psycopg.OperationalError as problem:
        return [f"database: {str(problem).splitlines()[0]}: is the server running, are the URLs right?"]


def database() -> Complaints:
    """Reachable as each of the three roles, and new enough."""
    env = environment()
    for name, url in {
        "FADEN_DATABASE_URL": env.database_url,
        "FADEN_OWNER_DATABASE_URL": env.owner_database_url,
        "FADEN_BACKUP_DATABASE_URL": env.backup_database_url,
    }.items():
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                if connection.info.server_version < 150000:
                    yield f"{name}: PostgreSQL {connection.info.server_version // 10000} is too old: 15 or newer"
        except psycopg.OperationalError as problem:
            yield f"{name}: {str(problem).splitlines()[0]}: check the URL, the password, pg_hba.conf"


def roles() -> Complaints:
    """Each role is there and can do no more than it should."""
    with _owner() as connection:
        found = {row[0]: row[1:] for row in connection.execute(_ROLES)}
    for name in ("faden_owner", "faden_app", "faden_steward", "faden_backup"):
        if name not in found:
            yield f"role {name} is missing: run src/config/roles.sql as the database administrator"
            continue
        superuser, bypass, login = found[name]
        if superuser:
            yield f"role {name} is a superuser: ALTER ROLE {name} NOSUPERUSER"
        if bypass and name != "faden_backup":
            yield f"role {name} bypasses row security: ALTER ROLE {name} NOBYPASSRLS"
        if login and name == "faden_steward":
            yield "role faden_steward can sign in: ALTER ROLE faden_steward NOLOGIN"


def policies() -> Complaints:
    """Every table is guarded or on the list with its reason."""
    with _owner() as connection:
        unguarded = {row[0] for row in connection.execute(_UNGUARDED)}
        owned = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'faden_owner'"
        ).fetchone()
    for table in sorted(unguarded - set(OUTSIDE)):
        yield f"table {table} has no forced row security: run `faden migrate`, or remove the table"
    if owned and owned[0]:
        yield f"{owned[0]} tables do not belong to faden_owner: REASSIGN OWNED BY … TO faden_owner"


def migrations() -> Complaints:
    """Nothing is pending."""
    os.environ["FADEN_ACT_AS"] = "app"
    import django  # noqa: PLC0415 -- after the role is chosen

    django.setup()
    from django.db import connection  # noqa: PLC0415 -- needs Django
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- needs Django

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield f"{len(pending)} migrations are pending: run `faden migrate`"


def time_zone() -> Complaints:
    """The database's clock agrees with ours, and knows where Germany is."""
    with _owner() as connection:
        row = connection.execute("SELECT now(), now() AT TIME ZONE 'Europe/Berlin'").fetchone()
    if row and abs((datetime.now(tz=UTC) - row[0]).total_seconds()) > 5:
        yield "the clocks of this machine and the database differ by more than 5 s: set up NTP on both"


def folders() -> Complaints:
    """What Faden writes into can be written."""
    env = environment()
    try:
        env.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=env.folder):
            pass
    except OSError as problem:
        yield f"{env.folder}: {problem.strerror}: make it writable or set FADEN_FOLDER"


def keys() -> Complaints:
    """The keyring is readable by its owner alone."""
    from faden.kernel import keys as ring  # noqa: PLC0415 -- tells below where it is

    env = environment()
    path = env.keys_file or env.folder / "keys.json"
    ring.configure(text=env.keys.get_secret_value() if env.keys else None, path=path)
    try:
        ring.keyring()
    except ring.KeyProblem as problem:
        yield f"keys: {problem}"
        return
    if not env.keys and path.stat().st_mode & 0o077:
        yield f"{path} can be read by others: chmod 600"


def mail() -> Complaints:
    """Mail goes somewhere."""
    env = environment()
    scheme = urlsplit(env.mail_url).scheme
    if scheme not in ("smtp", "file", "console", "memory"):
        yield f"FADEN_MAIL_URL: {scheme}:// is unknown: smtp://host:587?tls=1, file:///folder, console://"
    if scheme != "smtp" and not env.demo:
        yield "mail is not sent: set FADEN_MAIL_URL to smtp://…"
    if scheme == "file" and not Path(urlsplit(env.mail_url).path).is_dir():
        yield "FADEN_MAIL_URL: the folder is not there"


def scanner() -> Complaints:
    """The virus scanner answers, when one is configured."""
    env = environment()
    if not env.clamd:
        if not env.demo:
            yield "no virus scanner: files are marked as unchecked; set FADEN_CLAMD=unix:/run/clamav/clamd.ctl"
        return
    from faden.outside import clamd  # noqa: PLC0415 -- only when configured

    if clamd.scan(b"faden doctor", address=env.clamd, seconds=5).outcome is clamd.Outcome.NO_ANSWER:
        yield f"the virus scanner at {env.clamd} does not answer: is clamav-daemon running?"


def safety() -> Complaints:
    """A real installation is not left open."""
    env = environment()
    if env.demo:
        return
    if env.debug:
        yield "FADEN_DEBUG is on: pages would show data in error messages; switch it off"
    if not env.https:
        yield "FADEN_HTTPS is off: put a TLS proxy before the server and switch it on"
    if not env.second_factor:
        yield "FADEN_SECOND_FACTOR is off: anybody with a password gets in"
    if not env.rate_limits:
        yield "FADEN_RATE_LIMITS is off: passwords can be guessed"


def _owner() -> psycopg.Connection:
    return psycopg.connect(environment().owner_database_url, connect_timeout=5)


CHECKS: tuple[Callable[[], Complaints], ...] = (
    database,
    roles,
    policies,
    migrations,
    time_zone,
    folders,
    keys,
    mail,
    scanner,
    safety,
)
