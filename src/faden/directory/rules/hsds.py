"""An offer as HSDS 3.1 says it: a service with its organisation, its places and what it asks for."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.rules import conditions, descriptions, schedules
from faden.directory.vocabulary import OfferEnd
from faden.kernel.clock import BERLIN
from faden.persons.codes import LANGUAGES

VERSION = "3.1"
Json = dict[str, Any]
_OURS = uuid5(NAMESPACE_URL, "urn:faden:hsds")
TAXONOMY = uuid5(_OURS, "life-areas")
_URI = re.compile(r"https?://[^\s<>\"{}|\\^`]+$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+$")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _id(of: UUID, *parts: object) -> str:
    """The same thing has the same id each time it is told."""
    return str(uuid5(of, ":".join(str(part) for part in parts)))


def _said(**values: Any) -> Json:
    """HSDS knows no null: what is not known is left out; so is what a schema would refuse."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _uri(text: str) -> str:
    return text if _URI.match(text or "") else ""


def _email(text: str) -> str:
    return text if _EMAIL.match(text or "") else ""


# ---------- life areas ----------


def taxonomy() -> Json:
    """The one we use: Lebensbereiche."""
    return {
        "id": str(TAXONOMY), "name": _("Lebensbereiche"),
        "description": _("Lebensbereiche des Kommunalen Integrationsmanagements, nach denen Angebote geordnet sind."), "version": "1",
    }  # fmt: skip


def term_id(area: str) -> UUID:
    """Of a life area."""
    return uuid5(TAXONOMY, area)


def term(area: str) -> Json:
    """A life area."""
    label = str(LifeArea(area).label)
    return {
        "id": str(term_id(area)), "code": area, "name": label, "description": label, "taxonomy": _("Lebensbereiche"),
        "taxonomy_id": str(TAXONOMY), "taxonomy_detail": taxonomy(), "language": "de",
    }  # fmt: skip


AREAS = {term_id(area): area for area in LifeArea.values}


# ---------- a service ----------


def minimal(offer: Any, *, today: date) -> Json:
    """Who only wants to know what changed."""
    return {"id": str(offer.id), "last_modified": _moment(_changed(offer, today))}


def service_plain(offer: Any, *, towns: Mapping[str, str], today: date) -> Json:
    """What stands once in a service, with its organisation: an entry of a list. Of an ended one only that it has ended."""
    if offer.ended_at:
        return _ended(offer, today)
    words = [one.words for one in conditions.asks(offer, towns=towns) if one.known]
    return _said(
        id=str(offer.id),
        organization_id=str(offer.provider_id),
        name=offer.title,
        description=descriptions.to_plain(offer.description) or offer.summary,
        alternate_name="",
        url=_uri(offer.website) or _uri(offer.source_url),
        email=_email(offer.email),
        status=_status(offer, today),
        alert=_alert(offer.source),
        fees_description=offer.cost_words,
        wait_time=_waiting(offer.waiting_days),
        eligibility_description=" ".join(filter(None, [offer.target_group, *words, offer.condition_words])),
        minimum_age=offer.age_from,
        maximum_age=offer.age_to,
        assured_date=offer.confirmed_on.isoformat(),
        last_modified=_moment(_changed(offer, today)),
        organization=organisation_plain(offer.provider),
    )


def _ended(offer: Any, today: date) -> Json:
    """For who has kept a copy. Contacts and places are told no more: they may have been the mistake."""
    return _said(
        id=str(offer.id), organization_id=str(offer.provider_id), name=offer.title, status=_status(offer, today),
        last_modified=_moment(_changed(offer, today)), alert=_alert(offer.source),
        organization={"id": str(offer.provider_id), "name": offer.provider.name, "description": ""},
    )  # fmt: skip


def _waiting(days: int | None) -> str:
    return "" if days is None else ngettext("%(days)s Tag", "%(days)s Tage", days) % {"days": days}


def _status(offer: Any, today: date) -> str:
    if offer.ended_at:
        return "inactive" if offer.ended_because == OfferEnd.MISTAKE else "defunct"
    return _running(offer.ends_on, today)


def _running(ends_on: date | None, today: date) -> str:
    return "inactive" if ends_on and ends_on < today else "active"


def _changed(offer: Any, today: date) -> datetime:
    """Who was told of a running offer hears that it ran out, although nobody wrote anything that night."""
    ran_out = datetime.combine(offer.ends_on + timedelta(days=1), time(), BERLIN) if _running(offer.ends_on, today) == "inactive" else None
    return max(one for one in (offer.changed_at, offer.ended_at, ran_out) if one)


def _moment(at: datetime) -> str:
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")  # noqa: UP017 -- as the examples write it


def service(offer: Any, *, towns: Mapping[str, str], today: date) -> Json:
    """With everything that hangs on it."""
    if offer.ended_at:
        return _ended(offer, today)
    return service_plain(offer, towns=towns, today=today) | _said(
        phones=_phones(offer),
        schedules=[_schedule(offer, number, one) for number, one in enumerate(offer.schedules)],
        service_areas=_areas(offer, towns),
        service_at_locations=[at_location(place, offer) for place in offer.places.all()],
        languages=_languages(offer),
        cost_options=_costs(offer),
        required_documents=[
            {"id": _id(offer.id, "document", number), "service_id": str(offer.id), "document": one}
            for number, one in enumerate(offer.documents)
        ],
        contacts=_contacts(offer),
        capacities=_capacities(offer),
        organization=organisation_plain(offer.provider, full=True),
        attributes=_attributes(offer),
        metadata=_metadata(offer),
    )


def _phones(offer: Any) -> list[Json]:
    if not offer.phone:
        return []
    return [_said(id=_id(offer.id, "phone"), service_id=str(offer.id), number=offer.phone, description=offer.contact_role)]


def _contacts(offer: Any) -> list[Json]:
    """A function, never a person's name."""
    if not offer.contact_role:
        return []
    return [_said(id=_id(offer.id, "contact"), service_id=str(offer.id), title=offer.contact_role, email=_email(offer.email))]


def _languages(offer: Any) -> list[Json]:
    return [
        _said(id=_id(offer.id, "language", code), service_id=str(offer.id), code=code, name=LANGUAGES[code].name if code in LANGUAGES else "")
        for code in offer.languages
    ]


def _costs(offer: Any) -> list[Json]:
    if offer.is_free is None and not offer.cost_words:
        return []
    amount = 0 if offer.is_free else None
    return [
        _said(
            id=_id(offer.id, "cost"), service_id=str(offer.id), amount_description=offer.cost_words,
            currency="eur" if amount is not None else "", option=_("kostenfrei") if offer.is_free else "",
        )
        | ({"amount": 0} if amount is not None else {})
    ]  # fmt: skip


def _areas(offer: Any, towns: Mapping[str, str]) -> list[Json]:
    return [
        _said(
            id=_id(offer.id, "area", ags), service_id=str(offer.id), name=towns.get(ags, ags),
            description=_("Amtlicher Gemeindeschlüssel %(ags)s") % {"ags": ags},
        )
        for ags in sorted(offer.towns)
    ]  # fmt: skip


def _capacities(offer: Any) -> list[Json]:
    if offer.places_free is None or offer.places_on is None:
        return []
    unit = {"id": str(uuid5(_OURS, "unit:place")), "name": _("Platz")}
    noted = datetime.combine(offer.places_on, time(12), tzinfo=timezone.utc)  # noqa: UP017 -- the day is known, not the hour
    return [
        {
            "id": _id(offer.id, "capacity"), "service_id": str(offer.id), "unit": unit, "available": offer.places_free,
            "description": _("freie Plätze"), "updated": _moment(noted),
        }
    ]  # fmt: skip


def _attributes(offer: Any) -> list[Json]:
    found = [
        {
            "id": _id(offer.id, "life-area", area), "link_id": str(offer.id), "link_type": "service_category", "link_entity": "service",
            "taxonomy_term_id": str(term_id(area)), "taxonomy_term": term(area),
        }
        for area in offer.life_areas if area in LifeArea.values
    ]  # fmt: skip
    label = _("Kategorie der Quelle")
    category = {
        "id": _id(offer.id, "attribute", label), "link_id": str(offer.id), "link_entity": "service", "link_type": "category",
        "label": label, "value": offer.category,
    }  # fmt: skip
    return [*found, *([category] if offer.category else []), *_said_of(offer.source, offer.id, "service")]


def _origin(source: Any) -> dict[str, str]:
    if not source:
        return {}
    return {_("Quelle"): source.name, _("Lizenz"): source.licence, _("Namensnennung"): source.attribution, _("Beispielverzeichnis"): _alert(source)}


def _alert(source: Any) -> str:
    """A harvester sees no badge: without these words an example looks like a place to go to."""
    return _("Aus einem Beispielverzeichnis. Dieser Eintrag zeigt nur, wie ein Verzeichnis aussieht.") if source and source.is_example else ""


def _said_of(source: Any, link: UUID, entity: str) -> list[Json]:
    return [
        {
            "id": _id(link, "attribute", label), "link_id": str(link), "link_entity": entity, "link_type": "attribution", "label": label, "value": value,
        }
        for label, value in _origin(source).items() if value
    ]  # fmt: skip


def _marked(source: Any, link: UUID, entity: str) -> list[Json]:
    """Where a list says nothing else about the source."""
    return _said_of(source, link, entity) if _alert(source) else []


def _metadata(offer: Any) -> list[Json]:
    """Where it comes from, under which licence, and since when it stands like this."""
    source = offer.source
    origin = {"source": source.name, "license": source.licence, "attribution": source.attribution} if source else {}
    found = [
        _told(offer, field, value, "import", source.imported_at or offer.noted_at, source.name) for field, value in origin.items() if value
    ]
    return [*found, _told(offer, "assured_date", offer.confirmed_on.isoformat(), "confirm", offer.confirmed_on, offer.provider.name)]


def _told(offer: Any, field: str, value: str, kind: str, at: datetime | date, whom: str) -> Json:
    day = at.date() if isinstance(at, datetime) else at
    return {
        "id": _id(offer.id, "metadata", field), "resource_id": str(offer.id), "resource_type": "service",
        "last_action_date": day.isoformat(), "last_action_type": kind, "field_name": field,
        "previous_value": "", "replacement_value": value, "updated_by": whom,
    }  # fmt: skip


# ---------- when ----------


def _schedule(offer: Any, number: int, one: Mapping[str, Any]) -> Json:
    return _said(
        id=_id(offer.id, "schedule", number),
        service_id=str(offer.id),
        valid_from=one.get("from"),
        valid_to=one.get("until"),
        dtstart=one.get("from"),
        until=one.get("until"),
        opens_at=one.get("opens"),
        closes_at=one.get("closes"),
        description=schedules.words_of(one),
        notes=one.get("words"),
        **_recurrence(one.get("rrule") or ""),
    )


def _recurrence(rule: str) -> Json:
    """HSDS knows weeks and months; a day after day is a week of seven, anything rarer stands in the words."""
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)
    freq, byday = parts.get("FREQ", ""), parts.get("BYDAY", "")
    every = int(parts["INTERVAL"]) if parts.get("INTERVAL", "").isdecimal() else 1
    if freq == "DAILY" and every == 1:
        freq, byday = "WEEKLY", byday or ",".join(_DAYS)
    if freq not in ("WEEKLY", "MONTHLY"):
        return {}
    if parts.get("BYSETPOS") and "," not in byday and byday in _DAYS:
        byday = parts["BYSETPOS"] + byday
    count = int(parts["COUNT"]) if parts.get("COUNT", "").isdecimal() else None
    wkst = parts.get("WKST", "") if parts.get("WKST") in _DAYS else ""
    return _said(freq=freq, interval=every, byday=byday, bymonthday=parts.get("BYMONTHDAY"), count=count, wkst=wkst)


# ---------- where ----------


def at_location(place: Any, offer: Any) -> Json:
    """An offer at one of its places."""
    return _said(
        id=str(place.id), service_id=str(offer.id), location_id=_id(place.id, "location"), location=location(place, offer),
        attributes=_marked(offer.source, place.id, "service_at_location"),
    )  # fmt: skip


def at_location_whole(place: Any, *, towns: Mapping[str, str], today: date) -> Json:
    """With the offer it belongs to."""
    offer = place.offer
    return at_location(place, offer) | _said(
        phones=_phones(offer),
        schedules=[_schedule(offer, number, one) for number, one in enumerate(offer.schedules)],
        service_areas=_areas(offer, towns),
        service=service_plain(offer, towns=towns, today=today),
    )


def location(place: Any, offer: Any) -> Json:
    """A place; its point is the town's where the house is not known."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None and place.municipality:
        latitude, longitude = place.municipality.latitude, place.municipality.longitude
    town = place.town or (place.municipality.name if place.municipality else "")
    return _said(
        id=_id(place.id, "location"),
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
            "id": _id(place.id, "address"), "address_1": place.street, "city": town, "state_province": state,
            "postal_code": place.postcode, "country": "DE", "address_type": "physical",
        }
    ]  # fmt: skip


def _accessibility(place: Any) -> list[Json]:
    if place.barrier_free is None:
        return []
    return [{"id": _id(place.id, "accessibility"), "description": _("barrierefrei") if place.barrier_free else _("nicht barrierefrei")}]


# ---------- who ----------


def organisation_plain(provider: Any, *, full: bool = False) -> Json:
    """An entry of a list; the schema asks for a description, so an unknown one is empty."""
    plain = _said(
        id=str(provider.id), name=provider.name, email=_email(provider.email), website=_uri(provider.website),
        attributes=_marked(provider.source, provider.id, "organization"),
    ) | {"description": descriptions.to_plain(provider.description)}  # fmt: skip
    return plain | _said(phones=_provider_phones(provider)) if full else plain


def _provider_phones(provider: Any) -> list[Json]:
    if not provider.phone:
        return []
    return [{"id": _id(provider.id, "phone"), "organization_id": str(provider.id), "number": provider.phone}]


def organisation(provider: Any, services: Collection[tuple[UUID, str, date | None]], *, today: date) -> Json:
    """With the services it offers, by name; without any only its name."""
    if not services:
        return {"id": str(provider.id), "name": provider.name, "description": ""}
    return organisation_plain(provider, full=True) | _said(
        services=[{"id": str(one), "name": title, "status": _running(ends_on, today)} for one, title, ends_on in services],
        attributes=_said_of(provider.source, provider.id, "organization"),
    )


# ---------- a page ----------


def page(contents: list[Json], *, total: int, number: int, per_page: int) -> Json:
    """The Page object of the API."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(contents),
        "first_page": number == 1, "last_page": number >= pages, "empty": not contents, "contents": contents,
    }  # fmt: skip
