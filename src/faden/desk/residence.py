"""Vorprüfung des Aufenthalts: paths chosen, questions answered, the result beside the law; nothing is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, asks, edits, reads, writes
from faden.desk.facts import documented, head_about
from faden.desk.forms import kept_draft, left_made, version_left, version_sent
from faden.desk.residence_paper import laid_out
from faden.desk.shell import case_page
from faden.documents.queries.words import words_in
from faden.documents.rules.words import GERMAN, LANGUAGES, paper_language
from faden.doors.drafts import AT_ONCE
from faden.doors.residence_forms import PathsForm, QuestionsForm, language
from faden.doors.residence_lines import lines, to_do
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission
from faden.residence.actions import prechecks as actions
from faden.residence.actions.steps import WantedStep, make_step
from faden.residence.queries.prechecks import USUAL, Begun, Checked, begun, checked
from faden.residence.rules.lines import lines_of

STEP_IN = timedelta(days=28)  # proposed where no day of the law is nearer


@dataclass(frozen=True)
class _Page:
    """What every page of a Vorprüfung begins with."""

    row: Begun
    person_id: UUID
    title: str


def _page(request: DeskRequest, person_id: UUID) -> _Page:
    documented(request, person_id)
    return _Page(begun(request.access.case, person_id, on=request.today), person_id, _("Vorprüfung des Aufenthalts"))


# ---------- the result ----------


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """A line per path; who has chosen none yet chooses first."""
    page = _page(request, person_id)
    if not page.row.version:
        if request.access.may_write:
            return HttpResponseRedirect(reverse("residence-paths", args=[case_id, person_id]))
        raise NotFound(_("Für diese Person gibt es hier noch keine Vorprüfung."))
    found = checked(page.row.paths, page.row.filed, page.row.answers, on=request.today, language=language())
    return _result(request, page, found, _at_once(page.row, found), begun_now=True)


@asks(Sees.CASE, may=Permission.OPEN_CASES)
def at_once(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Nur für diese Ansicht: "was wäre wenn" and what was settled in the conversation. Read-only: it cannot be written."""
    page = _page(request, person_id)
    first = checked(page.row.paths, page.row.filed, page.row.answers, on=request.today, language=language())
    form = _at_once(page.row, first, request.POST)
    if not form.is_valid():
        return _result(request, page, first, form, status=422)
    found = checked(
        page.row.paths, page.row.filed, page.row.answers.with_more(form.answers()), on=form.day(request.today), settled=form.settled(),
        language=language(),
    )  # fmt: skip
    return _result(request, page, found, form)


def _at_once(row: Begun, found: Checked, data: Any = None) -> QuestionsForm:
    return QuestionsForm(data, asked=found.asked, answers=row.answers, filed=row.filed, at_once=True, prefix=AT_ONCE.removesuffix("-"))


def _result(request: DeskRequest, page: _Page, found: Checked, form: QuestionsForm, *, begun_now: bool = False, status: int = 200) -> HttpResponse:
    case = request.access.case
    data = found.as_data(language())
    context = {
        "page": page, "row": page.row, "found": found, "notice": data["notice"], "contradictions": data["contradictions"],
        "lines": lines(data, found, step_by=request.today + STEP_IN),
        "form": form, "is_at_once": not begun_now, "on": found.on, "today": request.today,
        "facts": [(line, page.row.known.sources.get(line.key.partition("[")[0], "")) for line in lines_of(found.told.facts, language())],
        "open": [one for one in found.asked if one.paths and one.is_kept],
        "person_id": page.person_id, "case_id": case.id,
    }  # fmt: skip
    head = head_about(request, page.person_id)
    return case_page(request, "desk/residence.html", context, head=head, title=page.title, status=status)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def paper(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """In plain German beside her language, to print: of what was settled in the conversation nothing."""
    page = _page(request, person_id)
    if not page.row.version:
        raise NotFound(_("Für diese Person gibt es hier noch keine Vorprüfung."))
    found = checked(page.row.paths, page.row.filed, page.row.answers, on=request.today)
    person, wanted = documented(request, person_id), request.GET.get("sprache", "")
    spoken = wanted if wanted in LANGUAGES else paper_language(person.languages)
    sheet = laid_out(found.result, german=words_in(GERMAN), other=words_in(spoken))
    languages = [(one.own_name, f"?sprache={one.code}", one.code == spoken, None) for one in LANGUAGES.values()]
    context = {"sheet": sheet, "languages": languages, "case_id": case_id, "person_id": person_id, "next_step": None}
    return case_page(request, "desk/residence_paper.html", context, head=head_about(request, person_id), title=page.title)


# ---------- paths and questions ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def paths(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Only what is chosen is asked."""
    page, kept = _page(request, person_id), kept_draft(request)
    chosen = list(page.row.paths or USUAL)
    form = PathsForm(request.POST or None, initial={"paths": chosen, **left_made(kept, request, several=("paths",))})
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose(person_id, form.cleaned_data["paths"], case=request.access.case, by=request.actor, at=request.at)
            return _to("residence-questions", case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    back = reverse("residence" if page.row.version else "person", args=[case_id, person_id])
    context = {"form": form, "kept": kept, "back": back, "submit": _("Weiter zu den Fragen")}
    status = 422 if form.errors else 200
    return case_page(request, "desk/residence_paths.html", context, head=head_about(request, person_id), title=_("Wege wählen"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def ask(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Only what the chosen paths still need, prefilled from the file; to be gone on with at any time."""
    page, kept = _page(request, person_id), kept_draft(request)
    if not page.row.version:
        return _to("residence-paths", case_id, person_id)
    found = checked(page.row.paths, page.row.filed, page.row.answers, on=request.today, language=language())
    form = QuestionsForm(
        request.POST or None, asked=found.asked, answers=page.row.answers, filed=page.row.filed,
        left=_left(kept, request, found),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                person_id, form.answers(), page.row.filed, seen_version=version_sent(request), case=request.access.case, by=request.actor,
                at=request.at,
            )  # fmt: skip
            return _to("residence", case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept, "row": page.row, "version": version_left(page.row.version, request), "case_id": case_id,
        "person_id": person_id, "back": reverse("residence", args=[case_id, person_id]), "incomplete": found.told.incomplete,
        "facts": [(line, page.row.known.sources.get(line.key.partition("[")[0], "")) for line in lines_of(found.told.facts, language())],
    }  # fmt: skip
    status = 422 if form.errors else 200
    title = _("Fragen zur Vorprüfung")
    return case_page(request, "desk/residence_questions.html", context, head=head_about(request, person_id), title=title, status=status)


def _left(kept: Any, request: DeskRequest, found: Checked) -> Mapping[str, object]:
    several = [one.key for one in found.asked if one.fact and one.fact.type == "codes"]
    return left_made(kept, request, several=several)


# ---------- from a gap to a step ----------


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def step(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One click: what is missing becomes a step of her chain, with its day."""
    page = _page(request, person_id)
    key, condition = request.POST.get("weg", ""), request.POST.get("bedingung", "")
    found = checked(page.row.paths, page.row.filed, page.row.answers, on=request.today)
    wanted = to_do(found, key, condition)
    if wanted is None:
        raise Invalid(_("Diese Lücke gibt es hier nicht mehr."))
    made = make_step(
        WantedStep(person_id, wanted.title, _day(request.POST.get("bis", ""), request.today), wanted.law, wanted.documents, hint=wanted.hint),
        case=request.access.case, by=request.actor, at=request.at,
    )  # fmt: skip
    messages.success(request, _("Der Schritt steht in der Kette."))
    return HttpResponseRedirect(reverse("chain", args=[case_id, made.chain_id]), status=303)


def _day(typed: str, today: date) -> date:
    try:
        return max(date.fromisoformat(typed), today)
    except ValueError:
        return today + STEP_IN


def _to(name: str, case_id: UUID, person_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[case_id, person_id]), status=303)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/aufenthalt/"
urlpatterns = [
    path(_PERSON, show, name="residence"),
    path(f"{_PERSON}blatt/", paper, name="residence-paper"),
    path(f"{_PERSON}wege/", paths, name="residence-paths"),
    path(f"{_PERSON}fragen/", ask, name="residence-questions"),
    path(f"{_PERSON}ansicht/", at_once, name="residence-at-once"),
    path(f"{_PERSON}schritt/", step, name="residence-step"),
]
