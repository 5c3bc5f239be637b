"""One step of an Integrationskette: what it is, what has happened to it, at whom it lies, what day is agreed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of
from faden.cases.queries.timeline import Of
from faden.chains.actions import steps as actions
from faden.chains.actions import suspending
from faden.chains.queries.chains import step_page
from faden.chains.queries.shown import StepPage
from faden.chains.queries.whose import chain_of, view_of
from faden.chains.rules import weeks
from faden.chains.vocabulary import Breakpoint, StepState
from faden.desk.chain_forms import AgreeForm, HolderForm, StateForm
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import DeskForm, initial_of, kept_draft, version_sent, version_shown
from faden.desk.shell import case_page
from faden.documents.queries.papers import papers_for
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import AgencyKind, Permission


@dataclass(frozen=True)
class Opened:
    """A step with what its forms need."""

    page: StepPage
    members: list[Member]
    of: Of

    @property
    def whose(self) -> UUID:
        return self.page.chain.person_id


def opened(request: DeskRequest, step_id: UUID) -> Opened:
    """The step as whoever sees its chain sees it."""
    case = request.access.case
    of = view_of(case, chain_of(case, step_id))
    return Opened(step_page(case, step_id, of=of, today=request.today), members_of(case), of)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def state(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """What has happened; with htmx the form opens in the step's place on the chain's page."""
    step, kept = opened(request, step_id), kept_draft(request)
    row = step.page.step
    initial = {"since": request.today, "state": request.GET.get("stand", ""), "agency_kind": row.agency_kind, "agency": row.agency, **initial_of(StateForm, kept, request)}
    form = StateForm(
        request.POST or None, step=row, members=step.members, whose=step.whose, auto_id=f"id_{row.id}_%s", initial=initial
    )

    def save() -> None:
        _say(step_id, form.cleaned_data, _common(request))

    return _answer(request, step, form, save, template="desk/chain_step.html", title=row.title, kept=kept)


def _say(step_id: UUID, said: dict[str, Any], common: dict[str, Any]) -> None:
    """One verb for each news."""
    when = {"since": said["since"], "words": said["words"], **common}
    person = UUID(said["person"]) if said["person"] else None
    verbs: dict[str, Callable[[], object]] = {
        StepState.DONE: partial(actions.finish, step_id, **when),
        StepState.READY: partial(actions.release, step_id, **when),
        StepState.BLOCKED: partial(actions.block, step_id, reason=said["reason"] and Breakpoint(said["reason"]), **when),
        StepState.WAITING_AGENCY: partial(
            actions.wait_for_agency, step_id, agency_kind=said["agency_kind"] and AgencyKind(said["agency_kind"]), agency=said["agency"], **when
        ),
        StepState.WAITING_PERSON: partial(actions.wait_for_person, step_id, person=person, **when),
    }
    verbs[said["state"]]()


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def agree(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """A day or a week agreed with the client."""
    step, kept = opened(request, step_id), kept_draft(request)
    row = step.page.step
    now = {"due_on": row.due_on, "whole_week": weeks.is_week(row.due_from, row.due_on)}
    form = AgreeForm(request.POST or None, initial={**now, **initial_of(AgreeForm, kept, request)})

    def save() -> None:
        actions.agree(step_id, **form.window(), **_common(request))

    title = _("Vereinbarter Tag: %(step)s") % {"step": row.title}
    return _answer(request, step, form, save, template="desk/chain_step_form.html", title=title, kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def holder(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """At whom it lies."""
    step, kept = opened(request, step_id), kept_draft(request)
    row = step.page.step
    now = {"holder": row.holder, "holder_person": str(row.holder_person_id or ""), "agency_kind": row.agency_kind, "agency": row.agency}
    form = HolderForm(
        request.POST or None, members=step.members, whose=step.whose, initial={**now, **initial_of(HolderForm, kept, request)}
    )

    def save() -> None:
        actions.give_to(step_id, form.held(), **_common(request))

    title = _("Wer hält: %(step)s") % {"step": row.title}
    return _answer(request, step, form, save, template="desk/chain_step_form.html", title=title, kept=kept)


def _answer(
    request: DeskRequest, step: Opened, form: DeskForm, save: Callable[[], None], *, template: str, title: str, kept: Any
) -> HttpResponse:
    """Saved: back to the step on its chain; else the form with what was typed."""
    row = step.page.step
    if request.method == "POST" and form.is_valid():
        try:
            save()
            return to_step(request.access.case.id, row.chain_id, row.id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "step": row,
        "card": step.page.chain,
        "changes": step.page.changes,
        "papers": papers_for(request.access.case, of=step.of, step=row.id),
        "version": version_shown(row.version, kept, request),
        "kept": kept,
        "back": reverse("chain", args=[request.access.case.id, row.chain_id]) + f"#schritt-{row.id}",
    }
    status = 422 if form.errors else 200
    return case_page(request, template, context, head=head_of(request.access), title=title, status=status)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def done(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """Done today, by one click."""
    step = actions.finish(step_id, since=request.today, **_common(request))
    messages.success(request, _("Erledigt: %(step)s") % {"step": step.title})
    return to_step(case_id, step.chain_id, step.id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def release(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """It can go on, by one click."""
    step = actions.release(step_id, since=request.today, **_common(request))
    messages.success(request, _("Geht weiter: %(step)s") % {"step": step.title})
    return to_step(case_id, step.chain_id, step.id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def undo(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """What was said last is taken back."""
    step = actions.undo(step_id, **_common(request))
    messages.success(request, _("Zurückgenommen: %(step)s") % {"step": step.title})
    return to_step(case_id, step.chain_id, step.id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def resume(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """The suspension ends today."""
    step = suspending.resume(step_id, **_common(request))
    messages.success(request, _("Wieder aufgenommen: %(step)s") % {"step": step.title})
    return to_step(case_id, step.chain_id, step.id)


def _common(request: DeskRequest) -> dict[str, Any]:
    """What every verb on a step asks for."""
    return {
        "case": request.access.case,
        "seen_version": version_sent(request),
        "by": request.actor,
        "at": request.at,
    }


def to_step(case_id: UUID, chain_id: UUID, step_id: UUID) -> HttpResponseRedirect:
    """The step in its chain."""
    return HttpResponseRedirect(reverse("chain", args=[case_id, chain_id]) + f"#schritt-{step_id}", status=303)


_STEP = "faelle/<uuid:case_id>/ketten/schritte/<uuid:step_id>"
urlpatterns = [
    path(f"{_STEP}/", state, name="chain-step"),
    path(f"{_STEP}/vereinbart/", agree, name="chain-step-agree"),
    path(f"{_STEP}/stelle/", holder, name="chain-step-holder"),
    path(f"{_STEP}/erledigt/", done, name="chain-step-done"),
    path(f"{_STEP}/weiter/", release, name="chain-step-release"),
    path(f"{_STEP}/zuruecknehmen/", undo, name="chain-step-undo"),
    path(f"{_STEP}/wiederaufnahme/", resume, name="chain-step-resume"),
]
