"""Wo stehen wir? The phases of a case, what each still needs, and moving on; nothing here blocks work."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.phases import move
from faden.cases.queries.case_page import CaseHead, head_of
from faden.cases.queries.members import members_of
from faden.cases.vocabulary.case import Phase, SkipReason
from faden.cases.vocabulary.course import CriterionState
from faden.casework.actions.criteria import criterion_of, mark
from faden.casework.queries.progress import Progress, progress_of
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import DeskForm, Text, left_in
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class PhaseForm(DeskForm):
    """Which phase, and why one is skipped."""

    phase = forms.ChoiceField(
        label=gettext_lazy("Neue Phase"),
        choices=[choice for choice in Phase.choices if choice[0] != Phase.CLOSED],
        widget=forms.RadioSelect,
    )
    skip_reason = forms.ChoiceField(
        label=gettext_lazy("Grund, wenn eine Phase übersprungen wird"),
        required=False,
        widget=forms.RadioSelect,
        choices=SkipReason.choices,
    )


class CriterionForm(DeskForm):
    """How a criterion stands, and why not yet; three buttons give the state."""

    state = forms.ChoiceField(
        label=gettext_lazy("Stand"), choices=CriterionState.choices, widget=forms.RadioSelect
    )
    reason = Text(
        label=gettext_lazy("Warum?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Bei „noch nicht“ und „hier nicht nötig“."),
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """All phases; POST chooses one."""
    form = PhaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            move(
                request.access.case,
                Phase(values["phase"]),
                skip_reason=values["skip_reason"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Die Phase ist geändert."))
            return HttpResponseRedirect(reverse("phase", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    return _page(request, form=form, status=422 if form.errors else 200)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def criterion(request: DeskRequest, case_id: UUID, criterion: str) -> HttpResponse:
    """Say how one exit criterion stands."""
    asked = criterion_of(criterion)
    form = CriterionForm(request.POST or None, initial=left_in(CriterionForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            mark(
                criterion,
                CriterionState(form.cleaned_data["state"]),
                reason=form.cleaned_data["reason"],
                case=request.access.case,
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Das ist festgehalten."))
            return HttpResponseRedirect(reverse("phase", args=[case_id]) + f"#{criterion}", status=303)
        except Invalid as error:
            form.take_error(error)
    return case_page(
        request,
        "desk/criterion_form.html",
        {"form": form, "phase": asked.phase.label, "by_rows": not asked.by_hand},
        head=head_of(request.access),
        title=str(asked.code.label),
        status=422 if form.errors else 200,
    )


def progress(request: DeskRequest) -> Progress:
    """The course of the case at hand; six statements."""
    here = [member.person_id for member in members_of(request.access.case) if member.is_here]
    return progress_of(request.access.case, member_ids=here, now=request.at, today=request.today)


def screens(case: CaseHead) -> dict[str, str]:
    """Where a criterion that rows prove can be brought about; a person's pages open on whom the case is named after."""
    person = [case.case_id, case.card.person_id]
    return {
        **{code: reverse(name, args=[case.case_id]) for code, name in _OF_THE_CASE.items()},
        **{code: reverse(name, args=person) for code, name in _OF_A_PERSON.items()},
    }


def _page(request: DeskRequest, *, form: PhaseForm, status: int) -> HttpResponse:
    course, head = progress(request), head_of(request.access)
    where = screens(head)
    context = {
        "form": form,
        "progress": course,
        "steps": [(step, [(item, where.get(item.code, "")) for item in step.items]) for step in course.steps],
        "skip_reasons": SkipReason.choices,
    }
    return case_page(
        request, "desk/phases.html", context, head=head, title=_("Phasen"), status=status
    )


_OF_A_PERSON = {
    "areas": "assessment",
    "client_view": "assessment",
    "network": "network",
    "repeated": "assessment",
}
_OF_THE_CASE = {
    "goals": "family-plan",
    "plan_changed": "family-plan",
    "goals_rated": "family-plan",
    "clarified": "clarification",
    "next_step": "task-new",
    "contact": "contact-new",
    "nothing_overdue": "case",
    "feedback": "closing",
    "findings": "closing",
}

urlpatterns = [
    path("faelle/<uuid:case_id>/phase/", change, name="phase"),
    path("faelle/<uuid:case_id>/phase/<slug:criterion>/", criterion, name="criterion"),
]
