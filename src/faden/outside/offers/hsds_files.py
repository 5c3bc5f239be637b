"""The shapes of an HSDS file: a page or list of services, one service, organisations with their services, services at
their places, or the tables of a data package.
"""

from typing import Any

from faden.outside.offers import values
from faden.outside.offers.files import parsed
from faden.outside.offers.hsds_tables import joined, packed_tables
from faden.outside.offers.reading import NotWhatItClaims, Wrong
from faden.outside.offers.values import Record

_PAGE = ("contents", "content", "items")  # of one page; the second is what some servers call it
# What only a service has; other lists of HSDS and of other people have "id", "name" and "description" too.
_TELLING = {
    "status", "organization", "organization_id", "service_at_locations", "service_areas", "cost_options", "required_documents", "fees",
    "fees_description", "application_process", "eligibility_description", "minimum_age", "assured_date", "interpretation_services",
}  # fmt: skip
_FOREIGN = {"title", "geometry", "available_languages", "location_type", "addresses", "taxonomy", "term_uri"}


def services_of(data: bytes) -> tuple[list[Any], bool]:
    """The services, and whether this is all there is."""
    if data.startswith(b"PK\x03\x04"):
        return joined(packed_tables(data)), True
    rows, complete = _services(parsed(data))
    if not rows:
        raise NotWhatItClaims(Wrong.NO_SERVICES)
    return rows, complete


def _services(content: Any) -> tuple[list[Any], bool]:
    if isinstance(content, dict):
        if _is_package(content):
            tables = {name.removesuffix(".csv"): rows for name, rows in content.items()}
            return joined(tables), not _counts(content) or _is_last(content)
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


def _is_package(content: Record) -> bool:
    """Tables by their names; an organisation with its services has a name itself."""
    if any(name.endswith(".csv") for name in content):
        return True
    return isinstance(content.get("services"), list) and not {"id", "name"} & content.keys()


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
