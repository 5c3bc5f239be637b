"""Notzugriff: opened with words for some hours, given back, and reviewed by team lead and data protection officer."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faden.cases.actions import emergencies as actions
from faden.cases.policies import may_break_glass, may_give_back
from faden.cases.queries import emergencies as queries
from faden.cases.queries.access import case_or_not_found
from faden.cases.queries.case_page import head_of
from faden.cases.vocabulary.case import EMERGENCY_HOURS, EmergencyVerdict
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import BareForm, DeskForm, Text, left_in
from faden.desk.screen_names import screen_name
from faden.desk.shell import case_page, page, page_number
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission

BADGES = {
    EmergencyVerdict.JUSTIFIED: "success",
    EmergencyVerdict.QUESTION: "warning",
    EmergencyVerdict.NOT_JUSTIFIED: "danger",
}


def _hours() -> list[tuple[int, str]]:
    return [(n, ngettext("%(count)d Stunde", "%(count)d Stunden", n) % {"count": n}) for n in EMERGENCY_HOURS]


class EmergencyForm(DeskForm):
    """Why, and for how long."""

    mark_optional = False

    words = Text(
        label=gettext_lazy("Warum geht es jetzt nicht ohne diesen Fall?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Teamleitung und Datenschutz lesen diese Worte. Schreiben Sie keinen Namen und nichts aus dem Fall hinein."),
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("Wie lange brauchen Sie ihn?"), choices=_hours, coerce=int, initial=EMERGENCY_HOURS[0], widget=forms.RadioSelect
    )


class ReviewForm(DeskForm):
    """What the reviewer says."""

    mark_optional = False

    verdict = forms.ChoiceField(label=gettext_lazy("Ihr Urteil"), choices=EmergencyVerdict.choices, widget=forms.RadioSelect)
    words = Text(
        label=gettext_lazy("In Worten"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nötig bei einer Rückfrage und wenn Sie den Notzugriff nicht nachvollziehen können."),
    )


@edits(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def open_(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """The reason and the hours; of the case only its number is told before."""
    case = case_or_not_found(case_id)
    may_break_glass(request.actor, case).require()
    form = EmergencyForm(request.POST or None, initial=left_in(EmergencyForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            actions.break_glass(case, words=values["words"], hours=values["hours"], by=request.actor, at=request.at)
            messages.success(request, _("Der Fall ist für Sie offen. Teamleitung und Datenschutz sind benachrichtigt."))
            return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = ((_("Suche"), reverse("search")), (case.number, ""))
    context, status = {"form": form, "number": case.number}, 422 if form.errors else 200
    return page(request, "desk/emergency_form.html", context, here="search", crumbs=crumbs, status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES, when=may_give_back)
def end(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """No longer needed."""
    may_give_back(request.access).require()
    form = BareForm(request.POST or None)
    if request.method == "POST":
        actions.give_back(request.access.case, by=request.actor, at=request.at)
        messages.success(request, _("Der Notzugriff ist beendet."))
        return HttpResponseRedirect(reverse("search"), status=303)
    context = {"form": form}
    return case_page(request, "desk/emergency_end.html", context, head=head_of(request.access), title=_("Notzugriff zurückgeben"))


@reads(Sees.LIST, may=Permission.REVIEW_EMERGENCIES)
def index(request: DeskRequest) -> HttpResponse:
    """All of the service: numbers and words, no names of clients."""
    shown = queries.emergencies(request.actor, page=page_number(request))
    request.shown = [row.case_id for row in shown.rows]
    context = {"page": shown, "rows": [(row, _said(row)) for row in shown.rows], "now": request.at}
    return page(request, "desk/emergencies.html", context, here="emergencies")


@edits(Sees.LIST, may=Permission.REVIEW_EMERGENCIES)
def review(request: DeskRequest, opening_id: UUID) -> HttpResponse:
    """One of them with the pages that were looked at; and what one says about it."""
    shown = queries.emergency(opening_id, request.actor)
    request.shown = [shown.case_id]
    form = ReviewForm(request.POST or None, initial=left_in(ReviewForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            verdict = EmergencyVerdict(form.cleaned_data["verdict"])
            actions.review(opening_id, verdict, words=form.cleaned_data["words"], by=request.actor, at=request.at)
            messages.success(request, _("Ihr Urteil steht beim Notzugriff."))
            return HttpResponseRedirect(reverse("emergencies"), status=303)
        except Invalid as error:
            form.take_error(error)
    looks = sorted((screen_name(code), number) for code, number in queries.pages_looked_at(opening_id).items())
    context = {"form": form, "shown": shown, "said": _said(shown), "looks": looks, "now": request.at}
    crumbs = ((_("Notzugriffe"), reverse("emergencies")), (shown.number, ""))
    status = 422 if form.errors else 200
    return page(request, "desk/emergency.html", context, here="emergencies", crumbs=crumbs, status=status)


def _said(row: queries.Emergency) -> list[tuple[queries.Reviewed, str]]:
    return [(one, BADGES[one.verdict]) for one in row.reviews]


urlpatterns = [
    path("faelle/<uuid:case_id>/notzugriff/", open_, name="emergency"),
    path("faelle/<uuid:case_id>/notzugriff/ende/", end, name="emergency-end"),
    path("notzugriffe/", index, name="emergencies"),
    path("notzugriffe/<uuid:opening_id>/", review, name="emergency-review"),
]
