"""Test databases: the owner migrates one template, each worker and each browser test gets a clone."""

import hashlib
import os
import shutil
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
MEMORY = Path("/dev/shm")
ROOM = 1024 * 1024 * 1024
# Nothing here outlives a crash: what makes a database durable would only cost time.
THROWN_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "shared_buffers": "128MB",
}
KEPT_TEMPLATES = 3


@cache
def server() -> EmbeddedServer:
    """The server of this run: the embedded one, or Debian's when FADEN_TEST_DEBIAN is set."""
    if os.environ.get("FADEN_TEST_DEBIAN"):
        return EmbeddedServer(_folder("test-15"), binaries=DEBIAN, settings=THROWN_AWAY)
    return EmbeddedServer(_folder("test"), settings=THROWN_AWAY)


def _folder(name: str) -> Path:
    """In memory where there is room: a clone makes a thousand files, and a disk takes up to a second for them."""
    quick = MEMORY / f"faden-{name}-{hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:12]}"
    # Once made it is taken whatever the room, so that all processes of a run choose alike.
    if not quick.exists() and os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        quick.mkdir(mode=0o755, exist_ok=True)
    ours = quick.is_dir() and not quick.is_symlink() and quick.stat().st_uid == os.geteuid()
    return quick if ours else PROJECT / ".faden" / name


def in_memory() -> Path | None:
    """Where a test makes a server of its own: in memory where programs may lie there too, else wherever is usual."""
    usable = os.access(MEMORY, os.W_OK | os.X_OK) and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return MEMORY if usable and shutil.disk_usage(MEMORY).free > ROOM else None


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
        _forget_old_templates(pg, connection)
    return name


def _forget_old_templates(pg: EmbeddedServer, connection: psycopg.Connection) -> None:
    """Another run may still clone the one before."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'faden_template_%%' ORDER BY oid DESC OFFSET %s",
        [KEPT_TEMPLATES],
    ).fetchall()
    for (old,) in rows:
        drop(pg, old)


def _run(command: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def clone(pg: EmbeddedServer, source: str, name: str) -> None:
    """A fresh copy of the template, file by file: page by page through the log would take three times as long."""
    with psycopg.connect(pg.dsn("postgres"), autocommit=True) as connection:
        connection.execute(_dropping(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER faden_owner STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )


def drop(pg: EmbeddedServer, name: str) -> None:
    """Throw a test database away."""
    with psycopg.connect(pg.dsn("postgres"), autocommit=True) as connection:
        connection.execute(_dropping(name))


def _dropping(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
