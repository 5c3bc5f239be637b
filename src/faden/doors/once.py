"""A form counts once, and a refused form leaves nothing behind."""

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from faden.doors import refusals
from faden.kernel import drafts, submissions
from faden.kernel.actor import Actor
from faden.kernel.keys import keyring


def answered(
    request: HttpRequest, *, by: Actor, at: datetime, take: Callable[[], HttpResponse], keyed: bool = True
) -> HttpResponse:
    """Take the form in the transaction that is open; the second send gets where the first led to."""
    key = form_key(request) if keyed else None
    if key and (first := submissions.claim(key, digest=_digest(request), by=by, at=at)) is not None:
        return HttpResponseRedirect(first, status=303)
    response = take()
    if response.status_code >= 400:
        # The form comes back with its errors: nothing of it may stay behind.
        transaction.set_rollback(True)
    elif key:
        submissions.keep_result(key, response.headers.get("Location", request.path))
        drafts.discard(request.path, by=by)
    return response


def form_key(request: HttpRequest) -> UUID:
    """The key our pages put into every form."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        raise refusals.Incomplete from None


def key_shown(request: HttpRequest) -> str:
    """The key of the form on a page; a form that comes back with errors keeps its own."""
    try:
        return str(UUID(request.POST.get("form_key", "")))
    except ValueError:
        return str(uuid4())


def _digest(request: HttpRequest) -> bytes:
    """What was typed and which files, in one order; the csrf token changes and is left out."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted(
        (name, str(getattr(file, "name", "")), str(getattr(file, "size", "")))
        for name, sent in request.FILES.lists()
        for file in sent
    )
    words = json.dumps([request.path, typed, files]).encode()
    # Keyed: beside a plain hash anybody with the table could try out what was typed.
    return hmac.new(keyring().secret_for("forms"), words, "sha256").digest()
