"""What is known about a person: as of any day, corrected, ended, with its whole history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.policies import may_document
from faden.cases.queries.case_page import CaseHead, head_of
from faden.cases.queries.members import person_here, person_in
from faden.cases.queries.protection import facts_in, is_address_open, thread_in, threads_in
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.fact_forms import FORMS, FactForm, Frame
from faden.desk.forms import Day, DeskForm, initial_of, kept_draft
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.vocabulary import Permission
from faden.persons.actions import facts as actions
from faden.persons.queries import facts as queries
from faden.persons.queries.cards import card_of
from faden.persons.vocabulary import CorrectionReason, FactKind


def documented(request: DeskRequest, person_id: UUID) -> Any:
    """A person of this case who has agreed that more than her name is written down."""
    person = person_here(request.access.case, person_id)
    may_document(person.id).require()
    return person


class EndForm(DeskForm):
    """The last day on which it held."""

    last_day = Day(
        label=gettext_lazy("Gilt bis"), help_text=gettext_lazy("Der letzte Tag, an dem es noch gilt")
    )


def personal_head(request: DeskRequest, person: Any) -> CaseHead:
    """Her own banner: the case may be named after somebody else."""
    return replace(head_of(request.access), card=card_of(person))


def head_about(request: DeskRequest, person_id: UUID) -> CaseHead:
    """The banner of a page about one person of the case, past members too."""
    return personal_head(request, person_in(request.access.case, person_id))


def asked_day(request: DeskRequest) -> date:
    """?am=2025-03-01; anything that is no day of ours is today."""
    try:
        day = date.fromisoformat(request.GET.get("am", ""))
    except ValueError:
        return request.today
    return day if date(1900, 1, 1) <= day <= date(2199, 12, 31) else request.today


def _kind(code: str) -> FactKind:
    try:
        return FactKind(code)
    except ValueError:
        raise NotFound(_("Diese Art von Angaben gibt es nicht.")) from None


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """All facts that held on a day."""
    person, day = documented(request, person_id), asked_day(request)
    facts = facts_in(request.access.case, person_id, on=day)
    context = {
        "person": person,
        "snapshot": facts.snapshot,
        "ask_address": facts.ask_address,
        "day": day,
        "is_today": day == request.today,
    }
    head = personal_head(request, person)
    return case_page(request, "desk/facts.html", context, head=head, title=_("Angaben zur Person"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def history(request: DeskRequest, case_id: UUID, person_id: UUID, kind: str) -> HttpResponse:
    """Everything of one kind that was ever noted: corrected by whom, when, why."""
    person, which = documented(request, person_id), _kind(kind)
    context = {
        "person": person,
        "kind": which,
        "threads": threads_in(request.access.case, person_id, which),
    }
    title = _("Verlauf: %(kind)s") % {"kind": which.label}
    head = personal_head(request, person)
    return case_page(request, "desk/fact_history.html", context, head=head, title=title)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID, person_id: UUID, kind: str) -> HttpResponse:
    """Note something new."""
    person, which = documented(request, person_id), _kind(kind)
    kept = kept_draft(request)
    form = FORMS[which](
        request.POST or None,
        frame=Frame(request, person, which),
        correcting=False,
        initial=initial_of(FORMS[which], kept, request),
    )

    def record() -> actions.Written:
        return actions.record(
            which, form.stated(), person=person, by=request.actor, on=request.today, at=request.at
        )

    context = {"person": person, "kind": which, "kept": kept, "is_new": True}
    return _answer(request, form, record, context)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def correct(request: DeskRequest, case_id: UUID, person_id: UUID, kind: str, fact_id: UUID) -> HttpResponse:
    """Correct a fact; what was believed before stays in its history."""
    if _kind(kind) == FactKind.ADDRESS and not is_address_open(request.access.case, person_id):
        address = reverse("protected-address-change", args=[case_id, person_id, fact_id])
        return HttpResponseRedirect(address, status=303)
    return correct_fact(request, case_id, person_id, kind, fact_id)


def correct_fact(
    request: DeskRequest, case_id: UUID, person_id: UUID, kind: str, fact_id: UUID
) -> HttpResponse:
    """The form behind both addresses: of a protected address the look is noted as one at the address."""
    person, which = documented(request, person_id), _kind(kind)
    row = queries.fact_of(person, which, fact_id)
    if request.method == "GET" and row.superseded_at:
        return HttpResponseRedirect(reverse("fact-history", args=[case_id, person_id, kind]), status=303)
    kept, fields = kept_draft(request), FORMS[which]
    form = fields(
        request.POST or None,
        frame=Frame(request, person, which),
        correcting=True,
        initial={**queries.said_by(row), **initial_of(fields, kept, request)},
    )

    def save() -> actions.Written:
        because = CorrectionReason(form.cleaned_data["because"])
        return actions.correct(row, form.stated(), because, by=request.actor, on=request.today, at=request.at)

    context = {
        "person": person,
        "kind": which,
        "kept": kept,
        "row": row,
        "thread": thread_in(request.access.case, row),
    }
    return _answer(request, form, save, context)


def _answer(
    request: DeskRequest, form: FactForm, save: Callable[[], actions.Written], context: dict[str, Any]
) -> HttpResponse:
    person, kind = context["person"], context["kind"]
    if request.method == "POST" and form.is_valid():
        try:
            written = save()
            for sentence in (_("Die Angabe ist gespeichert."), *written.told()):
                messages.success(request, sentence)
            return _back(request, person.id)
        except Invalid as error:
            form.take_error(error)
    title = _("%(kind)s: neuer Eintrag") if context.get("is_new") else _("%(kind)s berichtigen")
    context = {
        **context,
        "form": form,
        "warns": kind == FactKind.LIMIT,
        "shows_notice": "notice_read" in form.fields,
    }
    return case_page(
        request,
        "desk/fact_form.html",
        context,
        head=personal_head(request, person),
        title=title % {"kind": kind.label},
        status=422 if form.errors else 200,
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, person_id: UUID, kind: str, fact_id: UUID) -> HttpResponse:
    """It holds no longer."""
    person = documented(request, person_id)
    row = queries.fact_of(person, _kind(kind), fact_id)
    form = EndForm(request.POST or None, initial={"last_day": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            last_day = form.cleaned_data["last_day"]
            actions.end(row, last_day, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Das Ende ist eingetragen."))
            return _back(request, person_id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "person": person, "line": thread_in(request.access.case, row).newest.line}
    return case_page(
        request,
        "desk/fact_end.html",
        context,
        head=personal_head(request, person),
        title=_("Ende eintragen"),
        status=422 if form.errors else 200,
    )


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def strike(request: DeskRequest, case_id: UUID, person_id: UUID, kind: str, fact_id: UUID) -> HttpResponse:
    """It never was so; nothing takes its place."""
    person = documented(request, person_id)
    row = queries.fact_of(person, _kind(kind), fact_id)
    actions.strike(row, by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Der Eintrag ist gestrichen. Im Verlauf bleibt er stehen."))
    return _back(request, person_id)


def _back(request: DeskRequest, person_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("facts", args=[request.access.case.id, person_id]), status=303)


_BELOW = "faelle/<uuid:case_id>/personen/<uuid:person_id>/angaben/"
urlpatterns = [
    path(_BELOW, show, name="facts"),
    path(f"{_BELOW}<str:kind>/", history, name="fact-history"),
    path(f"{_BELOW}<str:kind>/neu/", new, name="fact-new"),
    path(f"{_BELOW}<str:kind>/<uuid:fact_id>/", correct, name="fact"),
    path(f"{_BELOW}<str:kind>/<uuid:fact_id>/ende/", end, name="fact-end"),
    path(f"{_BELOW}<str:kind>/<uuid:fact_id>/streichen/", strike, name="fact-strike"),
]
