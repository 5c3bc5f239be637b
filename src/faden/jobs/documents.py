"""Files are scanned outside any transaction, then judged."""

from uuid import UUID

import procrastinate
import structlog
from django.conf import settings

from faden.documents import actions, queries
from faden.documents.vocabulary import FileState
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.outside import clamd
from faden.outside.clamd import Outcome

log = structlog.get_logger("faden.documents")

STATES = {
    Outcome.CLEAN: FileState.CLEAN,
    Outcome.INFECTED: FileState.INFECTED,
    Outcome.NO_SCANNER: FileState.UNSCANNED,
}


class ScannerSilent(Exception):
    """A scanner is configured and does not answer: the file stays in quarantine, the job tries again."""


@JOBS.task(name="documents.scan", retry=procrastinate.RetryStrategy(max_attempts=6, exponential_wait=4))
def scan(organisation_id: int, file_id: str) -> None:
    """Ask the scanner about one file."""
    with opened(organisation_id, write=False):
        content = queries.to_scan(UUID(file_id))
    if content is None:
        return
    answer = clamd.scan(content, address=settings.FADEN.clamd)
    if answer.outcome not in STATES:
        log.error("documents.scanner_silent", organisation=organisation_id, reason=answer.words)
        raise ScannerSilent(answer.words)
    with opened(organisation_id, write=True) as by:
        actions.judge(UUID(file_id), state=STATES[answer.outcome], finding=answer.words, by=by, at=clock.now())


@JOBS.periodic(cron="17 * * * *")
@JOBS.task(name="documents.scan_waiting", queueing_lock="documents.scan_waiting")
def scan_waiting(timestamp: int) -> int:
    """Hourly, with a scanner: what stayed in quarantine or was stored before there was one."""
    if not settings.FADEN.clamd:
        return 0
    queued = 0
    for organisation_id in each_service():
        with opened(organisation_id, write=False):
            waiting = queries.waiting_for_scan()
        for file_id in waiting:
            # A transaction each: one that waits in the queue already would end the others' too.
            with opened(organisation_id, write=True) as by:
                enqueue("documents.scan", by=by, key=f"scan-{file_id}", file_id=file_id)
        queued += len(waiting)
    return queued
