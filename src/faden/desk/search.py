"""Search inside the service, and search before create: candidates with the reason."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.entries import Entries, matches, place_of, told
from faden.cases.queries.finding import CaseShown, Hit, case_by_number, cases_numbered, hits
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.own_cases import own_cases, recently_opened
from faden.cases.rules.snippets import SHORTEST, words_of
from faden.cases.vocabulary.case import EntryKind
from faden.desk.door import DeskRequest, Sees, asks, reads
from faden.desk.forms import DeskForm, Text
from faden.desk.shell import page
from faden.documents.queries.papers import papers_named
from faden.organisations.policies import may
from faden.organisations.queries.list_settings import last_opened
from faden.organisations.vocabulary import Permission
from faden.persons.rules import birth
from faden.persons.rules.birth import BirthDateProblem
from faden.persons.rules.likeness import WORDS, Asked


class SearchForm(DeskForm):
    """Sent by POST: what was searched for must stand in no address, history or log."""

    mark_optional = False
    name = Text(
        label=gettext_lazy("Name oder Fallnummer, oder ein Wort aus Ihren Fällen"),
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
    membership = UUID(request.actor.membership_id)
    found = hits(asked, membership_id=membership, on=request.today, limit=limit, any_part=any_part)
    request.shown = [hit.found.person_id for hit in found]
    return [
        Shown(
            hit,
            ", ".join(_(WORDS[reason]) for reason in hit.found.likeness.reasons),
            hit.found.likeness.score >= 0.85,
        )
        for hit in found
    ]


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def ask(request: DeskRequest) -> HttpResponse:
    """The empty search, with the cases one opened last."""
    recent = recently_opened(
        last_opened(by=request.actor), membership_id=UUID(request.actor.membership_id), on=request.today
    )
    request.shown = [case.case_id for case in recent]
    return page(request, "desk/search.html", {"form": SearchForm(), "recent": recent}, here="search")


@asks(Sees.SEARCH, may=Permission.TAKE_INQUIRIES)
def find(request: DeskRequest) -> HttpResponse:
    """Hits as a whole page, or as the piece that htmx swaps while typing."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return page(request, "desk/search.html", {"form": form}, here="search", status=422)
    name, born = form.cleaned_data["name"], form.cleaned_data["born"]
    if not name and not born and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("search"), status=303)
    if exact := _exactly(request, name):
        return _to_case(request, exact)
    people = shown_hits(request, asked_from(name, born, today=request.today), limit=20)
    # With a birth date somebody is looked for, not something.
    numbers, entries = ([], []) if born else _in_cases(request, name)
    context = {
        "form": form,
        "found": people,
        "numbers": numbers,
        "entries": entries,
        "nothing": not (people or numbers or entries),
        "asked": True,
        "may_break_glass": bool(may(request.actor, Permission.WORK_ON_CASES)),
    }
    return page(request, "desk/search.html", context, here="search")


def _exactly(request: DeskRequest, typed: str) -> UUID | None:
    """The case of exactly this number; a protected one only for who works in it, as in the list of numbers."""
    found = case_by_number(typed)
    if found is None or not masked_cases([found]):
        return found
    own = own_cases(UUID(request.actor.membership_id), on=request.today)
    return found if found in {case.id for case in own} else None


def _in_cases(request: DeskRequest, typed: str) -> tuple[list[CaseShown], list[Entries]]:
    """Case numbers of the service; and what stands in the cases this person works in, in no others."""
    membership, words = UUID(request.actor.membership_id), words_of(typed)
    own = own_cases(membership, on=request.today)
    like_a_number = len(typed) >= SHORTEST and any(letter.isdigit() for letter in typed)
    numbers = (
        cases_numbered(typed, own={case.id for case in own}, membership_id=membership) if like_a_number else []
    )
    if not words:
        return numbers, []
    place = place_of(own, membership_id=membership)
    found = {**matches(words, place), EntryKind.DOCUMENT: papers_named(words, place)}
    entries = told(found, words, place)
    request.shown += [case.case_id for case in numbers]
    request.shown += list(dict.fromkeys(entry.case_id for group in entries for entry in group.rows))
    return numbers, entries


def _to_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    request.shown = [case_id]
    address = reverse("case", args=[case_id])
    if request.headers.get("HX-Request"):
        # A redirect would be followed inside the piece that is swapped; this moves the whole page.
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)


@asks(Sees.SEARCH, may=Permission.TAKE_INQUIRIES)
def candidates(request: DeskRequest) -> HttpResponse:
    """Who it might be, beside the form that opens a case or takes somebody into one; also without htmx."""
    taking_in = "taking_in" in request.POST
    context = {"found": candidates_typed(request), "taking_in": taking_in}
    return render(request, "desk/candidates.html", context)


def candidates_typed(request: DeskRequest) -> list[Shown]:
    """Who may be meant by the names typed into a form so far."""
    typed = request.POST
    name = ", ".join(filter(None, (typed.get("family", "")[:120], typed.get("given", "")[:120])))
    asked = asked_from(
        f"{name} {typed.get('native', '')[:120]}".strip(),
        typed.get("born", "")[:30],
        today=request.today,
        phone=typed.get("phone", "")[:40],
        email=typed.get("email", "")[:120],
    )
    return shown_hits(request, asked, limit=8, any_part=True)


urlpatterns = [
    path("suche/", ask, name="search"),
    path("suche/ergebnis/", find, name="search-find"),
    path("suche/kandidaten/", candidates, name="search-candidates"),
]
