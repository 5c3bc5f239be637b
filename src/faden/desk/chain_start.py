"""A chain begins, from a template or free; it ends with a reason and can be taken up again."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member
from faden.chains.actions import ending, start
from faden.chains.queries.chains import chain_page
from faden.chains.queries.pictures import drawn_template, lines_of
from faden.chains.queries.templates import offered, template_of
from faden.chains.queries.whose import view_of
from faden.chains.rules.templates import Template
from faden.desk import choices
from faden.desk.about import members_for
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import Day, DeskForm, Text, initial_of, kept_draft, version_sent
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class BeginForm(DeskForm):
    """Whose chain, since when."""

    person = forms.ChoiceField(label=gettext_lazy("Für wen?"), widget=forms.RadioSelect)
    confidential = forms.BooleanField(
        label=gettext_lazy("Vertraulicher Faden: steht nur auf der Seite dieser Person"), required=False
    )
    started_on = Day(label=gettext_lazy("Beginn"))

    def __init__(self, *args: Any, members: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [(str(m.person_id), m.card.name) for m in members]  # type: ignore[attr-defined]
        if len(members) < 2:
            self.fields["person"].initial = str(members[0].person_id) if members else ""
            del self.fields["confidential"]

    def begin(self, own_template: UUID | None = None) -> start.Begin:
        """The values as the verbs take them."""
        values = self.cleaned_data
        return start.Begin(UUID(values["person"]), values["started_on"], values.get("confidential", False), own_template)


class TemplateForm(BeginForm):
    """With the variant that fits this person."""

    field_order = ("person", "variant", "started_on", "confidential")
    variant = forms.ChoiceField(label=gettext_lazy("Welche Variante passt?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, template: Template, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["variant"].choices = list(template.variants.items())  # type: ignore[attr-defined]
        self.fields["variant"].initial = next(iter(template.variants), "")
        if not template.variants:
            del self.fields["variant"]


class FreeForm(BeginForm):
    """A chain of one's own: a step per line."""

    field_order = ("title", "life_area", "person", "steps", "started_on", "confidential")
    title = Text(label=gettext_lazy("Wie heißt die Kette?"), max_length=120)
    life_area = forms.ChoiceField(label=gettext_lazy("Lebensbereich"))
    steps = Text(
        label=gettext_lazy("Schritte"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Ein Schritt je Zeile, in der Reihenfolge. Mit „+“ am Anfang läuft er neben dem darüber. Wer ihn hält und wie lange er dauert, tragen Sie danach ein."
        ),
    )

    def __init__(self, *args: Any, request: DeskRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        areas = choices.life_areas(request.today)
        self.fields["life_area"].choices = [("", _("bitte wählen")), *areas]  # type: ignore[attr-defined]

    def clean_steps(self) -> list[start.FreeStep]:
        """Each line one step."""
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip("+ \t")]
        if any(len(line) > 160 for line in lines) or len(lines) > 100:
            raise forms.ValidationError(_("Höchstens 100 Schritte mit je 160 Zeichen."))
        return [start.FreeStep(line.lstrip("+ "), parallel=line.startswith("+")) for line in lines]


class EndForm(DeskForm):
    """Why a chain no longer runs."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum endet die Kette?"),
        choices=[(reason.value, reason.label) for reason in ending.BY_HAND],
        widget=forms.RadioSelect,
    )


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def choose(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What may be begun."""
    context = {"offered": offered(), "about": _about(request)}
    return case_page(request, "desk/chain_new.html", context, head=head_of(request.access), title=_("Kette beginnen"))


def _about(request: DeskRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _preset(request: DeskRequest) -> dict[str, object]:
    named = {"person": request.GET["person"]} if "person" in request.GET else {}
    return {"started_on": request.today, "confidential": "vertraulich" in request.GET, **named}


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def from_template(request: DeskRequest, case_id: UUID, code: str) -> HttpResponse:
    """The template with its picture, and for whom."""
    found, kept = template_of(code), kept_draft(request)
    form = TemplateForm(
        request.POST or None,
        template=found.template,
        members=members_for(request),
        initial={**_preset(request), **initial_of(TemplateForm, kept, request)},
    )
    variant = next(iter(found.template.variants), "")
    looking = "vorschau" in request.POST
    if request.method == "POST" and form.is_valid():
        variant = form.cleaned_data.get("variant", "")
        if not looking:
            try:
                chain = start.start(
                    found.template.for_variant(variant), form.begin(found.own_id),
                    case=request.access.case, by=request.actor, at=request.at,
                )  # fmt: skip
                return _begun(request, case_id, chain.id)
            except Invalid as error:
                form.take_error(error)
    template = found.template.for_variant(variant)
    context = {
        "form": form,
        "kept": kept,
        "template": template,
        "variants": found.template.variants,
        "variant": found.template.variants.get(variant, ""),
        "picture": drawn_template(template),
        "lines": lines_of(template),
        "about": _about(request),
        **({"form_key": uuid4()} if looking else {}),
    }
    return case_page(
        request, "desk/chain_start.html", context, head=head_of(request.access), title=template.title,
        status=422 if form.errors else 200,
    )  # fmt: skip


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def free(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Without a template."""
    kept = kept_draft(request)
    form = FreeForm(
        request.POST or None,
        request=request,
        members=members_for(request),
        initial={**_preset(request), **initial_of(FreeForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            chain = start.start_free(
                values["title"], values["life_area"], values["steps"], form.begin(),
                case=request.access.case, by=request.actor, at=request.at,
            )  # fmt: skip
            return _begun(request, case_id, chain.id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "back": reverse("chain-new", args=[case_id]) + _about(request)}
    return case_page(
        request, "desk/form_page.html", context, head=head_of(request.access), title=_("Freie Kette"),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _begun(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    messages.success(request, _("Die Kette ist begonnen."))
    return HttpResponseRedirect(reverse("chain", args=[case_id, chain_id]), status=303)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """It no longer runs."""
    case = request.access.case
    card = chain_page(case, chain_id, of=view_of(case, chain_id), today=request.today).card
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            because = form.cleaned_data["because"]
            ending.end(chain_id, because, case=case, seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Die Kette ist beendet."))
            return HttpResponseRedirect(reverse("chain", args=[case_id, chain_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "version": card.version, "back": reverse("chain", args=[case_id, chain_id])}
    title = _("Beenden: %(chain)s") % {"chain": card.title}
    return case_page(
        request, "desk/form_page.html", context, head=head_of(request.access), title=title,
        status=422 if form.errors else 200,
    )  # fmt: skip


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def reopen(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """It goes on after all."""
    ending.reopen(chain_id, case=request.access.case, by=request.actor, at=request.at)
    messages.success(request, _("Die Kette läuft wieder."))
    return HttpResponseRedirect(reverse("chain", args=[case_id, chain_id]), status=303)


_CHAINS = "faelle/<uuid:case_id>/ketten"
urlpatterns = [
    path(f"{_CHAINS}/neu/", choose, name="chain-new"),
    path(f"{_CHAINS}/neu/frei/", free, name="chain-free"),
    path(f"{_CHAINS}/neu/<slug:code>/", from_template, name="chain-start"),
    path(f"{_CHAINS}/<uuid:chain_id>/ende/", end, name="chain-end"),
    path(f"{_CHAINS}/<uuid:chain_id>/wiederbeginn/", reopen, name="chain-reopen"),
]
