"""Briefe eines Falles: begonnen mit einem Text, weitergeschrieben, als PDF oder Word, abgesandt mit Grund und Weg."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import CaseHead, head_of
from faden.cases.queries.members import members_of, person_in
from faden.cases.queries.timeline import Of
from faden.desk.about import initial_about, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import personal_head
from faden.desk.forms import BareForm, initial_of, kept_draft, version_sent, version_shown
from faden.desk.letter_forms import LetterForm, SendForm
from faden.desk.shell import case_page, page_number
from faden.documents.actions import letters as actions
from faden.documents.actions.letter_templates import filled
from faden.documents.actions.letters import AsSent
from faden.documents.queries import letters as queries
from faden.documents.queries.forms import standing_for
from faden.documents.queries.letter_sheets import sheet_of
from faden.documents.queries.letter_templates import content_of_template, offered_templates
from faden.documents.queries.letter_texts import kind_of_letter, text_of
from faden.documents.queries.letter_values import enclosed_with, hidden_note, values_of_letter, written
from faden.documents.rules.letter_fields import blocks, gaps
from faden.documents.rules.words import LANGUAGES
from faden.documents.vocabulary import FileKind, LetterGround, LetterState
from faden.doors.downloads import FILE_HEADERS
from faden.kernel.errors import Invalid
from faden.look.papers import as_pdf
from faden.organisations.queries.services import offices
from faden.organisations.vocabulary import Kind, Permission

NAME = "brief"


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def index(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """All letters of the case but those of a vertraulicher Faden."""
    return _list(request, Of(), head=head_of(request.access), title=_("Briefe"), about="")


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Those about one person."""
    head = personal_head(request, person_in(request.access.case, person_id))
    title = _("Briefe: %(name)s") % {"name": head.card.name}
    return _list(request, Of(person_id), head=head, title=title, about=f"?person={person_id}")


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Those of her vertraulicher Faden."""
    head = personal_head(request, person_in(request.access.case, person_id))
    title = _("Vertraulicher Faden: Briefe")
    return _list(request, Of(person_id, confidential=True), head=head, title=title, about=f"?person={person_id}&vertraulich=1")


def _list(request: DeskRequest, of: Of, *, head: CaseHead, title: str, about: str) -> HttpResponse:
    shown = queries.letters_of(request.access.case, of, page=page_number(request))
    context = {"page": shown, "about": about, "names_people": head.is_family and of.person is None}
    return case_page(request, "desk/letters.html", context, head=head, title=title)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def choose(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """What the letter begins with; in a family first whom it is about."""
    person, members = request.GET.get("person", ""), members_for(request)
    if len(members) == 1:
        person = str(members[0].person_id)
    context = {
        "texts": queries.choices_of_texts(),
        "members": [(str(member.person_id), member.card.name) for member in members],
        "person": person if person in {str(member.person_id) for member in members} else "",
        "confidential": "vertraulich" in request.GET,
    }
    return case_page(request, "desk/letter_choose.html", context, head=head_of(request.access), title=_("Neuer Brief"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def write(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """A draft, from a text of Faden (?text=sachstand&person=…) or from nothing."""
    case, head, members, kept = request.access.case, head_of(request.access), members_for(request), kept_draft(request)
    code = request.GET.get("text", "")
    text = text_of(code) if code else None
    persons = [m.person_id for m in members if str(m.person_id) == request.GET.get("person") or len(members) == 1]
    begun = {}
    if text and request.method == "GET":
        words = written(case, code, persons, by=request.actor, on=request.today)
        begun = {"subject": words.subject, "body": words.body}
    form = LetterForm(
        request.POST or None,
        members=members,
        templates=offered_templates(),
        initial={**begun, **preset_about(request), **initial_of(LetterForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            letter = actions.draft(case, planned=form.planned(shipped_code=code), by=request.actor, at=request.at)
            messages.success(request, _("Der Entwurf ist gespeichert. Hinausgegangen ist noch nichts."))
            return _to(letter.case_id, letter.id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "text": text,
        "powers": standing_for(case, persons, confidential="vertraulich" in request.GET, on=request.today).powers,
        "offices": _offices(request, head),
        "back": reverse("letter-new", args=[case_id]) + (f"?person={persons[0]}" if persons else ""),
    }
    title = text.title if text else _("Freier Brief")
    status = 422 if form.errors else 200
    return case_page(request, "desk/letter_form.html", context, head=head, title=title, status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """Go on writing; a letter that was sent leads to its line of the register."""
    letter, kept = queries.letter_of(request.access.case, letter_id), kept_draft(request)
    if letter.state != LetterState.DRAFT:
        return _to(case_id, letter_id)
    names = ("recipient", "address", "reference", "subject", "body", "language")
    said = {name: getattr(letter, name) for name in names} | {"template": str(letter.template_id or "")}
    head, templates = head_of(request.access), offered_templates()
    if letter.template and letter.template_id and letter.template_id not in {key for key, _title in templates}:
        templates.append((letter.template_id, letter.template.title))
    form = LetterForm(
        request.POST or None,
        members=members_of(request.access.case),
        templates=templates,
        initial={**said, **initial_about(letter), **initial_of(LetterForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.change(letter, form.planned(), seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Der Entwurf ist gespeichert. Hinausgegangen ist noch nichts."))
            return _to(case_id, letter_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "text": text_of(letter.shipped_code) if letter.shipped_code else None,
        "version": version_shown(letter.version, kept, request),
        "powers": queries.grounds_for(letter, on=request.today).powers,
        "offices": _offices(request, head),
        "back": reverse("letter", args=[case_id, letter_id]),
    }
    status = 422 if form.errors else 200
    return case_page(request, "desk/letter_form.html", context, head=head, title=_("Entwurf bearbeiten"), status=status)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """The letter as it stands; what was sent with its ground, way and file."""
    letter = queries.letter_of(request.access.case, letter_id)
    members = {member.person_id: member.card.name for member in members_of(request.access.case)}
    context = {
        "letter": letter,
        "kind": kind_of_letter(letter.shipped_code),
        "blocks": blocks(letter.body or ""),
        "is_rtl": letter.language in LANGUAGES and LANGUAGES[letter.language].rtl,
        "gaps": gaps(letter.subject, letter.body or ""),
        "is_draft": letter.state == LetterState.DRAFT,
        "ground": queries.ground_label(letter.ground),
        "way": queries.way_label(letter.way),
        "about_names": [members[person] for person in letter.persons if person in members],
        "writer": queries.writer_of(letter),
        "hidden_note": hidden_note(letter),
    }
    return case_page(request, "desk/letter.html", context, head=head_of(request.access), title=kind_of_letter(letter.shipped_code))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def preview(request: DeskRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """The print of a draft. What was sent lies among the papers, as it went out."""
    letter = queries.letter_of(request.access.case, letter_id)
    if letter.state != LetterState.DRAFT:
        return _to(case_id, letter_id)
    # Our own paper, not somebody's file: it may open in the browser.
    return _file(_pdf(request, letter, on=request.today), FileKind.PDF, f"{NAME}.pdf", as_attachment=False)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def in_word(request: DeskRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """The office's template with this letter in it, to be finished in Word."""
    letter = queries.letter_of(request.access.case, letter_id)
    if letter.state != LetterState.DRAFT or letter.template is None:
        return _to(case_id, letter_id)
    return _file(_docx(request, letter, on=request.today), FileKind.DOCX, f"{NAME}.docx")


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def send(request: DeskRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """Record that it goes out; nothing is sent by Faden itself."""
    letter, kept = queries.letter_of(request.access.case, letter_id), kept_draft(request)
    if letter.state != LetterState.DRAFT:
        return _to(case_id, letter_id)
    has_template = letter.template is not None
    form = SendForm(
        request.POST or None,
        request.FILES or None,
        grounds=queries.grounds_for(letter, on=request.today),
        has_template=has_template,
        initial={"sent_on": request.today, "as_sent": "pdf", **initial_of(SendForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            sending = form.sending()
            sent = _as_sent(request, letter, form, on=sending.on)
            seen = version_sent(request)
            actions.send(letter, sending, sent, seen_version=seen, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Brief steht im Briefregister. Die Datei liegt bei den Dokumenten."))
            return _to(case_id, letter_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "letter": letter,
        "version": letter.version,
        "gaps": gaps(letter.subject, letter.body or ""),
        "persons": letter.persons,
        "fields": [form[name] for name in form.fields],
    }
    status = 422 if form.errors else 200
    return case_page(request, "desk/letter_send.html", context, head=head_of(request.access), title=_("Absenden"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def discard(request: DeskRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    letter = queries.letter_of(request.access.case, letter_id)
    if letter.state != LetterState.DRAFT:
        return _to(case_id, letter_id)
    form = BareForm(request.POST or None)
    if request.method == "POST":
        try:
            actions.discard(letter, seen_version=version_sent(request), by=request.actor, at=request.at)
            messages.success(request, _("Der Entwurf ist gelöscht."))
            return HttpResponseRedirect(reverse("letters", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "letter": letter, "version": letter.version}
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/letter_discard.html", context, head=head_of(request.access), title=_("Entwurf verwerfen"), status=status
    )


def _as_sent(request: DeskRequest, letter: Any, form: SendForm, *, on: date) -> AsSent:
    """The very bytes that go out; without a number on them where they must not say whose case it is."""
    kind = form.cleaned_data["as_sent"]
    ground = form.cleaned_data["ground"]
    with_number, enclosed = ground != LetterGround.NO_PERSON, enclosed_with(ground)
    if kind == "file":
        sent = form.cleaned_data["file"]
        return AsSent(kind, sent.name, sent.read())
    if kind == "word":
        return AsSent(kind, f"{NAME}.docx", _docx(request, letter, on=on, with_number=with_number, enclosed=enclosed))
    return AsSent(kind, f"{NAME}.pdf", _pdf(request, letter, on=on, with_number=with_number, enclosed=enclosed))


def _pdf(request: DeskRequest, letter: Any, *, on: date, with_number: bool = True, enclosed: str = "") -> bytes:
    """Signed by who works on it; who only reads it sees the name of who wrote it."""
    signer = request.actor.user_name if request.access.may_write else queries.writer_of(letter)
    data = sheet_of(letter, on=on, signer=signer, by=request.actor, with_number=with_number, enclosed=enclosed)
    unset = _("Im Brief steht ein Schriftzeichen, das unsere Schriften nicht haben. Bitte schreiben Sie es in lateinischen Buchstaben, oder machen Sie den Brief in Word fertig.")
    return as_pdf("letter", data, unset=unset)


def _docx(request: DeskRequest, letter: Any, *, on: date, with_number: bool = True, enclosed: str = "") -> bytes:
    assert letter.template_id is not None and letter.template is not None
    wanted = letter.template.fields
    values = values_of_letter(letter, wanted=wanted, by=request.actor, on=on, with_number=with_number, enclosed=enclosed)
    return filled(content_of_template(letter.template_id), values.all)


def _file(content: bytes, kind: FileKind, name: str, *, as_attachment: bool = True) -> HttpResponse:
    disposition = str(content_disposition_header(as_attachment=as_attachment, filename=name))
    return HttpResponse(content, content_type=kind.value, headers={**FILE_HEADERS, "Content-Disposition": disposition})


def _offices(request: DeskRequest, head: CaseHead) -> list[str]:
    """Names of offices to pick a recipient from, those of the person's town first: where a town may be told."""
    ags = "" if head.masked else request.access.case.person.municipality_id or ""
    return [office.name for office in offices(list(Kind), ags=ags, on=request.today)]


def _to(case_id: UUID, letter_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("letter", args=[case_id, letter_id]), status=303)


_CASE = "faelle/<uuid:case_id>"
_LETTER = f"{_CASE}/briefe/<uuid:letter_id>"
urlpatterns = [
    path(f"{_CASE}/briefe/", index, name="letters"),
    path(f"{_CASE}/briefe/neu/", choose, name="letter-new"),
    path(f"{_CASE}/briefe/neu/schreiben/", write, name="letter-write"),
    path(f"{_LETTER}/", show, name="letter"),
    path(f"{_LETTER}/bearbeiten/", change, name="letter-change"),
    path(f"{_LETTER}/pdf/", preview, name="letter-pdf"),
    path(f"{_LETTER}/word/", in_word, name="letter-word"),
    path(f"{_LETTER}/senden/", send, name="letter-send"),
    path(f"{_LETTER}/verwerfen/", discard, name="letter-discard"),
    path(f"{_CASE}/personen/<uuid:person_id>/briefe/", of_person, name="person-letters"),
    path(f"{_CASE}/personen/<uuid:person_id>/vertraulich/briefe/", of_person_confidential, name="person-letters-confidential"),
]
