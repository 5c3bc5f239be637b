"""The door of jobs: a job acts as its service, in its own transactions."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import structlog

from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.queries.services import service_ids

log = structlog.get_logger("faden.jobs")
Row = TypeVar("Row")


class SomeFailedError(RuntimeError):
    """Some rows could not be worked on; the others were. Says how many, and nothing of them."""


@contextmanager
def opened(organisation_id: int, *, write: bool) -> Iterator[Actor]:
    """One transaction as the service's own system actor."""
    actor = Actor.system(organisation_id)
    with opened_for(actor, write=write):
        yield actor


def each_service() -> list[int]:
    """All services, for nightly work; each is then opened on its own."""
    return service_ids()


class OneByOne:
    """Nightly work on many rows of a service, a transaction each: one that fails keeps no other, and is seen at the end."""

    def __init__(self, what: str, organisation_id: int) -> None:
        self.what, self.organisation_id, self.failed = what, organisation_id, 0

    def each(self, rows: Iterable[Row], verb: Callable[[Row, Actor], object]) -> None:
        """`verb` for each row, in its own door."""
        for row in rows:
            self.once(partial(verb, row), row=row)

    def once(self, verb: Callable[[Actor], object], *, row: object = "") -> None:
        """One piece of work; what it says when it fails may hold names, and stays unsaid."""
        try:
            with opened(self.organisation_id, write=True) as by:
                verb(by)
        except Exception as error:
            self.failed += 1
            key = str(getattr(row, "id", row))
            log.error("jobs.row_failed", job=self.what, organisation=self.organisation_id, row=key, error=type(error).__name__)

    def report(self) -> None:
        """The job has failed where a row has."""
        if self.failed:
            raise SomeFailedError(f"{self.what}: {self.failed}")
