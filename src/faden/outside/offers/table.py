"""A table (CSV, TSV, XLSX, XLS, ODS) with a first line of names, read with a mapping of our fields to its columns."""

import csv
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from faden.outside.offers import values
from faden.outside.offers.files import refuse_markup
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

# Our fields in the order of the screen, with the names that tables give them; compared without case, accents and signs.
FIELDS: dict[str, str] = {
    "key": "id kennung nummer nr key schluessel angebotsid angebotsnummer uuid",
    "title": "titel title name angebot angebotsname bezeichnung kurs kurstitel kursname massnahme projekt servicename",
    "provider": "anbieter traeger provider organisation organization einrichtung veranstalter kurstraeger verein organizationname",
    "summary": "kurzbeschreibung kurzinfo summary zusammenfassung untertitel",
    "description": "beschreibung description inhalt text details angebotsbeschreibung",
    "category": "kategorie category art typ rubrik angebotsart type",
    "life_areas": "lebensbereich lebensbereiche thema themen bereich bereiche topics",
    "target_group": "zielgruppe zielgruppen targetgroup fuerwen",
    "languages": "sprache sprachen languages language beratungssprachen",
    "place": "ort_name standort treffpunkt veranstaltungsort location locationname raum gebaeude",
    "street": "strasse street adresse anschrift address strassehausnummer strasseundhausnummer strassehausnr address1",
    "postcode": "plz postleitzahl postcode zip postalcode zipcode",
    "town": "ort stadt gemeinde town city wohnort",
    "latitude": "breite latitude lat breitengrad geolat",
    "longitude": "laenge longitude lon lng laengengrad geolon",
    "online": "online digital virtuell",
    "schedule": "zeiten zeit oeffnungszeiten termine termin wann uhrzeit schedule openinghours hours sprechzeiten sprechstunde",
    "cost": "kosten preis gebuehr gebuehren cost costs fee fees price teilnahmegebuehr",
    "documents": "unterlagen dokumente mitzubringen documents nachweise",
    "places_free": "freieplaetze plaetzefrei restplaetze freeplaces",
    "next_start": "beginn start kursbeginn naechsterbeginn startdatum startdate von nextstart",
    "ends_on": "ende kursende enddatum enddate bis",
    "role": "funktion zustaendigkeit abteilung fachbereich role department",
    "phone": "telefon telefonnummer tel phone telephone rufnummer fon",
    "email": "email mail emailadresse mailadresse",
    "website": "website webseite internet homepage url link web internetseite",
    "german_from": "sprachniveau deutschniveau niveau deutsch deutschkenntnisse sprachlevel level mindestniveau",
    "german_to": "hoechstniveau deutschbis niveaubis",
    "age_from": "mindestalter alterab altervon minimumage minage agefrom ab_alter",
    "age_to": "hoechstalter alterbis maximumage maxage ageto",
    "gender": "geschlecht gender",
    "childcare": "kinderbetreuung childcare",
    "areas": "einzugsgebiet gebiet fuerbewohner servicearea zustaendigfuer",
    "condition_words": "voraussetzungen voraussetzung bedingungen teilnahmevoraussetzungen eligibility requirements",
    "updated_on": "stand aktualisiert geaendertam lastmodified updated letzteaenderung geprueftam",
}  # fmt: skip
_UNPACKED = 300 * 1024 * 1024
_LINES = 50_000
_COLUMNS = 200
_SEPARATORS = ";,\t|"
# What people write where they know nothing: never "no condition".
_UNSAID = re.compile(r"(keine|ohne) angabe.*|k\.\s?a\.?|nicht bekannt|unbekannt|not known|unknown|n/?a|[-–—/?]", re.IGNORECASE)
_MONEY = re.compile(r"\s*(€|euro?s?)\s*", re.IGNORECASE)
_LIST = re.compile(r"\s*[,;/|\n]\s*|\s+(?:und|and)\s+")


@dataclass(frozen=True)
class Table:
    """The columns' names, each once, and the lines below them as text; `numbers` say where each stood."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def samples(self, column: str) -> tuple[str, ...]:
        """The first three different values of a column."""
        at = self.columns.index(column)
        found = dict.fromkeys(row[at] for row in self.rows if at < len(row) and row[at])
        return tuple(found)[:3]


def table(data: bytes) -> Table:
    """The first sheet, or the text file, whatever its separator and encoding."""
    lines = _sheet(data) if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") else _text(data)
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    if not numbered:
        raise NotWhatItClaims(Wrong.EMPTY)
    head = numbered[0][1]
    while head and not head[-1]:
        head.pop()
    if len(head) > _COLUMNS:
        raise NotWhatItClaims(Wrong.TOO_LARGE, str(_COLUMNS))
    if len(numbered) < 2:
        raise NotWhatItClaims(Wrong.NO_RECORDS)
    if len(numbered) > _LINES:
        raise NotWhatItClaims(Wrong.TOO_LARGE, str(_LINES))
    return Table(_named(head), tuple(tuple(line) for _number, line in numbered[1:]), tuple(number for number, _line in numbered[1:]))


def guess(columns: tuple[str, ...]) -> dict[str, str]:
    """{our field: their column} as the names suggest it; each column once. A column of persons' names is left out."""
    plain = {column: _bare(column) for column in columns}
    found: dict[str, str] = {}
    for field, said in FIELDS.items():
        names = [_bare(name) for name in (field, *said.split())]
        fitting = [column for column in columns if plain[column] in names and column not in found.values()]
        if fitting:
            found[field] = min(fitting, key=lambda column: names.index(plain[column]))
    return found


def read(data: bytes, mapping: Mapping[str, str] | None = None, language: str = "") -> ReadFile:
    """Each line is an offer; without a mapping the names of the columns are guessed."""
    content = table(data)
    chosen = {field: column for field, column in (mapping or guess(content.columns)).items() if field in FIELDS and column}
    for column in chosen.values():
        if column not in content.columns:
            raise NotWhatItClaims(Wrong.NO_SUCH_COLUMN, column)
    if "title" not in chosen:
        raise NotWhatItClaims(Wrong.NO_TITLE_COLUMN, ", ".join(content.columns)[:200])
    seen: set[str] = set()
    places = {field: content.columns.index(column) for field, column in chosen.items()}

    def one(_index: int, line: tuple[int, tuple[str, ...]]) -> OfferRecord | Rejected:
        number, row = line
        cells = {field: row[at] if at < len(row) and not _UNSAID.fullmatch(row[at]) else "" for field, at in places.items()}
        return _read(number, cells, language or "de", seen, too_many=any(row[len(content.columns) :]))

    found, rejected = sorted_out(zip(content.numbers, content.rows, strict=True), one)
    return ReadFile(found, rejected, language or "de", columns=content.columns)


# ---------- lines of text ----------


def _sheet(data: bytes) -> list[list[str]]:
    try:
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
                    raise NotWhatItClaims(Wrong.TOO_LARGE, f"{_UNPACKED // 1024 // 1024} MB")
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not book.sheet_names:
            raise NotWhatItClaims(Wrong.NO_TABLE)
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except NotWhatItClaims:
        raise
    except Exception:  # noqa: BLE001, RUF100 -- the library has one error for each way in which a workbook may be broken
        raise NotWhatItClaims(Wrong.NO_TABLE) from None
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 10**15 else str(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
    return str(value).strip()


def _text(data: bytes) -> list[list[str]]:
    refuse_markup(data)
    words = _decoded(data)
    if not words.strip():
        raise NotWhatItClaims(Wrong.EMPTY)
    if words.lstrip()[:1] in ("{", "["):
        raise NotWhatItClaims(Wrong.NO_TABLE)
    head = words.lstrip("\r\n").splitlines()[0]
    if head.casefold().startswith("sep=") and len(head) == 5:  # a line that Excel writes for itself
        separator, words = head[4], words.lstrip("\r\n")[len(head) :]
    else:
        separator = max(_SEPARATORS, key=head.count)
    try:
        return _cells(words, separator, strict=True)
    except csv.Error as error:
        if "end of data" in str(error):
            raise NotWhatItClaims(Wrong.CUT_OFF) from None
    try:
        return _cells(words, separator, strict=False)  # one stray quotation mark costs its own line only
    except csv.Error:
        raise NotWhatItClaims(Wrong.NO_TABLE) from None


def _cells(words: str, separator: str, *, strict: bool) -> list[list[str]]:
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=strict)
    return [[cell.strip() for cell in line] for line in reader]


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\x00" in data or sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > 8:
        raise NotWhatItClaims(Wrong.BINARY)
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotWhatItClaims(Wrong.BINARY)


def _named(head: list[str]) -> tuple[str, ...]:
    """Each name once; what has none is called by its place, like a sheet's column."""
    found: list[str] = []
    for place, name in enumerate(head, start=1):
        plain, times = values.text(name, 100) or f"#{place}", 1
        again = plain
        while again in found:
            times += 1
            again = f"{plain} ({times})"
        found.append(again)
    return tuple(found)


def _bare(name: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.casefold().replace(umlaut, letters)
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z0-9]", "", plain)


# ---------- one line ----------


def _read(number: int, cells: Mapping[str, str], language: str, seen: set[str], *, too_many: bool) -> OfferRecord | Rejected:
    title = values.text(cells.get("title"))
    label, key = values.label(number, title), _key(cells, title)
    if too_many:
        return Rejected(label, Unread.TOO_MANY_CELLS, key)
    if not title:
        return Rejected(label, Unread.NO_TITLE, key)
    if key in seen:
        return Rejected(label, Unread.TWICE, key)
    seen.add(key)
    return _offer(cells, key, title, language)


def _key(cells: Mapping[str, str], title: str) -> str:
    """The table's own, or what makes the line this offer and no other: title, provider, place."""
    if own := values.key(cells.get("key")):
        return own
    parts = [title, *(values.text(cells.get(name)) for name in ("provider", "place", "street", "postcode", "town"))]
    told = "\n".join(part.casefold() for part in parts)
    return "line:" + hashlib.sha256(told.encode()).hexdigest()[:32] if title else ""


def _offer(cells: Mapping[str, str], key: str, title: str, language: str) -> OfferRecord:
    def text(field: str, most: int = 200) -> str:
        return values.text(cells.get(field), most)

    free, updated = values.whole(cells.get("places_free"), 9999), values.day(cells.get("updated_on"))
    ages = values.whole(cells.get("age_from"), 120), values.whole(cells.get("age_to"), 120)
    if ages[0] is not None and ages[1] is not None and ages[0] > ages[1]:
        ages = None, None
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
        next_start=values.day(cells.get("next_start")),
        ends_on=values.day(cells.get("ends_on")),
        contacts=(contact,) if contact != ContactRecord() else (),
        website=values.website(cells.get("website")),
        age_from=ages[0],
        age_to=ages[1],
        german_from=text("german_from", 60),
        german_to=text("german_to", 60),
        gender=text("gender", 60),
        childcare=text("childcare", 60),
        areas=_listed(cells, "areas", most=120),
        condition_words=text("condition_words", 500),
        updated_on=updated,
        places=tuple(_places(cells)),
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
