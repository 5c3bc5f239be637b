"""Andere Lesarten der Regeln (`doors.readings`), am Arbeitsplatz."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.shell import page
from faden.doors import readings as pages
from faden.organisations.vocabulary import Permission

READ = Permission.READ_RULES


def _draw(request: DeskRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200) -> HttpResponse:
    crumbs = ((_("Andere Lesarten"), reverse("rule-readings")), (title, "")) if title else ()
    return page(request, template, {"title": title or _("Andere Lesarten"), **context}, here="readings", crumbs=crumbs, status=status)


SIDE = pages.Side(_draw, "rule-readings", "rule-reading-new", "rule-reading-withdrawal")


@reads(Sees.NOTHING, may=READ)
def index(request: DeskRequest) -> HttpResponse:
    """What services and offices read otherwise."""
    return pages.index(request, SIDE)


@edits(Sees.NOTHING, may=READ)
def new(request: DeskRequest) -> HttpResponse:
    """Note one."""
    return pages.new(request, SIDE)


@writes(Sees.NOTHING, may=READ)
def withdrawal(request: DeskRequest, reading_id: UUID) -> HttpResponse:
    """Take one back."""
    return pages.withdrawal(request, SIDE, reading_id)


urlpatterns = [
    path("regeln/lesarten/", index, name="rule-readings"),
    path("regeln/lesarten/neu/", new, name="rule-reading-new"),
    path("regeln/lesarten/<uuid:reading_id>/ruecknahme/", withdrawal, name="rule-reading-withdrawal"),
]
