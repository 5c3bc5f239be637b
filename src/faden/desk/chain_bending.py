"""A chain bent for this client: dropped, put in, joined otherwise, suspended; each shows first what it changes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of
from faden.cases.queries.timeline import Of
from faden.chains.actions import bending, suspending
from faden.chains.queries.chains import chain_page, other_steps
from faden.chains.queries.effects import Effect, effect, standing
from faden.chains.queries.suspension import preview
from faden.chains.queries.whose import view_of
from faden.chains.vocabulary import SETTLED, Join
from faden.desk.chain_forms import AddForm, DropForm, LinksForm, SuspendForm
from faden.desk.chain_steps import opened
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import DeskForm, left_in, version_left, version_sent
from faden.desk.shell import case_page
from faden.documents.actions.letter_checks import check_words
from faden.kernel.errors import Invalid
from faden.kernel.rehearsal import rehearsed
from faden.organisations.vocabulary import Permission


@dataclass
class Bending:
    """A change that is shown before it is made."""

    request: DeskRequest
    form: DeskForm
    of: Of
    deed: Callable[[], object]
    back: str
    title: str
    version: int
    more: Callable[[], dict[str, object]] = dict
    context: dict[str, object] = field(default_factory=dict)

    def answer(self) -> HttpResponse:
        """Without a look at the preview of just these values nothing is written."""
        shown: Effect | None = None
        if self.request.method == "POST" and self.form.is_valid():
            try:
                if "speichern" in self.request.POST and self.request.POST.get("gesehen") == self._seal():
                    self.deed()
                    messages.success(self.request, _("Die Kette ist angepasst."))
                    return HttpResponseRedirect(self.back, status=303)
                shown = self._preview()
            except Invalid as error:
                self.form.take_error(error)
        context = {
            "form": self.form,
            "effect": shown,
            "seen": self._seal() if shown else "",
            "back": self.back,
            "version": self.request.POST.get("version") or version_left(self.version, self.request),
            **({**self.more(), "form_key": uuid4()} if shown else {}),
            **self.context,
        }
        return case_page(
            self.request,
            "desk/chain_bending.html",
            context,
            head=head_of(self.request.access),
            title=self.title,
            status=422 if self.form.errors else 200,
        )

    def _preview(self) -> Effect:
        case, today = self.request.access.case, self.request.today
        before = standing(case, of=self.of, today=today)

        def tried() -> Any:
            self.deed()
            return standing(case, of=self.of, today=today)

        return effect(before, rehearsed(tried))

    def _seal(self) -> str:
        """Tells whether the preview was of these values."""
        said = repr(sorted((name, str(value)) for name, value in self.form.cleaned_data.items()))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def _common(request: DeskRequest) -> dict[str, Any]:
    seen = version_sent(request)
    return {"case": request.access.case, "seen_version": seen, "by": request.actor, "at": request.at}


def _place(case_id: UUID, chain_id: UUID, step_id: UUID | None = None) -> str:
    return reverse("chain", args=[case_id, chain_id]) + (f"#schritt-{step_id}" if step_id else "")


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def drop(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """Not needed here, or not before a day."""
    row = opened(request, step_id).page.step
    form = DropForm(request.POST or None, initial=left_in(DropForm, request))

    def deed() -> object:
        until = form.cleaned_data["until"]
        if until:
            return bending.exempt(step_id, form.why(), until=until, **_common(request))
        return bending.drop(step_id, form.why(), **_common(request))

    return Bending(
        request, form, view_of(request.access.case, row.chain_id), deed, _place(case_id, row.chain_id, row.id),
        _("Entfällt: %(step)s") % {"step": row.title}, row.version,
    ).answer()  # fmt: skip


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def links(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """What it waits for, also other chains' and members' steps."""
    case = request.access.case
    row = opened(request, step_id).page.step
    of = view_of(case, row.chain_id)
    page = chain_page(case, row.chain_id, of=of, today=request.today)
    form = LinksForm(
        request.POST or None,
        steps=[step for step in page.steps if step.id != row.id],
        others=other_steps(case, row.chain_id, of=of, today=request.today),
        initial={"after": [str(waits.id) for waits in row.before], "join": row.join, **left_in(LinksForm, request)},
    )

    def deed() -> object:
        join = Join(form.cleaned_data["join"])
        return bending.change_links(step_id, after=form.chosen(), join=join, why=form.why(), **_common(request))

    title = _("Reihenfolge: %(step)s") % {"step": row.title}
    return Bending(request, form, of, deed, _place(case_id, row.chain_id, row.id), title, row.version).answer()


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def add(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """One step more."""
    case = request.access.case
    of = view_of(case, chain_id)
    page = chain_page(case, chain_id, of=of, today=request.today)
    asked = request.GET.get("nach", "")
    form = AddForm(
        request.POST or None,
        members=members_of(case),
        whose=page.card.person_id,
        steps=page.steps,
        others=other_steps(case, chain_id, of=of, today=request.today),
        initial={"after": [asked] if asked else [], **left_in(AddForm, request)},
    )

    def deed() -> object:
        if page.card.shared_with:
            check_words(form.cleaned_data["title"], case=case)  # it goes out with the next copy, at once
        return bending.add_step(
            chain_id, form.step(), form.why(), **form.between(), case=case, by=request.actor, at=request.at
        )

    return Bending(
        request, form, of, deed, _place(case_id, chain_id), _("Schritt einfügen"), page.card.version,
        context={"shared_with": page.card.shared_with},
    ).answer()  # fmt: skip


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def suspend(request: DeskRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    """One step rests; agreed days of what depends on it move along."""
    row = opened(request, step_id).page.step
    form = _resting(request)

    def deed() -> object:
        return suspending.suspend(step_id, until=form.cleaned_data["until"], why=form.why(), **_common(request))

    title = _("Aussetzen: %(step)s") % {"step": row.title}
    return _suspend(request, form, deed, Resting(row.chain_id, [step_id], title, row.version, row.id))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def suspend_chain(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """All that is still to come rests."""
    case = request.access.case
    page = chain_page(case, chain_id, of=view_of(case, chain_id), today=request.today)
    form = _resting(request)

    def deed() -> object:
        return suspending.suspend_chain(chain_id, until=form.cleaned_data["until"], why=form.why(), **_common(request))

    to_come = [step.id for step in page.steps if step.state not in SETTLED]
    title = _("Kette aussetzen: %(chain)s") % {"chain": page.card.title}
    return _suspend(request, form, deed, Resting(chain_id, to_come, title, page.card.version))


@dataclass(frozen=True)
class Resting:
    """What is to rest: one step, or all of a chain that are still to come."""

    chain_id: UUID
    steps: list[UUID]
    title: str
    version: int
    place: UUID | None = None


def _suspend(request: DeskRequest, form: SuspendForm, deed: Callable[[], object], rest: Resting) -> HttpResponse:
    case = request.access.case
    of = view_of(case, rest.chain_id)

    def shift() -> dict[str, object]:
        until = form.cleaned_data["until"]
        return {"shift": preview(case, rest.steps, until=until, of=of, today=request.today)}

    return Bending(
        request, form, of, deed, _place(case.id, rest.chain_id, rest.place), rest.title, rest.version, shift,
        {"rests": True, "shown_until": form.shown},
    ).answer()  # fmt: skip


def _resting(request: DeskRequest) -> SuspendForm:
    """Day and number of days in step with each other, whichever of them was typed."""
    left = left_in(SuspendForm, request)
    return SuspendForm.in_step(request.POST or None, shown=request.POST.get("gezeigt", ""), today=request.today, initial=left)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def resume_chain(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """What rests goes on today."""
    suspending.resume_chain(chain_id, **_common(request))
    messages.success(request, _("Die Kette geht weiter."))
    return HttpResponseRedirect(_place(case_id, chain_id), status=303)


_STEP = "faelle/<uuid:case_id>/ketten/schritte/<uuid:step_id>"
_CHAIN = "faelle/<uuid:case_id>/ketten/<uuid:chain_id>"
urlpatterns = [
    path(f"{_STEP}/entfaellt/", drop, name="chain-step-drop"),
    path(f"{_STEP}/reihenfolge/", links, name="chain-step-order"),
    path(f"{_STEP}/aussetzen/", suspend, name="chain-step-suspend"),
    path(f"{_CHAIN}/schritt/", add, name="chain-step-add"),
    path(f"{_CHAIN}/aussetzen/", suspend_chain, name="chain-suspend"),
    path(f"{_CHAIN}/wiederaufnahme/", resume_chain, name="chain-resume"),
]
