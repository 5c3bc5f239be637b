"""Every page of the partner side in its frame: three entries of navigation, breadcrumbs, form key."""

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
from faden.partner.door import PartnerRequest

# (label, URL name, what a page says it is)
_NAVIGATION = (
    (gettext_noop("Zustellungen"), "deliveries", "deliveries"),
    (gettext_noop("Anfrage an KIM"), "sent-requests", "requests"),
    (gettext_noop("Unsere Angebote"), "own-offers", "own-offers"),
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
        "navigation": [(_(label), reverse(name), what == here, None) for label, name, what in _NAVIGATION],
        "breadcrumbs": crumbs,
        "form_key": key_shown(request),
        "fresh_key": uuid4,
        "kept": SimpleLazyObject(lambda: kept_draft(request)),
        "draft_url": reverse("partner-draft"),
        "draft_discard_url": reverse("partner-draft-discard"),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)
