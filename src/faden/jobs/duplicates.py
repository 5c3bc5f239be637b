"""Entries that may be one human being: compared when a person is added or changed, and once more each night."""

from datetime import timedelta
from uuid import UUID

from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.persons.actions.identity import note_alike
from faden.persons.queries.likeness import changed_since

# Two nights, so that one on which nothing ran leaves nobody out.
SINCE = timedelta(days=2)


@JOBS.task(name="persons.compare")
def compare(organisation_id: int, person_id: str) -> None:
    """Everybody who looks like this person."""
    with opened(organisation_id, write=True) as by:
        note_alike(UUID(person_id), by=by, at=clock.now())


@JOBS.periodic(cron="25 2 * * *")
@JOBS.task(name="persons.compare_changed", queueing_lock="persons.compare_changed")
def compare_changed(timestamp: int = 0) -> None:
    """Who was added or changed since the night before last, one transaction each."""
    for organisation_id in each_service():
        with opened(organisation_id, write=False):
            changed = changed_since(clock.now() - SINCE)
        for person_id in changed:
            compare(organisation_id, str(person_id))
