"""Briefvorlagen: die Word-Vorlagen des Dienstes, geprüft und probeweise gefüllt, mit dem Verzeichnis ihrer Felder."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import BareForm, DeskForm, Text, left_in
from faden.desk.shell import Crumb, page
from faden.desk.withdrawals import withdrawn
from faden.documents.actions import letter_templates as actions
from faden.documents.queries import letter_templates as queries
from faden.documents.rules.letter_fields import CATALOGUE, SAYS, examples
from faden.documents.vocabulary import FileKind
from faden.doors.downloads import attachment
from faden.kernel.errors import Invalid
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission
from faden.outside.word.package import MOST_BYTES
from faden.outside.word.starter import starter


class TemplateForm(DeskForm):
    """A title and a Word file."""

    title = Text(label=gettext_lazy("Name der Vorlage"), max_length=120)
    file = forms.FileField(
        label=gettext_lazy("Word-Datei"),
        help_text=gettext_lazy("Eine Datei mit der Endung .docx, ohne Makros und Kommentare, höchstens 5 MB."),
        allow_empty_file=True,  # refused with a sentence of our own
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """What is offered, what there was, and the fields a template may use."""
    rows = queries.all_versions()
    context = {
        "rows": [row for row in rows if row.is_offered],
        "earlier": [row for row in rows if not row.is_offered],
        "fields": [(field, _shown(field.written), str(SAYS[field.says]) if field.says else "") for field in CATALOGUE],
        "condition": _shown("{%p if zeichen %} … {%p endif %}"),
        "may_change": bool(may(request.actor, Permission.MANAGE_LISTS)),
    }
    return page(request, "desk/letter_templates.html", context, here="letter_templates")


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def new(request: DeskRequest, code: str = "") -> HttpResponse:
    """Upload a template, or its next version; nothing is published that could not be filled."""
    found = queries.template_row(code) if code else None
    initial = {"title": found.title if found else "", **left_in(TemplateForm, request)}
    form = TemplateForm(request.POST or None, request.FILES or None, initial=initial)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            content = values["file"].read(MOST_BYTES + 1)
            actions.publish(values["title"], content, code=code, by=request.actor, at=request.at)
            messages.success(request, _("Die Vorlage ist veröffentlicht. Sie steht ab jetzt bei jedem Brief zur Wahl."))
            return HttpResponseRedirect(reverse("letter-templates"), status=303)
        except actions.Broken as broken:
            problems = broken.sentences
            form.take_error(broken)
        except Invalid as error:
            form.take_error(error)
    title = _("Neue Fassung: %(title)s") % {"title": found.title} if found else _("Neue Briefvorlage")
    context = {"form": form, "problems": problems, "title": title}
    return _page(request, "letter_template_form", context, (title, ""), status=422 if form.errors else 200)


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def download(request: DeskRequest, code: str, version: int) -> HttpResponse:
    """The file of one version as it was uploaded, to begin a new one from."""
    row = queries.version_of(code, version)
    return _docx(queries.content_of_template(row.id), f"{code}-{version}.docx")


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def trial(request: DeskRequest, code: str, version: int) -> HttpResponse:
    """A letter about nobody on this template."""
    row = queries.version_of(code, version)
    filled = actions.filled(queries.content_of_template(row.id), examples())
    return _docx(filled, f"{code}-{version}-{_('Probe')}.docx")


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def beginning(request: DeskRequest) -> HttpResponse:
    """A plain template to go on from in Word; its words are German, whatever language the desk is read in."""
    with translation.override("de"):
        words = {"theirs": _("Ihr Zeichen"), "ours": _("Unser Zeichen"), "greeting": _("Mit freundlichen Grüßen")}
    return _docx(starter(words), "briefvorlage.docx")


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def withdraw(request: DeskRequest, code: str) -> HttpResponse:
    """All versions leave the list; letters that were written on them keep theirs."""
    found = queries.template_row(code)
    form = BareForm(request.POST or None)
    if withdrawn(request, form, partial(actions.withdraw, code)):
        messages.success(request, _("Die Vorlage wird nicht mehr angeboten. Begonnene Briefe behalten sie."))
        return HttpResponseRedirect(reverse("letter-templates"), status=303)
    title = _("„%(template)s“ nicht mehr anbieten") % {"template": found.title}
    context = {"found": found, "form": form, "title": title, "version": queries.newest_version(code)}
    return _page(request, "letter_template_withdraw", context, (title, ""), status=422 if form.errors else 200)


def _shown(words: str) -> SafeString:
    """Template signs in a page: as their numbers, so that none that was left over by mistake goes unnoticed."""
    signs = escape(words).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;").replace("\n", "<br>")
    return mark_safe(signs)  # noqa: S308 -- escaped


def _page(request: DeskRequest, template: str, context: dict[str, Any], crumb: Crumb, *, status: int) -> HttpResponse:
    crumbs = ((_("Briefvorlagen"), reverse("letter-templates")), crumb)
    return page(request, f"desk/{template}.html", context, here="letter_templates", crumbs=crumbs, status=status)


def _docx(content: bytes, name: str) -> HttpResponse:
    return attachment(content, kind=FileKind.DOCX.value, name=name)


urlpatterns = [
    path("briefvorlagen/", index, name="letter-templates"),
    path("briefvorlagen/neu/", new, name="letter-template-new"),
    path("briefvorlagen/muster/", beginning, name="letter-template-starter"),
    path("briefvorlagen/<slug:code>/neu/", new, name="letter-template-version"),
    path("briefvorlagen/<slug:code>/ende/", withdraw, name="letter-template-withdrawal"),
    path("briefvorlagen/<slug:code>/<int:version>/datei/", download, name="letter-template-file"),
    path("briefvorlagen/<slug:code>/<int:version>/probe/", trial, name="letter-template-trial"),
]
