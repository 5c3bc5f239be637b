"""Entwürfe: saved while typing, thrown away on request."""

import re

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from faden.desk.door import DeskRequest, Sees, writes
from faden.kernel import drafts
from faden.organisations.vocabulary import Permission

_PATH = re.compile(r"/(?:[\w-]+/)*")
_NOT_KEPT = ("csrfmiddlewaretoken", "form_key", "draft_name")


@writes(Sees.NOTHING, may=Permission.SIGN_IN, keyed=False)
def save(request: DeskRequest) -> HttpResponse:
    """Keep what is typed in a form; 204, or 413 when it is too much."""
    values = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT}
    kept = drafts.save(_form(request), values, by=request.actor, at=request.at)
    return HttpResponse(status=204 if kept else 413)


@writes(Sees.NOTHING, may=Permission.SIGN_IN, keyed=False)
def discard(request: DeskRequest) -> HttpResponse:
    """Throw a draft away and go back to the empty form."""
    form = _form(request)
    drafts.discard(form, by=request.actor)
    return HttpResponseRedirect(form, status=303)


def _form(request: DeskRequest) -> str:
    """The address of the form; a path of ours, nothing else."""
    name = request.POST.get("draft_name", "") or request.GET.get("formular", "")
    return name if len(name) <= 200 and _PATH.fullmatch(name) else "/"


urlpatterns = [
    path("entwuerfe/", save, name="draft"),
    path("entwuerfe/verwerfen/", discard, name="draft-discard"),
]
