"""The browser of these tests, and a database for a whole file."""

import inspect
from collections.abc import Iterator

import pytest

from tests.browser import browse, chromium, site, started
from tests.conftest import own_database

__all__ = ["browse", "chromium", "site", "started"]


@pytest.fixture(scope="module")
def module_database(django_db_blocker: object) -> Iterator[str]:
    """`own_database` once for all tests of a file."""
    yield from inspect.unwrap(own_database)(django_db_blocker)
