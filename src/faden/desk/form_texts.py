"""Texte zum Unterschreiben: every kind in every language, who has reviewed it; the team lead answers for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.actions import texts as actions
from faden.consents.queries import form_texts as queries
from faden.consents.queries.form_texts import TextPage, TextShown
from faden.consents.rules.form_texts import paragraphs
from faden.consents.vocabulary import RIGHT_TO_LEFT, FormKind
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import BareForm, Day, DeskForm, Text, initial_of, kept_draft
from faden.desk.shell import Crumb, page
from faden.kernel.errors import Invalid
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission

_LONGEST = 12_000


class ReviewForm(DeskForm):
    """Who answers for the wording."""

    reviewed_by = Text(
        label=gettext_lazy("Geprüft von"),
        max_length=120,
        help_text=gettext_lazy("Name und Funktion, zum Beispiel „Olena Bondar, vereidigte Übersetzerin“"),
    )
    reviewed_on = Day(label=gettext_lazy("Geprüft am"))
    sure = forms.BooleanField(
        label=gettext_lazy("Diese Person hat den ganzen Text gelesen, so wie er hier steht, und gibt ihn frei.")
    )


class WordingForm(DeskForm):
    """A title and its paragraphs."""

    mark_optional = False

    title = Text(label=gettext_lazy("Überschrift"), max_length=160)
    body = Text(
        label=gettext_lazy("Text"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=gettext_lazy(
            "Ein Absatz je Zeile. „# “ am Anfang macht eine Zwischenüberschrift. Eine Zeile mit [eckigen Klammern]"
            " steht nur auf dem Blatt, wenn das gewählt ist. Felder in {geschweiften Klammern} füllt das Programm aus."
        ),
        error_messages={
            "max_length": gettext_lazy(
                "Der Text ist zu lang: höchstens %(limit_value)d Zeichen, Sie haben %(show_value)d."
            )
        },
    )


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """Every kind in every language."""
    return page(request, "desk/form_texts.html", {"kinds": queries.states()}, here="form_texts")


@reads(Sees.NOTHING, may=Permission.OPEN_CASES)
def show(request: DeskRequest, kind: str, language: str, version: int | None = None) -> HttpResponse:
    """One wording, with the German one beside it."""
    found = queries.text_page(kind, language, version)
    context = {
        "found": found,
        "text": found.shown,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "pairs": _pairs(found),
        "may_change": bool(may(request.actor, Permission.MANAGE_LISTS)),
    }
    return page(request, "desk/form_text.html", context, here="form_texts", crumbs=_crumbs((_title(found.shown), "")))


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def review(request: DeskRequest, kind: str, language: str, version: int) -> HttpResponse:
    """Note who has reviewed it: from then on it can be signed, and is never changed."""
    found, kept = queries.text_page(kind, language, version), kept_draft(request)
    form = ReviewForm(
        request.POST or None, initial={"reviewed_on": request.today, **initial_of(ReviewForm, kept, request)}
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("reviewed_by", "reviewed_on")}
        try:
            actions.review(found.shown, **said, by=request.actor, at=request.at)
            messages.success(request, _("Der Text ist als geprüft vermerkt. Er kann jetzt unterschrieben werden."))
            return _back(found.shown)
        except Invalid as error:
            form.take_error(error)
    title = _("Prüfung vermerken: %(text)s") % {"text": _title(found.shown)}
    context = {"form": form, "kept": kept, "found": found, "text": found.shown, "title": title, "pairs": _pairs(found)}
    return _page(request, "desk/form_text_review.html", context, found.shown)


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def new(request: DeskRequest, kind: str, language: str) -> HttpResponse:
    """An own wording: begins with the one that counts, becomes a new version and a draft."""
    found, kept = queries.text_page(kind, language), kept_draft(request)
    begin = {"title": found.shown.title, "body": found.shown.body}
    form = WordingForm(request.POST or None, initial={**begin, **initial_of(WordingForm, kept, request)})
    for field in form.fields.values():
        field.widget.attrs.update(lang=language, dir="rtl" if language in RIGHT_TO_LEFT else "ltr")
    if request.method == "POST" and form.is_valid():
        wording = actions.Wording(**form.cleaned_data)
        try:
            row = actions.write(FormKind(kind), language, wording, by=request.actor, at=request.at)
            messages.success(request, _("Die eigene Fassung ist gesichert. Sie ist ein Entwurf, bis jemand sie prüft."))
            return HttpResponseRedirect(reverse("form-text-version", args=[kind, language, row.version]), status=303)
        except Invalid as error:
            form.take_error(error)
    title = _("Eigene Fassung: %(text)s") % {"text": _title(found.shown)}
    context = {"form": form, "kept": kept, "found": found, "text": found.shown, "title": title}
    return _page(request, "desk/form_text_new.html", context, found.shown)


@edits(Sees.NOTHING, may=Permission.MANAGE_LISTS)
def withdraw(request: DeskRequest, kind: str, language: str, version: int) -> HttpResponse:
    """Nobody is given it any more."""
    found = queries.text_page(kind, language, version)
    form = BareForm(request.POST or None)
    if request.method == "POST":
        actions.withdraw(found.shown, by=request.actor, at=request.at)
        messages.success(request, _("Der Text ist zurückgezogen. Was unterschrieben ist, bleibt unterschrieben."))
        return HttpResponseRedirect(reverse("form-texts"), status=303)
    title = _("Zurückziehen: %(text)s") % {"text": _title(found.shown)}
    context = {"form": form, "found": found, "text": found.shown, "title": title}
    return _page(request, "desk/form_text_withdraw.html", context, found.shown)


def _pairs(found: TextPage) -> list[tuple[Any, Any]]:
    """Paragraph by paragraph: the wording, and the German one it translates."""
    shown = paragraphs(found.shown.body)
    german = paragraphs(found.german.body) if found.german else ()
    return [(one, german[n] if n < len(german) else None) for n, one in enumerate(shown)]


def _title(text: TextShown) -> str:
    return f"{text.kind.label}, {text.language_name}"


def _back(text: TextShown) -> HttpResponse:
    return HttpResponseRedirect(reverse("form-text", args=[text.kind, text.language]), status=303)


def _page(request: DeskRequest, template: str, context: dict[str, Any], text: TextShown) -> HttpResponse:
    crumbs = _crumbs((_title(text), reverse("form-text", args=[text.kind, text.language])), (context["title"], ""))
    context["direction"] = "rtl" if text.language in RIGHT_TO_LEFT else "ltr"
    return page(request, template, context, here="form_texts", crumbs=crumbs, status=422 if context["form"].errors else 200)


def _crumbs(*below: Crumb) -> tuple[Crumb, ...]:
    return ((_("Texte zum Unterschreiben"), reverse("form-texts")), *below)


_TEXT = "texte/<slug:kind>/<slug:language>/"
urlpatterns = [
    path("texte/", index, name="form-texts"),
    path(_TEXT, show, name="form-text"),
    path(f"{_TEXT}neu/", new, name="form-text-new"),
    path(f"{_TEXT}<int:version>/", show, name="form-text-version"),
    path(f"{_TEXT}<int:version>/pruefung/", review, name="form-text-review"),
    path(f"{_TEXT}<int:version>/ende/", withdraw, name="form-text-withdrawal"),
]
