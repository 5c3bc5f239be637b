"""A table (CSV, TSV, XLSX, XLS, ODS) with a first line of names, read with a mapping of our fields to its columns."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from faden.outside.offers import values
from faden.outside.offers.headings import FIELDS, guess
from faden.outside.offers.html import cleaned
from faden.outside.offers.reading import Gate, NotWhatItClaims, ReadFile, Rejected, Unread, Wrong, read_each
from faden.outside.offers.record import (
    ContactRecord,
    OfferRecord,
    PlaceRecord,
    ProviderRecord,
    ScheduleRecord,
)
from faden.outside.offers.sheets import table

# What people write where they know nothing: never "no condition".
_UNSAID = re.compile(r"(keine|ohne) angabe.*|k\.\s?a\.?|nicht bekannt|unbekannt|not known|unknown|n/?a|[-–—/?]", re.IGNORECASE)
_MONEY = re.compile(r"\s*(€|euro?s?)\s*", re.IGNORECASE)
_LIST = re.compile(r"\s*[,;/|\n]\s*|\s+(?:und|and)\s+")


def read(data: bytes, mapping: Mapping[str, str] | None = None, language: str = "") -> ReadFile:
    """Each line is an offer; without a mapping the names of the columns are guessed."""
    content = table(data)
    chosen = {field: column for field, column in (mapping or guess(content.columns)).items() if field in FIELDS and column}
    for column in chosen.values():
        if column not in content.columns:
            raise NotWhatItClaims(Wrong.NO_SUCH_COLUMN, column)
    if "title" not in chosen:
        raise NotWhatItClaims(Wrong.NO_TITLE_COLUMN, ", ".join(content.columns)[:200])
    gate = Gate()
    places = {field: content.columns.index(column) for field, column in chosen.items()}

    def one(_index: int, line: tuple[int, tuple[str, ...]]) -> OfferRecord | Rejected:
        number, row = line
        cells = {field: row[at] if at < len(row) and not _UNSAID.fullmatch(row[at]) else "" for field, at in places.items()}
        return _read(number, cells, language or "de", gate, too_many=any(row[len(content.columns) :]))

    return read_each(zip(content.numbers, content.rows, strict=True), one, language=language or "de", columns=content.columns)


# ---------- one line ----------


def _read(number: int, cells: Mapping[str, str], language: str, gate: Gate, *, too_many: bool) -> OfferRecord | Rejected:
    title = values.text(cells.get("title"))
    label, key = values.label(number, title), _key(cells, title)
    if too_many:
        return Rejected(label, Unread.TOO_MANY_CELLS, key)
    return gate.refusal(label, key, title) or _offer(cells, key, title, language)


def _key(cells: Mapping[str, str], title: str) -> str:
    """The table's own, or what makes the line this offer and no other: title, provider, place, and when it begins."""
    if own := values.key(cells.get("key")):
        return own
    parts = [title, *(values.text(cells.get(name)) for name in ("provider", "place", "street", "postcode", "town"))]
    if begins := values.text(cells.get("next_start")):
        parts.append(str(values.day(begins) or begins))
    told = "\n".join(part.casefold() for part in parts)
    return "line:" + hashlib.sha256(told.encode()).hexdigest()[:32] if title else ""


def _offer(cells: Mapping[str, str], key: str, title: str, language: str) -> OfferRecord:
    def text(field: str, most: int = 200) -> str:
        return values.text(cells.get(field), most)

    notes, ages = values.Notes(), values.ages(cells.get("age_from"), cells.get("age_to"))
    updated = values.day(cells.get("updated_on"))
    free = notes.read("places_free", cells.get("places_free"), lambda words: values.whole(words, 9999))
    starts = notes.read("next_start", cells.get("next_start"), values.day)
    ends = notes.read("ends_on", cells.get("ends_on"), values.day)
    waiting = notes.read("waiting", cells.get("waiting"), values.days)
    contact = ContactRecord(text("role", 120), values.phone(cells.get("phone")), values.email(cells.get("email")))
    provider = text("provider") or title
    cost = text("cost", 300)
    return OfferRecord(
        key=key,
        title=title,
        language=language,
        provider=ProviderRecord(values.key(f"name:{provider.casefold()[:190]}"), provider),
        summary=text("summary", 300),
        description=cleaned(cells.get("description", "")),
        category=text("category", 120),
        life_areas=_listed(cells, "life_areas"),
        target_group=text("target_group", 300),
        languages=_listed(cells, "languages"),
        online=bool(values.flag(cells.get("online"))) or text("online").casefold() == "online",
        schedules=(ScheduleRecord(words=words),) if (words := text("schedule", 300)) else (),
        cost_words="" if values.number(cost) == 0 else cost,
        is_free=_is_free(cost),
        documents=_listed(cells, "documents", most=160),
        places_free=free,
        places_on=updated,
        waiting_days=waiting,
        next_start=starts,
        ends_on=ends,
        contacts=(contact,) if contact != ContactRecord() else (),
        website=values.website(cells.get("website")),
        age_from=ages.first,
        age_to=ages.last,
        age_words=ages.words,
        german_from=text("german_from", 60),
        german_to=text("german_to", 60),
        gender=text("gender", 60),
        childcare=text("childcare", 60),
        areas=_listed(cells, "areas", most=120),
        condition_words=text("condition_words", 500),
        updated_on=updated,
        places=tuple(_places(cells)),
        unclear=tuple(notes.unclear),
    )


def _listed(cells: Mapping[str, str], field: str, most: int = 60) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for part in _LIST.split(cells.get(field, "")) if (words := values.text(part, most))))


def _is_free(cost: str) -> bool | None:
    if values.number(_MONEY.sub("", cost)) == 0 or re.fullmatch(r"(kostenlos|kostenfrei|gratis|free|keine|entgeltfrei|gebührenfrei)\W*", cost, re.IGNORECASE):
        return True
    return False if re.search(r"[1-9]\d*\s*(€|eur|euro)|^\d", cost, re.IGNORECASE) else None


def _places(cells: Mapping[str, str]) -> Iterator[PlaceRecord]:
    point = values.point(cells.get("latitude"), cells.get("longitude"))
    found = PlaceRecord(
        values.text(cells.get("place")), values.text(cells.get("street")), values.text(cells.get("postcode"), 12),
        values.text(cells.get("town"), 120), point[0] if point else None, point[1] if point else None,
    )  # fmt: skip
    if found != PlaceRecord():
        yield found
