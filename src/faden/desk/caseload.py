"""Meine Fälle: what needs acting first, with filters that stay."""

from dataclasses import asdict, replace
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries import caseload
from faden.cases.rules.caseload import ANY_NEED, Filter, OpenCase, choices, chosen
from faden.cases.vocabulary.case import CaseWeight, Phase, Scope, Urgency
from faden.cases.vocabulary.caseload import ActionNeeded, CaseOrder
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.forms import DeskForm
from faden.desk.shell import page, page_number
from faden.look.forms import LongSelect
from faden.organisations.actions import list_settings
from faden.organisations.queries.list_settings import kept
from faden.organisations.vocabulary import Permission
from faden.persons.vocabulary import language_name

SCREEN = "caseload"
# What each part of the filter is called in the address.
IN_ADDRESS = {
    "phase": "phase",
    "need": "bedarf",
    "urgency": "dringlichkeit",
    "town": "ort",
    "language": "sprache",
    "scope": "fuer",
    "weight": "gewicht",
    "order": "sortierung",
}
RESET = "filter=aus"


class FilterForm(DeskForm):
    """Everything a caseload is narrowed by; sent by GET, so that the address can be kept."""

    mark_optional = False
    phase = forms.ChoiceField(label=gettext_lazy("Phase"), required=False, widget=LongSelect)
    need = forms.ChoiceField(label=gettext_lazy("Handlungsbedarf"), required=False, widget=LongSelect)
    urgency = forms.ChoiceField(label=gettext_lazy("Dringlichkeit"), required=False, widget=LongSelect)
    town = forms.ChoiceField(label=gettext_lazy("Wohnort"), required=False, widget=LongSelect)
    language = forms.ChoiceField(label=gettext_lazy("Sprache"), required=False, widget=LongSelect)
    scope = forms.ChoiceField(label=gettext_lazy("Fall für"), required=False, widget=LongSelect)
    weight = forms.ChoiceField(label=gettext_lazy("Gewicht"), required=False, widget=LongSelect)
    order = forms.ChoiceField(label=gettext_lazy("Sortierung"), required=False, widget=LongSelect)

    def __init__(self, *args: object, cases: list[OpenCase], **options: object) -> None:
        super().__init__(*args, **options)
        for name, listed in _listed(cases).items():
            every = [] if name == "order" else [("", _("alle"))]
            self.fields[name].choices = [*every, *listed]  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        """Addresses are German."""
        return IN_ADDRESS.get(field_name, field_name)

    def known(self, raw: dict[str, object]) -> Filter:
        """What of it can be chosen here today; the rest (typed, or a town nobody lives in any more) is left out."""
        return Filter(
            **{
                name: str(value)
                for name, value in raw.items()
                if name in self.fields and value and self.fields[name].valid_value(value)  # type: ignore[attr-defined]
            }
        )

    def words(self, wanted: Filter) -> list[tuple[str, str]]:
        """The filter as text: (what, value), without the order."""
        return [
            (str(field.label), str(dict(field.choices)[value]))  # type: ignore[attr-defined]
            for name, field in self.fields.items()
            if name != "order" and (value := getattr(wanted, name))
        ]


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """The cases this person leads; filter and order are the ones she left, unless the address says others."""
    cases = caseload.open_cases(UUID(request.actor.membership_id), now=request.at, today=request.today)
    before = kept(SCREEN, by=request.actor)
    form = FilterForm(cases=cases)
    wanted = form.known(_from(request.GET) if _says(request.GET) else before)
    form.initial = asdict(wanted)
    shown, found = _page(request, cases, wanted)
    request.shown = [row.case_id for row in shown.rows]
    # Closed cases are looked up and left again; tomorrow the list begins with the open ones.
    if wanted.phase != Phase.CLOSED and (stays := _short(wanted)) != before:
        request.remember = partial(list_settings.keep, SCREEN, stays, by=request.actor)
    context = {
        "page": shown,
        "found": len(found),
        "form": form,
        "filters": _chips(cases, wanted),
        "words": form.words(wanted),
        "narrowed": wanted.narrows,
        "closed": wanted.phase == Phase.CLOSED,
        "address": address_of(wanted),
        "reset": f"?{RESET}",
    }
    return page(request, "desk/caseload.html", context, here="caseload")


def filter_from(address: str, cases: list[OpenCase]) -> Filter:
    """The filter an address stands for, as `index` reads it."""
    return FilterForm(cases=cases).known(_from(QueryDict(address)))


def tidy(address: str) -> str:
    """Only what a filter can say, encoded anew: what a form brings back goes into no address as it is."""
    query, found = QueryDict(address), QueryDict(mutable=True)
    found.update({german: query[german] for german in IN_ADDRESS.values() if query.get(german)})
    return found.urlencode() or RESET


def address_of(wanted: Filter) -> str:
    """The address of a filter; what is not chosen is left out."""
    query = QueryDict(mutable=True)
    query.update({IN_ADDRESS[name]: str(value) for name, value in _short(wanted).items()})
    return query.urlencode() or RESET


def _page(
    request: DeskRequest, cases: list[OpenCase], wanted: Filter
) -> tuple[caseload.Page, list[OpenCase]]:
    if wanted.phase == Phase.CLOSED:
        return caseload.closed_cases_of(UUID(request.actor.membership_id), page=page_number(request)), []
    found = chosen(cases, wanted)
    return caseload.page_of(found, today=request.today, number=page_number(request)), found


def _listed(cases: list[OpenCase]) -> dict[str, list[tuple[str, Any]]]:
    there = choices(cases)
    languages = sorted(((code, language_name(code)) for code in there.languages), key=lambda entry: entry[1])
    return {
        "phase": list(Phase.choices),
        "need": [(ANY_NEED, _("ja")), *ActionNeeded.choices],
        "urgency": list(Urgency.choices),
        "town": there.towns,
        "language": languages,
        "scope": list(Scope.choices),
        "weight": [(str(value), label) for value, label in CaseWeight.choices],
        "order": list(CaseOrder.choices),
    }


def _chips(cases: list[OpenCase], wanted: Filter) -> list[tuple[object, str, bool, int | None]]:
    """The two questions asked most, who needs acting and which phase, with how many there are."""
    around = replace(wanted, phase="", need="")
    there = chosen(cases, around)
    phases = [(phase, sum(case.standing.phase == phase for case in there)) for phase in Phase]
    closed = wanted.phase == Phase.CLOSED
    return [
        (_("Alle offenen"), _link(around), wanted == around, len(there)),
        (
            _("Handlungsbedarf"),
            _link(replace(around, need=ANY_NEED)),
            wanted.need == ANY_NEED and not wanted.phase,
            sum(bool(case.reasons) for case in there),
        ),
        *(
            (phase.label, _link(replace(around, phase=phase)), phase == wanted.phase, count)
            for phase, count in phases
            if count
        ),
        (Phase.CLOSED.label, _link(Filter(phase=Phase.CLOSED)), closed, None),
    ]


def _link(wanted: Filter) -> str:
    return f"?{address_of(wanted)}"


def _says(address: QueryDict) -> bool:
    return "filter" in address or any(name in address for name in IN_ADDRESS.values())


def _from(address: QueryDict) -> dict[str, object]:
    return {name: address.get(german, "") for name, german in IN_ADDRESS.items()}


def _short(wanted: Filter) -> dict[str, object]:
    """Only what was chosen: this is kept."""
    usual = Filter()
    return {name: value for name, value in asdict(wanted).items() if value != getattr(usual, name)}


urlpatterns = [path("faelle/", index, name="caseload")]
