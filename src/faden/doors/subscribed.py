"""The door of a calendar address: its token opens one membership's own hours, and nothing else."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import override

from faden.cases.queries.calendar_feeds import behind
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for

METHODS = ("GET", "HEAD")
View = Callable[..., HttpResponse]


class SubscribedRequest(HttpRequest):
    """What this door hands to a view."""

    at: datetime
    today: date
    membership_id: UUID


def reads(*, gone: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """GET in a read-only transaction. No session is read and no cookie set: programs fetch it, not people.

    `gone` answers for every address that does not count, without telling why.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: SubscribedRequest, token: str) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            request.at, request.today = clock.now(), clock.today()
            found = behind(token)
            if found is None:
                return gone(request)
            request.membership_id, organisation_id = found
            # A program has no reader whose language could be asked.
            with opened_for(Actor.system(organisation_id), write=False), override("de"):
                return view(request)

        entered.door = ("subscribed", None, METHODS)  # type: ignore[attr-defined]
        return entered

    return decorate
