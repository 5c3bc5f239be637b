"""Two services with rows in every table, in a database of the test's own."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import databases


@pytest.fixture
def two(filled) -> tuple[Any, Any]:
    """Ahaus and Gronau, both full."""
    from tests.kernel import worlds  # Django is set up after conftests are read

    return filled(worlds.two_full_services)


@pytest.fixture
def ahaus(filled) -> Any:
    """One full service."""
    from tests.kernel import worlds

    return filled(worlds.full_ahaus)


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection]:
    """Sees every row: for asking what is really stored."""
    name = urlsplit(os.environ["FADEN_OWNER_DATABASE_URL"]).path.strip("/")
    with psycopg.connect(databases.server().dsn("postgres", name), autocommit=True) as connection:
        yield connection


@pytest.fixture
def app_role() -> Iterator[psycopg.Connection]:
    """A raw connection as the app role, without any context."""
    with psycopg.connect(os.environ["FADEN_DATABASE_URL"], autocommit=True) as connection:
        yield connection
