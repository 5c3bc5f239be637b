"""The page of a case: who, what is next, what happened."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import case_page
from faden.cases.queries.timeline import Of
from faden.cases.vocabulary.case import EntryKind
from faden.casework.queries.progress import progress_of
from faden.chains.queries.chains import chains_of
from faden.chains.queries.plans import line_of
from faden.desk import shell
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.lines import from_above
from faden.organisations.vocabulary import Permission


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Everything about one case, newest first."""
    kind = request.GET.get("art", "")
    kind = kind if kind in EntryKind.values else ""
    shown = case_page(
        request.access, actor=request.actor, now=request.at, before=request.GET.get("vor", ""), kind=kind
    )
    kinds = [(_("Alles"), "?", not kind, None)] + [
        (k.label, f"?art={k}", k == kind, None) for k in EntryKind if k != EntryKind.OPENED
    ]
    context = {
        "case": shown,
        "next_step": shown.next_step,
        "progress": progress_of(
            request.access.case,
            member_ids=[member.person_id for member in shown.members if member.is_here],
            now=request.at,
            today=request.today,
        ),
        "plan": line_of(request.access.case),
        "chains": chains_of(request.access.case, of=Of(), today=request.today),
        "chains_url": reverse("chains", args=[case_id]),
        "several": shown.head.is_family,
        "lines": from_above(shown.history.lines),
        "kinds": kinds,
        "kind": kind,
        "today": request.today,
        "paged": "vor" in request.GET,
    }
    return shell.case_page(request, "desk/case.html", context, head=shown.head, title="")


urlpatterns = [path("faelle/<uuid:case_id>/", show, name="case")]
