"""Links for agencies without an account: the mail that brings one, and the note that somebody opened it.

A mail says who wrote and until when, in German and English: never about whom, what for, or any secret but the address.
"""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faden.consents.actions import links as actions
from faden.consents.queries import links as queries
from faden.consents.queries.links import Addressed
from faden.jobs.doors import opened
from faden.jobs.queue import AGAIN, JOBS
from faden.kernel import clock
from faden.outside import mail


@JOBS.task(name="referrals.link_mail", retry=AGAIN)
def link_mail(organisation_id: int, release_id: str) -> None:
    """The address by mail; the code is told by telephone. What has ended meanwhile is not sent."""
    _send(organisation_id, UUID(release_id), reminding=False)


@JOBS.task(name="referrals.remind_by_link", retry=AGAIN)
def remind(organisation_id: int, release_id: str) -> None:
    """The same address once more, because no answer came."""
    _send(organisation_id, UUID(release_id), reminding=True)


def _send(organisation_id: int, release_id: UUID, *, reminding: bool) -> None:
    with opened(organisation_id, write=False):
        found = queries.to_mail(release_id, at=clock.now())
    if found is None:
        return
    both = [_worded(found, language, reminding=reminding) for language in ("de", "en")]
    mail.send_plain(" / ".join(subject for subject, _text in both), "\n\n---\n\n".join(text for _subject, text in both), to=found.email)


def _worded(found: Addressed, language: str, *, reminding: bool) -> tuple[str, str]:
    # A job has no reader whose language could be asked: both.
    with translation.override(language):
        begin = (
            _("%(sender)s hat Ihrer Stelle etwas weitergegeben und wartet noch auf Ihre Antwort.")
            if reminding
            else _("%(sender)s hat Ihrer Stelle etwas weitergegeben. Bitte öffnen Sie es und antworten Sie dort.")
        )
        lines = [
            begin % {"sender": found.sender},
            address_of(found),
            _("Der Link gilt bis %(day)s. Den achtstelligen Code nennt Ihnen die Beratungsstelle am Telefon.")
            % {"day": date_format(found.expires_at.astimezone(clock.BERLIN), "SHORT_DATE_FORMAT")},
            _("Rückfragen: %(contact)s") % {"contact": found.contact} if found.contact else "",
            _("Bitte leiten Sie diese E-Mail nicht weiter."),
        ]
        return _("Weitergabe für Ihre Stelle"), "\n\n".join(filter(None, lines))


def address_of(found: Addressed) -> str:
    """Where the link leads: made anew from its id, so that no queue holds a token."""
    host = settings.FADEN.origin or f"http://127.0.0.1:{settings.FADEN.port}"
    return host + reverse("link", args=[actions.as_written(actions.token_of(found.link_id))])


@JOBS.task(name="links.opened", retry=AGAIN)
def note_opened(organisation_id: int, link_id: str) -> None:
    """Stands in the sender's log: who asks later who saw her data is told."""
    with opened(organisation_id, write=True) as by:
        actions.note_opened(UUID(link_id), by=by, at=clock.now())
