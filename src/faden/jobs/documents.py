"""Files are scanned and drawn outside any transaction, then judged, then shown."""

from collections.abc import Callable
from uuid import UUID

import structlog
from django.conf import settings

from faden.documents.actions import files as actions
from faden.documents.actions.files import DrawnPage
from faden.documents.queries import files as queries
from faden.documents.rules.papers import form_key_in
from faden.documents.vocabulary import FileState
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import AGAIN_SOON, JOBS
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.queue import enqueue
from faden.outside import clamd, pages
from faden.outside.clamd import Outcome

log = structlog.get_logger("faden.documents")

STATES = {
    Outcome.CLEAN: FileState.CLEAN,
    Outcome.INFECTED: FileState.INFECTED,
    Outcome.NO_SCANNER: FileState.UNSCANNED,
}


class ScannerSilent(Exception):
    """A scanner is configured and does not answer: the file stays in quarantine, the job tries again."""


@JOBS.task(name="documents.scan", retry=AGAIN_SOON)
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


@JOBS.task(name="documents.draw")
def draw(organisation_id: int, file_id: str) -> None:
    """Draw the pages of one file; one that cannot be drawn is not tried again."""
    with opened(organisation_id, write=False):
        found = queries.to_draw(UUID(file_id))
    if found is None:
        return
    content, kind = found
    try:
        drawing = pages.draw(content, kind)
    except pages.NotDrawn as problem:
        log.warning("documents.not_drawn", organisation=organisation_id, file=file_id, reason=str(problem))
        drawing = pages.Drawing((), 0, ())
    drawn = [DrawnPage(page.width, page.height, page.jpeg) for page in drawing.pages]
    with opened(organisation_id, write=True) as by:
        actions.keep_pages(
            UUID(file_id), drawn, pages_in_file=drawing.pages_in_file, form_key=form_key_in(drawing.codes), by=by,
            at=clock.now(),
        )  # fmt: skip


@JOBS.periodic(cron="47 * * * *")
@JOBS.task(name="documents.draw_waiting", queueing_lock="documents.draw_waiting")
def draw_waiting(timestamp: int) -> int:
    """Hourly: what was stored before pages were drawn, or when no worker ran."""
    return _each(
        queries.waiting_to_be_drawn,
        lambda by, file_id: enqueue("documents.draw", by=by, key=f"draw-{file_id}", file_id=file_id),
    )


@JOBS.periodic(cron="17 * * * *")
@JOBS.task(name="documents.scan_waiting", queueing_lock="documents.scan_waiting")
def scan_waiting(timestamp: int) -> int:
    """Hourly, with a scanner: what stayed in quarantine or was stored before there was one."""
    if not settings.FADEN.clamd:
        return 0
    return _each(
        queries.waiting_for_scan,
        lambda by, file_id: enqueue("documents.scan", by=by, key=f"scan-{file_id}", file_id=file_id),
    )


def _each(waiting: Callable[[], list[UUID]], again: Callable[[Actor, UUID], None]) -> int:
    """Queue what waits in each service; returns how many."""
    queued = 0
    for organisation_id in each_service():
        with opened(organisation_id, write=False):
            found = waiting()
        for file_id in found:
            # A transaction each: one that waits in the queue already would end the others' too.
            with opened(organisation_id, write=True) as by:
                again(by, file_id)
        queued += len(found)
    return queued
