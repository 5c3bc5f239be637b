"""Each night, each service: the owners of offers that nobody has confirmed for long are asked, by a mail with a link.

A mail says which offer, who asks and until when: the directory is public, and nobody's person stands in it.
"""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faden.directory.actions import offers as actions
from faden.directory.queries import keeping
from faden.directory.queries.keeping import Asking
from faden.directory.vocabulary import LINK_DAYS
from faden.jobs.doors import OneByOne, each_service, opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.outside import mail


@JOBS.periodic(cron="30 5 * * *")
@JOBS.task(name="offers.nightly", queueing_lock="offers.nightly")
def nightly(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("offers.of_service", by=by, key=f"offers-{organisation_id}")


@JOBS.task(name="offers.of_service")
def of_service(organisation_id: int) -> None:
    """Whoever is to be asked is asked; the day it was done stands with the offer, so a second run asks nobody twice."""
    today = clock.today()
    with opened(organisation_id, write=False) as by:
        due = keeping.to_ask(by=by, today=today)
    work = OneByOne("offers.of_service", organisation_id)
    work.each(due, lambda offer, by: actions.asked(offer, on=today, by=by, at=clock.now()))
    work.report()


@JOBS.task(name="offers.send_link", retry=AGAIN)
def send_link(organisation_id: int, offer_id: str) -> None:
    """One mail, outside any transaction; what has ended or been asked anew meanwhile gets the newest link or none."""
    with opened(organisation_id, write=False):
        found = keeping.to_mail(UUID(offer_id))
    if found is None:
        return
    subject, words = zip(*map(partial(_worded, found), ("de", "en")), strict=True)
    mail.send_plain(" / ".join(subject), "\n\n---\n\n".join(words), to=found.email)


def _worded(found: Asking, language: str) -> tuple[str, str]:
    # A job has no reader whose language could be asked: both.
    with translation.override(language):
        last = found.asked_on + timedelta(days=LINK_DAYS)
        lines = [
            _("%(keeper)s führt in einem öffentlichen Verzeichnis Ihr Angebot „%(title)s“. Stimmt noch, was dort steht?")
            % {"keeper": found.keeper, "title": found.title},
            _("Hier bestätigen Sie es mit einem Klick oder schreiben, was sich geändert hat. Ein Konto brauchen Sie nicht:"),
            address_of(found.token),
            _("Zuletzt geprüft: %(day)s. Der Link gilt bis %(last)s.")
            % {"day": date_format(found.confirmed_on, "SHORT_DATE_FORMAT"), "last": date_format(last, "SHORT_DATE_FORMAT")},
            _("Rückfragen: %(contact)s") % {"contact": found.contact} if found.contact else "",
        ]
        return _("Stimmt Ihr Angebot noch?"), "\n\n".join(filter(None, lines))


def address_of(token: str) -> str:
    """Where the link leads: made anew from the offer, so that no queue holds a token."""
    host = settings.FADEN.origin or f"http://127.0.0.1:{settings.FADEN.port}"
    return host + reverse("offer-link", args=[token])
