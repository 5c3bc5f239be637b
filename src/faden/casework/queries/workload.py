"""Auslastung: cases and their weights against the share of a post. For planning, by name, never ranked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce

from faden.cases.models import Case
from faden.cases.vocabulary.case import Phase
from faden.casework.queries.counting import number_of
from faden.casework.rules import guideline_for
from faden.organisations.queries.memberships import colleagues


@dataclass(frozen=True)
class Load:
    """One case manager's cases beside the share of her post; no quotient that could be sorted by."""

    membership_id: UUID
    name: str
    post_percent: int | None
    cases: int
    weight: int
    guideline: int | None


def workload(*, on: date) -> list[Load]:
    """Everybody who leads cases now, by name; one statement."""
    mine = Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=OuterRef("id"))
    found = colleagues(on=on, roles=("case_manager",)).annotate(
        led=number_of(mine), weighed=Coalesce(number_of(mine, of="weight", function="SUM"), 0)
    )
    return [
        Load(row.id, row.name, row.post_percent, row.led, row.weighed, guideline_for(row.post_percent))
        for row in found.order_by("name", "id")
    ]
