"""Andere Lesarten der Regeln (`doors.readings`), on the partner side: building block 3 alone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.doors import readings as pages
from faden.organisations.vocabulary import Permission
from faden.partner.door import PartnerRequest, Sees, edits, reads, writes
from faden.partner.frame import page

READ = Permission.READ_RULES


def _draw(request: PartnerRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200) -> HttpResponse:
    crumbs = ((_("Andere Lesarten"), reverse("partner-readings")), (title, "")) if title else ()
    return page(request, template, {"title": title or _("Andere Lesarten"), **context}, here="readings", crumbs=crumbs, status=status)


SIDE = pages.Side(_draw, "partner-readings", "partner-reading-new", "partner-reading-withdrawal")


@reads(Sees.NOTHING, may=READ)
def index(request: PartnerRequest) -> HttpResponse:
    """What services and offices read otherwise."""
    return pages.index(request, SIDE)


@edits(Sees.NOTHING, may=READ)
def new(request: PartnerRequest) -> HttpResponse:
    """Note one."""
    return pages.new(request, SIDE)


@writes(Sees.NOTHING, may=READ)
def withdrawal(request: PartnerRequest, reading_id: UUID) -> HttpResponse:
    """Take one back."""
    return pages.withdrawal(request, SIDE, reading_id)


urlpatterns = [
    path("lesarten/", index, name="partner-readings"),
    path("lesarten/neu/", new, name="partner-reading-new"),
    path("lesarten/<uuid:reading_id>/ruecknahme/", withdrawal, name="partner-reading-withdrawal"),
]
