"""Offers as rows of a service, for tests of what is read from the shelf."""

from datetime import UTC, datetime
from uuid import uuid4

from faden.directory.models import Offer, Place, Provider, Source
from faden.directory.vocabulary import ConfirmedHow
from tests.directory.drawn import TODAY

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def shelve(by, title="Sprachcafé", *, points=(), example=False, **values):
    """One offer of one provider."""
    mine = {"organisation_id": by.organisation_id}
    provider, _ = Provider.objects.get_or_create(name="Haus der Begegnung", **mine)
    source = None
    if example:
        source, _ = Source.objects.get_or_create(
            name="Beispiel", defaults={"format": "csv", "licence": "frei", "is_example": True}, **mine
        )
    row = Offer.objects.create(
        id=uuid4(), provider=provider, title=title, source=source, source_key=str(uuid4()) if source else "", confirmed_on=TODAY,
        confirmed_how=ConfirmedHow.ACCOUNT, noted_at=NOW, changed_at=NOW, **{"life_areas": ["language"]} | values | mine,
    )  # fmt: skip
    for position, (latitude, longitude) in enumerate(points):
        Place.objects.create(offer=row, position=position, town="Ort", latitude=latitude, longitude=longitude, **mine)
    return row
