"""A Vermittlung on paper: exactly what its Weitergabe says, with head and address."""

from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.consents.queries.releases import released, told
from faden.consents.vocabulary import Channel
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.organisations.queries.letterheads import letterhead_of
from faden.referrals.models import Referral, Sending


def sheet_of(referral: Referral, sending_id: UUID, *, by: Actor, on: date) -> dict[str, object]:
    """Plain data for the print, as long as it may be handed out; nine statements.

    Without an address where the person takes it along.
    """
    sending = Sending.objects.select_related("agency", "release").filter(referral=referral, id=sending_id).first()
    if sending is None:
        raise NotFound(_("Dieses Blatt gibt es hier nicht."))
    if not released([sending.release_id])[sending.release_id].is_open(on):
        raise NotFound(_("Diese Weitergabe ist beendet. Gedruckt wird sie nicht mehr."))
    head, content = letterhead_of(by.organisation_id), told(sending.release_id)
    address = sending.agency.address if sending.agency and sending.channel != Channel.CARRIED else ""
    with translation.override("de"):
        return {
            "title": content.title,
            "heading": _("Vermittlung: %(wish)s") % {"wish": content.title},
            "sender": head.provider,
            "below": [head.service, *head.address.split(", "), head.contact],
            "window": head.line,
            "recipient": [sending.recipient_name, *filter(None, (line.strip() for line in address.split(",")))],
            "date": f"{sending.sent_at.astimezone(BERLIN):%d.%m.%Y}",
            "message": content.message.split("\n") if content.message else [],
            "facts": [[fact.label, fact.value] for fact in content.facts],
            "parts": [[title, list(lines)] for title, lines in content.parts],
            "answer_to": _("Bitte antworten Sie an: %(who)s") % {"who": f"{content.sender}, {content.sender_contact}"},
        }
