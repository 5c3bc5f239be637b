"""The door of an invitation's link: the token opens the service it belongs to, for this one purpose."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from faden.doors import refusals, session
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for
from faden.organisations.models import Invitation
from faden.organisations.queries import invitations

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "POST")


class InvitedRequest(HttpRequest):
    """What this door hands to a view."""

    at: datetime
    today: date
    signed_in_as: str
    invitation: Invitation


def edits(*, gone: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """GET shows in a read-only transaction (mail scanners change nothing), POST takes.

    `gone` answers for every link that does not count, without telling why.
    """
    return lambda view: _door(view, gone)


def _door(view: View, gone: Callable[[HttpRequest], HttpResponse]) -> View:
    @wraps(view)
    def entered(request: InvitedRequest, token: str, **where: Any) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        request.at, request.today = clock.now(), clock.today()
        behind = invitations.behind(token)
        if behind is None:
            return gone(request)
        invitation_id, organisation_id = behind
        # Before the transaction: an idle session is thrown away here, which a read-only one refuses.
        signed_in = request.user.is_authenticated and not session.idle_too_long(request)
        request.signed_in_as = getattr(request.user, "email", "").lower() if signed_in else ""
        try:
            with opened_for(Actor.system(organisation_id), write=request.method == "POST"):
                found = invitations.open_one(invitation_id, at=request.at)
                if found is None:
                    return gone(request)
                request.invitation = found
                response = view(request, **where)
                if request.method == "POST" and response.status_code >= 400:
                    transaction.set_rollback(True)
                return response
        except FadenError as error:
            return refusals.answer(request, error)

    entered.door = ("invited", None, METHODS)  # type: ignore[attr-defined]
    return entered
