"""What follows a delivery or a withdrawal, after the transaction."""

import structlog

from faden.jobs.queue import JOBS

log = structlog.get_logger("faden.deliveries")


@JOBS.task(name="deliveries.announce")
def announce(organisation_id: int, release_id: str) -> None:
    """Tells that something was delivered; the notice by mail comes with the partner link."""
    log.info("delivery.made", organisation=organisation_id, release=release_id)


@JOBS.task(name="consents.withdrawn")
def withdrawn(organisation_id: int, consent_id: str) -> None:
    """Modules above react here; the copies were ended in the withdrawal's own transaction."""
    log.info("consent.withdrawn", organisation=organisation_id, consent=consent_id)
