"""Roles and databases on an embedded server."""

from pathlib import Path

import psycopg
from psycopg import sql

from faden.outside.embedded_postgres import EmbeddedServer

ROLES = Path(__file__).with_name("roles.sql")


def prepare_database(server: EmbeddedServer, name: str = "faden") -> bool:
    """Make the roles and the database if they are not there; True when the database is new."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(ROLES.read_text())
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} OWNER faden_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            ).format(sql.Identifier(name))
        )
    return True
