"""Wer hat meine Daten gesehen und warum: the paper for the person; and how such papers are typeset."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import person_in
from faden.cases.queries.protection import on_paper
from faden.cases.queries.timeline import Of
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.facts import personal_head
from faden.desk.forms import DeskForm
from faden.desk.shell import case_page
from faden.documents.queries.account import account_of
from faden.documents.rules.take_along_paper import Sheet
from faden.documents.rules.words import LANGUAGES, paper_language
from faden.doors.downloads import attachment
from faden.look.papers import as_pdf
from faden.organisations.vocabulary import Permission


class LanguageForm(DeskForm):
    """In which language beside German it is printed."""

    mark_optional = False
    sprache = forms.ChoiceField(label=gettext_lazy("Sprache neben Deutsch"))

    def __init__(self, *, language: str) -> None:
        super().__init__(initial={"sprache": language})
        self.fields["sprache"].choices = choices.paper_languages()  # type: ignore[attr-defined]


def language_of(request: DeskRequest, person: Any) -> str:
    """The language that was asked for beside German, else the one she reads."""
    asked = request.GET.get("sprache", "")
    if asked in LANGUAGES:
        return asked
    return paper_language(code for code in (*person.languages, person.interpreter_language) if code)


def printed(sheet: Sheet, *, name: str) -> HttpResponse:
    """The paper as a PDF."""
    return attachment(as_pdf("take_along", sheet.data()), kind="application/pdf", name=name)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def account(request: DeskRequest, case_id: UUID, person_id: UUID, *, confidential: bool = False) -> HttpResponse:
    """Organisations and functions, as it will be printed."""
    sheet, person = _account(request, person_id, confidential=confidential)
    side = "-confidential" if confidential else ""
    context = {
        "sheet": sheet,
        "person": person,
        "confidential": confidential,
        "print_form": LanguageForm(language=sheet.language),
        "paper": f"person-account-paper{side}",
    }
    title = _("Wer hat meine Daten gesehen und warum")
    return case_page(request, "desk/person_account.html", context, head=personal_head(request, person), title=title)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def account_paper(request: DeskRequest, case_id: UUID, person_id: UUID, *, confidential: bool = False) -> HttpResponse:
    """The same as a PDF, German and her language."""
    sheet, _person = _account(request, person_id, confidential=confidential)
    return printed(sheet, name="Auskunft.pdf")


def _account(request: DeskRequest, person_id: UUID, *, confidential: bool) -> tuple[Sheet, Any]:
    case = request.access.case
    person = person_in(case, person_id)
    paper = on_paper(case, person, on=request.today)
    of = Of(person_id, confidential=confidential)
    return account_of(case, of, paper=paper, language=language_of(request, person), today=request.today), person


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/"
_SECRET = {"confidential": True}
urlpatterns = [
    path(f"{_PERSON}wer-hat-gesehen/", account, name="person-account"),
    path(f"{_PERSON}wer-hat-gesehen/pdf/", account_paper, name="person-account-paper"),
    path(f"{_PERSON}vertraulich/wer-hat-gesehen/", account, _SECRET, name="person-account-confidential"),
    path(f"{_PERSON}vertraulich/wer-hat-gesehen/pdf/", account_paper, _SECRET, name="person-account-paper-confidential"),
]
