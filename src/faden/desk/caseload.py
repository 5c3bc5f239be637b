"""Meine Fälle."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from faden.cases.queries import caseload
from faden.cases.vocabulary import Phase
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import page, page_number
from faden.organisations.vocabulary import Permission


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """The cases this person leads, last contact first."""
    membership, phase = UUID(request.actor.membership_id), request.GET.get("phase", "")
    phase = phase if phase in Phase.values else ""
    number = page_number(request)
    if phase == Phase.CLOSED:
        shown = caseload.closed_cases_of(membership, now=request.at, today=request.today, page=number)
    else:
        shown = caseload.caseload_of(
            membership, phase=phase, now=request.at, today=request.today, page=number
        )
    request.shown = [row.case_id for row in shown.rows]
    context = {"page": shown, "filters": _filters(caseload.phase_counts(membership), phase), "phase": phase}
    return page(request, "desk/caseload.html", context, here="caseload")


def _filters(counts: dict[str, int], chosen: str) -> list[tuple[object, str, bool, int | None]]:
    phases = [(p.label, f"?phase={p}", p == chosen, counts[p]) for p in Phase if counts.get(p)]
    return [
        (_("Alle offenen"), "?", not chosen, sum(counts.values())),
        *phases,
        (Phase.CLOSED.label, f"?phase={Phase.CLOSED}", chosen == Phase.CLOSED, None),
    ]


urlpatterns = [path("faelle/", index, name="caseload")]
