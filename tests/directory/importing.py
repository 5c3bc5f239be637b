"""Files of foreign directories, real ones and small ones of our own, and taking them in."""

import copy
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
AT, TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23)


def shared(path: str) -> Path:
    """A file of the data beside the project; who has cloned the project alone has none."""
    found = PROJECT.parent / "shared" / "data" / path
    if not found.exists():
        pytest.skip("the exports of others lie beside the project only", allow_module_level=True)
    return found


def munich() -> list[dict[str, Any]]:
    """518 real places of Munich."""
    return json.loads(shared("integreat-muenchen/locations_de.json").read_bytes())


def example(path: str) -> Any:
    """One of the examples of HSDS."""
    return json.loads(shared(path).read_bytes())


_PLACE = {
    "id": 101, "url": "https://admin.integreat-app.de/musterkreis/de/locations/sprachcafe/", "path": "/musterkreis/de/locations/sprachcafe/",
    "title": "Sprachcafé am Markt", "modified_gmt": "2026-05-06T22:30:00Z", "last_updated": "2026-05-07T00:30:00+02:00",
    "meta_description": "", "excerpt": "Deutsch sprechen bei Kaffee.", "content": "<div><p>Deutsch sprechen bei <b>Kaffee</b>.</p></div>",
    "available_languages": {"ar": {"id": 202, "url": "", "path": "/musterkreis/ar/locations/x/"}}, "icon": None, "thumbnail": None,
    "website": "https://treff.example/", "email": "treff@treff.example", "phone_number": "+49 2561 000",
    "contacts": [{
        "area_of_responsibility": "Anmeldung", "name": "Rosalinde Musterfrau", "email": "anmeldung@treff.example",
        "phone_number": "+49 2561 111", "mobile_number": "", "website": "", "opening_hours": [], "appointment_url": None,
    }],
    "category": {"id": 3, "name": "Treffpunkt"}, "temporarily_closed": False, "opening_hours": None, "appointment_url": None,
    "location": {
        "id": 1, "name": "Bürgerhaus", "address": "Markt 1", "town": "Ahaus", "state": None, "postcode": "48683", "region": None,
        "country": "Deutschland", "latitude": 52.07, "longitude": 7.0,
    },
    "hash": None, "organization": None, "barrier_free": None,
}  # fmt: skip


def place(number: int = 1, **changed: Any) -> dict[str, Any]:
    """An invented place as Integreat tells it; `location_…` goes inside."""
    found = copy.deepcopy(_PLACE) | {"id": 100 + number, "title": f"Sprachcafé {number}"}
    found["location"]["id"] = number
    for name, value in changed.items():
        if name.startswith("location_"):
            found["location"][name.removeprefix("location_")] = value
        else:
            found[name] = value
    return found


def service(number: int = 1, **changed: Any) -> dict[str, Any]:
    """An invented service with what HSDS requires and little more."""
    return {
        "id": f"00000000-0000-4000-8000-{number:012}", "name": f"Beratung {number}", "status": "active",
        "organization": {"id": "0f000000-0000-4000-8000-000000000001", "name": "Musterverein", "description": "Ein Verein"}, **changed,
    }  # fmt: skip


def as_json(content: Any) -> bytes:
    return json.dumps(content).encode()


def centre() -> int:
    """The integration centre that keeps what is taken in."""
    from faden.organisations.queries.services import integration_centres

    return integration_centres()[0]


def taken_in(content: Any, format_: str = "integreat", *, source: str = "Musterquelle", read_as: str = "", **options: Any) -> Any:
    """What a run of the importer reports; the door is this function's own."""
    from faden.directory.actions.imports import SourceValues, take_in
    from faden.directory.queries.reading import read
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    data = content if isinstance(content, bytes) else as_json(content)
    at, today = options.pop("at", AT), options.pop("today", TODAY)
    mapping = options.pop("mapping", None)
    actor = Actor.system(centre())
    with opened_for(actor, write=True):
        return take_in(
            read(data, format_, mapping=mapping, language=read_as), SourceValues(source, format_, "CC BY 4.0", mapping=mapping, **options),
            by=actor, at=at, today=today,
        )  # fmt: skip


def counts(report: Any) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, gone, rejected."""
    return report.new, report.changed, report.unchanged, report.gone, len(report.rejected)


def offers(source: str = "Musterquelle") -> dict[str, Any]:
    """What stands in the directory from a source, by its key."""
    from faden.directory.models import Offer
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        rows = Offer.objects.filter(source__name=source).select_related("provider").prefetch_related("places").order_by("source_key")
        return {row.source_key: row for row in rows}


def offer(key: str = "1", source: str = "Musterquelle") -> Any:
    """One of them."""
    return offers(source)[key]


def written(key: str, **columns: Any) -> None:
    """As if somebody here had changed it."""
    from faden.directory.models import Offer
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(centre()), write=True):
        assert Offer.objects.filter(source_key=key).update(**columns) == 1
