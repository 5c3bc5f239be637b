"""Dokumente eines Falles: die Liste nach Art, Person und Wort, und ein Dokument mit seinen Seiten."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of, person_in
from faden.cases.queries.timeline import Of
from faden.cases.rules.snippets import words_of
from faden.desk.door import DeskRequest, Sees, asks, reads
from faden.desk.forms import DeskForm, Text
from faden.desk.paper_forms import FilesForm
from faden.desk.shell import case_page, page_number
from faden.documents import policies
from faden.documents.actions.papers import paper_of
from faden.documents.queries import papers as queries
from faden.documents.queries.decisions import decisions_of_paper
from faden.documents.vocabulary import FRESH, FileState, PaperKind
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import card_of
from faden.persons.vocabulary import FactKind

BADGES = {
    FileState.QUARANTINE: "info",
    FileState.CLEAN: "success",
    FileState.UNSCANNED: "warning",
    FileState.INFECTED: "danger",
}


class WordsForm(DeskForm):
    """Sent by POST, as every search: what was looked for stands in no address."""

    mark_optional = False
    words = Text(
        label=gettext_lazy("Wort im Titel oder in der Stelle"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """All papers of this case, newest first."""
    return _list(request, Of(), title=_("Dokumente"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's papers."""
    name = card_of(person_in(request.access.case, person_id)).name
    return _list(request, Of(person_id), title=_("Dokumente: %(name)s") % {"name": name})


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The papers of her vertraulicher Faden."""
    name = card_of(person_in(request.access.case, person_id)).name
    return _list(request, Of(person_id, confidential=True), title=_("Vertraulicher Faden: %(name)s") % {"name": name})


@asks(Sees.CASE, may=Permission.OPEN_CASES)
def find(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Papers of this case in whose title or issuer the words stand."""
    return _list(request, Of(), title=_("Dokumente"))


def _list(request: DeskRequest, of: Of, *, title: str) -> HttpResponse:
    case, head = request.access.case, head_of(request.access)
    form = WordsForm(request.POST or None)
    words = words_of(form.cleaned_data["words"]) if form.is_valid() else []
    kinds = queries.kinds_in(case, of=of)
    kind = next((code for code, _label, _number in kinds if code == request.GET.get("art")), "")
    shown = queries.papers_of(case, of=of, kind=kind, words=words, page=page_number(request))
    context = {
        "page": shown,
        "rows": [(row, BADGES[row.state] if row.state else "", row.has_expired(request.today)) for row in shown.rows],
        "kinds": _chips(kinds, kind),
        "tabs": _tabs(request, of) if head.is_family and not of.confidential else [],
        "form": form if of.person is None else None,
        "asked": bool(words or kind),
        "about": about_of(of),
    }
    status = 422 if form.errors else 200
    return case_page(request, "desk/papers.html", context, head=head, title=title, status=status)


def about_of(of: Of) -> str:
    """What a paper put there from this list begins with."""
    if of.person is None:
        return ""
    return f"?person={of.person}" + ("&vertraulich=1" if of.confidential else "")


def _chips(kinds: list[tuple[str, str, int]], chosen: str) -> list[tuple[str, str, bool, int | None]]:
    if len(kinds) < 2:
        return []
    every = (_("Alle"), "?", not chosen, sum(number for _code, _label, number in kinds))
    return [every, *((label, f"?art={code}", code == chosen, number) for code, label, number in kinds)]


def _tabs(request: DeskRequest, of: Of) -> list[tuple[str, str, bool, None]]:
    """The whole family, and each of its members."""
    case = request.access.case
    family = (_("Ganze Familie"), reverse("papers", args=[case.id]), of.person is None, None)
    return [
        family,
        *(
            (m.card.name, reverse("person-papers", args=[case.id, m.person_id]), m.person_id == of.person, None)
            for m in members_of(case)
        ),
    ]


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """One paper: its pages, what is known of it, where the original is."""
    return paper_page(request, paper_id, FilesForm())


def paper_page(request: DeskRequest, paper_id: UUID, form: FilesForm) -> HttpResponse:
    """The page of a paper, also when more pages were refused."""
    paper = paper_of(request.access.case, paper_id)
    shown = queries.paper_page(paper, now=request.at, today=request.today)
    context = {
        "shown": shown,
        "paper": paper,
        "files": [(file, BADGES[file.state], shown.stored_by.get(file.stored_by, "")) for file in shown.files],
        "proves": FactKind(paper.proves).label if paper.proves else "",
        "is_decision": paper.kind == PaperKind.DECISION,
        "decisions": decisions_of_paper(paper, today=request.today),
        # Nobody looked for malware: the pages come after somebody wants to see them all the same.
        "warned": "trotzdem" in request.GET,
        "warning": policies.may_open(FileState.UNSCANNED).reason,
        "form": form,
        "fresh_days": FRESH.days,
    }
    status = 422 if form.errors else 200
    head = head_of(request.access)
    return case_page(request, "desk/paper.html", context, head=head, title=paper.title, status=status)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>"
urlpatterns = [
    path("faelle/<uuid:case_id>/dokumente/", of_case, name="papers"),
    path("faelle/<uuid:case_id>/dokumente/suche/", find, name="papers-find"),
    path("faelle/<uuid:case_id>/dokumente/<uuid:paper_id>/", show, name="paper"),
    path(f"{_PERSON}/dokumente/", of_person, name="person-papers"),
    path(f"{_PERSON}/vertraulich/dokumente/", of_person_confidential, name="person-papers-confidential"),
]
