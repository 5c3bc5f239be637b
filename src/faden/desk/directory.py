"""Angebote: the directory as this service keeps it (`doors.offers`), at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.shell import page
from faden.directory.vocabulary import ConfirmedHow
from faden.doors import offers as pages
from faden.organisations.vocabulary import Permission

KEEP = Permission.KEEP_OFFERS


def _draw(
    request: DeskRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200, above: tuple[str, str] | None = None
) -> HttpResponse:
    crumbs = ((_("Angebote"), reverse("directory")), *((above,) if above else ()), (title, ""))
    own = {"title": title or _("Angebote")}
    return page(request, template, {**own, **context}, here="directory", crumbs=crumbs if title else (), status=status)


SIDE = pages.Side(_draw, "directory")


@reads(Sees.NOTHING, may=KEEP)
def index(request: DeskRequest) -> HttpResponse:
    """What this service keeps, and what everybody keeps."""
    return pages.index(request, SIDE)


@reads(Sees.NOTHING, may=KEEP)
def show(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """One offer."""
    return pages.show(request, SIDE, offer_id)


@edits(Sees.NOTHING, may=KEEP)
def new(request: DeskRequest) -> HttpResponse:
    """One more."""
    return pages.new(request, SIDE)


@edits(Sees.NOTHING, may=KEEP)
def change(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """What holds now."""
    return pages.change(request, SIDE, offer_id)


@writes(Sees.NOTHING, may=KEEP)
def confirm(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Still true."""
    return pages.confirm(request, SIDE, offer_id)


@writes(Sees.NOTHING, may=KEEP)
def phone(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Still true, said on the telephone."""
    return pages.confirm(request, SIDE, offer_id, how=ConfirmedHow.PHONE)


@writes(Sees.NOTHING, may=KEEP)
def places(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Free places as of a day."""
    return pages.set_places(request, SIDE, offer_id)


@writes(Sees.NOTHING, may=KEEP)
def ask(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """The link to the owner."""
    return pages.ask(request, SIDE, offer_id)


@writes(Sees.NOTHING, may=KEEP)
def hint(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """The owner's words are dealt with."""
    return pages.hint_done(request, SIDE, offer_id)


@edits(Sees.NOTHING, may=KEEP)
def end(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Out of the directory."""
    return pages.end(request, SIDE, offer_id)


@writes(Sees.NOTHING, may=KEEP)
def back(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """In again."""
    return pages.back(request, SIDE, offer_id)


@reads(Sees.NOTHING, may=KEEP)
def providers(request: DeskRequest) -> HttpResponse:
    """Who offers something."""
    return pages.providers(request, SIDE)


@edits(Sees.NOTHING, may=KEEP)
def provider_new(request: DeskRequest) -> HttpResponse:
    """One more of them."""
    return pages.provider_new(request, SIDE)


@edits(Sees.NOTHING, may=KEEP)
def provider(request: DeskRequest, provider_id: UUID) -> HttpResponse:
    """One of them."""
    return pages.provider(request, SIDE, provider_id)


urlpatterns = [
    path("verzeichnis/", index, name="directory"),
    path("verzeichnis/neu/", new, name="directory-new"),
    path("verzeichnis/anbieter/", providers, name="directory-providers"),
    path("verzeichnis/anbieter/neu/", provider_new, name="directory-provider-new"),
    path("verzeichnis/anbieter/<uuid:provider_id>/", provider, name="directory-provider"),
    path("verzeichnis/<uuid:offer_id>/", show, name="directory-offer"),
    path("verzeichnis/<uuid:offer_id>/aendern/", change, name="directory-change"),
    path("verzeichnis/<uuid:offer_id>/stimmt/", confirm, name="directory-confirm"),
    path("verzeichnis/<uuid:offer_id>/telefon/", phone, name="directory-phone"),
    path("verzeichnis/<uuid:offer_id>/plaetze/", places, name="directory-places"),
    path("verzeichnis/<uuid:offer_id>/link/", ask, name="directory-ask"),
    path("verzeichnis/<uuid:offer_id>/hinweis/", hint, name="directory-hint"),
    path("verzeichnis/<uuid:offer_id>/ende/", end, name="directory-end"),
    path("verzeichnis/<uuid:offer_id>/wieder/", back, name="directory-back"),
]
