"""Klärung: the five access criteria, the decision, and what was decided before."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.cases.vocabulary.course import AccessCriterion, AccessDecision, ClosingReason
from faden.casework.actions.clarification import Clarified, clarify
from faden.casework.queries.closing import clarifications_of
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import Day, DeskForm, initial_of, kept_draft, long_text
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.look.forms import CheckboxList
from faden.organisations.vocabulary import Permission


class ClarificationForm(DeskForm):
    """What holds, what follows from it, when."""

    mark_optional = False

    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("Was trifft zu?"),
        choices=AccessCriterion.choices,
        required=False,
        widget=CheckboxList,
        help_text=gettext_lazy("Für Case Management treffen in der Regel alle fünf zu."),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Entscheidung"), choices=AccessDecision.choices, widget=forms.RadioSelect
    )
    words = long_text(gettext_lazy("Begründung"), rows=4, hint=gettext_lazy("Bei „verwiesen“: wohin und warum. Sonst, wenn es etwas zu sagen gibt."))
    decided_on = Day(label=gettext_lazy("Entschieden am"))

    def clarified(self) -> Clarified:
        """The values as the verb takes them."""
        values = dict(self.cleaned_data)
        return Clarified(**{**values, "criteria": tuple(values["criteria"])})


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Record the clarification; anything but case management leads on to closing the case."""
    kept = kept_draft(request)
    preset = {"decided_on": request.today, **initial_of(ClarificationForm, kept, request)}
    form = ClarificationForm(request.POST or None, initial=preset)
    if request.method == "POST" and form.is_valid():
        try:
            row = clarify(
                form.clarified(), case=request.access.case, by=request.actor, on=request.today, at=request.at
            )
            messages.success(request, _("Die Klärung ist festgehalten."))
            return HttpResponseRedirect(_onward(case_id, row.decision), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "earlier": clarifications_of(request.access.case)}
    return case_page(
        request,
        "desk/clarification.html",
        context,
        head=head_of(request.access),
        title=_("Zugangsklärung"),
        status=422 if form.errors else 200,
    )


def _onward(case_id: UUID, decision: str) -> str:
    if decision == AccessDecision.CASE_MANAGEMENT:
        return reverse("phase", args=[case_id])
    return f"{reverse('closing', args=[case_id])}?grund={ClosingReason.NOT_INDICATED}"


urlpatterns = [path("faelle/<uuid:case_id>/klaerung/", change, name="clarification")]
