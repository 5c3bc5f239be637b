"""Übernahme: what a colleague who leaves still holds, who leads it from now on, a preview, and done."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faden.cases.vocabulary.course import LeadChangeReason
from faden.casework.actions.leads import take_over
from faden.casework.queries import takeover as queries
from faden.casework.queries.takeover import HeldCase, Holder
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, asks, reads, writes
from faden.desk.forms import DeskForm
from faden.desk.shell import page
from faden.desk.workload import tabs
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission


@dataclass(frozen=True)
class Planned:
    """One case of the preview and who would lead it."""

    case: HeldCase
    to: str


class TakeOverForm(DeskForm):
    """A new lead for all, and for single cases another one."""

    mark_optional = False

    bulk = forms.ChoiceField(label=gettext_lazy("Alle Fälle an"), required=False)
    rest = forms.BooleanField(
        label=gettext_lazy("Auch Aufgaben und Termine in Fällen anderer: Sie gehen an deren Fallführung."),
        required=False,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"), choices=LeadChangeReason.choices, initial=LeadChangeReason.LEAVING
    )

    def __init__(
        self, *args: object, request: DeskRequest, holder: Holder, cases: list[HeldCase], **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.colleagues = [c for c in choices.case_managers(request.today) if c[0] != str(holder.membership_id)]
        self.fields["bulk"].choices = [("", _("bitte wählen")), *self.colleagues]  # type: ignore[attr-defined]
        self.fields["rest"].initial = holder.leaves
        for case in cases:
            self.fields[_name(case.case_id)] = forms.ChoiceField(
                label=_("Fall %(number)s an") % {"number": case.number},
                choices=[("", _("wie oben")), ("later", _("noch nicht")), *self.colleagues],
                required=False,
            )

    def new_leads(self, cases: list[HeldCase]) -> dict[UUID, UUID]:
        """Case to its new lead; left out are those that wait."""
        values = self.cleaned_data
        chosen = {case.case_id: values[_name(case.case_id)] or values["bulk"] for case in cases}
        return {case_id: UUID(to) for case_id, to in chosen.items() if to and to != "later"}

    def clean(self) -> dict[str, object]:
        """Something has to be chosen."""
        values = self.cleaned_data
        asked = [values.get(name) for name in self.fields if name == "bulk" or name.startswith("case_")]
        if not values.get("rest") and not any(choice and choice != "later" for choice in asked):
            self.add_error("bulk", _("Bitte wählen Sie, wer die Fälle übernimmt."))
        return values


def _name(case_id: UUID) -> str:
    return f"case_{case_id}"


@reads(Sees.NOTHING, may=Permission.PLAN_WORK)
def index(request: DeskRequest) -> HttpResponse:
    """Who leaves first, then the others by name."""
    rows = queries.holders(now=request.at, today=request.today)
    context = {
        "leaving": [row for row in rows if row.leaves],
        "staying": [row for row in rows if not row.leaves],
        "today": request.today,
        "tabs": tabs("takeover"),
    }
    return page(request, "desk/takeovers.html", context, here="workload")


@reads(Sees.LIST, may=Permission.PLAN_WORK)
def show(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """Everything one colleague holds, and the form to give it away."""
    holder, cases = _held(request, membership_id)
    return _page(request, TakeOverForm(request=request, holder=holder, cases=cases), holder, cases)


@asks(Sees.LIST, may=Permission.PLAN_WORK)
def preview(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """What would happen; nothing has yet."""
    holder, cases = _held(request, membership_id)
    form = TakeOverForm(request.POST, request=request, holder=holder, cases=cases)
    if not form.is_valid():
        return _page(request, form, holder, cases)
    wanted, names = form.new_leads(cases), dict(form.colleagues)
    planned = [Planned(case, str(names[str(wanted[case.case_id])])) for case in cases if case.case_id in wanted]
    context = {
        "holder": holder,
        "planned": planned,
        "waiting": [case for case in cases if case.case_id not in wanted],
        "totals": sorted(Counter(one.to for one in planned).items()),
        "rest": form.cleaned_data["rest"],
        "reason": LeadChangeReason(form.cleaned_data["reason"]).label,
        "shown": [case.case_id for case in cases],
        "sent": [(name, form[name].value() or "") for name in form.fields],
    }
    return page(request, "desk/takeover_preview.html", context, here="workload", crumbs=_crumbs(holder))


@writes(Sees.NOTHING, may=Permission.PLAN_WORK)
def confirm(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """Do it."""
    holder, cases = _held(request, membership_id)
    # Only what the preview showed: a case opened since then has not been looked at by anybody.
    shown = set(request.POST.get("shown", "").split())
    cases = [case for case in cases if str(case.case_id) in shown]
    request.shown = []  # the answer shows none of them, unless the form comes back
    form = TakeOverForm(request.POST, request=request, holder=holder, cases=cases)
    if form.is_valid():
        try:
            taken = take_over(
                membership_id,
                form.new_leads(cases),
                rest=form.cleaned_data["rest"],
                reason=LeadChangeReason(form.cleaned_data["reason"]),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            said = ngettext("%(number)d Fall ist übergeben.", "%(number)d Fälle sind übergeben.", taken.cases)
            messages.success(request, said % {"number": taken.cases})
            return HttpResponseRedirect(reverse("takeover-of", args=[membership_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    request.shown = [case.case_id for case in cases]
    return _page(request, form, holder, cases)


def _held(request: DeskRequest, membership_id: UUID) -> tuple[Holder, list[HeldCase]]:
    holder = queries.holder(membership_id, now=request.at, today=request.today)
    cases = queries.held_cases(membership_id, now=request.at)
    request.shown = [case.case_id for case in cases]
    return holder, cases


def _page(request: DeskRequest, form: TakeOverForm, holder: Holder, cases: list[HeldCase]) -> HttpResponse:
    context = {
        "form": form,
        "holder": holder,
        "rows": [(case, form[_name(case.case_id)]) for case in cases],
        "in_cases_of_others": holder.tasks + holder.appointments - sum(c.tasks + c.appointments for c in cases),
        "today": request.today,
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "desk/takeover.html", context, here="workload", crumbs=_crumbs(holder), status=status)


def _crumbs(holder: Holder) -> tuple[tuple[str, str], ...]:
    return ((_("Übernahme"), reverse("takeover")), (holder.name, ""))


urlpatterns = [
    path("uebernahme/", index, name="takeover"),
    path("uebernahme/<uuid:membership_id>/", show, name="takeover-of"),
    path("uebernahme/<uuid:membership_id>/vorschau/", preview, name="takeover-preview"),
    path("uebernahme/<uuid:membership_id>/bestaetigung/", confirm, name="takeover-confirmation"),
]
