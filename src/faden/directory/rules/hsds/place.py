"""Where: a location with its address."""

from typing import Any

from django.utils.translation import gettext as _

from faden.directory.rules.hsds.basics import Json, id_of, said


def location(place: Any, offer: Any) -> Json:
    """A place; its point is the town's where the house is not known."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None and place.municipality:
        latitude, longitude = place.municipality.latitude, place.municipality.longitude
    town = place.town or (place.municipality.name if place.municipality else "")
    return said(
        id=id_of(place.id, "location"),
        location_type="physical",
        organization_id=str(offer.provider_id),
        name=place.name or town,
        latitude=latitude,
        longitude=longitude,
        external_identifier=place.municipality_id,
        external_identifier_type="AGS" if place.municipality_id else "",
        addresses=_addresses(place, town),
        accessibility=_accessibility(place),
    )


def _addresses(place: Any, town: str) -> list[Json]:
    if not (place.street or place.postcode or town):
        return []
    state = "Nordrhein-Westfalen" if place.municipality_id else ""
    return [
        {
            "id": id_of(place.id, "address"), "address_1": place.street, "city": town, "state_province": state,
            "postal_code": place.postcode, "country": "DE", "address_type": "physical",
        }
    ]  # fmt: skip


def _accessibility(place: Any) -> list[Json]:
    if place.barrier_free is None:
        return []
    return [{"id": id_of(place.id, "accessibility"), "description": _("barrierefrei") if place.barrier_free else _("nicht barrierefrei")}]
