"""Vorprüfung ohne Speichern (`doors.residence_tool`), am Arbeitsplatz."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from faden.desk.door import DeskRequest, Sees, asks, reads
from faden.desk.shell import page
from faden.doors import residence_tool as pages
from faden.organisations.vocabulary import Permission

READ = Permission.READ_RULES


def _draw(request: DeskRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return page(request, template, context, here="residence_tool", status=status)


SIDE = pages.Side(_draw, "residence-tool-answer", "rule-reading-new")


@reads(Sees.NOTHING, may=READ)
def show(request: DeskRequest) -> HttpResponse:
    """Which paths?"""
    return pages.show(request, SIDE)


@asks(Sees.NOTHING, may=READ)
def answer(request: DeskRequest) -> HttpResponse:
    """Questions and result; nothing can be written."""
    return pages.show(request, SIDE)


urlpatterns = [
    path("regeln/vorpruefung/", show, name="residence-tool"),
    path("regeln/vorpruefung/ergebnis/", answer, name="residence-tool-answer"),
]
