"""Each night, each service: Weitergaben whose last day has passed are ended; nobody could read them since midnight."""

from faden.consents.actions.releases import expire
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue

BATCH = 500


@JOBS.periodic(cron="20 0 * * *")
@JOBS.task(name="consents.night", queueing_lock="consents.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("consents.expire", by=by, key=f"consents-{organisation_id}")


@JOBS.task(name="consents.expire")
def of_service(organisation_id: int) -> int:
    """The end of each with what became of the copy; returns how many."""
    ended = 0
    while True:
        # A transaction each: nobody waits for a whole service.
        with opened(organisation_id, write=True) as by:
            some = expire(on=clock.today(), by=by, at=clock.now(), at_most=BATCH)
        ended += some
        if some < BATCH:
            return ended
