"""An offer as a service."""

from collections.abc import Mapping
from datetime import date, datetime, time, timezone
from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.rules import conditions, descriptions
from faden.directory.rules.hsds.areas import term, term_id
from faden.directory.rules.hsds.basics import OURS, Json, email, id_of, moment, said, uri
from faden.directory.rules.hsds.origin import alert, attribution, marked, metadata
from faden.directory.rules.hsds.place import location
from faden.directory.rules.hsds.provider import organisation_plain
from faden.directory.rules.hsds.status import changed, status
from faden.directory.rules.hsds.times import schedule
from faden.persons.codes import LANGUAGES


def minimal(offer: Any, *, today: date) -> Json:
    """Who only wants to know what changed."""
    return {"id": str(offer.id), "last_modified": moment(changed(offer, today))}


def service_plain(offer: Any, *, towns: Mapping[str, str], today: date) -> Json:
    """What stands once in a service, with its organisation: an entry of a list. Of an ended one only that it has ended."""
    if offer.ended_at:
        return _ended(offer, today)
    words = [one.words for one in conditions.asks(offer, towns=towns) if one.known]
    return said(
        id=str(offer.id),
        organization_id=str(offer.provider_id),
        name=offer.title,
        description=descriptions.to_plain(offer.description) or offer.summary,
        alternate_name="",
        url=uri(offer.website) or uri(offer.source_url),
        email=email(offer.email),
        status=status(offer, today),
        alert=alert(offer.source),
        fees_description=offer.cost_words,
        wait_time=_waiting(offer.waiting_days),
        eligibility_description=" ".join(filter(None, [offer.target_group, *words, offer.condition_words])),
        minimum_age=offer.age_from,
        maximum_age=offer.age_to,
        assured_date=offer.confirmed_on.isoformat(),
        last_modified=moment(changed(offer, today)),
        organization=organisation_plain(offer.provider),
    )


def _ended(offer: Any, today: date) -> Json:
    """For who has kept a copy. Contacts and places are told no more: they may have been the mistake."""
    return said(
        id=str(offer.id), organization_id=str(offer.provider_id), name=offer.title, status=status(offer, today),
        last_modified=moment(changed(offer, today)), alert=alert(offer.source),
        organization={"id": str(offer.provider_id), "name": offer.provider.name, "description": ""},
    )  # fmt: skip


def _waiting(days: int | None) -> str:
    return "" if days is None else ngettext("%(days)s Tag", "%(days)s Tage", days) % {"days": days}


def service(offer: Any, *, towns: Mapping[str, str], today: date) -> Json:
    """With everything that hangs on it."""
    if offer.ended_at:
        return _ended(offer, today)
    return service_plain(offer, towns=towns, today=today) | said(
        phones=phones(offer),
        schedules=[schedule(offer, number, one) for number, one in enumerate(offer.schedules)],
        service_areas=service_areas(offer, towns),
        service_at_locations=[at_location(place, offer) for place in offer.places.all()],
        languages=_languages(offer),
        cost_options=_costs(offer),
        required_documents=[
            {"id": id_of(offer.id, "document", number), "service_id": str(offer.id), "document": one}
            for number, one in enumerate(offer.documents)
        ],
        contacts=_contacts(offer),
        capacities=_capacities(offer),
        organization=organisation_plain(offer.provider, full=True),
        attributes=_attributes(offer),
        metadata=metadata(offer),
    )


def phones(offer: Any) -> list[Json]:
    if not offer.phone:
        return []
    return [said(id=id_of(offer.id, "phone"), service_id=str(offer.id), number=offer.phone, description=offer.contact_role)]


def _contacts(offer: Any) -> list[Json]:
    """A function, never a person's name."""
    if not offer.contact_role:
        return []
    return [said(id=id_of(offer.id, "contact"), service_id=str(offer.id), title=offer.contact_role, email=email(offer.email))]


def _languages(offer: Any) -> list[Json]:
    return [
        said(id=id_of(offer.id, "language", code), service_id=str(offer.id), code=code, name=LANGUAGES[code].name if code in LANGUAGES else "")
        for code in offer.languages
    ]


def _costs(offer: Any) -> list[Json]:
    if offer.is_free is None and not offer.cost_words:
        return []
    amount = 0 if offer.is_free else None
    return [
        said(
            id=id_of(offer.id, "cost"), service_id=str(offer.id), amount_description=offer.cost_words,
            currency="eur" if amount is not None else "", option=_("kostenfrei") if offer.is_free else "",
        )
        | ({"amount": 0} if amount is not None else {})
    ]  # fmt: skip


def service_areas(offer: Any, towns: Mapping[str, str]) -> list[Json]:
    return [
        said(
            id=id_of(offer.id, "area", ags), service_id=str(offer.id), name=towns.get(ags, ags),
            description=_("Amtlicher Gemeindeschlüssel %(ags)s") % {"ags": ags},
        )
        for ags in sorted(offer.towns)
    ]  # fmt: skip


def _capacities(offer: Any) -> list[Json]:
    if offer.places_free is None or offer.places_on is None:
        return []
    unit = {"id": str(uuid5(OURS, "unit:place")), "name": _("Platz")}
    noted = datetime.combine(offer.places_on, time(12), tzinfo=timezone.utc)  # noqa: UP017 -- the day is known, not the hour
    return [
        {
            "id": id_of(offer.id, "capacity"), "service_id": str(offer.id), "unit": unit, "available": offer.places_free,
            "description": _("freie Plätze"), "updated": moment(noted),
        }
    ]  # fmt: skip


def _attributes(offer: Any) -> list[Json]:
    found = [
        {
            "id": id_of(offer.id, "life-area", area), "link_id": str(offer.id), "link_type": "service_category", "link_entity": "service",
            "taxonomy_term_id": str(term_id(area)), "taxonomy_term": term(area),
        }
        for area in offer.life_areas if area in LifeArea.values
    ]  # fmt: skip
    label = _("Kategorie der Quelle")
    category = {
        "id": id_of(offer.id, "attribute", label), "link_id": str(offer.id), "link_entity": "service", "link_type": "category",
        "label": label, "value": offer.category,
    }  # fmt: skip
    return [*found, *([category] if offer.category else []), *attribution(offer.source, offer.id, "service")]


def at_location(place: Any, offer: Any) -> Json:
    """An offer at one of its places."""
    return said(
        id=str(place.id), service_id=str(offer.id), location_id=id_of(place.id, "location"), location=location(place, offer),
        attributes=marked(offer.source, place.id, "service_at_location"),
    )  # fmt: skip


def at_location_whole(place: Any, *, towns: Mapping[str, str], today: date) -> Json:
    """With the offer it belongs to."""
    offer = place.offer
    return at_location(place, offer) | said(
        phones=phones(offer),
        schedules=[schedule(offer, number, one) for number, one in enumerate(offer.schedules)],
        service_areas=service_areas(offer, towns),
        service=service_plain(offer, towns=towns, today=today),
    )
