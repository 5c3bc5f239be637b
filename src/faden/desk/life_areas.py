"""Lebensbereiche: the service's list of them, kept by the team lead. What was written keeps its word."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import life_areas as actions
from faden.cases.queries.life_areas import areas, whole_list
from faden.cases.rules.life_areas import Area
from faden.cases.vocabulary.life_area import LifeArea
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import Day, DeskForm, Text, left_in, version_left, version_sent
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class AreaForm(DeskForm):
    """The word, the place in the list, from when on."""

    label = Text(
        label=gettext_lazy("Bezeichnung"),
        max_length=80,
        help_text=gettext_lazy("Kurz und so, wie im Gespräch davon die Rede ist."),
    )
    counts_as = forms.ChoiceField(
        label=gettext_lazy("Zählt in der Statistik als"),
        choices=LifeArea.choices,
        help_text=gettext_lazy("So bleiben die Zahlen aller Dienste vergleichbar. Später nicht mehr zu ändern."),
    )
    after = forms.ChoiceField(label=gettext_lazy("Steht in der Liste nach"), required=False)
    from_on = Day(
        label=gettext_lazy("Gilt ab"),
        help_text=gettext_lazy("Was davor geschrieben wurde, behält sein Wort."),
    )

    def __init__(self, *args: object, on: date, area: Area | None = None, **options: object) -> None:
        super().__init__(*args, **options)
        offered = [(code, label) for code, label in choices.life_areas(on) if not area or code != area.code]
        self.fields["after"].choices = [("", _("am Anfang")), *offered]  # type: ignore[attr-defined]
        if area:
            del self.fields["counts_as"]

    def wanted(self) -> actions.Wanted:
        """The values as the verbs take them."""
        values = self.cleaned_data
        return actions.Wanted(
            values["label"], values.get("counts_as", ""), values["after"], values["from_on"]
        )


class EndForm(DeskForm):
    """Until when an area is offered."""

    last_day = Day(
        label=gettext_lazy("Letzter Tag auf der Liste"),
        help_text=gettext_lazy("Danach wird der Bereich nicht mehr angeboten. Was dazu geschrieben ist, bleibt."),
    )


@reads(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def index(request: DeskRequest) -> HttpResponse:
    """The whole list, ended areas below."""
    context = {"areas": whole_list(request.today)}
    return page(request, "desk/life_areas.html", context, here="life_areas")


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def new(request: DeskRequest) -> HttpResponse:
    """An area of the service's own."""
    initial = {"from_on": request.today, **left_in(AreaForm, request)}
    form = AreaForm(request.POST or None, on=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(form.wanted(), by=request.actor, at=request.at)
            messages.success(request, _("Der Lebensbereich steht auf der Liste."))
            return HttpResponseRedirect(reverse("life-areas"), status=303)
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=_("Neuer Lebensbereich"))


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def change(request: DeskRequest, area: str) -> HttpResponse:
    """Another word or another place; for an ended area: back on the list."""
    newest = actions.newest_of(area)
    from_on = max(request.today, newest.from_on or request.today)
    initial = {"label": newest.label, "after": _before(newest, request.today), "from_on": from_on}
    initial |= left_in(AreaForm, request)
    form = AreaForm(request.POST or None, on=request.today, area=newest, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.change(area, form.wanted(), seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Der Lebensbereich ist geändert."))
            return HttpResponseRedirect(reverse("life-areas"), status=303)
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=newest.label, area=newest)


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def end(request: DeskRequest, area: str) -> HttpResponse:
    """Take an area off the list."""
    newest = actions.newest_of(area)
    form = EndForm(request.POST or None, initial={"last_day": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            last = form.cleaned_data["last_day"]
            actions.end(area, last_day=last, seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Der Lebensbereich ist beendet."))
            return HttpResponseRedirect(reverse("life-areas"), status=303)
        except Invalid as error:
            form.take_error(error)
    title = _("„%(area)s“ beenden") % {"area": newest.label}
    return _form(request, form, title=title, area=newest)


def _before(area: Area, on: date) -> str:
    """Behind which other the area stands now."""
    codes = ["", *(found.code for found in areas(on, also=[area.code]))]
    return codes[codes.index(area.code) - 1] if area.code in codes else ""


def _form(request: DeskRequest, form: DeskForm, *, title: str, area: Area | None = None) -> HttpResponse:
    crumbs = ((_("Lebensbereiche"), reverse("life-areas")), (title, ""))
    context = {"form": form, "title": title, "area": area, "version": version_left(area.version, request) if area else ""}
    status = 422 if form.errors else 200
    return page(request, "desk/life_area_form.html", context, here="life_areas", crumbs=crumbs, status=status)


urlpatterns = [
    path("lebensbereiche/", index, name="life-areas"),
    path("lebensbereiche/neu/", new, name="life-area-new"),
    path("lebensbereiche/<slug:area>/", change, name="life-area"),
    path("lebensbereiche/<slug:area>/ende/", end, name="life-area-end"),
]
