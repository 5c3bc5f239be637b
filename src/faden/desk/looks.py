"""Zugriffe: in which function something was looked at, what and why; no names, no figures per person."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.emergencies import waiting_reviews
from faden.cases.queries.finding import case_by_number
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.forms import DeskForm, Text
from faden.desk.screen_names import screen_name
from faden.desk.shell import page
from faden.organisations.vocabulary import Permission
from faden.oversight.queries import logs
from faden.oversight.queries.logs import Asked, LookLine
from faden.oversight.vocabulary import LookKind

EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)


class Days(DeskForm):
    """Which days, which case: the part that both logs are asked by."""

    mark_optional = False
    first = forms.DateField(label=gettext_lazy("Von"), required=False)
    last = forms.DateField(label=gettext_lazy("Bis"), required=False)
    number = Text(label=gettext_lazy("Fallnummer"), max_length=30, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Art"), required=False)

    def __init__(self, *args: object, kinds: list[tuple[str, object]], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("alle")), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Days in a sensible order, and a case number that exists here."""
        values = self.cleaned_data
        for name in ("first", "last"):
            if values.get(name) and not EARLIEST <= values[name] <= LATEST:
                self.add_error(name, _("Bitte prüfen Sie das Jahr."))
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            self.add_error("last", _("Dieser Tag liegt vor dem ersten Tag."))
        values["case_id"] = case_by_number(values["number"]) if values.get("number") else None
        if values.get("number") and values["case_id"] is None:
            self.add_error("number", _("Einen Fall mit dieser Nummer gibt es hier nicht."))
        return values

    def asked(self, before: str) -> Asked:
        """The values as the queries take them."""
        values = self.cleaned_data
        return Asked(values["first"], values["last"], values["kind"], values["case_id"], before)


def form_of(request: DeskRequest, kinds: list[tuple[str, object]]) -> Days:
    """The filter as it stands in the address."""
    return Days({name: request.GET.get(name, "") for name in Days.base_fields}, kinds=kinds)


def tabs(here: str) -> list[tuple[str, str, bool, None]]:
    """The two logs side by side."""
    return [
        (_("Zugriffe"), reverse("looks"), here == "looks", None),
        (_("Vorgänge"), reverse("deeds"), here == "deeds", None),
    ]


def with_screens(lines: list[LookLine]) -> list[LookLine]:
    """The lines with the German names of the screens."""
    return [replace(line, page=screen_name(line.page)) for line in lines]


def noted(case_id: UUID | None) -> list[UUID]:
    """Who asks for one case has looked at that case's log; the whole log is nobody's in particular."""
    return [case_id] if case_id else []


@reads(Sees.LOOKS, may=Permission.SEE_LOOKS)
def index(request: DeskRequest) -> HttpResponse:
    """Newest first, fifty at a time."""
    form = form_of(request, list(LookKind.choices))
    waits = {"emergencies": waiting_reviews(request.actor)}
    context: dict[str, object] = {"form": form, "tabs": tabs("looks"), "before": request.GET.get("vor", ""), "waits": waits}
    if form.is_valid():
        asked = form.asked(request.GET.get("vor", ""))
        shown = logs.looks(asked)
        request.shown = noted(asked.case_id)
        context |= {"lines": with_screens(shown.lines), "older": shown.older}
    return page(request, "desk/looks.html", context, here="looks", status=200 if form.is_valid() else 422)


urlpatterns = [path("zugriffe/", index, name="looks")]
