"""Fristen follow facts: a moment after each change, and each night for everybody with an open case.

In the morning whoever has Fristen that moved nearer gets one letter, which says nothing else.
"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from faden.cases.actions import following
from faden.cases.actions.warnings import take_notice
from faden.cases.queries.followed import people_after
from faden.jobs import letters
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.organisations.queries.memberships import address_of

BATCH = 200


@JOBS.task(name="persons.facts_changed")
def follow(organisation_id: int, person_id: str) -> None:
    """One person, as soon as something about her was written."""
    with opened(organisation_id, write=True) as by:
        following.follow(UUID(person_id), by=by, on=clock.today(), at=clock.now())


@JOBS.periodic(cron="10 0 * * *")
@JOBS.task(name="deadlines.night", queueing_lock="deadlines.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("deadlines.of_service", by=by, key=f"deadlines-{organisation_id}")


@JOBS.task(name="deadlines.of_service")
def of_service(organisation_id: int) -> int:
    """Birthdays and other days that come without anybody writing; returns how many rows changed."""
    changed, last = 0, None
    while True:
        # A transaction each: nobody waits for a whole service.
        with opened(organisation_id, write=True) as by:
            people = people_after(last, limit=BATCH)
            changed += following.follow_all(people, by=by, on=clock.today(), at=clock.now())
        if len(people) < BATCH:
            return changed
        last = people[-1]


@JOBS.periodic(cron="30 5 * * *")
@JOBS.task(name="deadlines.morning", queueing_lock="deadlines.morning")
def morning(timestamp: int = 0) -> None:
    """One job per service."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("deadlines.warn", by=by, key=f"deadlines-warn-{organisation_id}")


@JOBS.task(name="deadlines.warn")
def warn(organisation_id: int) -> None:
    """Who is written to today: noted and queued together, so that no letter is lost and none goes twice."""
    with opened(organisation_id, write=True) as by:
        for membership_id in sorted(take_notice(on=clock.today())):
            enqueue("deadlines.letter", by=by, key=f"deadlines-letter-{membership_id}", membership_id=membership_id)


@JOBS.task(name="deadlines.letter", retry=AGAIN)
def letter(organisation_id: int, membership_id: str) -> None:
    """One letter, outside any transaction; a mail server that is down raises, and the queue tries again."""
    with opened(organisation_id, write=False):
        address = address_of(UUID(membership_id), on=clock.today())
    letters.send(_("Fristen"), _("In %(product)s sind Fristen näher gerückt. Bitte sehen Sie in Mein Tag nach."), to=address)
