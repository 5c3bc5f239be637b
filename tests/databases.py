"""Test databases: the owner migrates one template, each worker and each browser test gets a clone."""

import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from config.embedded import prepare_database
from faden.outside.embedded_postgres import EmbeddedServer

PROJECT = Path(__file__).resolve().parents[1]
DEBIAN = Path("/usr/lib/postgresql/15/bin")


@cache
def server() -> EmbeddedServer:
    """The server of this run: the embedded one, or Debian's when FADEN_TEST_DEBIAN is set."""
    if os.environ.get("FADEN_TEST_DEBIAN"):
        return EmbeddedServer(PROJECT / ".faden" / "test-15", binaries=DEBIAN)
    return EmbeddedServer(PROJECT / ".faden" / "test")


def fingerprint() -> str:
    """Changes whenever a migration, a role or the planted network does."""
    seen = hashlib.sha256()
    source = PROJECT / "src"
    files = [*source.glob("faden/*/migrations/*.py"), *source.glob("config/*.sql")]
    files += [
        *source.glob("config/demo_data/*.py"),
        *source.glob("faden/organisations/**/*.py"),
        source / "faden/kernel/operations.py",
    ]
    for file in sorted(files):
        seen.update(file.read_bytes())
    return seen.hexdigest()[:12]


def environment_for(pg: EmbeddedServer, database: str) -> dict[str, str]:
    """What tells a process which database to use."""
    return {
        "FADEN_DATABASE_URL": pg.dsn("faden_app", database),
        "FADEN_OWNER_DATABASE_URL": pg.dsn("faden_owner", database),
        "FADEN_BACKUP_DATABASE_URL": pg.dsn("faden_backup", database),
        "FADEN_FOLDER": str(PROJECT / ".faden" / "test-files"),
        "FADEN_MAIL_URL": "memory://",
        "FADEN_DEMO": "0",
        "FADEN_STATIC_FROM_SOURCE": "1",
        "FADEN_RATE_LIMITS": "0",
        "FADEN_SECOND_FACTOR": "0",
    }


def template(pg: EmbeddedServer) -> str:
    """The name of the migrated and planted template; made when it is not there yet."""
    name = f"faden_template_{fingerprint()}"
    with psycopg.connect(pg.dsn("postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        # Under another name until it is whole: a broken run must not leave half a template.
        making = f"{name}_making"
        drop(pg, making)
        prepare_database(pg, making)
        env = {**os.environ, **environment_for(pg, making)}
        _run([sys.executable, "-m", "config.cli", "migrate"], env)
        _run([sys.executable, "-m", "config.cli", "found"], env)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
        )
    return name


def _run(command: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def clone(pg: EmbeddedServer, source: str, name: str) -> None:
    """A fresh copy of the template (0.1 s)."""
    drop(pg, name)
    with psycopg.connect(pg.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER faden_owner").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )


def drop(pg: EmbeddedServer, name: str) -> None:
    """Throw a test database away."""
    with psycopg.connect(pg.dsn("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
