"""Bescheide: the list, a new one, its calculation and confirmation, what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of, person_in
from faden.cases.queries.timeline import Of
from faden.desk.about import initial_about, members_for, preset_about
from faden.desk.decision_forms import PROPOSED, ConfirmForm, DecisionForm, SettleForm
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import initial_of, kept_draft, version_sent, version_shown
from faden.desk.shell import case_page
from faden.documents.actions import decisions as actions
from faden.documents.queries import decisions as queries
from faden.documents.queries.papers import papers_to_choose
from faden.documents.rules.remedy import LAW_READ_ON
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import card_of


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """All of the case, what waits for somebody first."""
    return _list(request, Of(), title=_("Bescheide"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's."""
    name = card_of(person_in(request.access.case, person_id)).name
    return _list(request, Of(person_id), title=_("Bescheide: %(name)s") % {"name": name})


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Those of her vertraulicher Faden."""
    name = card_of(person_in(request.access.case, person_id)).name
    title = _("Vertraulicher Faden: %(name)s") % {"name": name}
    return _list(request, Of(person_id, confidential=True), title=title)


def _list(request: DeskRequest, of: Of, *, title: str) -> HttpResponse:
    case = request.access.case
    rows = queries.decisions_of(case, of, today=request.today)
    names = {member.person_id: member.card.name for member in members_of(case)}
    several = len(names) > 1 and not of.person
    whom = ", ".join
    context = {
        "rows": [(row, whom(names[p] for p in row.persons if p in names) if several else "") for row in rows],
        "about": f"?person={of.person}{'&vertraulich=1' if of.confidential else ''}" if of.person else "",
    }
    return case_page(request, "desk/decisions.html", context, head=head_of(request.access), title=title)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Note a Bescheid; from the page of its scan it begins with what stands there (?dokument=…)."""
    kept = kept_draft(request)
    preset = preset_about(request)
    known = queries.said_by_paper(request.access.case, request.GET.get("dokument", ""))
    form = DecisionForm(
        request.POST or None,
        members=members_for(request),
        papers=papers_to_choose(request.access.case, of=_side(known or preset), also=_key(known)),
        initial={**preset, **known, **initial_of(DecisionForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = actions.note(request.access.case, form.noted(), by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Bescheid ist erfasst. Bitte prüfen und bestätigen Sie den letzten Tag."))
            return _to(case_id, decision.id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "back": reverse("decisions", args=[case_id])}
    return _form_page(request, "desk/decision_form.html", context, title=_("Bescheid erfassen"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Correct what it says; another day or period asks for a new confirmation."""
    decision = queries.decision_in(request.access.case, decision_id)
    kept = kept_draft(request)
    said = {**queries.said(decision), **initial_about(decision)}
    form = DecisionForm(
        request.POST or None,
        members=members_of(request.access.case),
        papers=papers_to_choose(request.access.case, of=_side(said), also=_key(said)),
        initial={**said, **initial_of(DecisionForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            was = decision.last_on
            decision = actions.change(decision, form.noted(), seen_version=seen, by=request.actor, on=request.today, at=request.at)
            if was and not decision.last_on:
                messages.warning(request, _("Die Berechnung hat sich geändert. Bitte bestätigen Sie den letzten Tag neu."))
            else:
                messages.success(request, _("Die Angaben sind berichtigt."))
            return _to(case_id, decision_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "version": version_shown(decision.version, kept, request),
        "back": reverse("decision", args=[case_id, decision_id]),
    }
    return _form_page(request, "desk/decision_form.html", context, title=_("Angaben zum Bescheid"))


def _key(known: dict[str, Any]) -> UUID | None:
    """The paper that is chosen already: it can be chosen however old it is."""
    return UUID(known["paper"]) if known.get("paper") else None


def _side(known: dict[str, Any]) -> Of:
    """Where the paper of a confidential Bescheid can stand: in the same vertraulicher Faden."""
    persons = known.get("persons") or [""]
    try:
        return Of(UUID(persons[0]), confidential=True) if known.get("confidential") else Of()
    except ValueError:
        return Of()


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """The calculation line by line; POST confirms the day."""
    decision = queries.decision_in(request.access.case, decision_id)
    page = queries.page_of(decision, today=request.today)
    kept = kept_draft(request)
    preset = {"day": PROPOSED} if page.may_be_preset else {}
    form = ConfirmForm(request.POST or None, page=page, initial={**preset, **initial_of(ConfirmForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.confirm(
                decision, last_on=form.last_on(), because=form.cleaned_data["because"], seen_version=seen, by=request.actor, at=request.at
            )
            messages.success(request, _("Der letzte Tag ist bestätigt. Er steht jetzt ganz oben in „Mein Tag“."))
            return _to(case_id, decision_id)
        except Invalid as error:
            form.take_error(error)
    names = {member.person_id: member.card.name for member in members_of(request.access.case)}
    context = {
        "page": page,
        "form": form,
        "kept": kept,
        "whom": ", ".join(names[p] for p in page.row.persons if p in names) if len(names) > 1 else "",
        "law_read_on": LAW_READ_ON,
    }
    return _form_page(request, "desk/decision.html", context, title=_("Bescheid"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def settle(request: DeskRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """What became of it; its Frist ends with the answer."""
    decision = queries.decision_in(request.access.case, decision_id)
    kept = kept_draft(request)
    form = SettleForm(request.POST or None, initial={"state_on": request.today, **initial_of(SettleForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.settle(decision, form.settled(), seen_version=seen, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Festgehalten. Die Frist ist beendet."))
            return _to(case_id, decision_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "page": queries.page_of(decision, today=request.today),
        "version": version_shown(decision.version, kept, request),
        "back": reverse("decision", args=[case_id, decision_id]),
    }
    return _form_page(request, "desk/decision_settle.html", context, title=_("Was ist daraus geworden?"))


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def reopen(request: DeskRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """It is open after all."""
    decision = queries.decision_in(request.access.case, decision_id)
    actions.reopen(decision, by=request.actor, at=request.at)
    messages.success(request, _("Der Bescheid ist wieder offen."))
    return _to(case_id, decision_id)


def _form_page(request: DeskRequest, template: str, context: dict[str, Any], *, title: str) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return case_page(request, template, context, head=head_of(request.access), title=title, status=status)


def _to(case_id: UUID, decision_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("decision", args=[case_id, decision_id]), status=303)


_CASE = "faelle/<uuid:case_id>"
_PERSON = f"{_CASE}/personen/<uuid:person_id>"
_ONE = f"{_CASE}/bescheide/<uuid:decision_id>"
urlpatterns = [
    path(f"{_CASE}/bescheide/", of_case, name="decisions"),
    path(f"{_PERSON}/bescheide/", of_person, name="person-decisions"),
    path(f"{_PERSON}/vertraulich/bescheide/", of_person_confidential, name="person-decisions-confidential"),
    path(f"{_CASE}/bescheide/neu/", new, name="decision-new"),
    path(f"{_ONE}/", show, name="decision"),
    path(f"{_ONE}/angaben/", change, name="decision-change"),
    path(f"{_ONE}/ausgang/", settle, name="decision-settle"),
    path(f"{_ONE}/offen/", reopen, name="decision-reopen"),
]
