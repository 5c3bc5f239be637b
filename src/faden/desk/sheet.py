"""Zum Mitnehmen: one page for a person in German and in her language, previewed, worded, printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import person_here
from faden.cases.queries.protection import Paper, on_paper
from faden.cases.queries.timeline import Of
from faden.consents.queries.form_texts import name_of_language
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.facts import personal_head
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft
from faden.desk.shell import case_page as page_of_case
from faden.documents.actions import take_along as prints
from faden.documents.actions import translations as actions
from faden.documents.queries.take_along import Gathered, gathered
from faden.documents.queries.words import words_in
from faden.documents.rules.take_along import Chosen, Entry, LeftOut, Part, Saying, Why, names_in
from faden.documents.rules.take_along_paper import Contact, Sheet, laid_out, seal
from faden.documents.rules.words import GERMAN, LANGUAGES, paper_language
from faden.doors.downloads import FILE_HEADERS
from faden.kernel.errors import Invalid, NotFound
from faden.look.papers import as_pdf
from faden.organisations.actions.list_settings import keep_phone
from faden.organisations.queries.contact import reached
from faden.organisations.vocabulary import Permission

FULL = "voll"
ONE_LINE = 100
_WHY = {
    Why.RESIDENCE: gettext_lazy("Aufenthalt"),
    Why.HEALTH: gettext_lazy("Gesundheit"),
    Why.NAME: gettext_lazy("Name einer anderen Person"),
    Why.ANYTHING: gettext_lazy("„Was noch wichtig ist“"),
    Why.PROTECTED: gettext_lazy("Schutzvermerk"),
}
_PARTS = {
    Part.GOAL: gettext_lazy("Ziel"),
    Part.MINE: gettext_lazy("Schritt der Person"),
    Part.OURS: gettext_lazy("Schritt der Beratungsstelle"),
    Part.OTHERS: gettext_lazy("Schritt von anderen"),
    Part.IMPORTANT: gettext_lazy("Was noch wichtig ist"),
    Part.DATE: gettext_lazy("Termin"),
    Part.BRING: gettext_lazy("Unterlage"),
}


class PrintForm(DeskForm):
    """Language and print; a Schutzvermerk leaves no choice of the print, and the confidential page has one."""

    mark_optional = False

    sprache = forms.ChoiceField(label=gettext_lazy("Sprache neben Deutsch"))
    umfang = forms.ChoiceField(
        label=gettext_lazy("Umfang"),
        choices=[
            ("", gettext_lazy("ohne Aufenthalt, Gesundheit, Namen anderer")),
            (FULL, gettext_lazy("vollständig")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *, asked: "_Asked", confidential: bool) -> None:
        super().__init__(initial={"sprache": asked.language, "umfang": FULL if asked.full else ""})
        self.fields["sprache"].choices = choices.paper_languages()  # type: ignore[attr-defined]
        if confidential or asked.paper.discreet:
            del self.fields["umfang"]


@dataclass(frozen=True)
class _Asked:
    """What the page was asked for: whose paper, in which language, which print."""

    paper: Paper
    of: Of
    language: str
    full: bool
    gathered: Gathered
    chosen: Chosen
    sheet: Sheet


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID, *, confidential: bool = False) -> HttpResponse:
    """How it will be printed, and what is left out; the reduced print unless the full one was chosen. POST prints."""
    if request.method == "POST":
        return _printed(request, person_id, confidential=confidential)
    asked = _asked(request, person_id, request.GET, confidential=confidential)
    context = {
        "asked": asked,
        "sheet": asked.sheet,
        "person_id": person_id,
        "confidential": confidential,
        "form": PrintForm(asked=asked, confidential=confidential),
        "left_out": _counted(asked.chosen.left_out),
        "next_step": None,  # there is no banner on this page
        "addresses": _addresses(case_id, person_id, asked.language, confidential=confidential),
        "may_print": request.access.may_write and not request.access.is_closed,
    }
    head = head_of(request.access, card=asked.paper.card)
    return page_of_case(request, "desk/sheet.html", context, head=head, title=_("Zum Mitnehmen"))


def _printed(request: DeskRequest, person_id: UUID, *, confidential: bool) -> HttpResponse:
    """The PDF, and a line of the register; a second click leads back to the page."""
    asked = _asked(request, person_id, request.POST, confidential=confidential)
    unset = _("Auf dem Blatt steht ein Schriftzeichen, das unsere Schriften nicht haben. Bitte schreiben Sie den Text für das Blatt in lateinischen Buchstaben.")
    content = as_pdf("take_along", asked.sheet.data(), unset=unset)
    one = prints.Print(asked.language, asked.full, confidential, asked.sheet.drafted)
    prints.printed(request.access.case, person_id, one, by=request.actor, on=request.today, at=request.at)
    # Our own paper, not somebody's file: it may open in the browser, from where it is printed.
    headers = {**FILE_HEADERS, "Content-Disposition": 'inline; filename="mein-blatt.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _asked(request: DeskRequest, person_id: UUID, said: Mapping[str, Any], *, confidential: bool) -> _Asked:
    case = request.access.case
    person = person_here(case, person_id)
    paper = on_paper(case, person, on=request.today)
    wanted = said.get("sprache", "")
    language = wanted if wanted in LANGUAGES else paper_language(person.languages)
    # On the confidential page it stands alone, and she knows what she prints; a Schutzvermerk goes before all.
    full = (confidential or said.get("umfang") == FULL) and not paper.discreet
    of = Of(person_id, confidential=confidential)
    found = gathered(case, person_id, of=of, language=language, now=request.at, today=request.today)
    chosen = found.chosen(full=full, hidden=paper.discreet)
    sheet = laid_out(
        chosen,
        german=words_in(GERMAN),
        other=words_in(language),
        own=found.own_for(full=full, hidden=paper.discreet),
        name="" if paper.card.masked else paper.card.name,
        contact=_contact(request),
        today=request.today,
    )
    return _Asked(paper, of, language, full, found, chosen, sheet)


def _contact(request: DeskRequest) -> Contact:
    """Who leads the case, also in a Vertretung: the paper is read for longer than that."""
    known = reached(request.access.case.lead_id)
    return Contact(known.service, known.person, known.phone, known.mail, known.address)


def _counted(left_out: tuple[LeftOut, ...]) -> list[tuple[str, int]]:
    """How many texts stay off, by why: nothing of what they say."""
    counted = {why: sum(one.why is why for one in left_out) for why in Why}
    return [(str(_WHY[why]), number) for why, number in counted.items() if number]


def _addresses(case_id: UUID, person_id: UUID, language: str, *, confidential: bool) -> dict[str, str]:
    side, args = "-confidential" if confidential else "", [case_id, person_id]
    return {
        "show": reverse(f"sheet{side}", args=args),
        "texts": reverse(f"sheet-texts{side}", args=[*args, language]),
    }


# ---------- own words and translations ----------


class TextsForm(DeskForm):
    """Each free text with its wording for the paper and its translation; the worker's own number."""

    phone = Text(
        label=gettext_lazy("Ihre Telefonnummer auf dem Blatt"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Gilt für alle Blätter, die Sie drucken."),
    )

    def __init__(self, *args: Any, texts: list["_Text"], language: str, own_phone: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.texts = texts
        for text in texts:
            self.fields[text.name("de")] = Text(
                label=_("Text auf dem Blatt (Deutsch)"),
                max_length=2000,
                initial=text.saying.german,
                required=False,
                widget=_widget(text.saying.original, {}),
            )
            if language != GERMAN:
                self.fields[text.name("uebersetzung")] = Text(
                    label=_("Übersetzung (%(language)s)") % {"language": name_of_language(language)},
                    max_length=2000,
                    initial=text.translation,
                    required=False,
                    widget=_widget(
                        text.saying.original, {"lang": language, "dir": "rtl" if LANGUAGES[language].rtl else "ltr"}
                    ),
                )
            if text.is_outdated:
                self.fields[text.name("passt")] = forms.BooleanField(
                    label=_("Die Übersetzung passt auch zum neuen deutschen Text"), required=False
                )
            text.fields = [self[name] for name in self.fields if name.endswith(f"-{text.source}")]
        if not own_phone:
            del self.fields["phone"]

    def worded(self) -> list[actions.Worded]:
        """The values as the verb takes them; an emptied German text is the one of the file."""
        said = self.cleaned_data
        return [
            actions.Worded(
                source=text.source,
                original=text.saying.original,
                german=said[text.name("de")] or text.saying.original,
                words=said.get(text.name("uebersetzung"), ""),
                persons=text.entry.persons,
                holds=said.get(text.name("passt"), False),
            )
            for text in self.texts
        ]


@dataclass
class _Text:
    """One free text on the form: what it is, why it stays off the reduced print, what was written to it."""

    entry: Entry
    saying: Saying
    translation: str
    is_outdated: bool
    why: list[LeftOut]
    names: tuple[str, ...]
    translated_names: tuple[str, ...]
    fields: list[Any]

    @property
    def source(self) -> UUID:
        assert self.saying.source is not None
        return self.saying.source

    @property
    def part(self) -> str:
        return str(_PARTS[self.entry.part])

    @property
    def reasons(self) -> list[str]:
        return [str(_WHY[one.why]) for one in self.why]

    def name(self, field: str) -> str:
        return f"{field}-{self.source}"


def _widget(german: str, attrs: dict[str, str]) -> forms.Widget:
    """One line for what is one line: there may be thirty of them."""
    if len(german) <= ONE_LINE and "\n" not in german:
        return forms.TextInput(attrs=attrs)
    return forms.Textarea(attrs={"rows": 3, **attrs})


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def texts(
    request: DeskRequest, case_id: UUID, person_id: UUID, language: str, *, confidential: bool = False
) -> HttpResponse:
    """What was written freely: another German wording for the paper, the translation, and what keeps it off."""
    if language not in LANGUAGES:
        raise NotFound
    person = person_here(request.access.case, person_id)
    found = gathered(
        request.access.case, person_id, of=Of(person_id, confidential=confidential),
        language=language, now=request.at, today=request.today,
    )  # fmt: skip
    kept, own_phone = kept_draft(request), str(request.access.case.lead_id) == request.actor.membership_id
    shown = _texts(found, language)
    phone = reached(request.access.case.lead_id).phone
    form = TextsForm(
        request.POST or None,
        initial={"phone": phone, **_drafted(kept, request)},
        texts=shown, language=language, own_phone=own_phone,
    )  # fmt: skip
    where = _addresses(case_id, person_id, language, confidential=confidential)
    back = f"{where['show']}?sprache={language}"
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep(
                request.access.case, form.worded(), language=language, confidential=confidential,
                seen=request.POST.get("version", ""), by=request.actor, at=request.at,
            )  # fmt: skip
            if own_phone and form.cleaned_data["phone"] != phone:
                keep_phone(form.cleaned_data["phone"], by=request.actor)
            messages.success(request, _("Die Texte für das Blatt sind gesichert."))
            return HttpResponseRedirect(back, status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "texts": shown, "kept": kept, "back": back, "language": language,
        "version": _seal_shown(found, kept, request), "confidential": confidential,
    }  # fmt: skip
    head, status = personal_head(request, person), 422 if form.errors else 200
    return page_of_case(
        request, "desk/sheet_texts.html", context, head=head, title=_("Texte für das Blatt"), status=status
    )


def _texts(found: Gathered, language: str) -> list[_Text]:
    off: dict[UUID | None, list[LeftOut]] = {}
    for one in found.chosen(full=False, hidden=False).left_out:
        off.setdefault(one.saying.source, []).append(one)
    shown = []
    for entry, saying in found.free_texts():
        why = off.get(saying.source, [])
        german, words = found.own.get((saying.source, language), ("", "")) if language != GERMAN else ("", "")  # type: ignore[arg-type]
        shown.append(
            _Text(
                entry=entry,
                saying=saying,
                translation=words,
                is_outdated=bool(words) and german != saying.german,
                why=why,
                names=tuple(dict.fromkeys(name for one in why for name in one.names)),
                translated_names=names_in(words, found.people),
                fields=[],
            )
        )
    return shown


def _drafted(kept: Any, request: DeskRequest) -> dict[str, object]:
    """The draft's values; the fields are made per text, so the form's own list does not know them."""
    if kept is None or request.GET.get("entwurf") != "weiter":
        return {}
    plain = initial_of(TextsForm, kept, request)
    names = ("de-", "uebersetzung-", "passt-")
    return {**plain, **{name: values[-1] for name, values in kept.values.items() if name.startswith(names) and values}}


def _seal_shown(found: Gathered, kept: Any, request: DeskRequest) -> str:
    """What the form was filled from; a draft goes on from its own."""
    if request.method == "POST":
        return str(request.POST.get("version", ""))
    if kept is not None and request.GET.get("entwurf") == "weiter":
        return str((kept.values.get("version") or [""])[-1])
    return seal(found.own)


_BELOW = "faelle/<uuid:case_id>/personen/<uuid:person_id>/"
_CONFIDENTIAL = {"confidential": True}
urlpatterns = [
    path(f"{_BELOW}blatt/", show, name="sheet"),
    path(f"{_BELOW}blatt/texte/<slug:language>/", texts, name="sheet-texts"),
    path(f"{_BELOW}vertraulich/blatt/", show, _CONFIDENTIAL, name="sheet-confidential"),
    path(f"{_BELOW}vertraulich/blatt/texte/<slug:language>/", texts, _CONFIDENTIAL, name="sheet-texts-confidential"),
]
