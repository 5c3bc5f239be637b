"""Doppelte Einträge: two entries that may be one human being, side by side; people decide, and may undo it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.duplicates import pair_page, pair_to_decide, side_by_side
from faden.desk.door import DeskRequest, Sees, reads, writes
from faden.desk.shell import page, page_number
from faden.organisations.vocabulary import Permission
from faden.persons.actions import identity
from faden.persons.vocabulary import PairState


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def index(request: DeskRequest) -> HttpResponse:
    """What is to be compared; with ?stand=entschieden what was decided."""
    decided = request.GET.get("stand") == "entschieden"
    states = (PairState.LINKED, PairState.DIFFERENT) if decided else (PairState.OPEN,)
    shown = pair_page(request.actor, *states, on=request.today, page=page_number(request))
    request.shown = shown.shown
    tabs = [
        (_("Zu vergleichen"), reverse("duplicates"), not decided, None),
        (_("Entschieden"), reverse("duplicates") + "?stand=entschieden", decided, None),
    ]
    return page(
        request, "desk/duplicates.html", {"page": shown, "tabs": tabs, "decided": decided}, here="duplicates"
    )


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def compare(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Both entries line by line."""
    shown = side_by_side(request.actor, pair_id, on=request.today)
    request.shown = [shown.row.first.person_id, shown.row.second.person_id]
    crumbs = ((_("Doppelte Einträge"), reverse("duplicates")), (_("Vergleich"), ""))
    return page(request, "desk/pair.html", {"pair": shown, "row": shown.row}, here="duplicates", crumbs=crumbs)


@writes(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def link(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Dieselbe Person."""
    return _decided(request, pair_id, identity.link, _("Die Einträge sind verbunden. Jeder bleibt, wie er ist."))


@writes(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def find_different(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Verschiedene Personen."""
    return _decided(request, pair_id, identity.find_different, _("Als verschiedene Personen notiert."))


@writes(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def unlink(request: DeskRequest, pair_id: UUID) -> HttpResponse:
    """Verbindung lösen."""
    return _decided(request, pair_id, identity.unlink, _("Die Verbindung ist gelöst."))


def _decided(request: DeskRequest, pair_id: UUID, decide: Callable[..., None], sentence: str) -> HttpResponse:
    pair = pair_to_decide(request.actor, pair_id, on=request.today)
    decide(pair, by=request.actor, at=request.at)
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("pair", args=[pair_id]), status=303)


urlpatterns = [
    path("doppelte/", index, name="duplicates"),
    path("doppelte/<uuid:pair_id>/", compare, name="pair"),
    path("doppelte/<uuid:pair_id>/dieselbe/", link, name="pair-link"),
    path("doppelte/<uuid:pair_id>/verschieden/", find_different, name="pair-different"),
    path("doppelte/<uuid:pair_id>/loesen/", unlink, name="pair-unlink"),
]
