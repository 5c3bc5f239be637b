"""Search inside the service: people, and which case they have with whom."""

from dataclasses import dataclass
from uuid import UUID

from faden.cases.models import Case
from faden.cases.vocabulary import Phase
from faden.persons.queries.search import Found, find
from faden.persons.rules.likeness import Asked


@dataclass(frozen=True)
class Hit:
    """A person who may be meant, why, and her newest case."""

    found: Found
    case_id: UUID | None
    number: str
    lead: str
    phase: str
    own: bool


def hits(asked: Asked, *, membership_id: str, limit: int = 20, any_part: bool = False) -> list[Hit]:
    """Four statements for any number of candidates."""
    found = find(asked, limit=limit, any_part=any_part)
    cases: dict[UUID, Case] = {}
    for case in (
        Case.objects.filter(person_id__in=[f.person_id for f in found])
        .select_related("lead")
        .order_by("opened_on")
    ):
        cases[case.person_id] = case
    return [_hit(person, cases.get(person.person_id), membership_id) for person in found]


def _hit(found: Found, case: Case | None, membership_id: str) -> Hit:
    if case is None:
        return Hit(found, None, "", "", "", own=False)
    label = str(Phase(case.phase).label)
    return Hit(found, case.id, case.number, case.lead.name, label, own=str(case.lead_id) == membership_id)


def case_by_number(number: str) -> UUID | None:
    """The case with exactly this number."""
    return Case.objects.filter(number=number.strip().upper()).values_list("id", flat=True).first()
