"""Mehrere Fälle zugleich: chosen in the caseload, seen before it happens, then done."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faden.cases.queries.caseload import open_cases
from faden.cases.rules.caseload import chosen
from faden.cases.rules.several import Change, LeadForEach, TaskForEach, WeightForEach
from faden.cases.vocabulary.case import CaseWeight
from faden.cases.vocabulary.course import LeadChangeReason
from faden.casework.actions.several import carry_out
from faden.casework.queries.several import preview
from faden.desk import choices
from faden.desk.caseload import filter_from, tidy
from faden.desk.door import DeskRequest, Sees, asks, writes
from faden.desk.forms import Day, DeskForm, Text
from faden.desk.shell import page
from faden.organisations.vocabulary import Permission


class TaskForm(DeskForm):
    """The same task in each case."""

    title = Text(label=gettext_lazy("Was ist zu tun?"), max_length=200)
    due_on = Day(label=gettext_lazy("Fällig am"), required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("Wer?"))
    about = forms.ChoiceField(
        label=gettext_lazy("Wen betrifft es in Familienfällen?"),
        choices=[
            ("all", gettext_lazy("alle Personen des Falls")),
            ("main", gettext_lazy("nur die Person, nach der der Fall benannt ist")),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].choices = choices.workers(request.today)  # type: ignore[attr-defined]
        self.fields["assignee"].initial = request.actor.membership_id

    def change(self) -> Change:
        """The values as the verb takes them."""
        values = self.cleaned_data
        everybody = values["about"] == "all"
        return TaskForEach(values["title"], values["due_on"], UUID(values["assignee"]), everybody)


class WeightForm(DeskForm):
    """The same weight for each case."""

    weight = forms.TypedChoiceField(
        label=gettext_lazy("Gewicht"),
        help_text=gettext_lazy("Wie viel einer vollen Stelle ein Fall braucht. Nur für die Planung."),
        choices=CaseWeight.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)

    def change(self) -> Change:
        """The value as the verb takes it."""
        return WeightForEach(self.cleaned_data["weight"])


class LeadForm(DeskForm):
    """The same colleague for each case."""

    to = forms.ChoiceField(label=gettext_lazy("Wer führt die Fälle dann?"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"), choices=LeadChangeReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)
        others = [entry for entry in choices.case_managers(request.today) if entry[0] != request.actor.membership_id]
        self.fields["to"].choices = [("", _("bitte wählen")), *others]  # type: ignore[attr-defined]

    def change(self) -> Change:
        """The values as the verb takes them."""
        return LeadForEach(UUID(self.cleaned_data["to"]), self.cleaned_data["reason"])


_FORMS: dict[str, type[Any]] = {"task": TaskForm, "weight": WeightForm, "lead": LeadForm}
_TITLES = {
    "task": gettext_lazy("Aufgabe für jeden Fall"),
    "weight": gettext_lazy("Gewicht setzen"),
    "lead": gettext_lazy("Fälle übergeben"),
}


@asks(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def choose(request: DeskRequest) -> HttpResponse:
    """What shall happen to the chosen cases; from the preview one comes back here with what was typed."""
    kind, case_ids = _kind(request), _chosen(request)
    if not case_ids:
        return _nothing_chosen(request)
    form = _FORMS[kind](request.POST if "zurueck" in request.POST else None, request=request)
    return _form_page(request, form, kind, case_ids, status=200)


@asks(Sees.LIST, may=Permission.WORK_ON_CASES)
def show(request: DeskRequest) -> HttpResponse:
    """Exactly what would happen to which case, and to which not, and why."""
    kind, case_ids = _kind(request), _chosen(request)
    if not case_ids:
        return _nothing_chosen(request)
    form = _FORMS[kind](request.POST, request=request)
    if not form.is_valid():
        return _form_page(request, form, kind, case_ids, status=422)
    found = preview(form.change(), case_ids, for_=UUID(request.actor.membership_id))
    request.shown = [step.case_id for step in found.changed + found.left if step.card]
    context = {
        "form": form,
        "told": _told(form),
        "kind": kind,
        "title": _TITLES[kind],
        "preview": found,
        **_place(request),
    }
    return page(request, "desk/several_cases_preview.html", context, here="caseload", crumbs=_crumbs(kind))


@writes(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def carry(request: DeskRequest) -> HttpResponse:
    """Do it."""
    kind, case_ids = _kind(request), _chosen(request)
    if not case_ids:
        return _nothing_chosen(request)
    form = _FORMS[kind](request.POST, request=request)
    if not form.is_valid():
        return _form_page(request, form, kind, case_ids, status=422)
    done = carry_out(form.change(), case_ids, by=request.actor, on=request.today, at=request.at)
    messages.success(request, _done(kind, done))
    if left := len(case_ids) - done:
        sentence = ngettext(
            "%(count)s Fall blieb, wie er war.", "%(count)s Fälle blieben, wie sie waren.", left
        )
        messages.warning(request, sentence % {"count": left})
    return _back(request)


def _done(kind: str, count: int) -> str:
    if kind == "task":
        return ngettext("%(count)s Aufgabe ist angelegt.", "%(count)s Aufgaben sind angelegt.", count) % {
            "count": count
        }
    return ngettext("%(count)s Fall ist geändert.", "%(count)s Fälle sind geändert.", count) % {"count": count}


def _form_page(
    request: DeskRequest, form: forms.Form, kind: str, case_ids: list[UUID], *, status: int
) -> HttpResponse:
    context = {"form": form, "kind": kind, "title": _TITLES[kind], "case_ids": case_ids, **_place(request)}
    return page(
        request, "desk/several_cases.html", context, here="caseload", crumbs=_crumbs(kind), status=status
    )


def _kind(request: DeskRequest) -> str:
    kind = request.POST.get("was", "")
    return kind if kind in _FORMS else "task"


def _chosen(request: DeskRequest) -> list[UUID]:
    """The ticked cases, or all that the filter finds: also those on the next pages of the list."""
    if "alle" not in request.POST:
        return list(dict.fromkeys(filter(None, map(_as_id, request.POST.getlist("fall")))))
    cases = open_cases(UUID(request.actor.membership_id), now=request.at, today=request.today)
    return [case.case_id for case in chosen(cases, filter_from(request.POST.get("filter", ""), cases))]


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(request: DeskRequest) -> dict[str, str]:
    """Where the list was left."""
    return {"filter": _filter(request), "list": f"{reverse('caseload')}?{_filter(request)}"}


def _filter(request: DeskRequest) -> str:
    return tidy(request.POST.get("filter", ""))


def _nothing_chosen(request: DeskRequest) -> HttpResponse:
    messages.warning(request, _("Bitte wählen Sie zuerst Fälle aus."))
    return _back(request)


def _told(form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, in words."""
    return [(str(field.label), _words(field, form.cleaned_data[field.name])) for field in form]


def _words(field: forms.BoundField, value: object) -> str:
    if isinstance(field.field, forms.ChoiceField):
        return str({str(code): label for code, label in field.field.choices}[str(value)])  # type: ignore[union-attr,misc]
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value or "–")


def _back(request: DeskRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('caseload')}?{_filter(request)}", status=303)


def _crumbs(kind: str) -> tuple[tuple[str, str], ...]:
    return ((_("Meine Fälle"), reverse("caseload")), (str(_TITLES[kind]), ""))


urlpatterns = [
    path("faelle/auswahl/", choose, name="several-cases"),
    path("faelle/auswahl/vorschau/", show, name="several-cases-preview"),
    path("faelle/auswahl/ausfuehren/", carry, name="several-cases-run"),
]
