"""Setting up services. Runs as faden_owner: the app role may not add legal bodies or services."""

import csv
from datetime import date
from pathlib import Path

from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.models import (
    Competence,
    LegalBody,
    Membership,
    Municipality,
    Organisation,
    Site,
    Team,
    User,
)

TOWNS = Path(__file__).parents[1] / "data" / "municipalities" / "nrw_gemeinden.csv"


def load_municipalities() -> int:
    """All towns of NRW from the file in `data` (source and licence beside it); returns how many."""
    with TOWNS.open(encoding="utf-8") as lines:
        rows = [
            Municipality(
                ags=row["ags"],
                name=row["name"],
                district=row["kreis"],
                postcodes=row["plz"],
                latitude=row["lat"] or None,
                longitude=row["lon"] or None,
            )
            for row in csv.DictReader(lines)
        ]
    Municipality.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["ags"], update_fields=["name", "district", "postcodes"]
    )
    return len(rows)


def found_service(
    *, legal_body: LegalBody, name: str, kind: str, town: str, case_prefix: str = ""
) -> Organisation:
    """A new service or agency."""
    return Organisation.objects.create(
        legal_body=legal_body, name=name, kind=kind, municipality_id=town, case_prefix=case_prefix
    )


def make_competent(organisation: Organisation, *, towns: list[str], since: date) -> None:
    """This office is competent for these towns (AGS) from a day."""
    Competence.objects.bulk_create(
        Competence(organisation=organisation, municipality_id=ags, valid_from=since) for ags in towns
    )


def open_site(organisation: Organisation, *, name: str, address: str, town: str) -> Site:
    """A place where the service receives people."""
    with opened_for(Actor.system(organisation.id), write=True):
        return Site.objects.create(
            organisation=organisation, name=name, address=address, municipality_id=town
        )


def employ(
    organisation: Organisation, *, user: User, role: str, name: str, since: date, team: str = ""
) -> Membership:
    """The first members of a service; later ones are invited from inside."""
    with opened_for(Actor.system(organisation.id), write=True):
        group = Team.objects.get_or_create(organisation=organisation, name=team)[0] if team else None
        return Membership.objects.create(
            organisation=organisation, user=user, role=role, name=name, since=since, team=group
        )
