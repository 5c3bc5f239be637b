"""Entwürfe: saved while typing, thrown away on request."""

from django.http import HttpResponse
from django.urls import path

from faden.desk.door import DeskRequest, Sees, writes
from faden.doors import drafts
from faden.organisations.vocabulary import Permission


@writes(Sees.NOTHING, may=Permission.SIGN_IN, keyed=False)
def save(request: DeskRequest) -> HttpResponse:
    """Keep what is typed in a form."""
    return drafts.saved(request)


@writes(Sees.NOTHING, may=Permission.SIGN_IN, keyed=False)
def discard(request: DeskRequest) -> HttpResponse:
    """Throw a draft away."""
    return drafts.discarded(request)


urlpatterns = [
    path("entwuerfe/", save, name="draft"),
    path("entwuerfe/verwerfen/", discard, name="draft-discard"),
]
