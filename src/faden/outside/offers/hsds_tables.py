"""The tables of an HSDS data package, in one object or packed as CSV files, put together by their keys."""

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from faden.outside.offers import values
from faden.outside.offers.reading import NotWhatItClaims, Wrong
from faden.outside.offers.sheets import table
from faden.outside.offers.values import Record

_UNPACKED = 100 * 1024 * 1024
_MOST_PARTS = 1000
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
# Under which names tables come, and what a service calls them.
_OF_SERVICE = {
    "phones": ("phones",), "schedules": ("schedules",), "service_areas": ("service_areas",), "required_documents": ("required_documents",),
    "languages": ("languages",), "cost_options": ("cost_options",), "capacities": ("capacities", "service_capacity", "service_capacities"),
}  # fmt: skip
Below = Callable[[Record], list[Record]]


def packed_tables(data: bytes) -> dict[str, Any]:
    """The CSV files of a package, each as a list of rows."""
    found: dict[str, bytes] = {}
    left = _UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for one in package.infolist()[:_MOST_PARTS]:
                if path := _of_table(one):
                    found[path.stem] = _unpacked(package, one, left)
                    left -= len(found[path.stem])
    except _BROKEN:
        raise NotWhatItClaims(Wrong.NOT_HSDS) from None
    if "services" not in found:
        raise NotWhatItClaims(Wrong.NOT_HSDS)
    return {name: _rows(content) for name, content in found.items()}


def _of_table(one: zipfile.ZipInfo) -> PurePosixPath | None:
    path = PurePosixPath(one.filename)
    return path if path.suffix == ".csv" and "__MACOSX" not in path.parts else None


def _unpacked(package: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> bytes:
    """Not by the size it claims: what comes out is counted."""
    with package.open(one) as packed:
        found = packed.read(left + 1)
    if len(found) > left:
        raise NotWhatItClaims(Wrong.TOO_LARGE, f"{_UNPACKED // 1024 // 1024} MB")
    return found


def _rows(content: bytes) -> list[Record]:
    try:
        read = table(content)
    except NotWhatItClaims as error:
        if error.wrong in (Wrong.EMPTY, Wrong.NO_RECORDS):
            return []
        raise
    return [dict(zip(read.columns, row, strict=False)) for row in read.rows]


def joined(tables: dict[str, Any]) -> list[Any]:
    """The services with everything that names them. What a row has in itself is not replaced."""
    if not isinstance(tables.get("services"), list):
        raise NotWhatItClaims(Wrong.NO_SERVICES)
    if not tables["services"]:
        raise NotWhatItClaims(Wrong.NO_RECORDS)
    rows = {name: list(values.records(table)) if isinstance(table, list) else [] for name, table in tables.items()}

    def below(column: str, *names: str, of: Callable[[Record], Record] = lambda row: row) -> Below:
        found: dict[str, list[Record]] = defaultdict(list)
        for name in names:
            for row in rows.get(name, []):
                found[values.key(row.get(column))].append(of(row))
        return lambda row: found.get(values.key(row.get("id")), [])

    def by_id(name: str, **parts: Below) -> dict[str, Record]:
        return {values.key(row.get("id")): _with(row, parts) for row in rows.get(name, [])}

    terms, phones_of = by_id("taxonomy_terms"), below("contact_id", "phones")
    organisations = by_id("organizations", phones=below("organization_id", "phones"))
    locations = by_id("locations", **{name: below("location_id", name) for name in ("addresses", "accessibility", "schedules")})

    def contact(row: Record) -> Record:
        return _with(row, {"phones": phones_of})

    def attribute(row: Record) -> Record:
        return {"taxonomy_term": terms.get(values.key(row.get("taxonomy_term_id")), {}), **row}

    at_parts = {
        "schedules": below("service_at_location_id", "schedules"), "contacts": below("service_at_location_id", "contacts", of=contact),
    }  # fmt: skip

    def place(row: Record) -> Record:
        return _with({"location": locations.get(values.key(row.get("location_id")), {}), **row}, at_parts)

    parts = {name: below("service_id", *names) for name, names in _OF_SERVICE.items()} | {
        "contacts": below("service_id", "contacts", of=contact),
        "attributes": below("link_id", "attributes", of=attribute),
        "service_at_locations": below("service_id", "service_at_location", "service_at_locations", of=place),
    }

    def service(row: Any) -> Any:
        if not isinstance(row, dict):
            return row
        return _with({"organization": organisations.get(values.key(row.get("organization_id")), {}), **row}, parts)

    return [service(row) for row in tables["services"]]


def _with(row: Record, parts: dict[str, Below]) -> Record:
    return row | {name: below(row) for name, below in parts.items() if not isinstance(row.get(name), list)}
