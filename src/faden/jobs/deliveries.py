"""What follows a Weitergabe, its end or a reply, after the transaction; the module that made it takes it up."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.utils.translation import gettext_lazy as _

from faden.chains.actions import reports, sharing
from faden.consents.actions.replies import taken
from faden.consents.queries import replies as queries
from faden.consents.queries.releases import delivered_to
from faden.consents.queries.replies import reply_to_take, says_erasure
from faden.consents.vocabulary import DeliveryKind
from faden.jobs import letters
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.organisations.queries.memberships import address_of
from faden.referrals.actions import answers, presentations, referrals, transfer_ends
from faden.referrals.queries.reminded import readers_to_tell
from faden.residence.actions import answers as office_answers
from faden.residence.actions import requests

log = structlog.get_logger("faden.deliveries")

# Who takes up a reply, by what the Weitergabe was for.
TAKERS = {
    DeliveryKind.REFERRAL: answers.take,
    DeliveryKind.CHAIN: reports.take,
    DeliveryKind.TRANSFER: transfer_ends.take,
    DeliveryKind.PRESENTATION: presentations.take,
    DeliveryKind.RESIDENCE: office_answers.take,
}


@JOBS.task(name="deliveries.announce", retry=AGAIN)
def announce(organisation_id: int, release_id: str) -> None:
    """Something was delivered, or is to be erased: whoever takes care of it gets a letter each, at the recipient."""
    with opened(organisation_id, write=False):
        to = delivered_to(UUID(release_id))
    if to is None:
        return
    recipient, delivery_id = to
    with opened(recipient, write=True) as by:
        for membership_id in readers_to_tell(delivery_id, on=clock.today()):
            key = f"told-{delivery_id}-{membership_id}"
            enqueue("deliveries.letter", by=by, key=key, delivery_id=delivery_id, membership_id=membership_id)


@JOBS.task(name="deliveries.letter", retry=AGAIN)
def letter(organisation_id: int, delivery_id: str, membership_id: str) -> None:
    """One letter, outside any transaction; it says neither of whom nor what nor from whom. What has ended meanwhile is not told."""
    with opened(organisation_id, write=False):
        still = UUID(membership_id) in readers_to_tell(UUID(delivery_id), on=clock.today())
        address = address_of(UUID(membership_id), on=clock.today()) if still else ""
    letters.send(
        _("Eingang"), _("Im Eingang von %(product)s liegt etwas für Sie. Bitte melden Sie sich an und sehen Sie nach."), to=address
    )


@JOBS.task(name="consents.ended", retry=AGAIN)
def ended(organisation_id: int, consent_id: str) -> None:
    """Modules above react here; the copies were ended in the declaration's own transaction."""
    with opened(organisation_id, write=True) as by:
        # The Fallübergabe before the chains, as its answer locks them too.
        transfer_ends.consent_ended(UUID(consent_id), by=by, at=clock.now())
        sharing.end_on(UUID(consent_id), by=by, at=clock.now())
        referrals.stop_for(UUID(consent_id), by=by, at=clock.now())
        requests.end_on(UUID(consent_id), by=by, at=clock.now())
    log.info("consent.ended", organisation=organisation_id, consent=consent_id)


@JOBS.task(name="releases.replied", retry=AGAIN)
def replied(organisation_id: int, reply_id: str) -> None:
    """What a recipient said goes where it belongs; once."""
    with opened(organisation_id, write=True) as by:
        found = reply_to_take(UUID(reply_id))
        if found is None:
            return
        take = TAKERS.get(DeliveryKind(found.release.kind))
        if take is None or says_erasure(found):
            taken(found, at=clock.now())  # it stands with the Weitergabe, whatever that was for
        else:
            take(found, by=by, at=clock.now())


@JOBS.periodic(cron="7 * * * *")
@JOBS.task(name="releases.replies_waiting", queueing_lock="releases.replies_waiting")
def replies_waiting(timestamp: int = 0) -> None:
    """Hourly: whose job did not come through. Whoever replied was told that it arrived."""
    before = clock.now() - timedelta(minutes=10)
    for organisation_id in each_service():
        with opened(organisation_id, write=False):
            waiting = queries.replies_waiting(before=before)
        for reply_id in waiting:
            # A transaction each: one that waits in the queue already would end the others' too.
            with opened(organisation_id, write=True) as by:
                enqueue("releases.replied", by=by, key=f"reply-{reply_id}", reply_id=reply_id)
