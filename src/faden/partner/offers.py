"""Unsere Angebote: what this agency offers itself (`doors.offers`), on the partner side."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.directory.vocabulary import ConfirmedHow
from faden.doors import offers as pages
from faden.partner.door import PartnerRequest, Sees, edits, reads, writes
from faden.partner.frame import page


def _draw(
    request: PartnerRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200, above: tuple[str, str] | None = None
) -> HttpResponse:
    crumbs = ((_("Unsere Angebote"), reverse("own-offers")), *((above,) if above else ()), (title, ""))
    own = {"title": title or _("Unsere Angebote")}
    return page(request, template, {**own, **context}, here="own-offers", crumbs=crumbs if title else (), status=status)


SIDE = pages.Side(_draw, "own-offers")


@reads(Sees.NOTHING)
def index(request: PartnerRequest) -> HttpResponse:
    """What this agency offers itself."""
    return pages.index(request, SIDE)


@reads(Sees.NOTHING)
def show(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """One offer."""
    return pages.show(request, SIDE, offer_id)


@edits(Sees.NOTHING)
def new(request: PartnerRequest) -> HttpResponse:
    """One more."""
    return pages.new(request, SIDE, own_name=request.actor.organisation_name)


@edits(Sees.NOTHING)
def change(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """What holds now."""
    return pages.change(request, SIDE, offer_id)


@writes(Sees.NOTHING)
def confirm(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """Still true."""
    return pages.confirm(request, SIDE, offer_id)


@writes(Sees.NOTHING)
def phone(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """Still true, said on the telephone."""
    return pages.confirm(request, SIDE, offer_id, how=ConfirmedHow.PHONE)


@writes(Sees.NOTHING)
def places(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """Free places as of a day."""
    return pages.set_places(request, SIDE, offer_id)


@writes(Sees.NOTHING)
def ask(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """The link to the owner."""
    return pages.ask(request, SIDE, offer_id)


@writes(Sees.NOTHING)
def hint(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """The owner's words are dealt with."""
    return pages.hint_done(request, SIDE, offer_id)


@edits(Sees.NOTHING)
def end(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """Out of the directory."""
    return pages.end(request, SIDE, offer_id)


@writes(Sees.NOTHING)
def back(request: PartnerRequest, offer_id: UUID) -> HttpResponse:
    """In again."""
    return pages.back(request, SIDE, offer_id)


@reads(Sees.NOTHING)
def providers(request: PartnerRequest) -> HttpResponse:
    """Who offers something."""
    return pages.providers(request, SIDE)


@edits(Sees.NOTHING)
def provider_new(request: PartnerRequest) -> HttpResponse:
    """One more of them."""
    return pages.provider_new(request, SIDE)


@edits(Sees.NOTHING)
def provider(request: PartnerRequest, provider_id: UUID) -> HttpResponse:
    """One of them."""
    return pages.provider(request, SIDE, provider_id)


urlpatterns = [
    path("angebote/", index, name="own-offers"),
    path("angebote/neu/", new, name="own-offers-new"),
    path("angebote/anbieter/", providers, name="own-offers-providers"),
    path("angebote/anbieter/neu/", provider_new, name="own-offers-provider-new"),
    path("angebote/anbieter/<uuid:provider_id>/", provider, name="own-offers-provider"),
    path("angebote/<uuid:offer_id>/", show, name="own-offers-offer"),
    path("angebote/<uuid:offer_id>/aendern/", change, name="own-offers-change"),
    path("angebote/<uuid:offer_id>/stimmt/", confirm, name="own-offers-confirm"),
    path("angebote/<uuid:offer_id>/telefon/", phone, name="own-offers-phone"),
    path("angebote/<uuid:offer_id>/plaetze/", places, name="own-offers-places"),
    path("angebote/<uuid:offer_id>/link/", ask, name="own-offers-ask"),
    path("angebote/<uuid:offer_id>/hinweis/", hint, name="own-offers-hint"),
    path("angebote/<uuid:offer_id>/ende/", end, name="own-offers-end"),
    path("angebote/<uuid:offer_id>/wieder/", back, name="own-offers-back"),
]
