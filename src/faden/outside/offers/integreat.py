"""Integreat API v3, `/api/v3/<region>/<language>/locations/`: a list of places, each an offer where it stands.

`location.id` is the place, the same in all languages; `id` is one version of one language's text and changes with
each edit, so that it serves only where there is no place.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from faden.outside.offers import values
from faden.outside.offers.files import parsed
from faden.outside.offers.html import cleaned
from faden.outside.offers.reading import NotWhatItClaims, ReadFile, Rejected, Unread, Wrong, read_each
from faden.outside.offers.record import (
    ContactRecord,
    OfferRecord,
    PlaceRecord,
    ProviderRecord,
    ScheduleRecord,
)
from faden.outside.offers.values import Record

MAIN_LANGUAGE = "de"
_TELLING = ("title", "location", "path", "url", "content", "available_languages", "last_updated", "modified_gmt", "category")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LANGUAGE = re.compile(r"(?:https?://[^/]+)?/[^/]+/([a-z]{2,3}(?:-[a-zA-Z]{2,8})?)(?:/|$)")
_SLOT = re.compile(r"(\d{1,2}[:.]\d{2})\s*[-–]\s*(\d{1,2}[:.]\d{2})")


def read(data: bytes, language: str = "") -> ReadFile:
    """All places of one language's file."""
    rows = _rows(parsed(data))
    said = Counter(code for row in rows if isinstance(row, dict) and (code := _language(row)))
    spoken = language or (said.most_common(1)[0][0] if said else MAIN_LANGUAGE)
    seen: dict[str, Record] = {}
    return read_each(rows, lambda index, row: _read(index, row, spoken, seen, recognised=not language), language=spoken)


def _rows(content: Any) -> list[Any]:
    if not isinstance(content, list):
        raise NotWhatItClaims(Wrong.NOT_INTEGREAT if isinstance(content, dict) else Wrong.NO_LIST)
    if not content:
        raise NotWhatItClaims(Wrong.NO_RECORDS)
    looking = [row for row in content if isinstance(row, dict) and sum(name in row for name in _TELLING) >= 3]
    if not looking:
        raise NotWhatItClaims(Wrong.NOT_INTEGREAT)
    places = [row for row in looking if "location" in row and not isinstance(row.get("event"), dict)]
    if not places:
        raise NotWhatItClaims(Wrong.NO_PLACES)
    return content


def _language(row: Record) -> str:
    for name in ("path", "url"):
        if isinstance(row.get(name), str) and (match := _LANGUAGE.match(row[name])):
            return match[1]
    return ""


def _read(index: int, row: Any, language: str, seen: dict[str, Record], *, recognised: bool) -> OfferRecord | Rejected:
    if not isinstance(row, dict):
        return Rejected(values.label(index), Unread.NO_OBJECT)
    label, key = values.label(index, row.get("title"), row.get("id")), _key(row)
    if not key:
        return Rejected(label, Unread.NO_KEY)
    if (twin := seen.get(key)) is not None:
        if _same(row, twin):
            return Rejected(label, Unread.TWICE, key)
        key = values.key(f"{key}/{values.key(row.get('id'))}")
        if key in seen:
            return Rejected(label, Unread.TWICE, key)
    if recognised and (own := _language(row)) and own != language:
        return Rejected(label, Unread.OTHER_LANGUAGE, key, own)
    title = values.text(row.get("title"))
    if not title:
        return Rejected(label, Unread.NO_TITLE, key)
    seen[key] = row
    if language != MAIN_LANGUAGE and row.get("id") is None:
        return Rejected(label, Unread.MACHINE, key)
    return _offer(row, key, title, language)


def _same(row: Record, twin: Record) -> bool:
    ids = values.key(row.get("id")), values.key(twin.get("id"))
    return not all(ids) or ids[0] == ids[1] or values.text(row.get("title")) == values.text(twin.get("title"))


def _key(row: Record) -> str:
    if place := values.key(values.record(row.get("location")).get("id")):
        return place
    german = values.record(values.record(row.get("available_languages")).get(MAIN_LANGUAGE))
    path = values.key(german.get("path")) or values.key(row.get("path"))
    if path:
        return values.key(f"path:{path}") or values.key(row.get("id"))
    version = values.key(row.get("id"))
    return f"id:{version}" if version else ""


def _offer(row: Record, key: str, title: str, language: str) -> OfferRecord:
    contacts = tuple(_contacts(row))
    category = values.record(row.get("category"))
    return OfferRecord(
        key=key,
        title=title,
        language=language,
        provider=_provider(row, title),
        summary=_summary(row, title),
        description=cleaned(row["content"]) if isinstance(row.get("content"), str) else "",
        category=values.text(category.get("name") or row.get("category"), 120),
        schedules=tuple(_schedules(row)),
        contacts=contacts,
        website=contacts[0].website if contacts else "",
        appointment_url=values.website(row.get("appointment_url")),
        url=_address(row),
        updated_on=values.day(row.get("last_updated")) or values.day(row.get("modified_gmt")),
        places=tuple(_places(row, title)),
    )


def _summary(row: Record, title: str) -> str:
    for name in ("meta_description", "excerpt"):
        words = values.text(row.get(name), 300)
        if words and words != title:
            return words
    return ""


def _address(row: Record) -> str:
    """The page that people read, not the one of the editors."""
    return values.website(row.get("url")).replace("https://admin.integreat-app.de/", "https://integreat.app/")


def _provider(row: Record, title: str) -> ProviderRecord:
    organisation = values.record(row.get("organization"))
    name = values.text(organisation.get("name"))
    if not name:
        return ProviderRecord(values.key(f"name:{title.casefold()[:190]}"), title)
    key = values.key(organisation.get("id")) or name.casefold()
    return ProviderRecord(f"org:{key}"[:200], name, website=values.website(organisation.get("website")))


def _places(row: Record, title: str) -> Iterator[PlaceRecord]:
    place = values.record(row.get("location"))
    name = values.text(place.get("name"))
    point = values.point(place.get("latitude"), place.get("longitude"))
    found = PlaceRecord(
        name="" if name == title else name,
        street=values.text(place.get("address")),
        postcode=values.text(place.get("postcode"), 12),
        town=values.text(place.get("town"), 120),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        barrier_free=values.flag(row.get("barrier_free")),
    )
    if found.street or found.postcode or found.town or point:
        yield found


def _contacts(row: Record) -> Iterator[ContactRecord]:
    """The place's own ways first; of a person the function, never the name."""
    own = ContactRecord(
        "", values.phone(row.get("phone_number")), values.email(row.get("email")), values.website(row.get("website"))
    )
    others = [_contact(one) for one in values.records(row.get("contacts"))]
    twin = next((one for one in others if (one.phone, one.email) == (own.phone, own.email)), None)
    if own != ContactRecord():
        yield replace(twin, website=own.website or twin.website) if twin else own
    said = {twin} if own != ContactRecord() else set()
    for one in others:
        if one not in said and (one.phone or one.email or one.website):
            said.add(one)
            yield one


def _contact(row: Record) -> ContactRecord:
    phone, mobile = values.phone(row.get("phone_number")), values.phone(row.get("mobile_number"))
    both = f"{phone}, {mobile}" if phone and mobile and mobile != phone else phone or mobile
    role, name = values.text(row.get("area_of_responsibility"), 120), values.text(row.get("name"))
    if name and name.casefold() in role.casefold():
        role = " ".join(re.sub(re.escape(name), " ", role, flags=re.IGNORECASE).split()).strip(" ,;:–-")
    return ContactRecord(role, both if len(both) <= 60 else phone, values.email(row.get("email")), values.website(row.get("website")))


# ---------- opening hours ----------


def _schedules(row: Record) -> Iterator[ScheduleRecord]:
    if values.flag(row.get("temporarily_closed")):
        yield ScheduleRecord(closed=True)
    hours = row.get("opening_hours")
    if isinstance(hours, str):
        if words := values.text(hours, 300):
            yield ScheduleRecord(words=words)
        return
    # Days with the same hours are one rule; their order is that of the first of them.
    grouped: dict[tuple[str, str, bool], list[str]] = {}
    for name, one in _days(hours):
        for slot in _slots(one):
            grouped.setdefault(slot, []).append(name)
    for (opens, closes, by_appointment), days in grouped.items():
        yield ScheduleRecord(
            rrule=f"FREQ=WEEKLY;BYDAY={','.join(dict.fromkeys(days))}", opens=opens, closes=closes, by_appointment=by_appointment
        )


def _days(hours: Any) -> Iterator[tuple[str, Record]]:
    if isinstance(hours, dict):
        named = {str(name).casefold()[:9]: one for name, one in hours.items()}
        hours = [named.get(name, named.get(short.casefold())) for name, short in zip(_DAY_NAMES, _DAYS, strict=True)]
    if isinstance(hours, list):
        for name, one in zip(_DAYS, hours, strict=False):
            if isinstance(one, dict):
                yield name, one


def _slots(one: Record) -> Iterator[tuple[str, str, bool]]:
    if values.flag(one.get("closed")):
        return
    by_appointment = bool(values.flag(one.get("appointmentOnly")))
    slots = one.get("timeSlots")
    found = [span for slot in (slots if isinstance(slots, list) else []) if (span := _span(slot))]
    if not found and values.flag(one.get("allDay")):
        found = [("00:00", "23:59")]
    for opens, closes in found:
        yield opens, closes, by_appointment
    if not found and by_appointment:
        yield "", "", True


def _span(slot: Any) -> tuple[str, str] | None:
    if isinstance(slot, str) and (match := _SLOT.search(slot)):
        slot = {"start": match[1], "end": match[2]}
    said = values.record(slot)
    found = values.hours(said.get("start"), said.get("end"))
    return found if any(found) else None
