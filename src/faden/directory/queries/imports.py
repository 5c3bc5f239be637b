"""What stands in the directory from a source, as a new file of it is held against."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from faden.directory.models import Offer, Source
from faden.directory.rules.intake_words import Towns
from faden.organisations.models import Municipality


@dataclass(frozen=True)
class Known:
    """An offer that came from this source before."""

    id: UUID
    title: str
    source_hash: str
    ended_at: datetime | None
    ended_because: str
    texts: dict[str, Any]
    from_source: dict[str, str]


@dataclass(frozen=True)
class SourceRow:
    """A source as a list shows it."""

    id: UUID
    name: str
    format: str
    format_label: str
    licence: str
    attribution: str
    is_example: bool
    mapping: dict[str, str]
    imported_at: datetime | None


def sources(organisation_id: int) -> list[SourceRow]:
    """Those of one service, by name; one statement."""
    found = Source.objects.filter(organisation_id=organisation_id).order_by("name")
    return [
        SourceRow(
            one.id, one.name, one.format, str(one.get_format_display()), one.licence, one.attribution, one.is_example, one.mapping, one.imported_at
        )
        for one in found
    ]  # fmt: skip


def source_named(name: str, organisation_id: int) -> Source | None:
    """The service's own of this name."""
    return Source.objects.filter(organisation_id=organisation_id, name=name).first()


def known_from(source: Source) -> dict[str, Known]:
    """All that ever came from it, by the source's key; one statement."""
    names = ("id", "title", "source_hash", "ended_at", "ended_because", "texts", "from_source")
    rows = Offer.objects.filter(organisation_id=source.organisation_id, source_id=source.id)
    return {key: Known(*row) for key, *row in rows.values_list("source_key", *names)}


def towns() -> Towns:
    """The towns of NRW; one statement."""
    return Towns(Municipality.objects.values_list("ags", "name", "postcodes"))
