"""Each night, each service: what has had its time goes."""

import structlog

from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.retention import actions

log = structlog.get_logger("faden.retention")


class StepsFailed(Exception):
    """Some record classes could not be let go; the others were."""


@JOBS.periodic(cron="40 1 * * *")
@JOBS.task(name="retention.night", queueing_lock="retention.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    actions.forget_sessions(at=clock.now())
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("retention.of_service", by=by, key=f"retention-{organisation_id}")


@JOBS.task(name="retention.of_service")
def of_service(organisation_id: int) -> None:
    """All record classes, each in a transaction of its own."""
    failed = []
    for record_class in actions.STEPS:
        try:
            with opened(organisation_id, write=True) as by:
                gone = actions.let_go(record_class, by=by, on=clock.today(), at=clock.now())
        except Exception:
            log.exception("retention.step_failed", organisation=organisation_id, record_class=record_class)
            failed.append(record_class)
        else:
            log.info("retention.let_go", organisation=organisation_id, record_class=record_class, rows=gone)
    if failed:
        raise StepsFailed(", ".join(failed))
