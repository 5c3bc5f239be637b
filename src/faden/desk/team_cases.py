"""The team lead's list: numbers and leads, content only with a reason."""

from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.openings import open_with_reason
from faden.cases.queries.access import case_or_not_found
from faden.cases.queries.by_law import waiting_by_law
from faden.cases.queries.emergencies import waiting_reviews
from faden.cases.queries.team import team_cases
from faden.cases.vocabulary.case import OpeningReason
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import DeskForm, Text, left_in
from faden.desk.shell import page, page_number
from faden.organisations.vocabulary import Permission

# A team lead has reasons of her own; the Notzugriff is for who works on cases.
BY_LEADS = [(code, label) for code, label in OpeningReason.choices if code != OpeningReason.EMERGENCY]


class OpeningForm(DeskForm):
    """Why the case is opened."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"), choices=BY_LEADS, widget=forms.RadioSelect
    )
    words = Text(
        label=gettext_lazy("Kurz in eigenen Worten"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Der Datenschutz sieht diesen Eintrag."),
    )


@reads(Sees.LIST, may=Permission.OPEN_CASES_WITH_REASON)
def index(request: DeskRequest) -> HttpResponse:
    """All open cases of the service without names."""
    shown = team_cases(page=page_number(request))
    request.shown = [row.case_id for row in shown.rows]
    waits = {"by_law": waiting_by_law(request.actor), "emergencies": waiting_reviews(request.actor)}
    return page(request, "desk/team_cases.html", {"page": shown, "waits": waits}, here="team_cases")


@edits(Sees.NOTHING, may=Permission.OPEN_CASES_WITH_REASON)
def open_(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Give the reason; the case is then open until the end of the day."""
    case = case_or_not_found(case_id)
    form = OpeningForm(request.POST or None, initial=left_in(OpeningForm, request))
    if request.method == "POST" and form.is_valid():
        open_with_reason(
            case,
            reason=OpeningReason(form.cleaned_data["reason"]),
            words=form.cleaned_data["words"],
            by=request.actor,
            on=request.today,
            at=request.at,
        )
        return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)
    crumbs = ((_("Fälle des Teams"), reverse("team-cases")), (case.number, ""))
    status = 422 if form.errors else 200
    context = {"form": form, "number": case.number}
    return page(request, "desk/opening_form.html", context, here="team_cases", crumbs=crumbs, status=status)


urlpatterns = [
    path("team/faelle/", index, name="team-cases"),
    path("team/faelle/<uuid:case_id>/oeffnen/", open_, name="case-opening"),
]
