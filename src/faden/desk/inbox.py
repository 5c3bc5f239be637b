"""Scan-Eingang: was noch zu keinem Fall gehört; nur wer es hochgeladen hat, sieht es."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, asks, edits, reads, writes
from faden.desk.paper_forms import FilesForm, never_arrived, row_id, sent_files
from faden.desk.paper_pages import shown
from faden.desk.papers import BADGES
from faden.desk.shell import page
from faden.documents import policies
from faden.documents.actions import forms, inbox
from faden.documents.queries import files
from faden.documents.queries import inbox as queries
from faden.doors.downloads import attachment
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission
from faden.retention.policy import policy


@edits(Sees.LIST, may=Permission.WORK_ON_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """What lies there; POST puts more there."""
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        never_arrived(form, request)
    if request.method == "POST" and form.is_valid():
        try:
            inbox.put(sent_files(form), by=request.actor, at=request.at)
            messages.success(request, _("Die Scans liegen in Ihrem Eingang und werden jetzt geprüft."))
            return HttpResponseRedirect(reverse("inbox"), status=303)
        except Invalid as error:
            form.take_error(error)
    return _shown(request, form)


def _shown(request: DeskRequest, form: FilesForm, problem: str = "") -> HttpResponse:
    found = queries.inbox_of(_me(request), on=request.today)
    request.shown = found.case_ids
    context = {
        "form": form,
        "scans": [(scan, BADGES[scan.file.state]) for scan in found.scans],
        "cases": found.cases,
        "chosen": request.POST.getlist("scan"),
        "problem": problem,
        "days": policy().days("scaneingang"),
        "warned": "trotzdem" in request.GET,
        "unscanned": any(scan.file.pages and policies.may_open(scan.file.state).reason for scan in found.scans),
    }
    status = 422 if form.errors or problem else 200
    return page(request, "desk/inbox.html", context, here="day", crumbs=((_("Scan-Eingang"), ""),), status=status)


def _me(request: DeskRequest) -> UUID:
    return UUID(request.actor.membership_id)


def _chosen(request: DeskRequest) -> list[UUID]:
    return [key for key in map(row_id, request.POST.getlist("scan")) if key]


@asks(Sees.LIST, may=Permission.WORK_ON_CASES)
def choose(request: DeskRequest) -> HttpResponse:
    """These scans into that case: on to the form that describes the paper, behind the case's own door."""
    scans, case_id = _chosen(request), row_id(request.POST.get("case", ""))
    if not scans or case_id is None:
        return _shown(request, FilesForm(), _("Bitte wählen Sie mindestens einen Scan und einen Fall."))
    asked = QueryDict(mutable=True)
    asked.setlist("scan", [str(scan) for scan in scans])
    return HttpResponseRedirect(f"{reverse('paper-new', args=[case_id])}?{asked.urlencode()}", status=303)


@writes(Sees.LIST, may=Permission.WORK_ON_CASES)
def discard(request: DeskRequest) -> HttpResponse:
    """Throw away what was chosen."""
    try:
        number = inbox.discard(_chosen(request), by=request.actor, at=request.at)
    except (Invalid, NotFound) as error:
        return _shown(request, FilesForm(), str(error))
    messages.success(request, _("Gelöscht: %(number)d") % {"number": number})
    return HttpResponseRedirect(reverse("inbox"), status=303)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def file_form(request: DeskRequest, case_id: UUID, form_id: UUID) -> HttpResponse:
    """The sheet that was recognised goes to whom it is about; somebody looked at it and pressed the button."""
    form = forms.form_of(request.access.case, form_id)
    inbox.file_form(_chosen(request), form=form, by=request.actor, at=request.at)
    messages.success(request, _("Das Blatt ist abgelegt. Ist es unterschrieben? Bitte halten Sie das hier fest."))
    address = reverse("declaration-signed", args=[case_id, form.persons[0], form.about])
    return HttpResponseRedirect(address, status=303)


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def scan_page(request: DeskRequest, page_id: UUID) -> HttpResponse:
    """One page of one's own scan as a picture."""
    return shown(request, *files.page_of(page_id, file__lies_with=_me(request)))


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def download(request: DeskRequest, file_id: UUID) -> HttpResponse:
    """One's own scan as an attachment; what nobody scanned comes after a warning."""
    file = queries.scan_of(_me(request), file_id)
    verdict = policies.may_open(file.state)
    verdict.require()
    if verdict.reason and "trotzdem" not in request.GET:
        context = {"warning": verdict.reason, "address": request.path, "title": file.name}
        crumbs = ((_("Scan-Eingang"), reverse("inbox")), (file.name, ""))
        return page(request, "desk/scan_warning.html", context, here="day", crumbs=crumbs)
    content = files.content_of(file_id)
    if content is None:
        raise NotFound(_("Diese Datei gibt es hier nicht."))
    return attachment(content, kind=file.content_type, name=file.name)


urlpatterns = [
    path("scan-eingang/", index, name="inbox"),
    path("scan-eingang/zuordnen/", choose, name="inbox-choose"),
    path("scan-eingang/loeschen/", discard, name="inbox-discard"),
    path("scan-eingang/seiten/<uuid:page_id>/", scan_page, name="scan-page"),
    path("scan-eingang/<uuid:file_id>/", download, name="scan"),
    path("faelle/<uuid:case_id>/scan-eingang/<uuid:form_id>/", file_form, name="scan-form"),
]
