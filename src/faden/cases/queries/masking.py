"""Whose cases stand in lists without a name: the one place that lists take their names from."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from faden.cases.models import Case, CaseMember, TimelineEntry
from faden.cases.vocabulary import EntryKind
from faden.persons.queries.cards import Card, cards_of, masked_card
from faden.persons.queries.protection import is_protected

# Whoever left a case is no longer deduced from its name.
HERE = Q(until_on__isnull=True)
PROTECTED = is_protected("person_id", "person__identity_id")


def masked_cases(case_ids: Iterable[UUID | None]) -> set[UUID]:
    """Cases of which one member is protected: a list names none of the family; one statement."""
    found = CaseMember.objects.filter(HERE, PROTECTED, case_id__in={i for i in case_ids if i})
    return set(found.values_list("case_id", flat=True))


def masked_inquiries(inquiry_ids: Iterable[UUID]) -> set[UUID]:
    """Inquiries that became such a case: they are read in the case and nowhere else; one statement."""
    family = CaseMember.objects.filter(HERE, PROTECTED, case=OuterRef("case"))
    # A line of the history has the id of what it tells about.
    lines = TimelineEntry.objects.filter(Exists(family), id__in=list(inquiry_ids), kind=EntryKind.INQUIRY)
    return set(lines.values_list("id", flat=True))


def cards_for_list(cases: Iterable[Case], *, masked: Collection[UUID] | None = None) -> dict[UUID, Card]:
    """A card per case id as lists show it, masked where it must be; one statement and one for `masked`."""
    by_id = {case.id: case for case in cases}
    masked = masked_cases(by_id) if masked is None else masked
    cards = cards_of([case.person for case in by_id.values() if case.id not in masked])
    return {
        case.id: masked_card(case.person_id) if case.id in masked else cards[case.person_id]
        for case in by_id.values()
    }
