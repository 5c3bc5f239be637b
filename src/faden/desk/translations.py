"""Übersetzungen: the fixed words of client papers in each language, reviewed one by one or a page at once."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faden.consents.queries.form_texts import name_of_language
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import Day, DeskForm, Text, kept_draft
from faden.desk.shell import page
from faden.documents.actions import words as actions
from faden.documents.queries import words as queries
from faden.documents.queries.words import Wording
from faden.documents.rules.words import LANGUAGES
from faden.kernel.errors import Invalid
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission

PAGE = 30
ONE_LINE = 60


class ReviewForm(DeskForm):
    """Who reviewed and when, and the texts of one page with their checks."""

    mark_optional = False

    reviewed_by = Text(
        label=gettext_lazy("Geprüft von"),
        max_length=120,
        required=False,  # the verb asks for it where something was reviewed
        help_text=gettext_lazy("Name und Stelle, etwa: Olena Koval, Sprachmittlerpool Steinfurt"),
    )
    reviewed_on = Day(label=gettext_lazy("Geprüft am"))

    def __init__(self, *args: Any, wordings: list[Wording], language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = [_Row(wording) for wording in wordings]
        direction = "rtl" if LANGUAGES[language].rtl else "ltr"
        for row in self.rows:
            self.fields[row.name("text")] = Text(
                label=row.wording.german,
                max_length=actions.LONGEST,
                required=False,
                initial=row.wording.words,
                widget=(forms.TextInput if len(row.wording.german) <= ONE_LINE else forms.Textarea)(
                    attrs={"lang": language, "dir": direction}
                ),
            )
            self.fields[row.name("geprueft")] = forms.BooleanField(
                label=_("geprüft"), required=False, initial=row.wording.is_reviewed
            )
            row.text, row.check = self[row.name("text")], self[row.name("geprueft")]

    def to_review(self, *, all_of_them: bool) -> list[actions.Wanted]:
        """What was checked anew, corrected, or all of the page; what is reviewed and unchanged stays as it is."""
        found = []
        for row in self.rows:
            words, checked = self.cleaned_data[row.name("text")], self.cleaned_data[row.name("geprueft")]
            is_changed = words != row.wording.words
            if is_changed or ((checked or all_of_them) and not row.wording.is_reviewed):
                found.append(actions.Wanted(row.wording.code, words, self.data.get(row.seen, "")))
        return found

    def to_withdraw(self, *, all_of_them: bool) -> list[str]:
        """Reviewed before, and the check was taken away."""
        if all_of_them:
            return []
        return [
            row.wording.code
            for row in self.rows
            if row.wording.is_reviewed
            and not self.cleaned_data[row.name("geprueft")]
            and self.cleaned_data[row.name("text")] == row.wording.words
        ]


@dataclass
class _Row:
    """One text on the page."""

    wording: Wording
    text: Any = None
    check: Any = None

    def name(self, field: str) -> str:
        return f"{field}-{self.wording.code}"

    @property
    def seen(self) -> str:
        """The name of the hidden field that carries the words as they stood on the page."""
        return self.name("gesehen")


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """Every language with how far it is."""
    context = {
        "languages": [(one, name_of_language(one.language.code)) for one in queries.coverage()],
        "total": len(queries.german()),
        "labels": len(queries.labels()),
        "may_change": bool(may(request.actor, Permission.MANAGE_LISTS)),
    }
    return page(request, "desk/translations.html", context, here="translations")


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def change(request: DeskRequest, language: str, number: int = 1) -> HttpResponse:
    """The texts of one language beside the German ones, thirty on a page; the page stands in the address, for drafts."""
    queries.translated(language)
    only_open = "offen" in request.GET
    found = [one for one in queries.wordings(language) if not (only_open and one.is_reviewed)]
    number = max(1, min(number, -(-len(found) // PAGE)))
    form = ReviewForm(
        request.POST or None,
        wordings=_of_page(found, number, language, request),
        language=language,
        initial={"reviewed_on": request.today, **_drafted(request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, form, language)
        except actions.Unfit as unfit:
            _show_errors(form, unfit)
        except Invalid as error:
            form.take_error(error)
    return _shown(request, form, language, found, number, only_open=only_open)


def _of_page(found: list[Wording], number: int, language: str, request: DeskRequest) -> list[Wording]:
    """The texts of the page; a form that comes back keeps its own, whatever was reviewed meanwhile."""
    codes = request.POST.getlist("code")[:PAGE]
    if not codes:
        return found[(number - 1) * PAGE : number * PAGE]
    by_code = {one.code: one for one in queries.wordings(language)}
    return [by_code[code] for code in codes if code in by_code]


def _kept(request: DeskRequest, form: ReviewForm, language: str) -> HttpResponse:
    all_of_them = "alle" in request.POST
    withdrawn = actions.withdraw(language, form.to_withdraw(all_of_them=all_of_them), by=request.actor, at=request.at)
    number = actions.review(
        language,
        form.to_review(all_of_them=all_of_them),
        reviewed_by=form.cleaned_data["reviewed_by"],
        reviewed_on=form.cleaned_data["reviewed_on"],
        by=request.actor,
        on=request.today,
        at=request.at,
    )
    if number:
        said = ngettext("%(count)d Text ist als geprüft eingetragen.", "%(count)d Texte sind als geprüft eingetragen.", number)
        messages.success(request, said % {"count": number})
    if withdrawn:
        said = ngettext("Bei %(count)d Text ist die Prüfung zurückgenommen.", "Bei %(count)d Texten ist die Prüfung zurückgenommen.", withdrawn)  # fmt: skip
        messages.success(request, said % {"count": withdrawn})
    if not number and not withdrawn:
        messages.info(request, _("Es war nichts zu ändern."))
    return HttpResponseRedirect(request.get_full_path(), status=303)


def _show_errors(form: ReviewForm, unfit: actions.Unfit) -> None:
    form.add_error(None, str(unfit))
    for row in form.rows:
        if row.wording.code in unfit.errors:
            form.add_error(row.name("text"), unfit.errors[row.wording.code])


def _drafted(request: DeskRequest) -> dict[str, object]:
    kept = kept_draft(request)
    if kept is None or request.GET.get("entwurf") != "weiter":
        return {}
    return {name: values[-1] for name, values in kept.values.items() if values}


def _shown(
    request: DeskRequest, form: ReviewForm, language: str, found: list[Wording], number: int, *, only_open: bool
) -> HttpResponse:
    one = next(one for one in queries.coverage() if one.language.code == language)
    context = {
        "form": form,
        "coverage": one,
        "name": name_of_language(language),
        "only_open": only_open,
        "number": number,
        "has_more": len(found) > number * PAGE,
        "kept": kept_draft(request),
    }
    crumbs = ((_("Übersetzungen"), reverse("translations")), (name_of_language(language), ""))
    return page(
        request, "desk/translation.html", context, here="translations", crumbs=crumbs, status=422 if form.errors else 200
    )


urlpatterns = [
    path("uebersetzungen/", index, name="translations"),
    path("uebersetzungen/<slug:language>/", change, name="translation"),
    path("uebersetzungen/<slug:language>/<int:number>/", change, name="translation-page"),
]
