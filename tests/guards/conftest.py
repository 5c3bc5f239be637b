"""A connection to this worker's database whose changes nobody ever sees: for reading and for provoking."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import databases


@pytest.fixture
def catalogue() -> Iterator[psycopg.Connection]:
    """As superuser (roles can be provoked too), rolled back at the end: DDL is transactional."""
    name = urlsplit(os.environ["FADEN_OWNER_DATABASE_URL"]).path.strip("/")
    with psycopg.connect(databases.server().dsn("postgres", name)) as connection:
        yield connection
        connection.rollback()
