"""Dateien eines Falles: hochladen, Liste, herunterladen; nie im Browser angezeigt."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.desk.about import AboutForm, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.shell import case_page, page_number
from faden.documents import actions, policies, queries
from faden.documents.errors import TooLarge
from faden.documents.vocabulary import ENDINGS, FileState
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission

BADGES = {
    FileState.QUARANTINE: "info",
    FileState.CLEAN: "success",
    FileState.UNSCANNED: "warning",
    FileState.INFECTED: "danger",
}
# A file is data, not a page of ours: nothing in it may run, load or be framed, whatever it is.
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class FileForm(AboutForm):
    """One file, and whom it is about."""

    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy(
            "Höchstens 20 MB. PDF, Bilder (JPEG, PNG, HEIC, TIFF), Text, Word (docx), Excel (xlsx), OpenDocument (odt)."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)}
        ),
        allow_empty_file=True,  # refused with a sentence of our own
    )


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def index(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The files of this case, newest first."""
    head, shown = head_of(request.access), queries.files_of(request.access.case, page=page_number(request))
    rows = [(row, BADGES[row.state], bool(policies.may_open(row.state))) for row in shown.rows]
    return case_page(request, "desk/files.html", {"page": shown, "rows": rows}, head=head, title=_("Dateien"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Upload one."""
    head = head_of(request.access)
    members = members_for(request)
    form = (
        FileForm(request.POST, request.FILES, members=members)
        if request.method == "POST"
        else FileForm(members=members, initial=preset_about(request))
    )
    if _never_arrived(request):
        form.fields["file"].error_messages["required"] = str(TooLarge())
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            actions.store(
                request.access.case,
                name=sent.name,
                content=sent.read(),
                about=form.about(),
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Die Datei ist abgelegt. Sie wird jetzt geprüft."))
            return HttpResponseRedirect(reverse("files", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/file_form.html", {"form": form}, head=head, title=_("Datei ablegen"), status=status
    )


def _never_arrived(request: DeskRequest) -> bool:
    """Bodies over the limit of the settings are not read: the form only sees that there is no file."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def download(request: DeskRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """The bytes as an attachment; what nobody scanned comes after a warning."""
    file = queries.file_of(request.access.case, file_id)
    verdict = policies.may_open(file.state)
    verdict.require()
    if verdict.reason and "trotzdem" not in request.GET:
        context = {"file": file, "warning": verdict.reason}
        return case_page(
            request, "desk/file_warning.html", context, head=head_of(request.access), title=file.name
        )
    content = queries.content_of(file_id)
    if content is None:
        raise NotFound(_("Diese Datei gibt es hier nicht."))
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    headers = {**FILE_HEADERS, "Content-Disposition": disposition}
    return HttpResponse(content, content_type=file.content_type, headers=headers)


urlpatterns = [
    path("faelle/<uuid:case_id>/dateien/", index, name="files"),
    path("faelle/<uuid:case_id>/dateien/neu/", new, name="file-new"),
    path("faelle/<uuid:case_id>/dateien/<uuid:file_id>/", download, name="file"),
]
