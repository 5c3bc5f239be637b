"""Auswertungen bestätigen: the second person sees occasion and case number, and decides."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, reads, writes
from faden.desk.shell import page
from faden.organisations.vocabulary import Permission
from faden.oversight import actions, policies
from faden.oversight.queries import matters as queries


@reads(Sees.LIST, may=Permission.CONFIRM_OVERSIGHT)
def index(request: DeskRequest) -> HttpResponse:
    """What waits, oldest first."""
    found = queries.waiting(on=request.today)
    request.shown = [line.case_id for _matter, line in found]
    # A key for each form: with one for all, the second decision after "back" would count as sent.
    rows = [
        (line, policies.may_decide(request.actor, matter, on=request.today).reason, uuid4(), uuid4())
        for matter, line in found
    ]
    return page(request, "desk/matters_to_confirm.html", {"rows": rows}, here="matters_to_confirm")


@writes(Sees.NOTHING, may=Permission.CONFIRM_OVERSIGHT)
def confirm(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """Agree."""
    actions.confirm(queries.matter(matter_id), by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Die Auswertung ist bestätigt. Sie ist sieben Tage lang offen."))
    return HttpResponseRedirect(reverse("matters-to-confirm"), status=303)


@writes(Sees.NOTHING, may=Permission.CONFIRM_OVERSIGHT)
def refuse(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """Do not agree."""
    actions.refuse(queries.matter(matter_id), by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Die Auswertung ist abgelehnt. Es wird nichts geöffnet."))
    return HttpResponseRedirect(reverse("matters-to-confirm"), status=303)


urlpatterns = [
    path("auswertungen/bestaetigen/", index, name="matters-to-confirm"),
    path("auswertungen/<uuid:matter_id>/bestaetigung/", confirm, name="matter-confirmation"),
    path("auswertungen/<uuid:matter_id>/ablehnung/", refuse, name="matter-refusal"),
]
