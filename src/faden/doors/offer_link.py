"""The door of the link that confirms an offer: no account, one offer of the public directory, its owner's word."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from faden.directory.queries import keeping
from faden.directory.queries.keeping import OfferView
from faden.doors import refusals
from faden.doors.linked import HEADERS
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for, opened_for_everybody

METHODS = ("GET", "HEAD", "POST")
View = Callable[..., HttpResponse]


class OfferLinkRequest(HttpRequest):
    """What this door hands to a view."""

    at: datetime
    today: date
    offer: OfferView
    actor: Actor  # the service that keeps the offer, without a person


def edits(*, gone: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """GET shows in a read-only transaction: a mail scanner that follows the link confirms nothing.

    `gone` answers for a link that is not ours, has run out or was followed by a newer one.
    """
    return lambda view: _door(view, gone)


def _door(view: View, gone: Callable[[HttpRequest], HttpResponse]) -> View:
    @wraps(view)
    def entered(request: OfferLinkRequest, token: str) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.method == "POST" and not ratelimit.consume(request, action="link"):
            return ratelimit.respond_429(request)
        request.at, request.today = clock.now(), clock.today()
        response = _answer(view, gone, request, token)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    entered.door = ("offer-link", None, METHODS)  # type: ignore[attr-defined]
    return entered


def _answer(view: View, gone: Callable[[HttpRequest], HttpResponse], request: OfferLinkRequest, token: str) -> HttpResponse:
    try:
        with opened_for_everybody():
            found = keeping.behind_link(token, today=request.today)
            if found is None:
                return gone(request)
            request.offer, request.actor = found, Actor.system(found.offer.organisation_id)
            if request.method != "POST":
                return view(request)
        with opened_for(request.actor, write=True):
            return view(request)
    except FadenError as error:
        return refusals.answer(request, error)
