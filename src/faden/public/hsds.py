"""The directory as HSDS 3.1 (openreferral.org): for other directories, to read."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.urls import re_path
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import make_aware

from faden.directory.queries import harvest
from faden.directory.rules.hsds import areas, basics, offered, provider
from faden.directory.rules.hsds.basics import Json
from faden.kernel.errors import Invalid, NotFound
from faden.public.door import PublicRequest, tells

PER_PAGE, MOST_PER_PAGE, LAST_PAGE = 20, 100, 1_000_000
PROFILE = "https://docs.openreferral.org/en/latest/hsds/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/openapi.json"


@tells
def root(request: PublicRequest) -> Json:
    """Which version, which profile."""
    return {"version": basics.VERSION, "profile": PROFILE, "openapi_url": OPENAPI}


@tells
def services(request: PublicRequest) -> Json:
    """A page; `full=true` with all that hangs on each, `minimal=true` only ids and days."""
    number, per_page = _page(request)
    rows = harvest.services(
        first=(number - 1) * per_page, size=per_page, modified_after=_moment(request, "modified_after"), today=request.today,
        words=request.GET.get("search", ""), area=_area(request), provider=_uuid(request, "organization_id"),
    )  # fmt: skip
    towns = harvest.town_names()
    show: Callable[..., Json] = offered.service if _yes(request, "full") else offered.service_plain
    if _yes(request, "minimal"):
        contents = [offered.minimal(one, today=request.today) for one in rows.rows]
    else:
        contents = [show(one, towns=towns, today=request.today) for one in rows.rows]
    return basics.page(contents, total=rows.total, number=number, per_page=per_page)


@tells
def service(request: PublicRequest, one: str) -> Json:
    """One with everything; what ended or ran out stays, with its state."""
    return offered.service(harvest.service(UUID(one)), towns=harvest.town_names(), today=request.today)


@tells
def organizations(request: PublicRequest) -> Json:
    """Who offers something."""
    number, per_page = _page(request)
    rows = harvest.organisations(first=(number - 1) * per_page, size=per_page, words=request.GET.get("search", ""), today=request.today)
    contents = [provider.organisation_plain(row, full=_yes(request, "full")) for row in rows.rows]
    return basics.page(contents, total=rows.total, number=number, per_page=per_page)


@tells
def organization(request: PublicRequest, one: str) -> Json:
    """One, with the services it offers."""
    return provider.organisation(*harvest.organisation(UUID(one)), today=request.today)


@tells
def service_at_locations(request: PublicRequest) -> Json:
    """Which service is where."""
    number, per_page = _page(request)
    rows = harvest.at_locations(
        first=(number - 1) * per_page, size=per_page, modified_after=_moment(request, "modified_after"),
        provider=_uuid(request, "organization_id"), area=_area(request), today=request.today,
    )  # fmt: skip
    towns, full = harvest.town_names(), _yes(request, "full")
    contents = [offered.at_location_whole(row, towns=towns, today=request.today) if full else offered.at_location(row, row.offer) for row in rows.rows]
    return basics.page(contents, total=rows.total, number=number, per_page=per_page)


@tells
def service_at_location(request: PublicRequest, one: str) -> Json:
    """One, with its service."""
    return offered.at_location_whole(harvest.at_location(UUID(one)), towns=harvest.town_names(), today=request.today)


@tells
def taxonomies(request: PublicRequest) -> Json:
    """The one we use."""
    number, per_page = _page(request)
    return _sliced([areas.taxonomy()], number, per_page)


@tells
def taxonomy(request: PublicRequest, one: str) -> Json:
    """Lebensbereiche."""
    if UUID(one) != areas.TAXONOMY:
        raise NotFound
    return areas.taxonomy()


@tells
def taxonomy_terms(request: PublicRequest) -> Json:
    """All life areas."""
    number, per_page = _page(request)
    return _sliced([areas.term(area) for area in areas.AREAS.values()], number, per_page)


@tells
def taxonomy_term(request: PublicRequest, one: str) -> Json:
    """A life area."""
    if UUID(one) not in areas.AREAS:
        raise NotFound
    return areas.term(areas.AREAS[UUID(one)])


@tells
def missing(request: PublicRequest, **where: Any) -> Json:
    """Whatever else is asked for below this address."""
    raise NotFound


def _sliced(found: list[Json], number: int, per_page: int) -> Json:
    first = (number - 1) * per_page
    return basics.page(found[first : first + per_page], total=len(found), number=number, per_page=per_page)


# ---------- what was asked ----------


def _page(request: PublicRequest) -> tuple[int, int]:
    """Number and size; what cannot be meant is refused, not guessed."""
    if request.GET.get("format", "json") != "json":
        raise Invalid("only json", field="format")
    return _number(request, "page", 1, LAST_PAGE), _number(request, "per_page", PER_PAGE, MOST_PER_PAGE)


def _number(request: PublicRequest, name: str, usual: int, most: int) -> int:
    text = request.GET.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= most):
        raise Invalid(f"a whole number from 1 to {most}", field=name)
    return int(text)


def _yes(request: PublicRequest, name: str) -> bool:
    text = request.GET.get(name, "false").lower()
    if text not in ("true", "false", "1", "0"):
        raise Invalid("true or false", field=name)
    return text in ("true", "1")


def _uuid(request: PublicRequest, name: str) -> UUID | None:
    text = request.GET.get(name)
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("a uuid", field=name) from None


def _area(request: PublicRequest) -> str:
    """Of a term of ours; any other term of any other taxonomy is refused, so that nobody takes all for some."""
    other = _uuid(request, "taxonomy_id")
    found = _uuid(request, "taxonomy_term_id")
    if other not in (None, areas.TAXONOMY):
        raise Invalid("a taxonomy of this directory", field="taxonomy_id")
    if found is None:
        return ""
    if found not in areas.AREAS:
        raise Invalid("a term of this directory", field="taxonomy_term_id")
    return areas.AREAS[found]


def _moment(request: PublicRequest, name: str) -> datetime | None:
    text = request.GET.get(name)
    if not text:
        return None
    try:
        day = parse_date(text)
        # In an address a plus is a space.
        moment = parse_datetime(text) or parse_datetime(text.replace(" ", "+"))
        found = moment or (datetime.combine(day, time()) if day else None)
        if found is None:
            raise ValueError(text)
        found = found if found.tzinfo else make_aware(found)
        if not 1900 <= found.year <= 2199:
            raise ValueError(text)
    except (ValueError, OverflowError):
        raise Invalid("a date or a date with time (ISO 8601)", field=name) from None
    return found


_ID = "(?P<one>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})"
urlpatterns = [
    re_path("^hsds/?$", root, name="hsds-root"),
    re_path("^hsds/services/?$", services, name="hsds-services"),
    re_path(f"^hsds/services/{_ID}/?$", service, name="hsds-service"),
    re_path("^hsds/organizations/?$", organizations, name="hsds-organizations"),
    re_path(f"^hsds/organizations/{_ID}/?$", organization, name="hsds-organization"),
    re_path("^hsds/service_at_locations/?$", service_at_locations, name="hsds-service-at-locations"),
    re_path(f"^hsds/service_at_locations/{_ID}/?$", service_at_location, name="hsds-service-at-location"),
    re_path("^hsds/taxonomies/?$", taxonomies, name="hsds-taxonomies"),
    re_path(f"^hsds/taxonomies/{_ID}/?$", taxonomy, name="hsds-taxonomy"),
    re_path("^hsds/taxonomy_terms/?$", taxonomy_terms, name="hsds-taxonomy-terms"),
    re_path(f"^hsds/taxonomy_terms/{_ID}/?$", taxonomy_term, name="hsds-taxonomy-term"),
    re_path("^hsds/", missing, name="hsds-missing"),
]
