"""What the rules for Fristen need to know about people: a statement per kind of fact, however many people."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from faden.cases.models import CaseMember
from faden.cases.rules.deadlines import Born, Fact, Known
from faden.cases.vocabulary.case import Phase
from faden.kernel.clock import BERLIN
from faden.persons.models import Address, Benefit, DatedFact, German, Occupation, Person, Residence


def known_of(person_ids: Collection[UUID]) -> dict[UUID, Known]:
    """All that is known today, by person; six statements."""
    papers = _facts(Residence, person_ids, lambda row: (row.paper, ""))
    benefits = _facts(Benefit, person_ids, lambda row: (row.regime, ""))
    occupations = _facts(Occupation, person_ids, lambda row: (row.kind, row.what))
    german = _facts(German, person_ids, lambda row: (row.level, row.certificate or str(row.certified_on or "")))
    addresses = _facts(Address, person_ids, lambda row: (row.municipality_id or "", ""))
    return {
        person.id: Known(
            person.id,
            born=_born(person),
            nationalities=tuple(person.nationalities),
            entered_on=person.entered_on,
            lives_in_town=bool(person.municipality_id) and not (person.expected_on and not person.entered_on),
            papers=papers[person.id],
            benefits=benefits[person.id],
            occupations=occupations[person.id],
            german=german[person.id],
            addresses=addresses[person.id],
        )
        for person in Person.objects.filter(id__in=person_ids)
    }


def _born(person: Person) -> Born | None:
    if person.birth_earliest is None or person.birth_latest is None:
        return None
    return Born(person.birth_earliest, person.birth_latest)


def _facts(
    model: type[DatedFact], person_ids: Collection[UUID], say: Callable[[Any], tuple[str, str]]
) -> Mapping[UUID, tuple[Fact, ...]]:
    """Standing facts by person, each by the oldest row of its history."""
    rows = list(model._default_manager.filter(person_id__in=person_ids).order_by("noted_at", "id"))
    oldest: dict[UUID, UUID] = {}
    for row in rows:
        oldest[row.id] = oldest.get(row.replaces_id, row.replaces_id) if row.replaces_id else row.id
    found: defaultdict[UUID, tuple[Fact, ...]] = defaultdict(tuple)
    for row in rows:
        if row.superseded_at is None:
            code, words = say(row)
            noted_on = row.noted_at.astimezone(BERLIN).date()
            found[row.person_id] += (Fact(oldest[row.id], code, row.from_on, row.until_on, noted_on, words),)
    return found


def people_after(last: UUID | None, *, limit: int) -> list[UUID]:
    """Everybody who belongs to an open case, in the order of ids; one statement."""
    found = CaseMember.objects.filter(~Q(case__phase=Phase.CLOSED), until_on__isnull=True)
    if last:
        found = found.filter(person_id__gt=last)
    return list(found.order_by("person_id").values_list("person_id", flat=True).distinct()[:limit])
