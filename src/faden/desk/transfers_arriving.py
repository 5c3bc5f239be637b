"""Fallübergabe, the new service's pages: the whole package, taking it over or not, and what came with a case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.protection import require_findable
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import kept_draft, left_in
from faden.desk.search import asked_from, shown_hits
from faden.desk.shell import case_page, page
from faden.desk.transfer_forms import AcceptForm, DeclineForm
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.referrals import policies
from faden.referrals.actions import taking_over as actions
from faden.referrals.queries import arriving as queries
from faden.referrals.queries.arriving import Arrived

_LIKELY = 5


@edits(Sees.LIST, may=Permission.WORK_ON_CASES)
def accept(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """Read the package; take it over into a case of our own."""
    arrived = _arrived(request, delivery_id)
    known, shown = _known(request, arrived)
    form = AcceptForm(
        request.POST or None, request=request, copies=arrived.copies, known=known, initial=left_in(AcceptForm, request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            wanted = form.accepting()
            for one in wanted.arriving:
                if one.known_person:
                    require_findable(one.known_person, by=request.actor, on=request.today)
            case = actions.accept(wanted, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Fall ist übernommen. Als Nächstes: Einwilligung in die Beratung einholen."))
            request.shown = []
            own = str(case.lead_id) == request.actor.membership_id
            return HttpResponseRedirect(reverse("taken-over", args=[case.id]) if own else reverse("caseload"), status=303)
        except Invalid as error:
            form.take_error(error)
    request.shown = [*(copy.delivery_id for copy in arrived.copies), *shown]
    context = {
        "form": form, "arrived": arrived, "kept": kept_draft(request), "delivery_id": delivery_id,
        "may_take": arrived.is_whole and not arrived.case_id,
    }  # fmt: skip
    return _page(request, "desk/transfer_arrived.html", context, title=_("Fallübergabe"))


@edits(Sees.LIST, may=Permission.WORK_ON_CASES)
def decline(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """We cannot; with words."""
    arrived = _arrived(request, delivery_id)
    form = DeclineForm(request.POST or None, initial=left_in(DeclineForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            ids = [copy.delivery_id for copy in arrived.copies]
            actions.decline(ids, words=form.cleaned_data["words"], by=request.actor, at=request.at)
            messages.success(request, _("Der bisherige Dienst bekommt Ihre Antwort. Danach endet die Einsicht."))
            return HttpResponseRedirect(reverse("received"), status=303)
        except Invalid as error:
            form.take_error(error)
    request.shown = [copy.delivery_id for copy in arrived.copies]
    context = {"form": form, "arrived": arrived, "kept": kept_draft(request), "delivery_id": delivery_id}
    return _page(request, "desk/transfer_decline.html", context, title=_("Fallübergabe ablehnen"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def taken_over(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Übernommen von: what came with this case, and which goals still wait."""
    rows = queries.taken_over(request.access.case, with_content=True)
    return case_page(
        request, "desk/taken_over.html", {"rows": rows}, head=head_of(request.access), title=_("Übernommen")
    )


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def take_goals(request: DeskRequest, case_id: UUID, taken_id: UUID) -> HttpResponse:
    """Now that she has agreed here, her goals come into her plan."""
    taken = queries.taken_of(request.access.case, taken_id)
    actions.take_goals(taken, by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Die Ziele stehen im Plan. Bitte sehen Sie jedes mit der Person durch."))
    return HttpResponseRedirect(reverse("taken-over", args=[case_id]), status=303)


def _arrived(request: DeskRequest, delivery_id: UUID) -> Arrived:
    """The whole package, unless somebody else takes care of it."""
    arrived = queries.arrived(delivery_id)
    policies.may_read_package(request.actor, [copy.series_id for copy in arrived.copies], on=request.today).require()
    return arrived


def _known(request: DeskRequest, arrived: Arrived) -> tuple[dict[UUID, list[tuple[str, str]]], list[UUID]]:
    """For each who arrives, people of our own who may be her: as search before create finds them; a person decides."""
    known: dict[UUID, list[tuple[str, str]]] = {}
    shown: list[UUID] = []
    for copy in arrived.copies:
        asked = asked_from(copy.name, copy.born, today=request.today)
        found = [] if arrived.case_id else shown_hits(request, asked, limit=_LIKELY, any_part=True)
        known[copy.delivery_id] = [
            (str(one.hit.found.person_id), " · ".join(filter(None, (one.hit.found.name, one.reasons)))) for one in found
        ]
        shown += request.shown
    return known, shown


def _page(request: DeskRequest, template: str, context: dict[str, Any], *, title: str) -> HttpResponse:
    crumbs = ((_("Eingang"), reverse("received")), (title, ""))
    return page(request, template, {"title": title, **context}, here="received", crumbs=crumbs, status=422 if context["form"].errors else 200)


urlpatterns = [
    path("eingang/<uuid:delivery_id>/uebergabe/", accept, name="transfer-arrived"),
    path("eingang/<uuid:delivery_id>/uebergabe/ablehnen/", decline, name="transfer-decline"),
    path("faelle/<uuid:case_id>/uebernommen/", taken_over, name="taken-over"),
    path("faelle/<uuid:case_id>/uebernommen/<uuid:taken_id>/ziele/", take_goals, name="taken-goals"),
]
