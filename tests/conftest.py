"""The hostile house: tests run as the app role, warnings are errors, nothing leaves the machine."""

import fcntl
import os
from collections.abc import Iterator

import pytest

from tests import databases

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def _prepared() -> str:
    """Start the server and make the template once, whoever comes first; returns this worker's database."""
    pg = databases.server()
    lock = databases.PROJECT / ".faden" / "test.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        pg.start()
        source = databases.template(pg)
        name = f"faden_test_{WORKER}"
        databases.clone(pg, source, name)
    os.environ.update(databases.environment_for(pg, name))
    os.environ["FADEN_TEST_TEMPLATE"] = source
    return name


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: which database, which keys."""
    config.addinivalue_line("markers", "debian: also runs on Debian's PostgreSQL 15")
    config.addinivalue_line("markers", "browser: drives Chromium")
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        databases.server().start()  # the controller owns the server, the workers adopt it
        return
    if config.getoption("collectonly", False):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    _prepared()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import keyring

    keyring.ensure()
    import django

    django.setup()


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is ready: cloned from the template, not made by Django."""


@pytest.fixture(autouse=True)
def clock_put_right() -> Iterator[None]:
    """Time travel ends with the test."""
    from faden.kernel import clock

    yield
    clock.set_forward(0)


@pytest.fixture
def own_database(django_db_blocker: object) -> Iterator[str]:
    """A database of this test's own, with real commits, thrown away afterwards."""
    from django.db import connections

    pg, name = databases.server(), f"faden_own_{WORKER}"
    databases.clone(pg, os.environ["FADEN_TEST_TEMPLATE"], name)
    wrapper = connections["default"]
    before = wrapper.settings_dict["NAME"]
    environment = {key: os.environ[key] for key in databases.environment_for(pg, name)}
    # In this order: closing a connection makes a pool anew, for the database it was open to.
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict["NAME"] = name
    os.environ.update(databases.environment_for(pg, name))
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield name
        wrapper.close()
        wrapper.close_pool()
    wrapper.settings_dict["NAME"] = before
    os.environ.update(environment)
    databases.drop(pg, name)


@pytest.fixture
def owner() -> Iterator[object]:
    """A raw connection as faden_owner to the database in use: for provoking the guards."""
    import psycopg

    with psycopg.connect(os.environ["FADEN_OWNER_DATABASE_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def german() -> None:
    """Each test begins in the desk's own language: a page that one before it read in English stays on in the thread."""
    from django.utils import translation

    translation.activate("de")
