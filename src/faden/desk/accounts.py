"""Konten: who works in this service, who is invited, which teams there are. No case content."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, reads, writes
from faden.desk.forms import DeskForm, Text
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.organisations.actions import memberships as actions
from faden.organisations.queries import accounts as queries
from faden.organisations.queries import invitations
from faden.organisations.queries.memberships import teams
from faden.organisations.vocabulary import Permission


class TeamForm(DeskForm):
    """A new team."""

    name = Text(label=gettext_lazy("Name des neuen Teams"), max_length=120)


@reads(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def listing(request: DeskRequest) -> HttpResponse:
    """People, open invitations, teams."""
    return _page(request, TeamForm())


@writes(Sees.NOTHING, may=Permission.MANAGE_ACCOUNTS)
def make_team(request: DeskRequest) -> HttpResponse:
    """A new team."""
    form = TeamForm(request.POST)
    if form.is_valid():
        try:
            actions.make_team(form.cleaned_data["name"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Das Team ist angelegt."))
            return HttpResponseRedirect(reverse("accounts"), status=303)
    return _page(request, form, status=422)


def _page(request: DeskRequest, team_form: TeamForm, status: int = 200) -> HttpResponse:
    people = queries.people(on=request.today)
    context = {
        "people": [person for person in people if not person.is_past],
        "former": [person for person in people if person.is_past],
        "invitations": invitations.waiting(),
        "now": request.at,
        "teams": list(teams()),
        "team_form": team_form,
    }
    return page(request, "desk/accounts.html", context, here="accounts", status=status)


urlpatterns = [
    path("konten/", listing, name="accounts"),
    path("konten/teams/", make_team, name="account-teams"),
]
