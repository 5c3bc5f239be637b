"""Mein Tag: what is overdue, due, new."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from faden.cases.queries.day import day_of
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import page
from faden.organisations.vocabulary import ROLES, Permission

# Where each role begins its work.
_START = (
    (Permission.SEE_DAY, "day"),
    (Permission.SEE_DEMAND, "overview"),
    (Permission.SEE_LOOKS, "looks"),
    (Permission.MANAGE_ACCOUNTS, "accounts"),
)


@reads(Sees.LIST, may=Permission.SEE_DAY)
def show(request: DeskRequest) -> HttpResponse:
    """The first page of a working day."""
    day = day_of(UUID(request.actor.membership_id), today=request.today)
    request.shown = day.case_ids
    return page(
        request,
        "desk/day.html",
        {"day": day, "today": request.today, "leads": request.actor.role == "team_lead"},
        here="day",
    )


@reads(Sees.NOTHING, may=Permission.SIGN_IN)
def start(request: DeskRequest) -> HttpResponse:
    """To the first page of the role that is worn."""
    allowed = ROLES[request.actor.role].permissions
    name = next(name for permission, name in _START if permission in allowed)
    return HttpResponseRedirect(reverse(name))


urlpatterns = [
    path("", start, name="start"),
    path("tag/", show, name="day"),
]
