"""The door before a role is chosen: a signed-in person and her own memberships, nothing else."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from faden.doors import session
from faden.kernel import clock
from faden.kernel.rls import opened_for_person
from faden.organisations.models import Membership
from faden.organisations.queries import memberships

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """What this door hands to a view; the memberships were read in their own transaction."""

    at: datetime
    today: date
    memberships: list[Membership]


def edits(view: View) -> View:
    """GET shows, POST takes."""
    return _door(view, ("GET", "HEAD", "POST"))


def writes(view: View) -> View:
    """POST only; what is written goes through `entering`, in the chosen service's transaction."""
    return _door(view, ("POST",))


def _door(view: View, methods: tuple[str, ...]) -> View:
    @wraps(view)
    def entered(request: PersonRequest, **where: Any) -> HttpResponse:
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        if (answer := session.not_fully_signed_in(request)) is not None:
            return answer
        request.at, request.today = clock.now(), clock.today()
        person = session.user_id(request)
        with opened_for_person(person):
            request.memberships = memberships.of_person(on=request.today)
        return view(request, **where)

    entered.door = ("person", None, methods)  # type: ignore[attr-defined]
    return entered
