"""Each night, each service: Fristen und Chancen of everybody who agreed; only what is different is written.

A transaction for each with something different, asked again inside it: what was told before a crash is not told twice.
"""

from faden.jobs.doors import OneByOne, each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.residence.actions import outlooks as actions
from faden.residence.queries import looking as queries


@JOBS.periodic(cron="20 4 * * *")
@JOBS.task(name="outlooks.night", queueing_lock="outlooks.night")
def night(timestamp: int = 0) -> None:
    """A job for each service, so that one that fails keeps no other."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("outlooks.of_service", by=by, key=f"outlooks-{organisation_id}")


@JOBS.task(name="outlooks.of_service")
def of_service(organisation_id: int) -> None:
    """All of a service in one reading; only those with something different are written, one by one."""
    work, on = OneByOne("outlooks.of_service", organisation_id), clock.today()
    with opened(organisation_id, write=False):
        found = queries.looked_at(today=on)
    work.each(found, lambda looked, by: actions.take(looked, by=by, on=on, at=clock.now()))
    work.report()
