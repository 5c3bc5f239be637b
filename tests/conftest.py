"""The hostile house: tests run as the app role, warnings are errors, nothing leaves the machine."""

import copy
import fcntl
import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import databases

if sys.dont_write_bytecode:  # set beside the project: then it is kept apart, for all asserts anew take each process ten seconds
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(databases.PROJECT / ".faden" / "compiled")

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# Few tests, many minutes: begun first, so that no worker is left alone with one of them at the end.
LONG = (
    "tests/pages/test_every_page.py", "tests/bench/", "tests/journeys/", "tests/kernel/test_matrix.py",
    "tests/pages/test_protection_leaks.py", "tests/operations/", "tests/partner/", "tests/pages/", "tests/kernel/",
)  # fmt: skip


def _prepared() -> str:
    """Start the server and make the template once, whoever comes first; returns this worker's database."""
    pg = databases.server()
    pg.folder.mkdir(parents=True, exist_ok=True)
    with (pg.folder / "clone.lock").open("w") as held:
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


def pytest_unconfigure() -> None:
    """The server ends with its last user, waited for: left to itself it would be warned of as still running."""
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        from django.db import connections

        for one in connections.all(initialized_only=True):
            one.close()
            one.close_pool()  # type: ignore[attr-defined]
    databases.server().stop()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first; within a file and among the others as they stand."""
    items.sort(key=lambda item: next((n for n, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG)))


def pytest_collection_finish() -> None:
    """What is loaded now stays until the end: looking through it again and again finds nothing to free."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is ready: cloned from the template, not made by Django."""


@pytest.fixture(autouse=True)
def clock_put_right() -> Iterator[None]:
    """Time travel ends with the test."""
    from faden.kernel import clock

    yield
    clock.set_forward(0)


@pytest.fixture(autouse=True)
def shelf_put_away() -> None:
    """Two test databases count to the same number: what a process keeps of one says nothing about the next."""
    from faden.directory.queries import shelf

    shelf._kept = None  # there is no other way to forget, and no need outside tests


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


@pytest.fixture(scope="session")
def _kept() -> Iterator[dict[Callable[[], Any], tuple[str, Any]]]:
    """What was filled in once: the database with it, and what filling it answered."""
    kept: dict[Callable[[], Any], tuple[str, Any]] = {}
    yield kept
    for name, _answer in kept.values():
        databases.drop(databases.server(), name)


@pytest.fixture
def filled(own_database: str, _kept: dict[Callable[[], Any], tuple[str, Any]]) -> Callable[[Callable[[], Any]], Any]:
    """Fills this test's own, still untouched database: really the first time, from then on with a clone of that."""
    from django.db import connections

    def once(fill: Callable[[], Any]) -> Any:
        pg, wrapper = databases.server(), connections["default"]
        if known := fill in _kept:
            name, answer = _kept[fill]
        else:
            name, answer = f"faden_filled_{WORKER}_{len(_kept)}", fill()
        # Nobody may be connected to what is copied.
        wrapper.close()
        wrapper.close_pool()
        databases.clone(pg, *((name, own_database) if known else (own_database, name)))
        if not known:
            _kept[fill] = name, copy.deepcopy(answer)
        return copy.deepcopy(_kept[fill][1])

    return once


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
