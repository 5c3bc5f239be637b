"""The public side's door: no account, no service, nobody's data; a read-only transaction and nothing else."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseNotModified,
    JsonResponse,
)
from django.utils import translation
from django.utils.http import parse_etags

from faden.directory.queries import harvest
from faden.doors import refusals
from faden.kernel import clock
from faden.kernel.errors import FadenError, Invalid, NotFound
from faden.kernel.rls import opened_for_everybody

METHODS = ("GET", "HEAD")
# A harvester that comes again within a minute has the same; after that it asks with the ETag.
KEPT_FOR = "public, max-age=60"
View = Callable[..., HttpResponse]
Told = Callable[..., dict[str, Any]]


class PublicRequest(HttpRequest):
    """What this door hands to a view."""

    at: datetime
    today: date


def reads(view: View) -> View:
    """GET only. Whoever is signed in is treated as everybody is."""

    @wraps(view)
    def entered(request: PublicRequest, **where: Any) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        request.at, request.today = clock.now(), clock.today()
        try:
            with opened_for_everybody():
                return view(request, **where)
        except FadenError as error:
            return refusals.answer(request, error)

    entered.door = ("public", None, METHODS)  # type: ignore[attr-defined]
    return entered


def tells(view: Told) -> View:
    """GET of open data: JSON for every origin, German, the same until the directory changes; errors are JSON too."""

    @wraps(view)
    def entered(request: PublicRequest, **where: Any) -> HttpResponse:
        if request.method not in METHODS:
            return _open(JsonResponse({"error": "method not allowed"}, status=405, headers={"Allow": ", ".join(METHODS)}))
        request.at, request.today = clock.now(), clock.today()
        try:
            with opened_for_everybody(), translation.override("de"):
                # The day counts too: what is over today was not yesterday.
                tag = f'"{harvest.version()}-{request.today:%Y%m%d}"'
                if tag in parse_etags(request.headers.get("If-None-Match", "")):
                    return _kept(HttpResponseNotModified(), tag)
                return _kept(JsonResponse(view(request, **where), json_dumps_params={"ensure_ascii": False}), tag)
        except NotFound:
            return _open(JsonResponse({"error": "not found"}, status=404))
        except Invalid as error:
            return _open(JsonResponse({"error": str(error), "parameter": error.field}, status=400))

    entered.door = ("public", None, METHODS)  # type: ignore[attr-defined]
    return entered


def _kept(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"], response.headers["Cache-Control"] = tag, KEPT_FOR
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Read-only and nobody's: any page of any host may fetch it. No cookie decides anything here."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.is_open_data = True  # type: ignore[attr-defined]
    response.headers.setdefault("Cache-Control", "no-store")
    return response
