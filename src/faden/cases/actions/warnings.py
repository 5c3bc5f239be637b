"""Who is told by letter that Fristen moved nearer: once for each band, however many Fristen."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Q

from faden.cases.models import Case, Deadline, Substitution
from faden.cases.queries.deadlines import IN_SIGHT
from faden.cases.queries.substitutions import not_to_deputies, standing_on
from faden.cases.rules.deadlines import warned_at
from faden.cases.vocabulary.case import Phase


def take_notice(*, on: date) -> set[UUID]:
    """Mark every Frist that reached a narrower band since its last letter; returns the memberships to write to.

    Six statements and one for each band. Marks and letters stand in one transaction: neither without the other.
    """
    reached: defaultdict[int, list[UUID]] = defaultdict(list)
    case_ids: set[UUID] = set()
    for deadline_id, case_id, kind, due_on, warned in _in_sight(on):
        now = warned_at(kind, due_on, on)
        if now is not None and (warned is None or now < warned):
            reached[now].append(deadline_id)
            case_ids.add(case_id)
    for now, deadline_ids in reached.items():
        Deadline.objects.filter(id__in=deadline_ids).update(warned_at_days=now)
    return _readers(case_ids, on)


def _in_sight(on: date) -> list[tuple[UUID, UUID, str, date, int | None]]:
    found = Deadline.objects.filter(~Q(case__phase=Phase.CLOSED), ended_at__isnull=True, due_on__lte=on + IN_SIGHT)
    # Locked in order, so that a second run waits and finds nothing left to do.
    locked = found.select_for_update(of=("self",)).order_by("id")
    return list(locked.values_list("id", "case_id", "kind", "due_on", "warned_at_days"))


def _readers(case_ids: set[UUID], on: date) -> set[UUID]:
    """Who leads the cases, and who stands in today where the client agreed to that."""
    cases = list(Case.objects.filter(id__in=case_ids))
    refused = not_to_deputies(cases)
    covered = {case.lead_id for case in cases if case.id not in refused}
    standing = Substitution.objects.filter(standing_on(on), absent_id__in=covered)
    return {case.lead_id for case in cases} | set(standing.values_list("deputy_id", flat=True))
