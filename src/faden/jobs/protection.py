"""Each night, each service: whose Auskunftssperre ends within two months."""

from faden.casework.actions.protection import remind
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue


@JOBS.periodic(cron="15 2 * * *")
@JOBS.task(name="protection.night", queueing_lock="protection.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("protection.remind", by=by, key=f"protection-{organisation_id}")


@JOBS.task(name="protection.remind")
def remind_leads(organisation_id: int) -> None:
    """The tasks of one service."""
    with opened(organisation_id, write=True) as by:
        remind(by=by, on=clock.today(), at=clock.now())
