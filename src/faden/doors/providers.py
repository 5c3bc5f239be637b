"""Anbieter: who offers something, for those who keep a directory; the same for the desk and for the partner side."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from faden.directory import policies
from faden.directory.actions import providers as actions
from faden.directory.queries import keeping
from faden.doors.drafts import kept_draft, left_made
from faden.doors.keeper_forms import ProviderForm
from faden.doors.keeper_side import Side, answered, page_number, version_of, whole
from faden.kernel.errors import Invalid


def index(request: Any, side: Side) -> HttpResponse:
    """Who offers something, by name."""
    q = request.GET.get("q", "")[:80].replace("\0", "")
    rows, shown = keeping.providers(q, by=request.actor, page=page_number(request.GET.get("seite", "")))
    context = {
        "rows": [(row, side.to("provider", row.id), f"{side.to()}?anbieter={row.id}") for row in rows], "page": shown, "q": q,
        "to_new": side.to("provider-new"), "to_list": side.to("providers"), "title": _("Anbieter"),
    }  # fmt: skip
    return side.draw(request, "look/offers/providers.html", context, title=_("Anbieter"))


def new(request: Any, side: Side) -> HttpResponse:
    """One more."""
    form = ProviderForm(request.POST or None, accounts=keeping.accounts(by=request.actor), initial=_left(request))

    def save() -> None:
        actions.note(form.values(), by=request.actor, at=request.at)

    return _provider_answer(request, side, form, save, {}, _("Neuer Anbieter"))


def change(request: Any, side: Side, provider_id: UUID) -> HttpResponse:
    """What is known of it; all its offers show it."""
    found, kept = keeping.provider_of(provider_id), kept_draft(request)
    policies.may_keep(request.actor, found).require()
    form = ProviderForm(
        request.POST or None, accounts=keeping.accounts(by=request.actor), provider=found,
        initial={**ProviderForm.begun(found), **_left(request)},
    )  # fmt: skip

    def save() -> None:
        version = whole(request.POST.get("version", ""))
        actions.change(found, form.values(), seen_version=version, by=request.actor, at=request.at)

    return _provider_answer(request, side, form, save, {"version": version_of(found.version, kept, request)}, found.name)


def _left(request: Any) -> dict[str, Any]:
    return left_made(kept_draft(request), request) if request.method == "GET" else {}


def _provider_answer(
    request: Any, side: Side, form: ProviderForm, save: Callable[[], None], context: dict[str, Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Gespeichert."))
            return HttpResponseRedirect(side.to("providers"), status=303)
    above = (_("Anbieter"), side.to("providers"))
    return answered(request, side, "look/offers/provider.html", {"form": form, "back": above[1], **context}, title, above=above)
