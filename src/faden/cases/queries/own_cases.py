"""The open cases somebody works in today: her own, and those of whom she stands in for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from faden.cases.models import Case
from faden.cases.queries.masking import cards_for_list
from faden.cases.queries.substitutions import deputised_by, not_to_deputies
from faden.cases.vocabulary.case import Phase
from faden.persons.queries.cards import Card


def own_cases(membership_id: UUID, *, on: date) -> list[Case]:
    """Own ones, and of colleagues' those whose people agreed to Vertretung; two statements, two more for a deputy."""
    leads = [membership_id, *(standing.absent_id for standing in deputised_by(membership_id, on=on))]
    cases = list(Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id__in=leads).order_by("id"))
    covered = [case for case in cases if case.lead_id != membership_id]
    refused = not_to_deputies(covered) if covered else set()
    return [case for case in cases if case.id not in refused]


def cases_answered_for(membership_id: UUID, *, on: date) -> QuerySet[Case]:
    """Open and closed ones: those she leads, and those of whom she stands in for, where that was agreed to.

    One statement beside the one it becomes part of, for a deputy three.
    """
    absent = [standing.absent_id for standing in deputised_by(membership_id, on=on)]
    refused = not_to_deputies(Case.objects.filter(lead_id__in=absent)) if absent else set()
    return Case.objects.filter(Q(lead_id=membership_id) | Q(lead_id__in=absent) & ~Q(id__in=refused))


@dataclass(frozen=True)
class Recent:
    """A case that was open on somebody's screen a while ago."""

    case_id: UUID
    number: str
    card: Card


def recently_opened(case_ids: Iterable[UUID], *, membership_id: UUID, on: date) -> list[Recent]:
    """Of these cases those that may still be opened without a reason, in the same order; five statements."""
    wanted = list(case_ids)
    leads = [membership_id, *(standing.absent_id for standing in deputised_by(membership_id, on=on))]
    found = Case.objects.filter(id__in=wanted, lead_id__in=leads).select_related("person__municipality")
    cases = {case.id: case for case in found}
    covered = [case for case in cases.values() if case.lead_id != membership_id]
    refused = not_to_deputies(covered) if covered else set()
    cards = cards_for_list(cases.values())
    return [
        Recent(key, cases[key].number, cards[key]) for key in wanted if key in cases and key not in refused
    ]
