"""Where an entry comes from: source, licence, attribution, and the mark of an example."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.directory.rules.hsds.basics import Json, id_of
from faden.kernel.clock import BERLIN


def _origin(source: Any) -> dict[str, str]:
    if not source:
        return {}
    return {_("Quelle"): source.name, _("Lizenz"): source.licence, _("Namensnennung"): source.attribution, _("Beispielverzeichnis"): alert(source)}


def alert(source: Any) -> str:
    """A harvester sees no badge: without these words an example looks like a place to go to."""
    return _("Aus einem Beispielverzeichnis. Dieser Eintrag zeigt nur, wie ein Verzeichnis aussieht.") if source and source.is_example else ""


def attribution(source: Any, link: UUID, entity: str) -> list[Json]:
    return [
        {
            "id": id_of(link, "attribute", label), "link_id": str(link), "link_entity": entity, "link_type": "attribution", "label": label, "value": value,
        }
        for label, value in _origin(source).items() if value
    ]  # fmt: skip


def marked(source: Any, link: UUID, entity: str) -> list[Json]:
    """Where a list says nothing else about the source."""
    return attribution(source, link, entity) if alert(source) else []


def metadata(offer: Any) -> list[Json]:
    """Where it comes from, under which licence, and since when it stands like this."""
    source = offer.source
    origin = {"source": source.name, "license": source.licence, "attribution": source.attribution} if source else {}
    found = [
        _told(offer, field, value, "import", source.imported_at or offer.noted_at, source.name) for field, value in origin.items() if value
    ]
    return [*found, _told(offer, "assured_date", offer.confirmed_on.isoformat(), "confirm", offer.confirmed_on, offer.provider.name)]


def _told(offer: Any, field: str, value: str, kind: str, at: datetime | date, whom: str) -> Json:
    day = at.astimezone(BERLIN).date() if isinstance(at, datetime) else at
    return {
        "id": id_of(offer.id, "metadata", field), "resource_id": str(offer.id), "resource_type": "service",
        "last_action_date": day.isoformat(), "last_action_type": kind, "field_name": field,
        "previous_value": "", "replacement_value": value, "updated_by": whom,
    }  # fmt: skip
