"""Every page of the partner side in its frame: navigation by role, breadcrumbs, form key."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from faden.doors.drafts import kept_draft
from faden.doors.once import key_shown
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission
from faden.partner.door import PartnerRequest

# (permission, label, URL name, what a page says it is)
_NAVIGATION = (
    (Permission.ANSWER_CLIENTS, gettext_noop("Anfragen"), "deliveries", "deliveries"),
    (Permission.ANSWER_DELIVERIES, gettext_noop("Zustellungen"), "deliveries", "deliveries"),
    (Permission.ASK_SERVICES, gettext_noop("Anfrage an KIM"), "sent-requests", "requests"),
    (Permission.KEEP_OFFERS, gettext_noop("Unsere Angebote"), "own-offers", "own-offers"),
    (Permission.READ_RULES, gettext_noop("Vorprüfung ohne Speichern"), "partner-residence-tool", "residence_tool"),
    (Permission.READ_RULES, gettext_noop("Andere Lesarten"), "partner-readings", "readings"),
)


def page(
    request: PartnerRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    here: str,
    crumbs: tuple[tuple[str, str], ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page now, inside the transaction."""
    frame = {
        "navigation": _navigation(request, here),
        "breadcrumbs": crumbs,
        "form_key": key_shown(request),
        "fresh_key": uuid4,
        "kept": SimpleLazyObject(lambda: kept_draft(request)),
        "draft_url": reverse("partner-draft"),
        "draft_discard_url": reverse("partner-draft-discard"),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def deliveries_word(request: PartnerRequest) -> str:
    """What came to the agency; to building block 3 only what clients ask."""
    return _("Anfragen") if may(request.actor, Permission.ANSWER_CLIENTS) else _("Zustellungen")


def _navigation(request: PartnerRequest, here: str) -> list[tuple[str, str, bool, None]]:
    """What her role has, each page once."""
    found: dict[str, tuple[str, str, bool, None]] = {}
    for needs, label, name, what in _NAVIGATION:
        if may(request.actor, needs):
            found.setdefault(name, (_(label), reverse(name), what == here, None))
    return list(found.values())
