"""Who: the provider as an organisation."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from faden.directory.rules import descriptions
from faden.directory.rules.hsds.basics import Json, email, id_of, said, uri
from faden.directory.rules.hsds.origin import attribution, marked
from faden.directory.rules.hsds.status import running


def organisation_plain(provider: Any, *, full: bool = False) -> Json:
    """An entry of a list; the schema asks for a description, so an unknown one is empty."""
    plain = said(
        id=str(provider.id), name=provider.name, email=email(provider.email), website=uri(provider.website),
        attributes=marked(provider.source, provider.id, "organization"),
    ) | {"description": descriptions.to_plain(provider.description)}  # fmt: skip
    return plain | said(phones=_provider_phones(provider)) if full else plain


def _provider_phones(provider: Any) -> list[Json]:
    if not provider.phone:
        return []
    return [{"id": id_of(provider.id, "phone"), "organization_id": str(provider.id), "number": provider.phone}]


def organisation(provider: Any, services: Collection[tuple[UUID, str, date | None]], *, today: date) -> Json:
    """With the services it offers, by name; without any only its name."""
    if not services:
        return {"id": str(provider.id), "name": provider.name, "description": ""}
    return organisation_plain(provider, full=True) | said(
        services=[{"id": str(one), "name": title, "status": running(ends_on, today)} for one, title, ends_on in services],
        attributes=attribution(provider.source, provider.id, "organization"),
    )
