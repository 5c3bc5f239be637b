"""Ein Zugang: its team, and its end; a service keeps somebody who runs the accounts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, reads, writes
from faden.desk.forms import DeskForm
from faden.desk.shell import page
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.actions import memberships as actions
from faden.organisations.queries import accounts as queries
from faden.organisations.queries.memberships import teams
from faden.organisations.vocabulary import Permission


class TeamForm(DeskForm):
    """Which team, or none."""

    team = forms.ChoiceField(
        label=gettext_lazy("Team"),
        required=False,
        help_text=gettext_lazy("Die Mitglieder eines Teams vertreten sich gegenseitig."),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        own = [(str(team.id), team.name) for team in teams()]
        self.fields["team"].choices = [("", _("kein Team")), *own]  # type: ignore[attr-defined]


class EndForm(DeskForm):
    """When it ends."""

    last_day = forms.DateField(
        label=gettext_lazy("Letzter Tag"),
        required=False,
        help_text=gettext_lazy("Leer heißt: sofort, auch mitten in einer Sitzung."),
    )


@reads(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def show(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """One membership."""
    return _page(request, membership_id)


@writes(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def assign_team(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """Into a team, or out of all."""
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _page(request, membership_id, team_form=form)
    chosen = form.cleaned_data["team"]
    actions.assign_team(
        membership_id, team_id=UUID(chosen) if chosen else None, by=request.actor, at=request.at
    )
    messages.success(request, _("Die Zuordnung zum Team ist gespeichert."))
    return HttpResponseRedirect(reverse("account", args=[membership_id]), status=303)


@writes(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def end(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """At once, or after a last day."""
    form = EndForm(request.POST)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            actions.end(membership_id, on=last_day, by=request.actor, at=request.at, today=request.today)
        except (Invalid, Conflict) as error:
            form.take_error(error if isinstance(error, Invalid) else Invalid(str(error)))
        else:
            messages.success(
                request, _("Der letzte Tag ist gespeichert.") if last_day else _("Der Zugang ist beendet.")
            )
            return HttpResponseRedirect(reverse("accounts"), status=303)
    return _page(request, membership_id, end_form=form)


def _page(
    request: DeskRequest,
    membership_id: UUID,
    *,
    team_form: TeamForm | None = None,
    end_form: EndForm | None = None,
) -> HttpResponse:
    person = queries.person(membership_id, on=request.today)
    context = {
        "person": person,
        "team_form": team_form or TeamForm(initial={"team": str(person.team_id or "")}),
        "end_form": end_form or EndForm(),
    }
    return page(
        request,
        "desk/account.html",
        context,
        here="accounts",
        crumbs=((_("Konten"), reverse("accounts")), (person.name, "")),
        status=422 if request.method == "POST" else 200,
    )


urlpatterns = [
    path("konten/<uuid:membership_id>/", show, name="account"),
    path("konten/<uuid:membership_id>/team/", assign_team, name="account-team"),
    path("konten/<uuid:membership_id>/ende/", end, name="account-end"),
]
