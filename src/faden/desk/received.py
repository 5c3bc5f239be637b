"""Eingang: was andere Dienste dem eigenen weitergegeben haben (`doors.received`), am Arbeitsplatz."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.consents.vocabulary import DeliveryKind
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.shell import page
from faden.doors import received as pages
from faden.organisations.vocabulary import Permission
from faden.referrals.queries import received as queries
from faden.referrals.queries import requests
from faden.referrals.vocabulary import Standing


def _draw(
    request: DeskRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200, above: str = ""
) -> HttpResponse:
    crumbs = ((_("Eingang"), reverse("received")), *(((_("Zustellung"), above),) if above else ()), (title, ""))
    own = {"title": title or _("Eingang")}
    return page(request, template, {**own, **context}, here="received", crumbs=crumbs if title else (), status=status)


def _own(found: queries.Page) -> dict[str, str]:
    """A case to take over; an own Anfrage by hand."""
    if found.delivery.kind == DeliveryKind.TRANSFER:
        return {"transfer": reverse("transfer-arrived", args=[found.delivery.id])}
    if found.inquiry_id:
        return {"inquiry": reverse("inquiry", args=[found.inquiry_id])}
    return {"new_inquiry": f"{reverse('inquiry-new')}?zustellung={found.delivery.id}"} if found.may_be_answered else {}


SIDE = pages.Side(_draw, "received", "received-one", "received", _own)


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def index(request: DeskRequest) -> HttpResponse:
    """What asks for somebody first."""
    more = {"requests_in": reverse("requests-in"), "requests_waiting": requests.waiting()}
    return pages.index(request, SIDE, more)


@reads(Sees.NOTHING, may=Permission.SEE_LOOKS)
def counts(request: DeskRequest) -> HttpResponse:
    """For who watches over data protection: how many of each kind, and nothing of any."""
    counted = [(kind.label, numbers) for kind, numbers in queries.counted()]
    context = {"counts": counted, "standings": [standing.label for standing in Standing]}
    return page(request, "desk/received_counts.html", context, here="received")


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def show(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """One of them."""
    return pages.show(request, SIDE, delivery_id)


@writes(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def assignment(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Who takes care of it."""
    return pages.assignment(request, SIDE, delivery_id)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def answer(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """To the sender."""
    return pages.answer(request, SIDE, delivery_id)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def correction(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """The last answer was a mistake."""
    return pages.correction(request, SIDE, delivery_id)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def step(request: DeskRequest, delivery_id: UUID, step: str) -> HttpResponse:
    """A step of a shared chain."""
    return pages.step(request, SIDE, delivery_id, step)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def talk(request: DeskRequest, delivery_id: UUID, step: str) -> HttpResponse:
    """A question or an answer to it."""
    return pages.talk(request, SIDE, delivery_id, step)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def filing(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Zur Akte nehmen."""
    return pages.filing(request, SIDE, delivery_id)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def erasure(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """What became of our copy."""
    return pages.erasure(request, SIDE, delivery_id)


_ONE = "eingang/<uuid:delivery_id>"
urlpatterns = [
    path("eingang/", index, name="received"),
    path("eingang/zahlen/", counts, name="received-counts"),
    path(f"{_ONE}/", show, name="received-one"),
    path(f"{_ONE}/zuteilung/", assignment, name="received-assignment"),
    path(f"{_ONE}/antwort/", answer, name="received-answer"),
    path(f"{_ONE}/berichtigung/", correction, name="received-correction"),
    path(f"{_ONE}/akte/", filing, name="received-filing"),
    path(f"{_ONE}/loeschung/", erasure, name="received-erasure"),
    path(f"{_ONE}/schritte/<str:step>/", step, name="received-step"),
    path(f"{_ONE}/schritte/<str:step>/gespraech/", talk, name="received-talk"),
]
