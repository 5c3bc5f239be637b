"""Offers and providers through the verbs, as the keepers write them."""

from dataclasses import replace
from typing import Any

from tests.cast import AMAL
from tests.desk_client import actor_of

PETRA = "petra@bildungswerk.example"


def provider(by: Any, name: str = "Haus der Begegnung", **values: Any) -> Any:
    """One provider of the actor's service."""
    from faden.directory.actions import providers
    from faden.directory.rules.values import ProviderValues
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        return providers.note(ProviderValues(name, **values), by=by, at=clock.now())


def noted(by: Any = None, title: str = "Sprachcafé", provided: str = "Haus der Begegnung", **values: Any) -> Any:
    """One offer with its new provider."""
    from faden.directory.actions import offers
    from faden.directory.rules.values import OfferValues
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = by or actor_of(AMAL.email)
    with opened_for(by, write=True):
        wanted = OfferValues(None, title, new_provider=provided, **{"life_areas": ("language",), **values})
        return offers.note(wanted, by=by, at=clock.now(), today=clock.today())


def values_of(offer: Any, **changed: Any) -> Any:
    """What stands in an offer, for a change of something."""
    from dataclasses import fields

    from faden.directory.rules.values import OfferValues

    plain = {one.name: getattr(offer, one.name) for one in fields(OfferValues) if one.name not in ("provider", "places", "texts", "new_provider")}
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    return replace(OfferValues(provider=offer.provider_id, **plain), **changed)


def done(verb: Any, *arguments: Any, by: Any = None, **more: Any) -> Any:
    """A verb in its own transaction, now."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = by or actor_of(AMAL.email)
    with opened_for(by, write=True):
        return verb(*arguments, by=by, at=clock.now(), **more)


def again(offer: Any) -> Any:
    """As it stands now."""
    from faden.directory.models import Offer
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        return Offer.objects.select_related("provider").get(id=offer.id)


def deeds(offer: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """What the log says of it: code, role, details."""
    from faden.kernel.actor import Actor
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(offer.organisation_id), write=False):
        rows = AuditEvent.objects.filter(subject_id=offer.id).order_by("at", "id")
        return [(row.event, row.role, row.details) for row in rows]


def form_of(page: Any, **changed: Any) -> dict[str, Any]:
    """What a browser would send of the form on a page, with what somebody changed in it."""
    form = page.context["form"]
    sent = {one.html_name: one.value() for one in form if one.value() not in (None, False, "")}
    sent |= {"form_key": page.context["form_key"], "version": page.context.get("version") or ""}
    return {name: value for name, value in {**sent, **changed}.items() if value is not None}
