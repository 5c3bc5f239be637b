"""Anfragen an die Behörde: ticked, looked at as the office will read it, sent; what came back, and the receipt."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel
from faden.desk.door import DeskRequest, Sees, asks, edits, reads
from faden.desk.facts import head_about
from faden.desk.forms import kept_draft, left_in, version_left, version_sent
from faden.desk.here import Here
from faden.desk.office_request_forms import HeardForm, ReceiptForm, RequestForm
from faden.desk.shell import case_page
from faden.doors.downloads import attachment
from faden.doors.residence_forms import language
from faden.kernel.errors import Invalid, NotFound
from faden.kernel.rehearsal import rehearsed
from faden.look.papers import as_pdf
from faden.organisations.vocabulary import Permission
from faden.referrals.queries.grounds import consents_in
from faden.referrals.queries.telling import sender
from faden.referrals.rules.composing import seal_of
from faden.residence.actions import answers
from faden.residence.actions import requests as actions
from faden.residence.actions.requests import Asked, request_of
from faden.residence.queries.request_sheets import draft_of, sheet_of
from faden.residence.queries.requests import (
    Material,
    RequestRow,
    is_path,
    material,
    offices_for,
    paths_to_choose,
    request_page,
    requests_in,
)
from faden.residence.rules.requests import (
    Caution,
    cautions,
    composed,
    is_naturalisation,
    law_of,
    question,
)
from faden.residence.vocabulary import OfficeAnswerWay, ReceiptKind, RequestKind, RequestState

BADGES = {
    RequestState.SENT: "info",
    RequestState.DOCUMENTS: "warning",
    RequestState.APPOINTMENT: "success",
    RequestState.WILL_CHECK: "info",
    RequestState.NOT_COMPETENT: "danger",
    RequestState.ENDED: "neutral",
}


# ---------- composed, looked at, sent ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """?weg=25b&art=cover: begun from a path. Nothing goes out before somebody has seen just this copy."""
    known = material(request.access.case, person_id, on=request.today)
    form = _form(request, person_id, known)
    if request.method != "POST" or not form.is_valid():
        return _page(request, person_id, form, known, None)
    content = _content(request, form, known)
    try:
        rehearsed(lambda: _send(request, person_id, form, content))
        if "senden" in request.POST and request.POST.get("gesehen") == _seal(form, content):
            made = _send(request, person_id, form, content)
            messages.success(request, _after(form.channel))
            return HttpResponseRedirect(reverse("office-request", args=[case_id, made.id]), status=303)
    except Invalid as error:
        form.take_error(error)
        return _page(request, person_id, form, known, None)
    return _page(request, person_id, form, known, content, changed="senden" in request.POST)


@asks(Sees.CASE, may=Permission.OPEN_CASES)
def draft(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """To talk about on paper before anything is sent; each page says that it is a draft."""
    known = material(request.access.case, person_id, on=request.today)
    form = _form(request, person_id, known)
    if not form.is_valid():
        return _page(request, person_id, form, known, None)
    data = draft_of(_content(request, form, known), form.chosen_office.to, by=request.actor, on=request.today)
    return attachment(as_pdf("office_request", data), kind="application/pdf", name="Entwurf.pdf")


def _form(request: DeskRequest, person_id: UUID, known: Material) -> RequestForm:
    case = request.access.case
    offices = offices_for(case, person_id, but=request.actor.organisation_id, on=request.today)
    wanted = [key for key in request.GET.getlist("weg") if is_path(key)]
    kind = RequestKind.COVER if request.GET.get("art") == RequestKind.COVER else RequestKind.PRELIMINARY
    preset = offices.competent(wanted)
    begun = {"kind": kind, "paths": wanted, "office": preset.key if preset else "", "message": question(kind)}
    consents = consents_in(case, [person_id], on=request.today)
    return RequestForm(
        _typed(request), offices=offices, consents=consents, paths=paths_to_choose(case, person_id, language=language()), lines=known.lines,
        documents=known.documents, initial={**begun, **left_in(RequestForm, request)},
    )  # fmt: skip


def _typed(request: DeskRequest) -> QueryDict | None:
    """What was typed; "statt" makes of a Voranfrage the Begleitschreiben, with all that was ticked."""
    if request.method != "POST":
        return None
    if "statt" not in request.POST:
        return request.POST
    typed = request.POST.copy()
    typed["kind"] = RequestKind.COVER.value
    return typed


def _content(request: DeskRequest, form: RequestForm, known: Material) -> Content:
    from_ = sender(request.actor)
    with translation.override("de"):
        return composed(form.chosen(), known.lines, known.documents, sender=from_.name, contact=from_.contact)


def _send(request: DeskRequest, person_id: UUID, form: RequestForm, content: Content) -> Any:
    chosen = form.chosen()
    asked = Asked(
        chosen.kind, chosen.paths, person_id, form.chosen_office.to, form.channel, content, form.consent_id, form.until, chosen.filed_on
    )
    return actions.send(asked, case=request.access.case, by=request.actor, at=request.at, today=request.today)


def _seal(form: RequestForm, content: Content) -> str:
    """Tells whether the look was at just this, for this office, on this way."""
    return seal_of(content, f"{form.cleaned_data['office']} {form.cleaned_data['way']}")


def _after(channel: Channel) -> str:
    if channel == Channel.INBOX:
        return _("Gesendet. Die Behörde sieht es jetzt in ihrem Postfach.")
    return _("Notiert. Bitte drucken Sie jetzt das Blatt.")


def _page(
    request: DeskRequest, person_id: UUID, form: RequestForm, known: Material, content: Content | None, *, changed: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "kept": kept_draft(request),
        "known": known,
        "offices": form.offices,
        "preset": form.offices.competent(_paths(form)),
        "laws": ", ".join(law_of(key) for key in _paths(form)),
        "person": person_id,
        "content": content,
        "changed": changed,
        "back": reverse("person-together", args=[request.access.case.id, person_id]),
    }
    if content:
        context |= {"seen": _seal(form, content), "cautions": _cautions(request, form, known)}
        # The look was a form of its own: what follows it counts once more.
        context["form_key"] = uuid4()
    context["late"] = known.runs_out if _is_preliminary(form) else None
    status = 422 if form.errors else 200
    title = _("Anfrage an die Behörde")
    return case_page(request, "desk/office_request_new.html", context, head=head_about(request, person_id), title=title, status=status)


def _paths(form: RequestForm) -> list[str]:
    """As the form stands."""
    return [key for key in form["paths"].value() or [] if is_path(key)]


def _is_preliminary(form: RequestForm) -> bool:
    return bool(form["kind"].value() != RequestKind.COVER)


def _cautions(request: DeskRequest, form: RequestForm, known: Material) -> list[Caution]:
    chosen, office = form.chosen(), form.chosen_office
    found = cautions(chosen, known.facts, known.documents, names=known.names_in(chosen.message), on=request.today)
    if not office.fits(chosen.paths):
        wanted = _("Über diesen Weg entscheidet eine Einbürgerungsbehörde.") if is_naturalisation(chosen.paths) else ""
        found.insert(0, Caution("other_office", wanted or _("Über diesen Weg entscheidet eine Ausländerbehörde.")))
    elif office.is_competent is False:
        said = {"name": office.to.name, "town": form.offices.town}
        found.insert(0, Caution("not_competent", _("%(name)s ist heute für %(town)s nicht zuständig.") % said))
    elif office.is_competent is None:
        found.insert(0, Caution("nobody_knows", _("Ob diese Behörde zuständig ist, weiß Faden nicht. Bitte prüfen Sie es selbst.")))
    return found


# ---------- one that was sent ----------


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, office_request_id: UUID) -> HttpResponse:
    """Where it stands, what was sent, what came back."""
    page = request_page(request.access.case, office_request_id, on=request.today)
    context = {
        "page": page,
        "row": page.row,
        "badge": BADGES[page.row.state],
        "readable": page.is_readable(request.today),
        "back": reverse("person-together", args=[case_id, page.row.person_id]),
    }
    return case_page(request, "desk/office_request.html", context, head=head_about(request, page.row.person_id), title=page.row.title)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def sheet(request: DeskRequest, case_id: UUID, office_request_id: UUID) -> HttpResponse:
    """What went out, to print."""
    data = sheet_of(request.access.case, office_request_id, by=request.actor, on=request.today)
    # No number and no name: it lies in a folder of downloads.
    return attachment(as_pdf("office_request", data), kind="application/pdf", name="Anfrage.pdf")


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def answer(request: DeskRequest, case_id: UUID, office_request_id: UUID) -> HttpResponse:
    """Antwort nachtragen: it does the same as one that comes by itself."""
    asked = request_of(request.access.case, office_request_id)
    if request_page(request.access.case, office_request_id, on=request.today).row.is_over:
        raise NotFound(_("Diese Anfrage ist beendet."))
    form = HeardForm(request.POST or None, initial={"said_on": request.today, **left_in(HeardForm, request)})
    back = reverse("office-request", args=[case_id, office_request_id])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            answers.note(
                asked, form.said(), said_on=values["said_on"], way=OfficeAnswerWay(values["way"]), said_by=values["said_by"],
                by=request.actor, at=request.at,
            )  # fmt: skip
            messages.success(request, _("Notiert. Was jetzt zu tun ist, steht als Schritt in der Kette."))
            return HttpResponseRedirect(back, status=303)
        except Invalid as error:
            form.take_error(error)
    return _form_page(request, asked, form, title=_("Antwort nachtragen"), back=back)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def receipt(request: DeskRequest, case_id: UUID, office_request_id: UUID) -> HttpResponse:
    """By what it is shown that the application arrived."""
    asked = request_of(request.access.case, office_request_id)
    begun = {"receipt": asked.receipt, "receipt_on": asked.receipt_on or asked.filed_on}
    form = ReceiptForm(request.POST or None, initial={**begun, **left_in(ReceiptForm, request)})
    back = reverse("office-request", args=[case_id, office_request_id])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.note_receipt(
                asked, ReceiptKind(values["receipt"]), on=values["receipt_on"], seen_version=version_sent(request),
                by=request.actor, at=request.at, today=request.today,
            )  # fmt: skip
            messages.success(request, _("Notiert. Bewahren Sie den Beleg auf, am besten auch hier unter „Dokumente“."))
            return HttpResponseRedirect(back, status=303)
        except Invalid as error:
            form.take_error(error)
    return _form_page(request, asked, form, title=_("Eingang belegen"), back=back)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, office_request_id: UUID) -> HttpResponse:
    """She does not want it any more; the page says first what that changes."""
    asked = request_of(request.access.case, office_request_id)
    back = reverse("office-request", args=[case_id, office_request_id])
    if request.method == "POST":
        actions.withdraw(asked, seen_version=version_sent(request), by=request.actor, at=request.at)
        messages.success(request, _("Zurückgezogen."))
        return HttpResponseRedirect(back, status=303)
    context = {"page": request_page(request.access.case, office_request_id, on=request.today), "version": asked.version, "back": back}
    title = _("Anfrage zurückziehen")
    return case_page(request, "desk/office_request_end.html", context, head=head_about(request, asked.person_id), title=title)


def _form_page(request: DeskRequest, asked: Any, form: Any, *, title: str, back: str) -> HttpResponse:
    context = {"form": form, "kept": kept_draft(request), "version": version_left(asked.version, request), "back": back}
    status = 422 if form.errors else 200
    return case_page(request, "desk/form_page.html", context, head=head_about(request, asked.person_id), title=title, status=status)


def section(here: Here) -> dict[str, Any] | None:
    """Its part of the page Zusammenarbeit."""
    if here.of.confidential:
        return None
    rows: list[RequestRow] = requests_in(here.case, here.of, on=here.request.today)
    return {"rows": [(row, BADGES[row.state]) for row in rows], "people": here.names}


_CASE = "faelle/<uuid:case_id>"
_ONE = f"{_CASE}/behoerde/<uuid:office_request_id>/"
urlpatterns = [
    path(f"{_CASE}/personen/<uuid:person_id>/behoerde/neu/", new, name="office-request-new"),
    path(f"{_CASE}/personen/<uuid:person_id>/behoerde/entwurf/", draft, name="office-request-draft"),
    path(_ONE, show, name="office-request"),
    path(f"{_ONE}blatt/", sheet, name="office-request-sheet"),
    path(f"{_ONE}antwort/", answer, name="office-request-answer"),
    path(f"{_ONE}eingang/", receipt, name="office-request-receipt"),
    path(f"{_ONE}ende/", end, name="office-request-end"),
]
