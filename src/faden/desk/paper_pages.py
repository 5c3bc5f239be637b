"""Die Seiten eines Dokuments: ansehen, herunterladen, ordnen, ergänzen, aus einem neuen wieder herausnehmen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.desk.door import DeskRequest, Sees, reads, writes
from faden.desk.forms import number_from, version_sent
from faden.desk.paper_forms import FilesForm, never_arrived, row_id, sent_files
from faden.desk.papers import paper_page
from faden.desk.shell import case_page
from faden.documents import policies
from faden.documents.actions import papers as actions
from faden.documents.queries import files as queries
from faden.documents.rules.names import clean_name
from faden.documents.vocabulary import FileKind
from faden.doors.downloads import attachment, picture
from faden.kernel.errors import Invalid, NotAllowed, NotFound
from faden.organisations.vocabulary import Permission
from faden.outside import pages


def shown(request: DeskRequest, jpeg: bytes, state: str) -> HttpResponse:
    """A page as we drew it; of an unscanned file only after the warning."""
    verdict = policies.may_open(state)
    verdict.require()
    if verdict.reason and "trotzdem" not in request.GET:
        raise NotAllowed(verdict.reason)
    return picture(jpeg)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def page(request: DeskRequest, case_id: UUID, paper_id: UUID, page_id: UUID) -> HttpResponse:
    """One page as a picture."""
    case = request.access.case
    return shown(request, *queries.page_of(page_id, file__paper=paper_id, file__paper__case=case))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def download(request: DeskRequest, case_id: UUID, paper_id: UUID, file_id: UUID) -> HttpResponse:
    """The bytes of one file as an attachment; what nobody scanned comes after a warning."""
    file = queries.file_of(request.access.case, paper_id, file_id)
    verdict = policies.may_open(file.state)
    verdict.require()
    if verdict.reason and "trotzdem" not in request.GET:
        return _warned(request, verdict.reason, paper_id, name=file.name)
    content = queries.content_of(file_id)
    if content is None:
        raise NotFound(_("Diese Datei gibt es hier nicht."))
    return attachment(content, kind=file.content_type, name=file.name)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def as_pdf(request: DeskRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """All pages that can be looked at as one PDF, made from our pictures of them."""
    paper = actions.paper_of(request.access.case, paper_id)
    found = queries.drawn_of(paper.id)
    if not found:
        raise NotFound(_("Von diesem Dokument gibt es keine Seiten zum Ansehen."))
    verdicts = [policies.may_open(state) for _page, state in found]
    warning = next((verdict.reason for verdict in verdicts if verdict.reason), "")
    if warning and "trotzdem" not in request.GET:
        return _warned(request, warning, paper_id, name=paper.title)
    content = pages.as_pdf(jpeg for jpeg, _state in found)
    return attachment(content, kind=FileKind.PDF, name=clean_name(f"{paper.title}.pdf", FileKind.PDF))


def _warned(request: DeskRequest, warning: str, paper_id: UUID, *, name: str) -> HttpResponse:
    context = {"paper_id": paper_id, "warning": warning, "address": request.path}
    return case_page(request, "desk/file_warning.html", context, head=head_of(request.access), title=name)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def add(request: DeskRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """More pages at the end."""
    form = FilesForm(request.POST, request.FILES)
    never_arrived(form, request)
    if form.is_valid():
        try:
            paper = actions.paper_of(request.access.case, paper_id)
            actions.add_pages(paper, sent_files(form), by=request.actor, at=request.at)
            messages.success(request, _("Die Seiten sind dazugelegt und werden jetzt geprüft."))
            return _back(case_id, paper_id)
        except Invalid as error:
            form.take_error(error)
    return paper_page(request, paper_id, form)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def arrange(request: DeskRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """Another order, by the numbers somebody typed beside the files."""
    paper = actions.paper_of(request.access.case, paper_id)
    wanted = {
        row: number
        for name in request.POST
        if (row := row_id(name.removeprefix("platz-"))) and (number := number_from(request.POST[name]))
    }
    seen = version_sent(request)
    actions.arrange(paper, wanted, seen_version=seen, by=request.actor, at=request.at)
    messages.success(request, _("Die Reihenfolge ist geändert."))
    return _back(case_id, paper_id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def remove(request: DeskRequest, case_id: UUID, paper_id: UUID, file_id: UUID) -> HttpResponse:
    """Take one file out of a fresh paper."""
    paper = actions.paper_of(request.access.case, paper_id)
    try:
        actions.remove_page(paper, file_id, by=request.actor, at=request.at)
        messages.success(request, _("Die Datei ist gelöscht."))
    except Invalid as error:
        raise NotAllowed(str(error)) from error
    return _back(case_id, paper_id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def discard(request: DeskRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """A fresh paper goes again, with all its pages."""
    try:
        actions.discard(actions.paper_of(request.access.case, paper_id), by=request.actor, at=request.at)
    except Invalid as error:
        raise NotAllowed(str(error)) from error
    messages.success(request, _("Das Dokument ist gelöscht."))
    return HttpResponseRedirect(reverse("papers", args=[case_id]), status=303)


def _back(case_id: UUID, paper_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("paper", args=[case_id, paper_id]), status=303)


_PAPER = "faelle/<uuid:case_id>/dokumente/<uuid:paper_id>"
urlpatterns = [
    path(f"{_PAPER}/seiten/<uuid:page_id>/", page, name="paper-page"),
    path(f"{_PAPER}/dateien/<uuid:file_id>/", download, name="paper-file"),
    path(f"{_PAPER}/dateien/<uuid:file_id>/loeschen/", remove, name="paper-file-remove"),
    path(f"{_PAPER}/pdf/", as_pdf, name="paper-pdf"),
    path(f"{_PAPER}/seiten/", add, name="paper-pages"),
    path(f"{_PAPER}/reihenfolge/", arrange, name="paper-order"),
    path(f"{_PAPER}/loeschen/", discard, name="paper-discard"),
]
