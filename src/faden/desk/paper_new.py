"""Ein Dokument ablegen, aus Dateien oder aus dem Scan-Eingang; manches wird nur gesehen. Angaben ändern."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of
from faden.cases.queries.timeline import Of
from faden.desk.about import initial_about, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import initial_of, kept_draft, version_sent, version_shown
from faden.desk.paper_forms import NewPaperForm, PaperForm, never_arrived, preset, row_id, sent_files
from faden.desk.shell import case_page
from faden.documents.actions import inbox, papers
from faden.documents.queries.files import FileShown
from faden.documents.queries.inbox import scans_of
from faden.documents.queries.papers import deadlines_to_choose, steps_to_choose
from faden.kernel.drafts import Kept
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Put a paper there; one of a kind to be seen only is first offered as seen."""
    kept = kept_draft(request)
    scans = _scans(request, kept)
    form = NewPaperForm(
        request.POST or None,
        request.FILES or None,
        verb=request.POST.get("verb", ""),
        has_scans=bool(scans),
        members=members_for(request),
        **_choices(request),
        initial={**preset(request, request.today), **preset_about(request), **initial_of(NewPaperForm, kept, request)},
    )
    if request.method == "POST":
        never_arrived(form, request)
    if request.method == "POST" and form.is_valid():
        try:
            if paper_id := _taken(request, form, scans):
                return HttpResponseRedirect(reverse("paper", args=[case_id, paper_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    # Also without an error: a paper to be seen only came back with its question.
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "kept": kept, "scans": scans, "address": request.path}
    head = head_of(request.access)
    return case_page(request, "desk/paper_form.html", context, head=head, title=_("Dokument ablegen"), status=status)


def _taken(request: DeskRequest, form: NewPaperForm, scans: list[FileShown]) -> UUID | None:
    """The paper; None where it was not said yet that it shall be stored."""
    common: dict[str, Any] = {
        "described": form.described(), "about": form.about(), "by": request.actor, "at": request.at,
    }  # fmt: skip
    case, ids = request.access.case, [scan.id for scan in scans]
    if request.POST.get("verb") == "seen":
        seen_on = form.cleaned_data["seen_on"]
        # What only went over the table has not come in.
        common["described"] = replace(form.described(), received_on=None, received_how="")
        paper = inbox.seen_scans(ids, case=case, seen_on=seen_on, **common) if ids else papers.seen(case, seen_on=seen_on, **common)
        messages.success(request, _("Es ist vermerkt, dass Sie das Papier gesehen haben. Gespeichert ist davon nichts."))
        return paper.id
    if form.is_to_be_seen and request.POST.get("verb") != "store":
        return None
    common["because"] = form.cleaned_data["because"]
    if ids:
        paper = inbox.file_scans(ids, case=case, **common)
    else:
        paper = papers.take(case, files=sent_files(form), **common)
    messages.success(request, _("Das Dokument ist abgelegt. Die Dateien werden jetzt geprüft."))
    return paper.id


def _scans(request: DeskRequest, kept: Kept | None) -> list[FileShown]:
    """Scans of her Eingang that become this paper, as the address, the form or the draft names them."""
    named = request.POST.getlist("scan") or request.GET.getlist("scan")
    if kept and request.GET.get("entwurf") == "weiter":
        named = list(kept.values.get("scan", ()))
    return scans_of(UUID(request.actor.membership_id), [key for key in map(row_id, named) if key])


def _choices(request: DeskRequest, paper: Any = None) -> dict[str, list[tuple[str, str]]]:
    """Steps and Fristen that may be named there."""
    case = request.access.case
    person = row_id(request.GET.get("person", ""))
    of = Of(person, confidential=True) if person and "vertraulich" in request.GET else Of()
    if paper and paper.confidential:
        of = Of(paper.persons[0], confidential=True)
    steps = steps_to_choose(case, of=of, also=paper.step_id if paper else None)
    deadlines = deadlines_to_choose(case, of=of, today=request.today, also=paper.deadline_id if paper else None)
    return {"steps": steps, "deadlines": deadlines}


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """Say something else about it."""
    found, kept = papers.paper_of(request.access.case, paper_id), kept_draft(request)
    values = {name: value or "" for name, value in vars(papers.said_of(found)).items()}
    form = PaperForm(
        request.POST or None,
        members=members_of(request.access.case),
        **_choices(request, found),
        initial={**values, **initial_about(found), "because": found.stored_because or "", **initial_of(PaperForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            papers.change(
                found, form.described(), about=form.about(), because=form.cleaned_data["because"], seen_version=seen,
                by=request.actor, at=request.at,
            )  # fmt: skip
            messages.success(request, _("Die Angaben sind geändert."))
            return HttpResponseRedirect(reverse("paper", args=[case_id, paper_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "version": version_shown(found.version, kept, request),
        "paper": found,
    }
    status = 422 if form.errors else 200
    head = head_of(request.access)
    return case_page(request, "desk/paper_change.html", context, head=head, title=found.title, status=status)


urlpatterns = [
    path("faelle/<uuid:case_id>/dokumente/neu/", new, name="paper-new"),
    path("faelle/<uuid:case_id>/dokumente/<uuid:paper_id>/angaben/", change, name="paper-change"),
]
