"""Sprachmittlung: whom the service asks, and what it cost in a quarter."""

from decimal import Decimal
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import interpreters as actions
from faden.cases.queries import interpreters as queries
from faden.cases.vocabulary.appointment import InterpreterWay
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft
from faden.desk.shell import Crumb, page
from faden.kernel.errors import Invalid
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission
from faden.persons.codes import COMMON_LANGUAGES
from faden.persons.vocabulary import language_name


class SourceForm(DeskForm):
    """What a source offers."""

    name = Text(label=gettext_lazy("Name"), max_length=120)
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Wie?"), choices=InterpreterWay.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Sprachen?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Nichts gewählt heißt: alle Sprachen."),
    )
    lead = forms.IntegerField(
        label=gettext_lazy("Wie viele Arbeitstage vorher muss man fragen?"), min_value=0, max_value=60, initial=0
    )
    price = forms.DecimalField(
        label=gettext_lazy("Preis je Stunde in Euro"),
        min_value=Decimal(0),
        max_digits=7,
        decimal_places=2,
        localize=True,
        required=False,
    )
    contact = Text(
        label=gettext_lazy("Wie erreicht man sie?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Telefon, E-Mail oder Adresse des Formulars"),
    )

    def __init__(self, *args: object, also: tuple[str, ...] = (), **options: object) -> None:
        super().__init__(*args, **options)
        codes = [code for code in dict.fromkeys((*COMMON_LANGUAGES, *also)) if code != "de"]
        self.fields["languages"].choices = [(code, language_name(code)) for code in codes]  # type: ignore[attr-defined]

    def offer(self) -> actions.Offer:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return actions.Offer(
            name=values["name"],
            languages=values["languages"],
            ways=values["ways"],
            lead_working_days=values["lead"],
            cents_an_hour=None if values["price"] is None else int(values["price"] * 100),
            contact=values["contact"],
        )


@reads(Sees.NOTHING, may=Permission.SEE_DAY)
def index(request: DeskRequest) -> HttpResponse:
    """Whom one can ask."""
    context = {"rows": queries.listed(), "may_change": bool(may(request.actor, Permission.MANAGE_LISTS))}
    return page(request, "desk/interpreter_sources.html", context, here="calendar", crumbs=_crumbs(here=True))


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def new(request: DeskRequest) -> HttpResponse:
    """One more."""
    kept = kept_draft(request)
    form = SourceForm(request.POST or None, initial=initial_of(SourceForm, kept, request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_source(form.offer(), by=request.actor, at=request.at)
            messages.success(request, _("Die Quelle ist angelegt."))
            return _back()
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=_("Neue Quelle für Sprachmittlung"), kept=kept)


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def change(request: DeskRequest, source_id: UUID) -> HttpResponse:
    """What it offers from now on."""
    row, kept = queries.source(source_id), kept_draft(request)
    values = {
        "name": row.name,
        "ways": row.ways,
        "languages": row.languages,
        "lead": row.lead_working_days,
        "price": None if row.cents_an_hour is None else Decimal(row.cents_an_hour).scaleb(-2),
        "contact": row.contact,
    }
    form = SourceForm(
        request.POST or None, also=tuple(row.languages), initial={**values, **initial_of(SourceForm, kept, request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_source(row, form.offer(), by=request.actor, at=request.at)
            messages.success(request, _("Die Quelle ist geändert."))
            return _back()
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=row.name, kept=kept)


@writes(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def end(request: DeskRequest, source_id: UUID) -> HttpResponse:
    """It is not asked any more."""
    actions.end_source(queries.source(source_id), by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Diese Quelle wird nicht mehr angeboten."))
    return _back()


@reads(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def costs(request: DeskRequest) -> HttpResponse:
    """What took place in a quarter, by source and language, for the funder; ?quartal=2026-4."""
    year, quarter = _quarter(request)
    rows = queries.costs_of(year, quarter)
    before, after = queries.quarter_before(year, quarter), queries.quarter_after(year, quarter)
    context = {
        "rows": rows,
        "total": queries.total(rows),
        "year": year,
        "quarter": quarter,
        "before": "?quartal={}-{}".format(*before),
        "after": "?quartal={}-{}".format(*after) if after <= queries.quarter_of(request.today) else "",
    }
    crumbs = (*_crumbs(), (_("Kosten"), ""))
    return page(request, "desk/interpreter_costs.html", context, here="calendar", crumbs=crumbs)


def _quarter(request: DeskRequest) -> tuple[int, int]:
    year, _dash, quarter = request.GET.get("quartal", "").partition("-")
    if len(year) == 4 and year.isascii() and year.isdecimal() and year > "1999" and quarter in ("1", "2", "3", "4"):
        return int(year), int(quarter)
    return queries.quarter_of(request.today)


def _form(request: DeskRequest, form: SourceForm, *, title: str, kept: object) -> HttpResponse:
    context = {"form": form, "title": title, "kept": kept}
    status = 422 if form.errors else 200
    crumbs = (*_crumbs(), (title, ""))
    return page(
        request, "desk/interpreter_source_form.html", context, here="calendar", crumbs=crumbs, status=status
    )


def _crumbs(*, here: bool = False) -> tuple[Crumb, ...]:
    return (_("Termine"), reverse("calendar")), (_("Sprachmittlung"), "" if here else reverse("interpreters"))


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("interpreters"), status=303)


urlpatterns = [
    path("sprachmittlung/", index, name="interpreters"),
    path("sprachmittlung/neu/", new, name="interpreter-new"),
    path("sprachmittlung/kosten/", costs, name="interpreter-costs"),
    path("sprachmittlung/<uuid:source_id>/", change, name="interpreter"),
    path("sprachmittlung/<uuid:source_id>/ende/", end, name="interpreter-end"),
]
