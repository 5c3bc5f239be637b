"""Erklärungen einer Person: prepared, printed, signed, ended; what only a consent has is in `declaration_consents`."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of, person_here, person_in
from faden.cases.queries.timeline import Of
from faden.consents.queries.form_texts import texts
from faden.consents.queries.receipts import pair_of, resting_on
from faden.consents.rules.declarations import Born
from faden.consents.vocabulary import DeclarationEnd, DeclarationState, FormKind
from faden.desk.declaration_forms import ConsentForm, HowFields, PowerForm, SecrecyForm
from faden.desk.declaration_paper import as_pdf
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.facts import personal_head
from faden.desk.forms import initial_of, kept_draft
from faden.desk.paper_forms import never_arrived, sent_files
from faden.desk.shell import case_page
from faden.desk.signed_forms import EndForm, SignedForm
from faden.documents.actions import forms as actions
from faden.documents.actions import papers
from faden.documents.queries import forms as queries
from faden.documents.queries.forms import FormRow
from faden.documents.rules.described import Described
from faden.documents.rules.words import GERMAN, paper_language
from faden.documents.vocabulary import PaperKind
from faden.doors.downloads import attachment
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.queries.recipients import recipients
from faden.organisations.vocabulary import Permission

BADGES = {
    DeclarationState.WAITING: "warning",
    DeclarationState.STANDING: "success",
    DeclarationState.EXPIRED: "info",
    DeclarationState.ENDED: "info",
    DeclarationState.NOT_SIGNED: "info",
}


# ---------- lists ----------


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Of everybody in the case; nothing confidential."""
    return _list(request, Of(), _("Erklärungen"), person=None)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's."""
    person = person_in(request.access.case, person_id)
    return _list(request, Of(person_id), _("Erklärungen"), person=person)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Those of her vertraulicher Faden."""
    person = person_in(request.access.case, person_id)
    return _list(request, Of(person_id, confidential=True), _("Vertraulicher Faden: Erklärungen"), person=person)


def _list(request: DeskRequest, of: Of, title: str, *, person: Any) -> HttpResponse:
    case = request.access.case
    rows = queries.declarations_in(case, of=of, on=request.today)
    here = [member for member in members_of(case) if member.is_here]
    names = {member.person_id: member.card.name for member in here}
    context = {
        "rows": [(row, BADGES[row.said.state], names.get(row.said.person_id, "")) for row in rows],
        "people": [m for m in here if person is None or m.person_id == person.id],
        "several": person is None and len(here) > 1,
        "may_print": person is not None and any(row.said.is_waiting for row in rows),
        "person": person,
        "confidential": of.confidential,
        "sheets": _query(_asked_sheets(request)),
        "onward": onward(request),
    }
    head = personal_head(request, person) if person else head_of(request.access)
    return case_page(request, "desk/declarations.html", context, head=head, title=title)


def _asked_sheets(request: DeskRequest) -> list[UUID]:
    """?blatt=…: the sheets just made ready; anything that is no id is passed over."""
    found = []
    for typed in request.GET.getlist("blatt")[:20]:
        try:
            found.append(UUID(typed))
        except ValueError:
            continue
    return found


def onward(request: DeskRequest) -> str:
    """?weiter=…: the page of this case from which a consent was asked for; any other address is none."""
    typed, here = request.GET.get("weiter", ""), f"/faelle/{request.access.case.id}/"
    return typed if typed.startswith(here) and typed.isprintable() and "\\" not in typed else ""


def _query(sheets: Iterable[UUID], weiter: str = "") -> str:
    asked = [("blatt", str(sheet)) for sheet in sheets]
    return urlencode([*asked, ("weiter", weiter)] if weiter else asked)


# ---------- prepare and print ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def power(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """A new Vollmacht."""
    return _new(request, person_id, PowerForm, _("Neue Vollmacht"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def secrecy(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """A new Entbindung von der Schweigepflicht."""
    return _new(request, person_id, SecrecyForm, _("Neue Entbindung von der Schweigepflicht"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def consent(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """A new Einwilligung in eine Weitergabe, with the release of our staff; ?an= and ?zweck= say what it is for."""
    found = recipients(but=request.actor.organisation_id)
    return _new(request, person_id, ConsentForm, _("Neue Einwilligung"), recipients=found)


def _new(
    request: DeskRequest, person_id: UUID, form_class: type[HowFields], title: str, **more: Any
) -> HttpResponse:
    case, kept = request.access.case, kept_draft(request)
    person, head = person_here(case, person_id), head_of(request.access)
    form = form_class(
        request.POST or None,
        texts=texts(),
        around=queries.around(case, person_id, on=request.today),
        minor=Born(person.birth_earliest, person.birth_latest).may_be_minor(request.today),
        family=head.is_family,
        today=request.today,
        initial={**_begin(request, person), **initial_of(form_class, kept, request)},
        **more,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _prepare(form, case=case, person=person, by=request.actor, at=request.at)
            messages.success(request, _("Vorbereitet. Es gilt erst, wenn es unterschrieben ist."))
            sheets = [form.id for form in made]
            return _to_list(case.id, person_id, confidential=made[0].confidential, sheets=sheets, weiter=onward(request))
        except Invalid as error:
            form.take_error(error)
    back = onward(request) or reverse("person-declarations", args=[case.id, person_id])
    context = {"form": form, "kept": kept, "person": person, "is_consent": form.kind == FormKind.CONSENT, "back": back}
    head, status = personal_head(request, person), 422 if form.errors else 200
    return case_page(request, "desk/declaration_form.html", context, head=head, title=title, status=status)


def _begin(request: DeskRequest, person: Any) -> dict[str, object]:
    """Her language, and the worker with her team."""
    spoken = [person.interpreter_language, *person.languages]
    language = paper_language(code for code in spoken if code)
    worker = {"name": request.access.case.lead.name, "service": request.actor.organisation_name}
    with translation.override("de"):  # it is printed in the German text
        deputies = _("%(name)s, in Vertretung das Team: %(service)s") % worker
    return {
        "shown_language": "" if language == GERMAN else language,
        "deputies": deputies[:200],
        "confidential": "vertraulich" in request.GET,
        "recipient": request.GET.get("an", ""),
        "purpose": request.GET.get("zweck", "")[:200],
    }


def _prepare(form: Any, **more: Any) -> tuple[Any, ...]:
    """The sheets that are to be printed together."""
    more["confidential"] = form.confidential_chosen
    if form.kind == FormKind.POWER:
        return (actions.prepare_power(form.power(), form.how(), **more),)
    if form.kind == FormKind.CONSENT:
        return actions.prepare_consent(form.sharing(), form.how(), **more)
    return (actions.prepare_release(form.release(), form.how(), **more),)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def make_sheets(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The sheets of the chosen declarations, made anew where they said ENTWURF; then the list offers the PDF."""
    case, chosen = request.access.case, _chosen(request)
    rows = [queries.declaration_in(case, person_id, declared_id, on=request.today) for declared_id in chosen]
    if not rows:
        messages.info(request, _("Bitte wählen Sie, was gedruckt werden soll."))
        return _to_list(case_id, person_id, confidential="vertraulich" in request.POST, sheets=[])
    sheets = [actions.sheet_for(actions.form_of(case, row.form_id), by=request.actor, at=request.at) for row in rows]
    return _to_list(case_id, person_id, confidential=rows[0].confidential, sheets=[sheet.id for sheet in sheets])


def _chosen(request: DeskRequest) -> list[UUID]:
    try:
        return [UUID(typed) for typed in request.POST.getlist("erklaerung")[:20]]
    except ValueError:
        raise NotFound(_("Diese Erklärung gibt es hier nicht.")) from None


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def sheets(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The PDF: each declaration on pages of its own."""
    person_in(request.access.case, person_id)
    content = as_pdf(queries.prints(request.access.case, person_id, _asked_sheets(request)))
    # No number and no name: it lies in a folder of downloads.
    return attachment(content, kind="application/pdf", name="Erklaerungen.pdf")


# ---------- one declaration ----------


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID, declared_id: UUID) -> HttpResponse:
    """What it says, how far it is, what can be done."""
    person, row = one_of(request, person_id, declared_id)
    consent_id, belonging = pair_of(row.said.kind, declared_id, on=request.today)
    context = {
        "badge": BADGES[row.said.state],
        "belonging": [(one, BADGES[one.state]) for one in belonging],
        "carries": row.said.is_standing and any(one.is_standing for one in belonging),
        "resting": resting_on(consent_id, on=request.today) if consent_id else [],
    }
    return page_of(request, "desk/declaration.html", context, person, row)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def signed(request: DeskRequest, case_id: UUID, person_id: UUID, declared_id: UUID) -> HttpResponse:
    """Back with signatures; with a scan, if there is one."""
    person, row = one_of(request, person_id, declared_id)
    kept, said = kept_draft(request), row.said
    _consent_id, others = pair_of(said.kind, declared_id, on=request.today)
    begin = {
        "signed_on": request.today,
        "interpreter_name": said.interpreter_name,
        "interpreter_language": said.interpreter_language or {"ku": "kmr"}.get(said.shown_language, said.shown_language),
        "interpreter_obliged_on": said.interpreter_obliged_on,
        # Both sheets were signed at one table.
        **next((one.interpreter for one in others if one.interpreter), {}),
    }
    form = SignedForm(
        request.POST or None, request.FILES or None, is_back=row.returned_at is not None,
        needs_interpreter=said.needs_interpreter, is_consent=said.is_consent,
        initial={**begin, **initial_of(SignedForm, kept, request)},
    )  # fmt: skip
    if "uploads" in form.fields:
        never_arrived(form, request)
    if request.method == "POST" and form.is_valid():
        try:
            _sign(request, form, row)
            is_half = any(one.is_waiting for one in others)
            messages.success(request, _("Unterschrift notiert.") if is_half else _("Die Erklärung gilt ab jetzt."))
            return _to_one(request, person_id, declared_id)
        except Invalid as error:
            form.take_error(error)
    return page_of(request, "desk/declaration_signed.html", {"form": form, "kept": kept}, person, row)


def _sign(request: DeskRequest, form: SignedForm, row: FormRow) -> None:
    case, by, at = request.access.case, request.actor, request.at
    sheet = actions.form_of(case, row.form_id)
    # First the signature: a refused one leaves no paper behind.
    actions.signed(sheet, form.signing(), by=by, at=at)
    if files := sent_files(form):
        with translation.override("de"):  # stored as it is written
            title = f"{row.said.kind.label}: {row.said.to}"[:200]
        described = Described(
            PaperKind.SIGNED, title=title, dated_on=form.cleaned_data["signed_on"],
            valid_until=row.said.valid_until, received_on=request.today, original=form.cleaned_data["original"],
        )  # fmt: skip
        about = About((row.said.person_id,), row.confidential)
        paper = papers.take(case, described=described, files=files, about=about, by=by, at=at)
        actions.returned(sheet, paper=paper, by=by, at=at)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, person_id: UUID, declared_id: UUID) -> HttpResponse:
    """Revoked, done, or not signed after all."""
    person, row = one_of(request, person_id, declared_id)
    form = EndForm(
        request.POST or None, is_signed=row.said.signed_on is not None, initial={"ended_on": request.today}
    )
    consent_id, _belonging = pair_of(row.said.kind, declared_id, on=request.today)
    resting = [one for one in resting_on(consent_id, on=request.today) if one.is_open] if consent_id else []
    if request.method == "POST" and form.is_valid():
        because = DeclarationEnd(form.cleaned_data["because"])
        try:
            actions.ended(
                actions.form_of(request.access.case, row.form_id), because, ended_on=form.cleaned_data["ended_on"],
                by=request.actor, at=request.at,
            )  # fmt: skip
            messages.success(request, _told(row, because))
            if consent_id and because != DeclarationEnd.NOT_SIGNED:
                where = [request.access.case.id, person_id, declared_id]
                return HttpResponseRedirect(reverse("consent-receipt", args=where), status=303)
            return _to_one(request, person_id, declared_id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "consent_id": consent_id, "resting": resting}
    return page_of(request, "desk/declaration_end.html", context, person, row)


def _told(row: FormRow, because: DeclarationEnd) -> str:
    """Where the office has to learn of it too."""
    if because == DeclarationEnd.NOT_SIGNED:
        return _("Notiert: nicht unterschrieben.")
    if row.said.is_power:
        return _("Die Vollmacht ist beendet. Für die Stelle gilt das erst, wenn sie es erfährt: Bitte schreiben Sie ihr.")
    if row.said.kind == FormKind.SECRECY:
        return _("Die Entbindung ist beendet. Bitte sagen Sie der Stelle Bescheid, dass sie nichts mehr mitteilen darf.")
    return _("Beendet. Was darauf hinausgegangen war, ist in diesem Augenblick geschlossen; der Beleg sagt, was daraus wurde.")


def one_of(request: DeskRequest, person_id: UUID, declared_id: UUID) -> tuple[Any, FormRow]:
    """Whose it is, and how it stands with its newest sheet."""
    person = person_in(request.access.case, person_id)
    return person, queries.declaration_in(request.access.case, person_id, declared_id, on=request.today)


def page_of(request: DeskRequest, template: str, context: dict[str, Any], person: Any, row: FormRow) -> HttpResponse:
    """A page about one declaration, below its person."""
    title = f"{row.said.kind.label}: {row.said.to}"
    form = context.get("form")
    return case_page(
        request, template, {"row": row, "said": row.said, "person": person, **context},
        head=personal_head(request, person), title=title, status=422 if form is not None and form.errors else 200,
    )  # fmt: skip


def _to_list(
    case_id: UUID, person_id: UUID, *, confidential: bool, sheets: Iterable[UUID], weiter: str = ""
) -> HttpResponse:
    name = "person-declarations-confidential" if confidential else "person-declarations"
    return HttpResponseRedirect(f"{reverse(name, args=[case_id, person_id])}?{_query(sheets, weiter)}", status=303)


def _to_one(request: DeskRequest, person_id: UUID, declared_id: UUID) -> HttpResponse:
    where = [request.access.case.id, person_id, declared_id]
    return HttpResponseRedirect(reverse("declaration", args=where), status=303)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/"
_ALL, _ONE = f"{_PERSON}erklaerungen/", f"{_PERSON}erklaerungen/<uuid:declared_id>/"
urlpatterns = [
    path("faelle/<uuid:case_id>/erklaerungen/", of_case, name="declarations"),
    path(_ALL, of_person, name="person-declarations"),
    path(f"{_PERSON}vertraulich/erklaerungen/", of_person_confidential, name="person-declarations-confidential"),
    path(f"{_ALL}vollmacht/", power, name="power-new"),
    path(f"{_ALL}schweigepflicht/", secrecy, name="secrecy-new"),
    path(f"{_ALL}einwilligung/", consent, name="consent-new"),
    path(f"{_ALL}drucken/", make_sheets, name="declaration-sheets-make"),
    path(f"{_ALL}blaetter/", sheets, name="declaration-sheets"),
    path(_ONE, show, name="declaration"),
    path(f"{_ONE}unterschrift/", signed, name="declaration-signed"),
    path(f"{_ONE}ende/", end, name="declaration-end"),
]
