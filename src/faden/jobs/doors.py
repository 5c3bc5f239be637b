"""The door of jobs: a job acts as its service, in its own transactions."""

from collections.abc import Iterator
from contextlib import contextmanager

from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.queries.services import service_ids


@contextmanager
def opened(organisation_id: int, *, write: bool) -> Iterator[Actor]:
    """One transaction as the service's own system actor."""
    actor = Actor.system(organisation_id)
    with opened_for(actor, write=write):
        yield actor


def each_service() -> list[int]:
    """All services, for nightly work; each is then opened on its own."""
    return service_ids()
