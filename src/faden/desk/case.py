"""The page of a case: who, what is next, what happened."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import case_page
from faden.cases.queries.timeline import Line
from faden.cases.vocabulary import EntryKind
from faden.desk import shell
from faden.desk.door import DeskRequest, Sees, reads
from faden.documents.queries import FileRow, rows_by_id
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
    files = rows_by_id([line.id for line in shown.history.lines if line.kind == EntryKind.DOCUMENT])
    context = {
        "case": shown,
        "lines": [_with_file(line, files) for line in shown.history.lines],
        "kinds": kinds,
        "kind": kind,
        "today": request.today,
        "paged": "vor" in request.GET,
    }
    return shell.case_page(request, "desk/case.html", context, head=shown.head, title="")


def _with_file(line: Line, files: dict[UUID, FileRow]) -> Line:
    """A file's name in its line; a line whose file is gone keeps its kind and day."""
    file = files.get(line.id)
    return replace(line, title=file.name, by=file.stored_by, facts=(file.kind,)) if file else line


urlpatterns = [path("faelle/<uuid:case_id>/", show, name="case")]
