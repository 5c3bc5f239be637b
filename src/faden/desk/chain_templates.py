"""Kettenvorlagen: what may be begun, each with its steps and sources; the team lead publishes versions."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.chains.actions import templates as actions
from faden.chains.queries import templates as queries
from faden.chains.queries.pictures import drawn_template
from faden.chains.rules.template_changes import next_version
from faden.chains.rules.template_words import lines
from faden.chains.rules.template_yaml import LONGEST_FILE
from faden.chains.rules.templates import Template
from faden.desk.door import DeskRequest, Sees, asks, edits, reads
from faden.desk.forms import BareForm, DeskForm, Text, initial_of, kept_draft
from faden.desk.shell import Crumb, page
from faden.desk.withdrawals import withdrawn
from faden.doors.downloads import FILE_HEADERS
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


class TemplateForm(DeskForm):
    """The YAML of a template: typed, pasted, or in a file, which then goes before."""

    mark_optional = False

    source = Text(
        label=gettext_lazy("Vorlage (YAML)"),
        max_length=LONGEST_FILE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "f-code"}),
        error_messages={
            "max_length": gettext_lazy(
                "Der Text ist zu lang: höchstens %(limit_value)d Zeichen, Sie haben %(show_value)d."
            )
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Oder eine Datei"),
        required=False,
        allow_empty_file=True,  # refused with a sentence of our own
        help_text=gettext_lazy("Eine Textdatei mit der Endung .yaml. Sie ersetzt, was oben steht."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """One text, wherever it came from."""
        values = self.cleaned_data
        if sent := values.get("file"):
            values["source"] = self._text_of(sent)
        if not values.get("source", "").strip() and not self.errors:
            self.add_error("source", _("Bitte fügen Sie eine Vorlage ein oder wählen Sie eine Datei."))
        return values

    def _text_of(self, sent: Any) -> str:
        try:
            return str(self.fields["source"].clean(sent.read(4 * LONGEST_FILE + 1).decode("utf-8-sig")))
        except UnicodeDecodeError:
            self.add_error("file", _("Die Datei ist kein lesbarer Text. Bitte als UTF-8 speichern."))
        except forms.ValidationError as error:
            self.add_error("file", error)
        return ""


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """Everything that may be begun."""
    context = {
        "templates": queries.listed(),
        "life_areas": queries.life_area_words(),
        "may_change": bool(may(request.actor, Permission.MANAGE_LISTS)),
    }
    return page(request, "desk/chain_templates.html", context, here="chain_templates")


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def show(request: DeskRequest, code: str, version: int | None = None) -> HttpResponse:
    """One template: its steps in words, its picture, its versions."""
    found = queries.template_page(code, version)
    template = found.offered.template
    variant = request.GET.get("variante", "")
    variant = variant if variant in template.variants else ""
    context = {
        "found": found,
        "variant": variant,
        **_said(template.for_variant(variant) if variant else template, queries.life_area_words()),
        "template": template,
        "may_change": bool(may(request.actor, Permission.MANAGE_LISTS)),
    }
    return page(
        request, "desk/chain_template.html", context, here="chain_templates", crumbs=_crumbs((template.title, ""))
    )


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def download(request: DeskRequest, code: str, version: int) -> HttpResponse:
    """The file of one version, to begin a new one from."""
    found = queries.template_of(code, version)
    name = f"{code}-{version}.yaml"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**FILE_HEADERS, "Content-Disposition": str(disposition)}
    return HttpResponse(found.source, content_type="text/plain; charset=utf-8", headers=headers)


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def new(request: DeskRequest) -> HttpResponse:
    """Type, paste or upload a version; POST publishes what the preview showed."""
    kept = kept_draft(request)
    form = TemplateForm(
        request.POST or None,
        request.FILES or None,
        initial={"source": _beginning(request), **initial_of(TemplateForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.publish(form.cleaned_data["source"], by=request.actor, at=request.at)
            messages.success(request, _("Die Vorlage ist veröffentlicht. Laufende Ketten bleiben auf ihrer Fassung."))
            return HttpResponseRedirect(reverse("chain-template", args=[row.code]), status=303)
        except actions.Broken as broken:
            return _form(request, form, broken=broken)
    return _form(request, form, kept=kept)


@asks(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def preview(request: DeskRequest) -> HttpResponse:
    """What the file says and what it would change; nothing is published yet."""
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    source = form.cleaned_data["source"]
    if "bearbeiten" in request.POST:
        return _form(request, TemplateForm(initial={"source": source}))
    try:
        template = actions.checked(source)
    except actions.Broken as broken:
        return _form(request, form, broken=broken)
    context = {
        "preview": queries.preview(template),
        "source": source,
        **_said(template, queries.life_area_words()),
        "form_key": uuid4(),
    }
    crumbs = _crumbs((_("Neue Fassung"), reverse("chain-template-new")), (_("Vorschau"), ""))
    return page(request, "desk/chain_template_preview.html", context, here="chain_templates", crumbs=crumbs)


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def withdraw(request: DeskRequest, code: str) -> HttpResponse:
    """The service's own versions leave the list."""
    found = queries.template_page(code)
    form = BareForm(request.POST or None)
    if withdrawn(request, form, partial(actions.withdraw, code)):
        messages.success(request, _("Die Vorlage wird nicht mehr angeboten. Laufende Ketten gehen weiter."))
        return HttpResponseRedirect(reverse("chain-templates"), status=303)
    title = _("„%(template)s“ nicht mehr anbieten") % {"template": found.offered.template.title}
    context = {"found": found, "form": form, "title": title}
    status = 422 if form.errors else 200
    return page(
        request, "desk/chain_template_withdraw.html", context, here="chain_templates", crumbs=_crumbs((title, "")),
        status=status,
    )  # fmt: skip


def _beginning(request: DeskRequest) -> str:
    """The newest version of the template one starts from (?aus=sprache), with the next number."""
    code = request.GET.get("aus", "")
    if request.method != "GET" or not code:
        return ""
    found = queries.template_page(code)
    return next_version(found.offered.source, found.next_number)


def _form(request: DeskRequest, form: TemplateForm, *, kept: Any = None, broken: actions.Broken | None = None) -> HttpResponse:
    errors = []
    if broken:
        source = form.cleaned_data["source"]
        written = source.split("\n")
        errors = [(e.line, e.reason, written[e.line - 1].strip() if 0 < e.line <= len(written) else "") for e in broken.errors]
        # What came in a file is shown, so that it can be mended here; but nothing that was typed goes for it.
        form = TemplateForm({"source": form.data.get("source", "") or source})
        form.full_clean()
        form.add_error("source", str(broken))
    context = {"form": form, "kept": kept, "errors": errors, "title": _("Neue Fassung oder neue Vorlage")}
    return page(
        request, "desk/chain_template_form.html", context, here="chain_templates",
        crumbs=_crumbs((_("Neue Fassung"), "")), status=422 if form.errors else 200,
    )  # fmt: skip


def _said(template: Template, life_areas: dict[str, str]) -> dict[str, object]:
    """A template as pages show it: steps in words, and the picture of them."""
    return {
        "template": template,
        "life_area": life_areas.get(template.life_area, template.life_area),
        "lines": lines(template, life_areas=life_areas, variants=template.variants),
        "picture": drawn_template(template),
    }


def _crumbs(*below: Crumb) -> tuple[Crumb, ...]:
    return ((_("Kettenvorlagen"), reverse("chain-templates")), *below)


urlpatterns = [
    path("ketten/vorlagen/", index, name="chain-templates"),
    path("ketten/vorlagen/neu/", new, name="chain-template-new"),
    path("ketten/vorlagen/neu/vorschau/", preview, name="chain-template-preview"),
    path("ketten/vorlagen/<slug:code>/", show, name="chain-template"),
    path("ketten/vorlagen/<slug:code>/<int:version>/", show, name="chain-template-version"),
    path("ketten/vorlagen/<slug:code>/<int:version>/datei/", download, name="chain-template-file"),
    path("ketten/vorlagen/<slug:code>/ende/", withdraw, name="chain-template-withdrawal"),
]
