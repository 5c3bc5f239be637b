"""Roles and databases on an embedded server, and whether a database fits this source."""

import hashlib
import sysconfig
from pathlib import Path

import psycopg
from psycopg import sql

from faden.outside.embedded_postgres import EmbeddedServer

ROLES = Path(__file__).with_name("roles.sql")
SOURCE = Path(__file__).resolve().parents[1]
READ_BY_MIGRATIONS = {".py", ".sql", ".yaml", ".yml", ".toml", ".json", ".csv"}


def prepare_database(server: EmbeddedServer, name: str = "faden") -> bool:
    """Make the roles and the database if they are not there; True when the database is new."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('faden prepares'))")  # two at once
        connection.execute(ROLES.read_bytes())
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} OWNER faden_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            ).format(sql.Identifier(name))
        )
    return True


def identity(server: EmbeddedServer, name: str = "faden") -> str:
    """Which database this is: another one of the same name has another identity."""
    with psycopg.connect(server.dsn("postgres", name)) as connection:
        row = connection.execute(
            "SELECT concat_ws('/', system_identifier, oid) FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    return str(row[0]) if row else ""


def applied_migrations(server: EmbeddedServer, name: str = "faden") -> str:
    """A fingerprint of what was applied and when: changes with every migration, way back and restore."""
    with psycopg.connect(server.dsn("postgres", name)) as connection:
        found = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
        if found is None or found[0] is None:
            return ""
        row = connection.execute(
            "SELECT md5(string_agg(concat_ws(' ', id, app, name, applied), ',' ORDER BY id))"
            " FROM public.django_migrations"
        ).fetchone()
    return str(row[0]) if row else ""


def source_fingerprint() -> str:
    """Changes with our source and with every installed package: both bring migrations."""
    seen = hashlib.sha256()
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    seen.update("\n".join(sorted(package.name for package in packages)).encode())
    for folder in (SOURCE / "config", SOURCE / "faden"):
        for file in sorted(folder.rglob("*")):
            if file.suffix in READ_BY_MIGRATIONS and file.is_file():
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                seen.update(f"{file.relative_to(SOURCE)} {content}\n".encode())
    return seen.hexdigest()
