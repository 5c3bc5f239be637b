"""Each month, each service: how many needs without an offer were reported goes into the sealed log, as a number."""

from faden.findings.actions import count_month
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue


@JOBS.periodic(cron="40 3 1 * *")
@JOBS.task(name="findings.month", queueing_lock="findings.month")
def month(timestamp: int = 0) -> None:
    """A job for each service, so that one that fails keeps no other."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("findings.of_service", by=by, key=f"findings-{organisation_id}")


@JOBS.task(name="findings.of_service", retry=AGAIN)
def of_service(organisation_id: int) -> None:
    """The month before."""
    with opened(organisation_id, write=True) as by:
        count_month(by=by, on=clock.today(), at=clock.now())
