"""Search inside the service, and search before create: candidates with the reason."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.finding import Hit, case_by_number, hits
from faden.desk.door import DeskRequest, Sees, asks, reads
from faden.desk.forms import DeskForm, Text
from faden.desk.shell import page
from faden.organisations.vocabulary import Permission
from faden.persons.rules import birth
from faden.persons.rules.birth import BirthDateProblem
from faden.persons.rules.likeness import WORDS, Asked


class SearchForm(DeskForm):
    """Sent by POST: what was searched for must stand in no address, history or log."""

    mark_optional = False
    name = Text(
        label=gettext_lazy("Name oder Fallnummer"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    born = Text(
        label=gettext_lazy("Geboren"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Tag, Monat und Jahr oder nur das Jahr"),
    )


@dataclass(frozen=True)
class Shown:
    """A hit with its reasons in words."""

    hit: Hit
    reasons: str
    likely: bool


def asked_from(name: str, born: str, *, today: object, phone: str = "", email: str = "") -> Asked:
    """What was typed so far; a half-typed date is no date yet."""
    try:
        when = birth.parse(born, today) if born.strip() else None  # type: ignore[arg-type]
    except BirthDateProblem:
        when = None
    return Asked(names=[name], birth=when, phone=phone or None, email=email or None, typed=True)


def shown_hits(request: DeskRequest, asked: Asked, *, limit: int, any_part: bool = False) -> list[Shown]:
    """Candidates as the page tells them; their ids are noted by the door."""
    found = hits(asked, membership_id=request.actor.membership_id, limit=limit, any_part=any_part)
    request.shown = [hit.found.person_id for hit in found]
    return [
        Shown(
            hit,
            ", ".join(_(WORDS[reason]) for reason in hit.found.likeness.reasons),
            hit.found.likeness.score >= 0.85,
        )
        for hit in found
    ]


@reads(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def ask(request: DeskRequest) -> HttpResponse:
    """The empty search."""
    return page(request, "desk/search.html", {"form": SearchForm()}, here="search")


@asks(Sees.SEARCH, may=Permission.TAKE_INQUIRIES)
def find(request: DeskRequest) -> HttpResponse:
    """Hits as a whole page, or as the piece that htmx swaps while typing."""
    form = SearchForm(request.POST)
    found: list[Shown] = []
    if form.is_valid():
        name, born = form.cleaned_data["name"], form.cleaned_data["born"]
        exact = case_by_number(name)
        if exact:
            return _to_case(request, exact)
        found = shown_hits(request, asked_from(name, born, today=request.today), limit=20)
    status = 200 if form.is_valid() else 422
    context = {"form": form, "found": found, "asked": True}
    return page(request, "desk/search.html", context, here="search", status=status)


def _to_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    request.shown = [case_id]
    address = reverse("case", args=[case_id])
    if request.headers.get("HX-Request"):
        # A redirect would be followed inside the piece that is swapped; this moves the whole page.
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)


@asks(Sees.SEARCH, may=Permission.TAKE_INQUIRIES)
def candidates(request: DeskRequest) -> HttpResponse:
    """Who it might be, beside the form that opens a case; also without htmx as a page of its own."""
    typed = request.POST
    name = ", ".join(filter(None, (typed.get("family", "")[:120], typed.get("given", "")[:120])))
    asked = asked_from(
        f"{name} {typed.get('native', '')[:120]}".strip(),
        typed.get("born", "")[:30],
        today=request.today,
        phone=typed.get("phone", "")[:40],
        email=typed.get("email", "")[:120],
    )
    found = shown_hits(request, asked, limit=8, any_part=True)
    return render(request, "desk/candidates.html", {"found": found})


urlpatterns = [
    path("suche/", ask, name="search"),
    path("suche/ergebnis/", find, name="search-find"),
    path("suche/kandidaten/", candidates, name="search-candidates"),
]
