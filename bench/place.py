"""Where the scratch databases lie: an embedded server of their own, in `.faden/bench`."""

import hashlib
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from bench.sizes import Size
from config.embedded import prepare_database
from faden.outside.embedded_postgres import EmbeddedServer

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / ".faden" / "bench"

LOADING = {
    "shared_buffers": "2GB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "12GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "autovacuum": "off",
}


class NotEnoughDisk(Exception):
    """Said in one line before anything is filled."""


def loading_server() -> EmbeddedServer:
    """Settings for filling: no WAL for fresh tables, large sorts."""
    return EmbeddedServer(FOLDER, settings=LOADING)


def measured_server() -> EmbeddedServer:
    """The settings Faden ships with: what is measured is what runs."""
    return EmbeddedServer(FOLDER)


def restart(old: EmbeddedServer, new: EmbeddedServer) -> None:
    """The same cluster under other settings."""
    old.stop()
    new.start()


def ask_for_room(size: Size) -> None:
    """Refuse before filling when the disk would run full."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(EmbeddedServer(FOLDER).cluster.parent).free / 1e9
    if free < size.disk_gb:
        raise NotEnoughDisk(
            f"Size {size.name} needs {size.disk_gb:.0f} GB on the disk of {FOLDER}, {free:.0f} GB are free."
        )


def environment_for(server: EmbeddedServer, database: str) -> dict[str, str]:
    """What tells Faden's processes to use the scratch database."""
    return {
        "FADEN_DATABASE_URL": server.dsn("faden_app", database),
        "FADEN_OWNER_DATABASE_URL": server.dsn("faden_owner", database),
        "FADEN_BACKUP_DATABASE_URL": server.dsn("faden_backup", database),
        "FADEN_FOLDER": str(FOLDER),
        "FADEN_KEYS_FILE": str(FOLDER / "keys.json"),
        "FADEN_MAIL_URL": "memory://",
        "FADEN_DEMO": "0",
        "FADEN_DEBUG": "0",
        "FADEN_RATE_LIMITS": "0",
        "FADEN_SECOND_FACTOR": "0",
    }


def fingerprint() -> str:
    """Changes whenever a migration or the filling does: then a kept database is of no use."""
    seen = hashlib.sha256()
    files = [*(PROJECT / "src").glob("faden/*/migrations/*.py")]
    files += [*(PROJECT / "src").glob("faden/persons/rules/*.py"), *(PROJECT / "bench").glob("fill*.py")]
    files += [PROJECT / "bench" / "names.py", PROJECT / "bench" / "sizes.py"]
    for file in sorted(files):
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]


def note_of(server: EmbeddedServer, database: str) -> str:
    """The comment on a filled database: its fingerprint and how long the filling took."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
    return row[0] or "" if row else ""


def keep_note(server: EmbeddedServer, database: str, note: str) -> None:
    """Only a database that was filled to the end gets one."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database), sql.Literal(note))
        )


def drop(server: EmbeddedServer, database: str) -> None:
    """Throw a scratch database away."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )


def make(server: EmbeddedServer, database: str) -> None:
    """An empty database, migrated by the normal migrations."""
    drop(server, database)
    prepare_database(server, database)
    env = {**os.environ, **environment_for(server, database), "FADEN_ACT_AS": "owner"}
    command = [sys.executable, "-m", "config.cli", "migrate"]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"migrate failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def use(server: EmbeddedServer, database: str) -> None:
    """This process is faden_app on that database from now on."""
    os.environ.update(environment_for(server, database))
    os.environ["FADEN_ACT_AS"] = "app"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import keyring

    keyring.ensure()
    import django

    if not django.apps.apps.ready:
        django.setup()
        # The in-process requests would each write two lines to the terminal.
        logging.disable(logging.WARNING)
    from django.db import connections

    let_go()
    connections["default"].settings_dict["NAME"] = database


def let_go() -> None:
    """Close this process's connections, so that the database can be dropped."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
