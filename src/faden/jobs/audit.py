"""Sealing both logs, and letting whole blocks go when their period has ended."""

import structlog

from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock, sealing

log = structlog.get_logger("faden.audit")


@JOBS.periodic(cron="*/5 * * * *")
@JOBS.task(name="audit.seal", queueing_lock="audit.seal")
def seal_everything(timestamp: int = 0) -> int:
    """Seal what is new in every service; returns the number of new blocks."""
    sealed = 0
    for organisation_id in each_service():
        for stream in sealing.STREAMS:
            with opened(organisation_id, write=True):
                sealed += sealing.seal(organisation_id, stream=stream, at=clock.now()) is not None
    minutes = sealing.horizon_age_minutes()
    if minutes > 5:
        log.error("audit.horizon_stands_still", minutes=minutes)
    return sealed
