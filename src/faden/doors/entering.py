"""Taking a role: from then on the session acts for one service, and that service's log says so."""

from datetime import date, datetime

from django.http import HttpRequest

from faden.doors import session
from faden.kernel.rls import opened_for, opened_for_person
from faden.organisations.actions import memberships as actions
from faden.organisations.models import Membership
from faden.organisations.queries import memberships


def enter(request: HttpRequest, membership: Membership, *, at: datetime) -> None:
    """Note it in the service first; if that fails, the session takes no role."""
    actor = memberships.as_actor(membership)
    with opened_for(actor, write=True):
        actions.take_role(membership.id, by=actor, at=at)
    session.take_role(request, membership)


def enter_the_only_one(request: HttpRequest, *, at: datetime, on: date) -> None:
    """Somebody with exactly one membership is not asked; without the second factor nobody enters."""
    if session.lacks_second_factor(request) or session.membership_id(request):
        return
    person = session.user_id(request)
    with opened_for_person(person):
        found = memberships.of_person(on=on)
    if len(found) == 1:
        enter(request, found[0], at=at)
