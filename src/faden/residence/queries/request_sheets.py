"""Voranfrage and Begleitschreiben on paper: exactly what the Weitergabe says; before it is sent only as a draft."""

from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.consents.rules.contents import Content
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.organisations.queries.letterheads import Letterhead, letterhead_of
from faden.organisations.queries.recipients import Recipient
from faden.residence.queries.requests import request_page
from faden.residence.rules.requests import not_an_application
from faden.residence.vocabulary import RequestKind


def sheet_of(case: Case, request_id: UUID, *, by: Actor, on: date) -> dict[str, object]:
    """What went out, as long as it may be handed out."""
    page = request_page(case, request_id, on=on)
    if not page.is_readable(on):
        raise NotFound(_("Diese Weitergabe ist beendet. Gedruckt wird sie nicht mehr."))
    agency = page.request.agency
    sent_on = page.request.sent_at.astimezone(BERLIN).date()
    return paper(page.content, letterhead_of(by.organisation_id), page.request.recipient_name, agency.address if agency else "", day=sent_on)


def draft_of(content: Content, to: Recipient, *, by: Actor, on: date) -> dict[str, object]:
    """The same before it is sent: each page says so."""
    return paper(content, letterhead_of(by.organisation_id), to.name, to.address, day=on, is_draft=True)


def delivered_sheet(content: Content, recipient: str, *, day: date) -> dict[str, object]:
    """The same at the office, for its own files: whoever sent it is known by what stands in the copy."""
    head = Letterhead(content.sender, "", "", content.sender_contact)
    return paper(content, head, recipient, "", day=day)


def paper(content: Content, head: Letterhead, recipient: str, address: str, *, day: date, is_draft: bool = False) -> dict[str, object]:
    """Plain data for the print, German whoever asks."""
    with translation.override("de"):
        is_cover = content.extra.get("kind") == RequestKind.COVER
        notice = "" if is_cover else not_an_application()
        return {
            "title": content.title,
            "sender": head.provider,
            "below": [head.service, *head.address.split(", "), head.contact],
            "window": head.line,
            "recipient": [recipient, *filter(None, (line.strip() for line in address.split(",")))],
            "date": f"{day:%d.%m.%Y}",
            "notice": notice,
            "draft": _("ENTWURF, noch nicht gesendet") if is_draft else "",
            "message": content.message.split("\n") if content.message else [],
            "about": _("Angaben der Person") if content.facts else "",
            "facts": [[fact.label, fact.value] for fact in content.facts],
            "parts": [[title, list(lines)] for title, lines in content.parts if list(lines) != [notice]],
            "signed": _("Ort, Datum, Unterschrift der Person"),
            "answer_to": _("Bitte antworten Sie der Person, oder an: %(who)s") % {"who": f"{content.sender}, {content.sender_contact}"},
            "receipt": [_("Eingang bestätigt am"), _("Stempel, Unterschrift der Behörde")] if is_cover else [],
        }
