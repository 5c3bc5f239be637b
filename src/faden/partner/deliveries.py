"""Zustellungen: what was delivered to this agency (`doors.received`), on the partner side."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.consents.vocabulary import DeliveryKind
from faden.doors import received as pages
from faden.partner.door import PartnerRequest, Sees, edits, reads, writes
from faden.partner.frame import deliveries_word, page
from faden.referrals.queries.received import Page


def _draw(
    request: PartnerRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200, above: str = ""
) -> HttpResponse:
    whole = deliveries_word(request)
    crumbs = ((whole, reverse("deliveries")), *(((_("Zustellung"), above),) if above else ()), (title, ""))
    own = {"title": title or whole}
    return page(request, template, {**own, **context}, here="deliveries", crumbs=crumbs if title else (), status=status)


def _own(found: Page) -> dict[str, str]:
    """What a client asks is printed for the office's own file, and answered in a form of its own."""
    if found.delivery.kind != DeliveryKind.RESIDENCE:
        return {}
    paper = {"paper": reverse("delivery-paper", args=[found.delivery.id])} if found.content else {}
    return paper if found.delivery.is_over else {**paper, "office_answer": reverse("delivery-office-answer", args=[found.delivery.id])}


SIDE = pages.Side(_draw, "deliveries", "delivery", "delivery", _own)


@reads(Sees.LIST)
def listing(request: PartnerRequest) -> HttpResponse:
    """All deliveries this agency may see now."""
    return pages.index(request, SIDE, {})


@reads(Sees.DELIVERY)
def show(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """One delivery with its content."""
    return pages.show(request, SIDE, delivery_id)


@writes(Sees.DELIVERY)
def assignment(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """Who takes care of it."""
    return pages.assignment(request, SIDE, delivery_id)


@edits(Sees.DELIVERY)
def answer(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """To the sender."""
    return pages.answer(request, SIDE, delivery_id)


@edits(Sees.DELIVERY)
def correction(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """The last answer was a mistake."""
    return pages.correction(request, SIDE, delivery_id)


@edits(Sees.DELIVERY)
def step(request: PartnerRequest, delivery_id: UUID, step: str) -> HttpResponse:
    """A step of a shared chain."""
    return pages.step(request, SIDE, delivery_id, step)


@edits(Sees.DELIVERY)
def talk(request: PartnerRequest, delivery_id: UUID, step: str) -> HttpResponse:
    """A question or an answer to it."""
    return pages.talk(request, SIDE, delivery_id, step)


@edits(Sees.DELIVERY)
def filing(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """Zur Akte nehmen: from now on the agency is the controller of this copy."""
    return pages.filing(request, SIDE, delivery_id)


@edits(Sees.DELIVERY)
def erasure(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """What became of the agency's own copy."""
    return pages.erasure(request, SIDE, delivery_id)


_ONE = "zustellungen/<uuid:delivery_id>"
urlpatterns = [
    path("", listing, name="deliveries"),
    path(f"{_ONE}/", show, name="delivery"),
    path(f"{_ONE}/zuteilung/", assignment, name="delivery-assignment"),
    path(f"{_ONE}/antwort/", answer, name="delivery-answer"),
    path(f"{_ONE}/berichtigung/", correction, name="delivery-correction"),
    path(f"{_ONE}/akte/", filing, name="delivery-filing"),
    path(f"{_ONE}/loeschung/", erasure, name="delivery-erasure"),
    path(f"{_ONE}/schritte/<str:step>/", step, name="delivery-step"),
    path(f"{_ONE}/schritte/<str:step>/gespraech/", talk, name="delivery-talk"),
]
