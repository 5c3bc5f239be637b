"""A Notzugriff is told at once to those who review it; the letter says that there is one, and nothing else."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from faden.jobs import letters
from faden.jobs.doors import opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.organisations.queries.memberships import address_of


@JOBS.task(name="emergencies.letter", retry=AGAIN)
def letter(organisation_id: int, membership_id: str) -> None:
    """One letter, outside any transaction; a mail server that is down raises, and the queue tries again."""
    with opened(organisation_id, write=False):
        address = address_of(UUID(membership_id), on=clock.today())
    words = _("In %(product)s hat jemand einen Fall im Notzugriff geöffnet. Bitte sehen Sie unter „Notzugriffe“ nach.")
    letters.send(_("Notzugriff"), words, to=address)
