"""HSDS 3.x: one service of it as an offer."""

import re
from collections.abc import Iterator
from typing import Any

from faden.outside.offers import values
from faden.outside.offers.hsds_files import services_of
from faden.outside.offers.hsds_times import schedules
from faden.outside.offers.html import cleaned
from faden.outside.offers.reading import Gate, ReadFile, Rejected, Unread, read_each
from faden.outside.offers.record import ContactRecord, OfferRecord, PlaceRecord, ProviderRecord
from faden.outside.offers.values import Record

_OVER = {"inactive", "defunct"}
_VIRTUAL = {"virtual", "online", "phone", "telephone"}
_NO_COST = re.compile(
    r"(?:(?:it|this|the service|das angebot)? ?(?:is|ist) )?(?:free(?: of charge| to use| service)?|no (?:charge|cost|fee)s?|kostenlos|kostenfrei|gratis|gebührenfrei)",
    re.IGNORECASE,
)


def read(data: bytes, language: str = "") -> ReadFile:
    """All services of the file."""
    rows, complete = services_of(data)
    gate = Gate()
    return read_each(rows, lambda index, row: _read(index, row, language or "de", gate), language=language or "de", complete=complete)


# ---------- one service ----------


def _read(index: int, row: Any, language: str, gate: Gate) -> OfferRecord | Rejected:
    if not isinstance(row, dict):
        return Rejected(values.label(index), Unread.NO_OBJECT)
    label, key = values.label(index, row.get("name"), row.get("id")), values.key(row.get("id"))
    title = values.text(row.get("name")) or values.text(row.get("alternate_name"))
    return gate.refusal(label, key, title) or _offer(row, key, title, language)


def _offer(row: Record, key: str, title: str, language: str) -> OfferRecord:
    at = list(values.records(row.get("service_at_locations")))
    contacts = tuple(_contacts(row, at))
    capacity = next(iter(values.records(row.get("capacities"))), {})
    free = values.whole(capacity.get("available"), 9999)
    measured = values.day(capacity.get("updated")) or values.day(row.get("last_modified"))
    notes, ages = values.Notes(), values.ages(row.get("minimum_age"), row.get("maximum_age"))
    waiting = notes.read("waiting", row.get("wait_time"), values.days)
    places = tuple(_places(at))
    return OfferRecord(
        key=key,
        title=title,
        language=language,
        provider=_provider(row),
        summary=_summary(row),
        description="".join(_description(row)),
        category=values.text(next(iter(_terms(row)), ""), 120),
        keywords=tuple(_terms(row)),
        languages=tuple(_languages(row)),
        online=bool(at) and not places and any(_is_virtual(one) for one in at),
        schedules=tuple(schedules(row, at)),
        cost_words=_cost(row),
        is_free=_is_free(row),
        documents=tuple(words for one in values.records(row.get("required_documents")) if (words := values.text(one.get("document"), 160))),
        waiting_days=waiting,
        places_free=free,
        places_on=measured if free is not None else None,
        contacts=contacts,
        website=values.website(row.get("url")),
        age_from=ages.first,
        age_to=ages.last,
        age_words=ages.words,
        areas=tuple(words for one in values.records(row.get("service_areas")) if (words := values.text(one.get("name"), 120))),
        condition_words=values.text(row.get("eligibility_description"), 500),
        is_over=values.text(row.get("status")).casefold() in _OVER,
        url=values.website(row.get("url")),
        updated_on=values.day(row.get("last_modified")) or values.day(row.get("assured_date")),
        places=places,
        unclear=tuple(notes.unclear),
    )


def _provider(row: Record) -> ProviderRecord:
    found = values.record(row.get("organization"))
    name = values.text(found.get("name")) or values.text(found.get("alternate_name"))
    key = values.key(found.get("id")) or values.key(row.get("organization_id"))
    if not name:
        name = values.text(row.get("name")) or values.text(row.get("alternate_name"))
        key = key or f"name:{name.casefold()[:190]}"
    return ProviderRecord(
        key or f"name:{name.casefold()[:190]}",
        name,
        _html(found.get("description")),
        values.website(found.get("website") or found.get("url")),
        next((phone for one in values.records(found.get("phones")) if (phone := _number(one))), ""),
        values.email(found.get("email")),
    )


def _html(value: Any) -> str:
    return cleaned(value) if isinstance(value, str) else ""


def _summary(row: Record) -> str:
    return values.text(row.get("description") if isinstance(row.get("description"), str) else None, 300)


def _description(row: Record) -> Iterator[str]:
    for name in ("alert", "description", "application_process", "interpretation_services"):
        if found := _html(row.get(name)):
            yield found


def _terms(row: Record) -> Iterator[str]:
    """The names of its categories; `label` and `value` where a taxonomy has none."""
    said: set[str] = set()
    for one in values.records(row.get("attributes")):
        term = values.record(one.get("taxonomy_term"))
        words = values.text(term.get("name"), 120) or values.text(one.get("label"), 120)
        if words and words not in said:
            said.add(words)
            yield words


def _languages(row: Record) -> Iterator[str]:
    for one in values.records(row.get("languages")):
        if words := values.text(one.get("code"), 40) or values.text(one.get("name"), 40):
            yield words


def _number(row: Record) -> str:
    number, extension = values.phone(row.get("number")), values.text(row.get("extension"), 10)
    return f"{number}-{extension}" if number and extension and len(number) + len(extension) < 60 else number


def _contacts(row: Record, at: list[Record]) -> Iterator[ContactRecord]:
    """The service's own ways first, then those of its contacts, by function; `name` and `attention` are not read."""
    phones = [number for one in values.records(row.get("phones")) if (number := _number(one))]
    own = ContactRecord("", phones[0] if phones else "", values.email(row.get("email")))
    said = {("", "")}
    for one in (own, *_persons(row), *(person for place in at for person in _persons(place))):
        if (one.phone, one.email) not in said:
            said.add((one.phone, one.email))
            yield one


def _persons(row: Record) -> Iterator[ContactRecord]:
    for one in values.records(row.get("contacts")):
        name = values.text(one.get("name"))
        role = ", ".join(dict.fromkeys(words for part in ("title", "department") if (words := values.text(one.get(part), 60))))
        if name and name.casefold() in role.casefold():
            role = ""
        number = next((found for phone in values.records(one.get("phones")) if (found := _number(phone))), "")
        yield ContactRecord(role, number, values.email(one.get("email")))


def _cost(row: Record) -> str:
    said = [values.text(row.get("fees_description"), 300)]
    for one in values.records(row.get("cost_options")):
        amount = values.number(one.get("amount"))
        money = f"{amount:g} {values.text(one.get('currency'), 3).upper()}".strip() if amount is not None else ""
        parts = (values.text(one.get("option"), 100), money, values.text(one.get("amount_description"), 100))
        said.append(" ".join(part for part in parts if part))
    return values.text("; ".join(part for part in said if part), 300)


def _is_free(row: Record) -> bool | None:
    """Only where it is said: amounts that are all zero, or words that say so and no amount."""
    options = list(values.records(row.get("cost_options")))
    amounts = [found for one in options if (found := values.number(one.get("amount"))) is not None]
    if amounts and max(amounts) > 0:
        return False
    if amounts:
        return True if len(amounts) == len(options) else None
    words = " ".join(values.text(row.get(name), 300) for name in ("fees_description", "fees"))
    return True if _NO_COST.fullmatch(words.strip(" .!")) else None


# ---------- where ----------


def _is_virtual(at: Record) -> bool:
    return values.text(values.record(at.get("location")).get("location_type")).casefold() in _VIRTUAL


def _places(at: list[Record]) -> Iterator[PlaceRecord]:
    said = set()
    for one in at:
        location = values.record(one.get("location"))
        point = values.point(location.get("latitude"), location.get("longitude"))
        # The address people go to; mail goes to the others.
        addresses = sorted(values.records(location.get("addresses")), key=lambda row: values.text(row.get("address_type")) == "postal")
        address = addresses[0] if addresses else {}
        found = PlaceRecord(
            values.text(location.get("name")),
            ", ".join(words for part in ("address_1", "address_2") if (words := values.text(address.get(part), 99))),
            values.text(address.get("postal_code"), 12),
            values.text(address.get("city"), 120),
            point[0] if point else None,
            point[1] if point else None,
        )
        if found not in said and (found.street or found.postcode or found.town or point or (found.name and not _is_virtual(one))):
            said.add(found)
            yield found
