"""Questions about services that anybody may ask: the list of services is public."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Left

from faden.organisations.models import Competence, Municipality, Organisation
from faden.organisations.rules import must_report
from faden.organisations.vocabulary import DESK_KINDS, Kind


def service_ids() -> list[int]:
    """All services and agencies, oldest first."""
    return list(Organisation.objects.order_by("id").values_list("id", flat=True))


@dataclass(frozen=True)
class Office:
    """An office to choose, and whether it is competent for the town that was asked about."""

    id: int
    name: str
    is_competent: bool


def offices(kinds: Collection[Kind], *, ags: str, on: date) -> list[Office]:
    """All offices of these kinds by name, those competent for the town on this day first; one statement."""
    here = Competence.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        organisation=OuterRef("id"),
        municipality_id=ags,
        valid_from__lte=on,
    )
    found = Organisation.objects.filter(kind__in=kinds).annotate(is_competent=Exists(here))
    rows = found.order_by("-is_competent", "name").values_list("id", "name", "is_competent")
    return [Office(*row) for row in rows]


def offices_that_read_clients(*, on: date) -> frozenset[int]:
    """Those with somebody for building block 3 today: what clients send is read by nobody else there; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM offices_that_read_clients(%s)", [on])
        return frozenset(row[0] for row in cursor.fetchall())


def integration_centre_of(ags: str) -> str:
    """Name and contact of the integration centre in the county of a town; "" where none is known; one statement."""
    found = Organisation.objects.filter(kind=Kind.INTEGRATION_CENTRE, municipality__ags__startswith=ags[:5]).order_by("id")
    row = found.values_list("name", "contact").first()
    return ", ".join(filter(None, row)) if row else ""


def integration_centres() -> list[int]:
    """Those that keep what is everybody's, oldest first; one statement."""
    return list(Organisation.objects.filter(kind=Kind.INTEGRATION_CENTRE).order_by("id").values_list("id", flat=True))


def service_named(name: str) -> int | None:
    """The service with a desk that has this name; one statement."""
    return Organisation.objects.filter(kind__in=DESK_KINDS, name__iexact=name.strip()).values_list("id", flat=True).first()


@dataclass(frozen=True)
class Employer:
    """Whether the legal body of a service is a public one, and what follows from that."""

    is_public: bool
    must_report: bool


def employer_of(organisation_id: int) -> Employer:
    """One statement."""
    service = Organisation.objects.select_related("legal_body").get(id=organisation_id)
    is_public = service.legal_body.is_public
    return Employer(is_public, must_report(service.kind, is_public=is_public))


def towns(organisation_id: int) -> list[tuple[str, str, bool]]:
    """All towns of NRW as (AGS, name, in the service's own county), by name; one statement."""
    home = Organisation.objects.filter(id=organisation_id).values(county=Left("municipality_id", 5))
    found = Municipality.objects.annotate(county=Left("ags", 5), home=Subquery(home[:1])).order_by("name")
    rows = found.values_list("ags", "name", "county", "home")
    return [(ags, name, county == home_county) for ags, name, county, home_county in rows]


@dataclass(frozen=True)
class TownRow:
    """A town and who is competent for it: case management, immigration office, jobcentre."""

    town: str
    case_management: str
    immigration_office: str
    jobcentre: str


def competences(organisation_id: int, *, on: date) -> list[TownRow]:
    """All towns of the service's county with the offices competent on a day; two statements."""
    all_towns = towns(organisation_id)
    found: dict[str, dict[str, str]] = {ags: {} for ags, _name, near in all_towns if near}
    valid = Competence.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on, municipality_id__in=found
    )
    for competence in valid.select_related("organisation"):
        found[competence.municipality_id][competence.organisation.kind] = competence.organisation.name
    return [
        TownRow(
            name,
            found[ags].get(Kind.MIGRATION_SERVICE, ""),
            found[ags].get(Kind.IMMIGRATION_OFFICE, ""),
            found[ags].get(Kind.JOBCENTRE, ""),
        )
        for ags, name, near in all_towns
        if near
    ]
