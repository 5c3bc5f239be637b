"""Fallführung: how much work a case is, and handing it over to a colleague."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.cases.vocabulary.case import CaseWeight
from faden.cases.vocabulary.course import LeadChangeReason
from faden.casework.actions.leads import hand_over, weigh
from faden.casework.policies import may_hand_over, may_weigh
from faden.casework.queries.takeover import own_notes_in
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import DeskForm
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class LeadForm(DeskForm):
    """To whom, and why."""

    to = forms.ChoiceField(label=gettext_lazy("Wer führt den Fall ab jetzt?"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"), choices=LeadChangeReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)
        present = str(request.access.case.lead_id)
        others = [choice for choice in choices.case_managers(request.today) if choice[0] != present]
        self.fields["to"].choices = [("", _("bitte wählen")), *others]  # type: ignore[attr-defined]


class WeightForm(DeskForm):
    """How much of a full-time post."""

    weight = forms.TypedChoiceField(
        label=gettext_lazy("Gewicht"), choices=CaseWeight.choices, coerce=int, widget=forms.RadioSelect
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Give the case to a colleague; with it go its open tasks and coming appointments."""
    form = LeadForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(
                request.access.case,
                UUID(form.cleaned_data["to"]),
                reason=LeadChangeReason(form.cleaned_data["reason"]),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            messages.success(request, _("Der Fall ist übergeben."))
            return HttpResponseRedirect(reverse("day"), status=303)
        except Invalid as error:
            form.take_error(error)
    return _page(request, form=form)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def change_weight(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Set the weight."""
    form = WeightForm(request.POST)
    if not form.is_valid():
        return _page(request, weight_form=form)
    weigh(request.access.case, CaseWeight(form.cleaned_data["weight"]), by=request.actor, at=request.at)
    messages.success(request, _("Das Gewicht ist eingetragen."))
    return HttpResponseRedirect(reverse("lead", args=[case_id]), status=303)


def _page(
    request: DeskRequest, *, form: LeadForm | None = None, weight_form: WeightForm | None = None
) -> HttpResponse:
    case, by = request.access.case, request.actor
    context = {
        "form": form or LeadForm(request=request),
        "weight_form": weight_form or WeightForm(initial={"weight": case.weight}),
        "may_hand_over": bool(may_hand_over(by, case)),
        "may_weigh": bool(may_weigh(by, case)),
        "own_notes": own_notes_in(case, membership_id=UUID(by.membership_id)),
    }
    wrong = any(f is not None and f.errors for f in (form, weight_form))
    return case_page(
        request,
        "desk/lead.html",
        context,
        head=head_of(request.access),
        title=_("Fallführung"),
        status=422 if wrong else 200,
    )


urlpatterns = [
    path("faelle/<uuid:case_id>/fallfuehrung/", change, name="lead"),
    path("faelle/<uuid:case_id>/gewicht/", change_weight, name="weight"),
]
