"""Another code for a link, and its mail once more."""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.consents.actions import links
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.kernel.queue import enqueue
from faden.referrals.queries.sent_links import SentLink
from faden.referrals.vocabulary import LINK_MAILED


def renew_code(sent: SentLink, *, by: Actor, at: datetime) -> str:
    """The code before it counts no more, nor the pages it opened; told once."""
    _still_counts(sent, at)
    return links.renew_code(sent.link, by=by, at=at)


def mail_again(sent: SentLink, *, by: Actor, at: datetime) -> None:
    """The same address, to the agency's mail as it stands in the address book now."""
    _still_counts(sent, at)
    if not sent.tries_left:
        raise Invalid(_("Der Link ist gesperrt: fünf falsche Codes. Bitte erzeugen Sie zuerst einen neuen Code."))
    if not sent.email:
        raise Invalid(_("Im Adressbuch steht keine E-Mail-Adresse dieser Stelle mehr."))
    enqueue("referrals.link_mail", by=by, key=f"link-{sent.link.release_id}", release_id=sent.link.release_id)
    audit.note(LINK_MAILED, by=by, at=at, subject=sent.sending.case_id, sending=str(sent.sending.id))


def _still_counts(sent: SentLink, at: datetime) -> None:
    if sent.is_over(at):
        raise Invalid(_("Dieser Link ist zu. Senden Sie die Vermittlung noch einmal, wenn die Stelle sie noch braucht."))
