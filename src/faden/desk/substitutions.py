"""Vertretungen: who works for whom, from when until when; and the cases one may work on meanwhile."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.substitutions import Absence, arrange, end
from faden.cases.policies import require_deputy
from faden.cases.queries import substitutions as queries
from faden.cases.vocabulary.course import SubstitutionReason
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import Day, DeskForm
from faden.desk.shell import page, page_number
from faden.kernel.errors import Invalid
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


class SubstitutionForm(DeskForm):
    """Who is away, who stands in, which days."""

    absent = forms.ChoiceField(label=gettext_lazy("Wer ist abwesend?"))
    deputy = forms.ChoiceField(label=gettext_lazy("Wer vertritt?"))
    from_on = Day(label=gettext_lazy("Erster Tag"))
    until_on = Day(
        label=gettext_lazy("Letzter Tag"),
        help_text=gettext_lazy("Um Mitternacht danach endet die Vertretung von selbst."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"), choices=SubstitutionReason.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, request: DeskRequest, **options: object) -> None:
        super().__init__(*args, **options)
        everybody = choices.workers(request.today)
        me = request.actor.membership_id
        plans = may(request.actor, Permission.PLAN_WORK)
        who = everybody if plans else [choice for choice in everybody if choice[0] == me]
        self.fields["absent"].choices = [*([("", _("bitte wählen"))] if plans else []), *who]  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [  # type: ignore[attr-defined]
            ("", _("bitte wählen")),
            *(choice for choice in everybody if plans or choice[0] != me),
        ]

    def absence(self) -> Absence:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Absence(
            UUID(values["absent"]), UUID(values["deputy"]), values["from_on"], values["until_on"], values["reason"]
        )


@reads(Sees.LIST, may=Permission.SEE_DAY)
def index(request: DeskRequest) -> HttpResponse:
    """One's own arrangements, for a team lead the whole service's; and the cases nobody may work on meanwhile."""
    plans = bool(may(request.actor, Permission.PLAN_WORK))
    uncovered = queries.uncovered_cases(on=request.today) if plans else []
    request.shown = [case.case_id for case in uncovered]
    context = {
        "rows": queries.arranged(request.actor, everybody=plans, on=request.today),
        "uncovered": uncovered,
        "plans": plans,
    }
    return page(request, "desk/substitutions.html", context, here="substitutions")


@edits(Sees.NOTHING, may=Permission.SEE_DAY)
def new(request: DeskRequest) -> HttpResponse:
    """Arrange one."""
    form = SubstitutionForm(request.POST or None, request=request, initial={"from_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            arrange(form.absence(), by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Die Vertretung ist eingerichtet."))
            return HttpResponseRedirect(reverse("substitutions"), status=303)
        except Invalid as error:
            form.take_error(error)
    crumbs = ((_("Vertretungen"), reverse("substitutions")), (_("Vertretung einrichten"), ""))
    return page(
        request,
        "desk/substitution_form.html",
        {"form": form},
        here="substitutions",
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


@reads(Sees.LIST, may=Permission.SEE_DAY)
def cases(request: DeskRequest, substitution_id: UUID) -> HttpResponse:
    """The open cases of who is away, for the deputy, while it lasts."""
    standing = queries.substitution(substitution_id)
    require_deputy(request.actor, standing, on=request.today)
    shown = queries.covered_cases(standing, page=page_number(request))
    request.shown = [row.case_id for row in shown.rows]
    crumbs = ((_("Vertretungen"), reverse("substitutions")), (standing.absent.name, ""))
    context = {"page": shown, "standing": standing}
    return page(request, "desk/substitution.html", context, here="substitutions", crumbs=crumbs)


@writes(Sees.NOTHING, may=Permission.SEE_DAY)
def stop(request: DeskRequest, substitution_id: UUID) -> HttpResponse:
    """End it before its day."""
    end(queries.substitution(substitution_id), by=request.actor, at=request.at)
    messages.success(request, _("Die Vertretung ist beendet."))
    return HttpResponseRedirect(reverse("substitutions"), status=303)


urlpatterns = [
    path("vertretungen/", index, name="substitutions"),
    path("vertretungen/neu/", new, name="substitution-new"),
    path("vertretungen/<uuid:substitution_id>/", cases, name="substitution"),
    path("vertretungen/<uuid:substitution_id>/ende/", stop, name="substitution-end"),
]
