"""Vorgänge: what was done, each with its sentence; the second tab beside the looks."""

from django.http import HttpResponse
from django.urls import path

from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.looks import form_of, noted, tabs
from faden.desk.shell import page
from faden.kernel.audit import EVENTS
from faden.organisations.vocabulary import Permission
from faden.oversight.queries import logs


@reads(Sees.LOOKS, may=Permission.SEE_LOOKS)
def index(request: DeskRequest) -> HttpResponse:
    """Newest first, fifty at a time; evaluations stand here like everything else."""
    kinds = sorted(((code, str(event.sentence)) for code, event in EVENTS.items()), key=lambda kind: kind[1])
    form = form_of(request, list(kinds))
    context: dict[str, object] = {"form": form, "tabs": tabs("deeds"), "before": request.GET.get("vor", "")}
    if form.is_valid():
        asked = form.asked(request.GET.get("vor", ""))
        shown = logs.deeds(asked)
        request.shown = noted(asked.case_id)
        context |= {"lines": shown.lines, "older": shown.older}
    return page(request, "desk/deeds.html", context, here="looks", status=200 if form.is_valid() else 422)


urlpatterns = [path("zugriffe/vorgaenge/", index, name="deeds")]
