"""HSDS 3.x in JSON: a page or list of services, one service with everything, organisations with their services,
services at their places, or the tables of a data package in one object.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from faden.outside.offers import values
from faden.outside.offers.files import parsed
from faden.outside.offers.html import cleaned
from faden.outside.offers.record import (
    ContactRecord,
    NotWhatItClaims,
    OfferRecord,
    PlaceRecord,
    ProviderRecord,
    ReadFile,
    Rejected,
    ScheduleRecord,
    Unread,
    Wrong,
    sorted_out,
)
from faden.outside.offers.values import Record

_PAGE = ("contents", "content", "items")  # of one page; the second is what some servers call it
# What only a service has; other lists of HSDS and of other people have "id", "name" and "description" too.
_TELLING = {
    "status", "organization", "organization_id", "service_at_locations", "service_areas", "cost_options", "required_documents", "fees",
    "fees_description", "application_process", "eligibility_description", "minimum_age", "assured_date", "interpretation_services",
}  # fmt: skip
_FOREIGN = {"title", "geometry", "available_languages", "location_type", "addresses", "taxonomy", "term_uri"}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_BYDAY = re.compile(r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)")
_OVER = {"inactive", "defunct"}
_VIRTUAL = {"virtual", "online", "phone", "telephone"}
_NO_COST = re.compile(
    r"(?:(?:it|this|the service|das angebot)? ?(?:is|ist) )?(?:free(?: of charge| to use| service)?|no (?:charge|cost|fee)s?|kostenlos|kostenfrei|gratis|gebührenfrei)",
    re.IGNORECASE,
)

_WAIT = re.compile(r"(\d{1,2})\s*(day|week|month)s?\b", re.IGNORECASE)
_DAYS_OF = {"day": 1, "week": 7, "month": 30}


def read(data: bytes, language: str = "") -> ReadFile:
    """All services of the file."""
    rows, complete = _services(parsed(data))
    if not rows:
        raise NotWhatItClaims(Wrong.NO_SERVICES)
    seen: set[str] = set()
    found, rejected = sorted_out(rows, lambda index, row: _read(index, row, language or "de", seen))
    return ReadFile(found, rejected, language or "de", complete)


# ---------- the shapes a file may have ----------


def _services(content: Any) -> tuple[list[Any], bool]:
    """The services, and whether this is all there is."""
    if isinstance(content, dict):
        if any(isinstance(name, str) and name.endswith(".csv") for name in content):
            return _joined({name.removesuffix(".csv"): rows for name, rows in content.items()}), True
        if (page := _contents(content)) is not None:
            return _unfolded(page), _is_last(content)
        return _unfolded([content]), False
    if not isinstance(content, list):
        raise NotWhatItClaims(Wrong.NO_LIST)
    if not content:
        raise NotWhatItClaims(Wrong.NO_RECORDS)
    pages = [_contents(row) if isinstance(row, dict) and _counts(row) else None for row in content]
    if all(page is not None for page in pages):
        rows = [row for page in pages if page for row in page]
        said = [values.whole(page.get("total_pages"), 10**6) or 1 for page in content]
        return _unfolded(rows), len(content) >= max(said)
    return _unfolded(content), True


def _contents(page: Record) -> list[Any] | None:
    return next((page[name] for name in _PAGE if isinstance(page.get(name), list)), None)


def _counts(page: Record) -> bool:
    return any(name in page for name in ("total_pages", "page_number", "total_items", "first_page", "last_page", "totalPages"))


def _is_last(page: Record) -> bool:
    total = values.whole(page.get("total_items", page.get("totalElements")), 10**9)
    if page.get("last") is False or (total is not None and total > len(_contents(page) or [])):
        return False
    pages = values.whole(page.get("total_pages", page.get("totalPages")), 10**6)
    return pages <= 1 if pages is not None else page.get("last_page") is not False


def _unfolded(rows: list[Any]) -> list[Any]:
    """Services, also those inside organisations and those told place by place; strict about the whole only."""
    if not rows:
        raise NotWhatItClaims(Wrong.NO_RECORDS)
    looking = [row for row in rows if isinstance(row, dict) and _is_known(row)]
    if not looking:
        raise NotWhatItClaims(Wrong.NOT_HSDS)
    if any(_is_at_location(row) for row in looking):
        return _gathered(rows)
    if any(isinstance(row.get("services"), list) for row in looking):
        return [one for row in rows for one in _of_organisation(row)]
    if all(_is_organisation(row) for row in looking):
        raise NotWhatItClaims(Wrong.NO_SERVICES)
    return rows


def _is_known(row: Record) -> bool:
    if _is_at_location(row) or isinstance(row.get("services"), list) or _is_organisation(row):
        return True
    return ("name" in row or "id" in row) and not _FOREIGN & row.keys() and bool(_TELLING & row.keys())


def _is_at_location(row: Record) -> bool:
    return isinstance(row.get("service"), dict) and "service_at_locations" not in row


def _is_organisation(row: Record) -> bool:
    """An organisation of a list, without its services."""
    marks = {"legal_status", "tax_status", "year_incorporated", "parent_organization_id", "organization_identifiers", "website"}
    return bool(marks & row.keys()) and not (_TELLING | _FOREIGN | {"url"}) & row.keys()


def _of_organisation(row: Any) -> list[Any]:
    if not isinstance(row, dict) or not isinstance(row.get("services"), list):
        return [] if isinstance(row, dict) and _is_organisation(row) else [row]
    around = {name: value for name, value in row.items() if name not in ("services", "locations")}
    return [{**one, "organization": one.get("organization") or around} if isinstance(one, dict) else one for one in row["services"]]


def _gathered(rows: list[Any]) -> list[Any]:
    """One service that is told once for each of its places is one service with several places."""
    found: list[Any] = []
    by_id: dict[str, Record] = {}
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("service"), dict):
            found.append(row)
            continue
        here = {name: value for name, value in row.items() if name != "service"}
        key = values.key(row["service"].get("id"))
        if key and key in by_id:
            by_id[key]["service_at_locations"].append(here)
            continue
        places = [one for one in values.records(row["service"].get("service_at_locations")) if one.get("id") != here.get("id")]
        service = {**row["service"], "service_at_locations": [here, *places]}
        by_id[key] = service
        found.append(service)
    return found


def _joined(tables: dict[str, Any]) -> list[Any]:
    """The tables of a data package, put together by their keys."""
    rows = {name: list(values.records(table)) if isinstance(table, list) else [] for name, table in tables.items()}
    if not isinstance(tables.get("services"), list):
        raise NotWhatItClaims(Wrong.NO_SERVICES)

    def below(table: str, column: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for row in rows.get(table, []):
            found[values.key(row.get(column))].append(row)
        return found

    of_service = {
        name: below(name, "service_id")
        for name in ("phones", "contacts", "schedules", "service_areas", "required_documents", "languages", "cost_options")
    }
    organisations = {values.key(row.get("id")): row for row in rows.get("organizations", [])}
    locations = {
        values.key(row.get("id")): {
            **row, **{name: below(name, "location_id")[values.key(row.get("id"))] for name in ("addresses", "accessibility")}
        }
        for row in rows.get("locations", [])
    }  # fmt: skip
    at = below("service_at_location", "service_id") or below("service_at_locations", "service_id")
    found: list[Any] = []
    for row in tables["services"]:
        if not isinstance(row, dict):
            found.append(row)
            continue
        key = values.key(row.get("id"))
        places = [{"location": locations.get(values.key(one.get("location_id")), {})} for one in at[key]]
        joined = {name: table[key] for name, table in of_service.items()}
        found.append({
            **row, **joined, "organization": organisations.get(values.key(row.get("organization_id")), {}), "service_at_locations": places,
        })  # fmt: skip
    return found


# ---------- one service ----------


def _read(index: int, row: Any, language: str, seen: set[str]) -> OfferRecord | Rejected:
    if not isinstance(row, dict):
        return Rejected(values.label(index), Unread.NO_OBJECT)
    label, key = values.label(index, row.get("name"), row.get("id")), values.key(row.get("id"))
    if not key:
        return Rejected(label, Unread.NO_KEY)
    title = values.text(row.get("name")) or values.text(row.get("alternate_name"))
    if not title:
        return Rejected(label, Unread.NO_TITLE, key)
    if key in seen:
        return Rejected(label, Unread.TWICE, key)
    seen.add(key)
    return _offer(row, key, title, language)


def _offer(row: Record, key: str, title: str, language: str) -> OfferRecord:
    at = list(values.records(row.get("service_at_locations")))
    contacts = tuple(_contacts(row, at))
    capacity = next(iter(values.records(row.get("capacities"))), {})
    free = values.whole(capacity.get("available"), 9999)
    measured = values.day(capacity.get("updated")) or values.day(row.get("last_modified"))
    ages = values.whole(row.get("minimum_age"), 120), values.whole(row.get("maximum_age"), 120)
    if ages[0] is not None and ages[1] is not None and ages[0] > ages[1]:
        ages = None, None
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
        schedules=tuple(_schedules(row, at)),
        cost_words=_cost(row),
        is_free=_is_free(row),
        documents=tuple(words for one in values.records(row.get("required_documents")) if (words := values.text(one.get("document"), 160))),
        waiting_days=_waiting(row),
        places_free=free,
        places_on=measured if free is not None else None,
        contacts=contacts,
        website=values.website(row.get("url")),
        age_from=ages[0] or None,
        age_to=ages[1],
        areas=tuple(words for one in values.records(row.get("service_areas")) if (words := values.text(one.get("name"), 120))),
        condition_words=values.text(row.get("eligibility_description"), 500),
        is_over=values.text(row.get("status")).casefold() in _OVER,
        url=values.website(row.get("url")),
        updated_on=values.day(row.get("last_modified")) or values.day(row.get("assured_date")),
        places=places,
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


def _waiting(row: Record) -> int | None:
    match = _WAIT.search(values.text(row.get("wait_time"), 300))
    return int(match[1]) * _DAYS_OF[match[2].casefold()] if match else None


# ---------- where and when ----------


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


def _schedules(row: Record, at: list[Record]) -> Iterator[ScheduleRecord]:
    said = set()
    sources = [row, *at, *(values.record(one.get("location")) for one in at)]
    for source in sources:
        for one in values.records(source.get("schedules")):
            found = _schedule(one)
            if found != ScheduleRecord() and found not in said:
                said.add(found)
                yield found
        if said:
            return  # the nearest that says when: the service, else its places, else their houses


def _schedule(row: Record) -> ScheduleRecord:
    opens, closes = values.clock_time(row.get("opens_at")), values.clock_time(row.get("closes_at"))
    words = values.text(row.get("description"), 300) or values.text(row.get("notes"), 300)
    if opens and closes and opens >= closes:
        opens = closes = ""
    first = values.day(row.get("valid_from")) or values.day(row.get("dtstart"))
    until = values.day(row.get("valid_to")) or values.day(row.get("until"))
    if first and until and first > until:
        first, until = until, first
    return ScheduleRecord(_rule(row, until), first, until, opens, closes, words)


def _rule(row: Record, until: date | None) -> str:
    frequency = values.text(row.get("freq")).upper()
    if frequency not in _FREQUENCIES:
        return ""
    parts = [f"FREQ={frequency}"]
    every = values.whole(row.get("interval"), 99)
    if every and every > 1:
        parts.append(f"INTERVAL={every}")
    count = values.whole(row.get("count"), 999)
    if count and not until:
        parts.append(f"COUNT={count}")
    if days := [day for day in _listed(row.get("byday")) if _BYDAY.fullmatch(day)]:
        ordinals = frequency in ("MONTHLY", "YEARLY")
        parts.append("BYDAY=" + ",".join(dict.fromkeys(day if ordinals else day[-2:] for day in days)))
    # RFC 5545 forbids a day of the month in a week's rule; exports write one all the same.
    if frequency in ("MONTHLY", "YEARLY"):
        month_days = [day for day in _listed(row.get("bymonthday")) if re.fullmatch(r"-?\d{1,2}", day) and 1 <= abs(int(day)) <= 31]
        if month_days:
            parts.append("BYMONTHDAY=" + ",".join(month_days))
    return ";".join(parts)


def _listed(value: Any) -> list[str]:
    said = value if isinstance(value, list) else values.text(value).split(",")
    return [words.upper().strip() for one in said if (words := values.text(one))]
