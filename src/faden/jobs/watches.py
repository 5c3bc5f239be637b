"""Each night, each service: beobachtete Suchen are looked at, and a task is made where something new fits.

A transaction for each with news, asked again inside it: what was told before a crash is not told twice.
"""

from faden.jobs.doors import OneByOne, each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.referrals.actions import watches as actions
from faden.referrals.queries import watches as queries


@JOBS.periodic(cron="50 4 * * *")
@JOBS.task(name="watches.night", queueing_lock="watches.night")
def night(timestamp: int = 0) -> None:
    """A job for each service, so that one that fails keeps no other; shortly before the day begins."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("watches.of_service", by=by, key=f"watches-{organisation_id}")


@JOBS.task(name="watches.of_service")
def of_service(organisation_id: int) -> None:
    """All watches of a service in one reading; only those with news are written one by one."""
    work, on = OneByOne("watches.of_service", organisation_id), clock.today()
    with opened(organisation_id, write=False):
        found = queries.looked_at(today=on)
    work.once(lambda _by: actions.note_looked([one.watch_id for one in found if not one.changed], on=on))
    changed = [one for one in found if one.changed]
    work.each(changed, lambda looked, by: actions.tell(looked, by=by, on=on, at=clock.now()))
    work.report()
