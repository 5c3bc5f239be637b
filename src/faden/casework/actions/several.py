"""One change for several cases, in one transaction: each case keeps its own trace of it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Case, CaseMember
from faden.cases.rules.several import Change, LeadForEach, TaskForEach, why_not
from faden.cases.vocabulary.case import CaseWeight
from faden.cases.vocabulary.course import LeadChangeReason
from faden.casework.actions.leads import hand_over, weigh
from faden.casework.queries.several import open_titles, present
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict


def carry_out(change: Change, case_ids: Iterable[UUID], *, by: Actor, on: date, at: datetime) -> int:
    """Do it where it can be done; returns in how many cases. The preview's answer is asked for once more."""
    own = UUID(by.membership_id)
    # Locked in one order: two of these at once wait for each other instead of failing.
    cases = list(Case.objects.select_for_update().filter(id__in=list(case_ids)).order_by("id"))
    titles = open_titles(cases)
    todo = [case for case in cases if why_not(change, present(case, titles), for_=own) is None]
    if not todo:
        raise Conflict(_("In keinem dieser Fälle ist das noch möglich. Bitte wählen Sie neu aus."))
    persons = _persons(todo) if isinstance(change, TaskForEach) and change.everybody else {}
    for case in todo:
        if isinstance(change, TaskForEach):
            about = About(tuple(persons.get(case.id, [case.person_id])))
            wanted = tasks.Wanted(change.title, change.due_on, change.assignee, about)
            tasks.make(wanted, case=case, by=by, at=at)
        elif isinstance(change, LeadForEach):
            hand_over(case, change.to, reason=LeadChangeReason(change.reason), by=by, on=on, at=at)
        else:
            weigh(case, CaseWeight(change.weight), by=by, at=at)
    return len(todo)


def _persons(cases: list[Case]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    rows = CaseMember.objects.filter(case__in=cases, until_on__isnull=True).order_by("from_on", "id")
    for case_id, person_id in rows.values_list("case_id", "person_id"):
        found.setdefault(case_id, []).append(person_id)
    return found
