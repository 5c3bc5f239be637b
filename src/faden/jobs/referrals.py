"""Each night and each morning, each service: Vermittlungen that nobody answered, and clients to be asked.

A transaction for each, asked again inside it: what was done before a crash is not done twice, and one that fails
keeps no other from its turn.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from faden.jobs import letters
from faden.jobs.doors import OneByOne, each_service, opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.organisations.queries.memberships import address_of
from faden.referrals.actions import nights as actions
from faden.referrals.actions import requests
from faden.referrals.queries import nights as queries
from faden.referrals.queries.reminded import readers_of


@JOBS.periodic(cron="20 0 * * *")
@JOBS.task(name="referrals.night", queueing_lock="referrals.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("referrals.of_service", by=by, key=f"referrals-{organisation_id}")


@JOBS.task(name="referrals.of_service")
def of_service(organisation_id: int) -> None:
    """Copies without an answer end with their last day; two weeks after the end the client is asked; old Anfragen lose names."""
    work = OneByOne("referrals.of_service", organisation_id)
    _each(work, queries.to_expire, actions.expire)
    _each(work, queries.to_call, actions.call)
    _each(work, queries.to_ask, actions.ask)
    with opened(organisation_id, write=False):
        old = queries.to_forget(at=clock.now())
    work.each(old, lambda request_id, by: requests.forget(request_id, by=by, at=clock.now()))
    work.report()


@JOBS.periodic(cron="40 6 * * *")
@JOBS.task(name="referrals.morning", queueing_lock="referrals.morning")
def morning(timestamp: int = 0) -> None:
    """One job per service."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("referrals.remind", by=by, key=f"referrals-remind-{organisation_id}")


@JOBS.task(name="referrals.remind")
def remind(organisation_id: int) -> None:
    """Each recipient once, by a mail of its own job."""
    work = OneByOne("referrals.remind", organisation_id)
    _each(work, queries.to_remind, actions.remind)
    work.report()


def _each(work: OneByOne, found: Callable[..., list[UUID]], verb: Callable[..., bool]) -> None:
    on: date = clock.today()
    with opened(work.organisation_id, write=False):
        due = found(on=on)
    work.each(due, lambda row_id, by: verb(row_id, by=by, on=on, at=clock.now()))


@JOBS.task(name="deliveries.remind", retry=AGAIN)
def remind_inbox(organisation_id: int, delivery_id: str) -> None:
    """At the recipient: who works on it, or all who may answer for it, get one letter each."""
    with opened(organisation_id, write=True) as by:
        for membership_id in readers_of(UUID(delivery_id), on=clock.today()):
            key = f"remind-{delivery_id}-{membership_id}"
            enqueue("deliveries.remind_letter", by=by, key=key, delivery_id=delivery_id, membership_id=membership_id)


@JOBS.task(name="deliveries.remind_letter", retry=AGAIN)
def letter(organisation_id: int, delivery_id: str, membership_id: str) -> None:
    """One letter, outside any transaction; it says nothing of whom or what."""
    with opened(organisation_id, write=False):
        still_waits = UUID(membership_id) in readers_of(UUID(delivery_id), on=clock.today())
        address = address_of(UUID(membership_id), on=clock.today()) if still_waits else ""
    words = _("In %(product)s wartet eine Zustellung noch auf Ihre Antwort. Bitte sehen Sie in Ihrem Eingang nach.")
    letters.send(_("Eine Antwort fehlt noch"), words, to=address)
