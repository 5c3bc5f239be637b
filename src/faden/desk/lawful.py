"""Gesetzliche Befugnis: put down by one person, confirmed or refused by another, and only then told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.actions import by_law as actions
from faden.cases.queries import by_law as queries
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of
from faden.consents.actions.lawful import confirm, refuse
from faden.consents.actions.releases import Told
from faden.consents.queries.grounds import lawful_of, recipient_of
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel, DeliveryKind
from faden.desk.about import members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import head_about
from faden.desk.forms import initial_of, kept_draft, left_in, left_made
from faden.desk.here import Here
from faden.desk.lawful_forms import CONFIRM, DecisionForm, InformedForm, LawfulForm, PassOnForm
from faden.desk.shell import case_page, page
from faden.kernel.errors import Invalid
from faden.organisations.queries.recipients import recipients
from faden.organisations.vocabulary import Permission
from faden.referrals.queries.telling import sender, tellable
from faden.referrals.rules.composing import composed, seal_of

# How long an inbox shows it unless said otherwise.
IN_THE_INBOX = timedelta(days=30)


def section(here: Here) -> dict[str, Any] | None:
    """The part of the page Zusammenarbeit."""
    names, rows = here.names, queries.lawful_in(here.case, here.of, by=here.request.actor)
    return {"rows": [(row, *_badge(row), names.get(row.person_id, "")) for row in rows], "about": here.about}


def _badge(row: queries.LawfulRow) -> tuple[str, str]:
    if row.waits:
        return "warning", _("wartet auf die zweite Person")
    if not row.confirmed:
        return "danger", _("abgelehnt")
    return ("success", _("weitergegeben")) if row.releases else ("info", _("bestätigt"))


# ---------- below a case ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """To anybody but the offices that decide about somebody's stay."""
    return _new(request, _("Weitergabe auf gesetzlicher Grundlage"), to_offices=False)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new_to_office(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """To such an office: only on its request, by a duty to inform, or on a court's order."""
    return _new(request, _("Ersuchen einer Ausländer- oder Einbürgerungsbehörde"), to_offices=True)


def _new(request: DeskRequest, title: str, *, to_offices: bool) -> HttpResponse:
    case, kept = request.access.case, kept_draft(request)
    preset = preset_about(request)
    begun = {**preset, "persons": preset["persons"][0]} if preset else {}  # type: ignore[index]
    form = LawfulForm(
        request.POST or None, members=members_for(request), to_offices=to_offices,
        recipients=recipients(but=request.actor.organisation_id), initial={**begun, **initial_of(LawfulForm, kept, request)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(
                case, form.by_law(), about=form.about(), by=request.actor, at=request.at, today=request.today
            )
            messages.success(request, _("Vorgelegt. Hinausgegangen ist nichts, solange die zweite Person nicht bestätigt."))
            return _to(case.id, made.id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "to_offices": to_offices, "back": reverse("together", args=[case.id])}
    status = 422 if form.errors else 200
    return case_page(request, "desk/lawful_form.html", context, head=head_of(request.access), title=title, status=status)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, lawful_id: UUID) -> HttpResponse:
    """What was stated, what the second person said, what has left."""
    shown = queries.lawful_one(request.access.case, lawful_id, by=request.actor)
    kind, word = _badge(shown)
    context = {"shown": shown, "badge": kind, "word": word, "person": _name(request, shown.person_id)}
    return case_page(request, "desk/lawful.html", context, head=head_about(request, shown.person_id), title=_("Gesetzliche Grundlage"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def inform(request: DeskRequest, case_id: UUID, lawful_id: UUID) -> HttpResponse:
    """She has been told afterwards; from then on it stands on her own sheet too."""
    shown = queries.lawful_one(request.access.case, lawful_id, by=request.actor)
    form = InformedForm(request.POST or None, initial=left_in(InformedForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            on = form.cleaned_data["informed_on"]
            actions.inform(request.access.case, lawful_id, informed_on=on, by=request.actor, at=request.at, today=request.today)
            return _to(case_id, lawful_id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "shown": shown, "person": _name(request, shown.person_id)}
    status = 422 if form.errors else 200
    title = _("Unterrichtung nachtragen")
    return case_page(request, "desk/lawful_informed.html", context, head=head_about(request, shown.person_id), title=title, status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def pass_on(request: DeskRequest, case_id: UUID, lawful_id: UUID) -> HttpResponse:
    """What leaves is what was shown: another wording is shown again before it goes."""
    case, kept = request.access.case, kept_draft(request)
    shown = queries.lawful_one(case, lawful_id, by=request.actor)
    if not shown.confirmed:
        return _to(case_id, lawful_id)
    lawful = lawful_of(shown.person_id, lawful_id)
    to, known = recipient_of(lawful), tellable(case, shown.person_id, on=request.today)
    form = PassOnForm(
        request.POST or None, shown=shown, to=to, offers=known.offers,
        initial={"until": request.today + IN_THE_INBOX, **left_made(kept, request, several=["facts"])},
    )  # fmt: skip
    content = composed(form.chosen(), known.offers, sender=sender(request.actor), codes={"what": "information"})
    told_again = False
    if request.method == "POST" and form.is_valid():
        told_again = request.POST.get("seal") != seal_of(content, to.key) or "zeigen" in request.POST
        if not told_again:
            try:
                told = _told(form, shown, lawful, to, content, today=request.today)
                actions.pass_on(case, told, by=request.actor, at=request.at, today=request.today)
                messages.success(request, _("Die Weitergabe steht im Register und im Verlauf."))
                return _to(case_id, lawful_id)
            except Invalid as error:
                form.take_error(error)
    context = {
        "form": form, "kept": kept, "shown": shown, "to": to, "content": content, "seal": seal_of(content, to.key),
        "told_again": told_again, "guarded": known.guarded, "person": _name(request, shown.person_id),
    }  # fmt: skip
    status = 422 if form.errors or told_again else 200
    return case_page(request, "desk/lawful_release.html", context, head=head_about(request, shown.person_id), title=_("Weitergeben"), status=status)


def _told(form: PassOnForm, shown: queries.LawfulRow, lawful: Any, to: Any, content: Content, *, today: Any) -> Told:
    if not content.facts:
        raise Invalid(_("Bitte wählen oder schreiben Sie, welche Angaben hinausgehen."), "facts")
    channel = Channel(form.cleaned_data["channel"])
    return Told(
        DeliveryKind.INFORMATION, to, channel, shown.purpose, content, form.until_for(channel, today=today),
        person_id=shown.person_id, lawful=lawful,
    )  # fmt: skip


def _name(request: DeskRequest, person_id: UUID) -> str:
    return next((one.card.name for one in members_of(request.access.case) if one.person_id == person_id), "–")


def _to(case_id: UUID, lawful_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("lawful", args=[case_id, lawful_id]), status=303)


# ---------- the second person ----------


@reads(Sees.LIST, may=Permission.OPEN_CASES_WITH_REASON)
def waiting(request: DeskRequest) -> HttpResponse:
    """What waits, oldest first: number and norm, no names and no facts."""
    rows = queries.lawful_waiting(by=request.actor)
    request.shown = [row.case_id for row in rows]
    return page(request, "desk/lawful_waiting.html", {"rows": rows}, here="lawful")


@edits(Sees.LIST, may=Permission.OPEN_CASES_WITH_REASON)
def decide(request: DeskRequest, lawful_id: UUID) -> HttpResponse:
    """Norm, facts and data as they were stated, beside the law; the decision ends it."""
    shown = queries.lawful_to_decide(lawful_id, by=request.actor)
    request.shown = [shown.case_id, shown.person_id]
    form = DecisionForm(request.POST or None, shown=shown, initial=left_in(DecisionForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            _decided(request, form, lawful_id)
            return HttpResponseRedirect(reverse("lawful-waiting"), status=303)
        except Invalid as error:
            form.take_error(error)
    kind, word = _badge(shown)
    context = {"form": form, "shown": shown, "badge": kind, "word": word}
    crumbs = ((_("Gesetzliche Grundlagen"), reverse("lawful-waiting")), (shown.number, ""))
    status = 422 if form.errors else 200
    return page(request, "desk/lawful_decide.html", context, here="lawful", crumbs=crumbs, status=status)


def _decided(request: DeskRequest, form: DecisionForm, lawful_id: UUID) -> None:
    values = form.cleaned_data
    if values["decision"] == CONFIRM:
        ticks = {name: bool(values.get(name)) for name in ("checked_87", "checked_88")}
        confirm(lawful_id, **ticks, words=values["words"], by=request.actor, at=request.at)
        messages.success(request, _("Bestätigt. Die Weitergabe macht, wer sie vorgelegt hat."))
    else:
        refuse(lawful_id, words=values["words"], by=request.actor, at=request.at)
        messages.success(request, _("Abgelehnt. Es geht nichts hinaus."))


_CASE = "faelle/<uuid:case_id>/befugnis/"
urlpatterns = [
    path(f"{_CASE}neu/", new, name="lawful-new"),
    path(f"{_CASE}ersuchen/", new_to_office, name="lawful-new-office"),
    path(f"{_CASE}<uuid:lawful_id>/", show, name="lawful"),
    path(f"{_CASE}<uuid:lawful_id>/unterrichtung/", inform, name="lawful-informed"),
    path(f"{_CASE}<uuid:lawful_id>/weitergabe/", pass_on, name="lawful-release"),
    path("befugnisse/", waiting, name="lawful-waiting"),
    path("befugnisse/<uuid:lawful_id>/", decide, name="lawful-decide"),
]
