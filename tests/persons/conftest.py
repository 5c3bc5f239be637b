"""A service with people in it, inside its transaction."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def amal(db: None) -> Iterator[Any]:
    """A case manager at work: the transaction is open."""
    from tests.cast import AMAL
    from tests.desk_client import actor_of

    from faden.kernel.rls import opened_for

    actor = actor_of(AMAL.email)
    with opened_for(actor, write=True):
        yield actor


@pytest.fixture
def make_person(amal: Any) -> Any:
    """One more person of the service."""
    from faden.persons.actions.people import NewPerson, Spelling, add

    def make(given: str = "Rojin", **known: Any) -> Any:
        return add(NewPerson(name=Spelling("Example", given), **known), by=amal)

    return make


@pytest.fixture
def rojin(make_person: Any) -> Any:
    """Somebody about whom something is known."""
    return make_person("Rojin", municipality="05554004", languages=("ku",))
