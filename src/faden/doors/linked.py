"""The door of a Weitergabe's link: no account and no service, the one copy the link names and nothing else."""

import hmac
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from faden.consents.queries import links as queries
from faden.consents.queries.links import Link
from faden.doors import refusals
from faden.kernel import clock
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for_link

METHODS = ("GET", "HEAD", "POST")
COOKIE, _SALT = "faden_link", "faden.link"
# "no-referrer" would also take the Origin away from our own forms, which Django then refuses; this tells no other host.
HEADERS = {"Cache-Control": "no-store, private", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}
View = Callable[..., HttpResponse]


class LinkedRequest(HttpRequest):
    """What this door hands to a view."""

    at: datetime
    today: date
    link: Link
    may_look: bool  # the code was entered in this browser, not long ago


def edits(*, gone: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """GET shows in a read-only transaction: a mail scanner that follows the link changes nothing and costs no try.

    `gone` answers for every link that does not count, without telling why or whose it was.
    """
    return lambda view: _door(view, gone)


def _door(view: View, gone: Callable[[HttpRequest], HttpResponse]) -> View:
    @wraps(view)
    def entered(request: LinkedRequest, token: str) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.method == "POST" and not ratelimit.consume(request, action="link"):
            return ratelimit.respond_429(request)
        response = _answer(view, gone, request, token)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    entered.door = ("linked", None, METHODS)  # type: ignore[attr-defined]
    return entered


def _answer(
    view: View, gone: Callable[[HttpRequest], HttpResponse], request: LinkedRequest, token: str
) -> HttpResponse:
    request.at, request.today = clock.now(), clock.today()
    link_id = queries.behind(token)
    if link_id is None:
        return gone(request)
    try:
        with opened_for_link(link_id, write=request.method == "POST"):
            found = queries.opened(link_id)
            if found is None:
                return gone(request)
            request.link, request.may_look = found, _entered(request, found)
            # Also when it says no: a wrong code has been counted.
            return view(request)
    except FadenError as error:
        return refusals.answer(request, error)


# ---------- the code was entered: a signed cookie for this address only ----------


def let_in(request: LinkedRequest, response: HttpResponse) -> None:
    """For half an hour, in this browser, below this link's address."""
    response.set_cookie(
        COOKIE, signing.dumps(_mark(request.link), salt=_SALT), max_age=settings.FADEN_IDLE_SECONDS, path=request.path,
        httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def let_out(request: LinkedRequest, response: HttpResponse) -> None:
    """Done at this computer."""
    response.delete_cookie(COOKIE, path=request.path, samesite="Lax")


def _entered(request: HttpRequest, link: Link) -> bool:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=settings.FADEN_IDLE_SECONDS)
    except signing.BadSignature:
        return False
    return isinstance(kept, str) and hmac.compare_digest(kept, _mark(link))


def _mark(link: Link) -> str:
    """This link with this code: a renewed code closes the pages that an earlier one opened."""
    return hmac.new(link.code_hash, link.id.bytes, "sha256").hexdigest()
