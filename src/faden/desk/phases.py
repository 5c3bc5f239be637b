"""Moving a case to another phase."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.phases import move
from faden.cases.queries.case_page import head_of
from faden.cases.vocabulary import Phase, SkipReason
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import DeskForm
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


class PhaseForm(DeskForm):
    """Which phase, and why one is skipped."""

    phase = forms.ChoiceField(
        label=gettext_lazy("Neue Phase"), choices=Phase.choices, widget=forms.RadioSelect
    )
    skip_reason = forms.ChoiceField(
        label=gettext_lazy("Grund, wenn eine Phase übersprungen wird"),
        required=False,
        widget=forms.RadioSelect,
        choices=SkipReason.choices,
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Choose the phase."""
    head = head_of(request.access)
    form = PhaseForm(request.POST or None, initial={"phase": _next(head.phase_code)})
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
            return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/phase_form.html", {"form": form}, head=head, title=_("Phase ändern"), status=status
    )


def _next(code: str) -> str:
    """The phase that usually follows."""
    order = list(Phase)
    return order[min(order.index(Phase(code)) + 1, len(order) - 1)]


urlpatterns = [path("faelle/<uuid:case_id>/phase/", change, name="phase")]
