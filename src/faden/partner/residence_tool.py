"""Vorprüfung ohne Speichern (`doors.residence_tool`), on the partner side: building block 3 alone."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from faden.doors import residence_tool as pages
from faden.organisations.vocabulary import Permission
from faden.partner.door import PartnerRequest, Sees, asks, reads
from faden.partner.frame import page

READ = Permission.READ_RULES


def _draw(request: PartnerRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return page(request, template, context, here="residence_tool", status=status)


SIDE = pages.Side(_draw, "partner-residence-tool-answer", "partner-reading-new")


@reads(Sees.NOTHING, may=READ)
def show(request: PartnerRequest) -> HttpResponse:
    """Which paths?"""
    return pages.show(request, SIDE)


@asks(Sees.NOTHING, may=READ)
def answer(request: PartnerRequest) -> HttpResponse:
    """Questions and result; nothing can be written."""
    return pages.show(request, SIDE)


urlpatterns = [
    path("vorpruefung/", show, name="partner-residence-tool"),
    path("vorpruefung/ergebnis/", answer, name="partner-residence-tool-answer"),
]
