"""What somebody typed and has not sent, on both sides: kept while typing, offered again, thrown away on request."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from faden.kernel import drafts
from faden.kernel.drafts import Kept

_PATH = re.compile(r"/(?:[\w-]+/)*")
_NOT_KEPT = ("csrfmiddlewaretoken", "form_key", "draft_name")
AT_ONCE = "jetzt-"  # begins the name of a field that counts for one view and is written nowhere


def saved(request: Any) -> HttpResponse:
    """Keep what is typed in a form; 204, or 413 when it is too much."""
    values = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT and not name.startswith(AT_ONCE)}
    kept = drafts.save(_form(request), values, by=request.actor, at=request.at)
    return HttpResponse(status=204 if kept else 413)


def discarded(request: Any) -> HttpResponse:
    """Throw a draft away and go back to the empty form."""
    form = _form(request)
    drafts.discard(form, by=request.actor)
    return HttpResponseRedirect(form, status=303)


def _form(request: HttpRequest) -> str:
    """The address of the form; a path of ours, nothing else."""
    name = request.POST.get("draft_name", "") or request.GET.get("formular", "")
    return name if len(name) <= 200 and _PATH.fullmatch(name) else "/"


def kept_draft(request: Any) -> Kept | None:
    """The draft somebody left in this form."""
    return drafts.offered(request.path, by=request.actor) if request.method == "GET" else None


def is_going_on(request: HttpRequest) -> bool:
    """She chose to go on with her draft."""
    return request.GET.get("entwurf") == "weiter"


def initial_of(form: type[forms.Form], kept: Kept | None, request: HttpRequest) -> dict[str, object]:
    """The draft's values, when the person chose to go on with it."""
    if kept is None or not is_going_on(request):
        return {}
    return {
        name: values if isinstance(form.base_fields[name], forms.MultipleChoiceField) else values[-1]
        for name, values in kept.values.items()
        if name in form.base_fields and values
    }


def left_made(kept: Kept | None, request: HttpRequest, *, several: Collection[str] = ()) -> dict[str, object]:
    """The same of a form whose questions only its page knows; `several`: those that take more than one answer."""
    if kept is None or not is_going_on(request):
        return {}
    return {name: values if name in several else values[-1] for name, values in kept.values.items() if values}


def left_in(form: type[forms.Form], request: Any) -> dict[str, object]:
    """The same in one: what she left in this form, when she goes on with it."""
    return initial_of(form, kept_draft(request), request) if is_going_on(request) else {}
