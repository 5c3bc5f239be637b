"""Whose cases stand in lists without a name: the one place that lists take their names from."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Case, TimelineEntry
from faden.cases.vocabulary.case import EntryKind
from faden.persons.queries.cards import Card, cards_of, masked_card
from faden.persons.queries.protection import of_protected

# Whoever left a case is no longer deduced from its name.
HERE = Q(until_on__isnull=True)
_MEMBERS = """
SELECT case_id AS given, coalesce(persons_person.identity_id, persons_person.id) AS oldest
  FROM cases_casemember JOIN persons_person ON persons_person.id = cases_casemember.person_id
 WHERE cases_casemember.until_on IS NULL AND case_id = ANY (%s)
"""


def masked_cases(case_ids: Iterable[UUID | None]) -> set[UUID]:
    """Cases of which one member is protected: a list names none of the family; one statement."""
    return of_protected(_MEMBERS, {case_id for case_id in case_ids if case_id})


def masked_inquiries(inquiry_ids: Iterable[UUID]) -> set[UUID]:
    """Inquiries that became such a case: they are read in the case and nowhere else; two statements."""
    # A line of the history has the id of what it tells about.
    lines = TimelineEntry.objects.filter(id__in=list(inquiry_ids), kind=EntryKind.INQUIRY)
    cases = dict(lines.values_list("id", "case_id"))
    masked = masked_cases(cases.values())
    return {inquiry_id for inquiry_id, case_id in cases.items() if case_id in masked}


def cards_for_list(cases: Iterable[Case], *, masked: Collection[UUID] | None = None) -> dict[UUID, Card]:
    """A card per case id as lists show it, masked where it must be; one statement and one for `masked`."""
    by_id = {case.id: case for case in cases}
    masked = masked_cases(by_id) if masked is None else masked
    cards = cards_of([case.person for case in by_id.values() if case.id not in masked])
    return {
        case.id: masked_card(case.person_id) if case.id in masked else cards[case.person_id]
        for case in by_id.values()
    }
