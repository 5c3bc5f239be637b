"""Answers that say no, the same for every audience: clear sentence, nothing lost, no data."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from faden.kernel.errors import Conflict, FadenError, Invalid, NotAllowed, NotFound

_STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422}
# Never shown again and never kept: secrets, and what belongs to the request only.
_NOT_TYPED = ("csrfmiddlewaretoken", "form_key", "code", "otp", "credential")


class Incomplete(Invalid):
    """A form without its key: not sent from one of our pages."""

    def __init__(self) -> None:
        super().__init__(_("Das Formular war unvollständig. Bitte laden Sie die Seite neu."))


def answer(request: HttpRequest, error: FadenError, *, way_out: tuple[str, str] | None = None) -> HttpResponse:
    """The page for an error of the domain; `way_out`: (address, label) of what this person can do instead."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 422)
    page = {403: "403.html", 404: "404.html", 409: "409.html"}.get(status, "422.html")
    changes = getattr(error, "changes", ())
    context = {"sentence": str(error), "changes": changes, "typed": typed(request), "way_out": way_out}
    return render(request, page, context, status=status)


def other_side(request: HttpRequest, *, home: str) -> HttpResponse:
    """An address of another audience is not there; only the bare host leads to one's own first page."""
    return HttpResponseRedirect(reverse(home)) if request.path == "/" else answer(request, NotFound())


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form, name and value, secrets left out."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value and name not in _NOT_TYPED and "password" not in name
    ]


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 for a post after sign-out: the typed values stay in the page, nothing is stored."""
    return render(request, "401.html", {"typed": typed(request), "path": request.path}, status=401)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the typed values: happens after signing in again in another tab."""
    return render(request, "401.html", {"typed": typed(request), "path": request.path}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 outside a door."""
    return render(request, "403.html", {"sentence": ""}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what never was and for what belongs to others."""
    return render(request, "404.html", {"sentence": ""}, status=404)
