"""What a change would do to each of several cases, before anybody does it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember, Task
from faden.cases.queries.caseload import family_words
from faden.cases.queries.masking import cards_for_list
from faden.cases.rules.several import Change, LeadForEach, Present, TaskForEach, why_not
from faden.cases.vocabulary.case import CaseWeight, Scope
from faden.cases.vocabulary.caseload import WhyNot
from faden.organisations.queries.memberships import name_of_membership
from faden.persons.queries.cards import Card


@dataclass(frozen=True)
class Step:
    """One case: what will happen to it, or why nothing will. A case of others is told by its number alone."""

    case_id: UUID
    number: str
    card: Card | None
    happens: bool
    words: str


@dataclass(frozen=True)
class Preview:
    """All of them, those that change first."""

    changed: list[Step]
    left: list[Step]


def preview(change: Change, case_ids: Iterable[UUID], *, for_: UUID) -> Preview:
    """Seven statements for any number of cases."""
    cases = list(
        Case.objects.filter(id__in=list(case_ids)).select_related("person__municipality").order_by("number")
    )
    own = [case for case in cases if case.lead_id == for_]
    cards, families, titles = cards_for_list(own), _families(own), open_titles(own)
    colleague = name_of_membership(_colleague(change) or for_)
    steps = [
        _step(case, change, why_not(change, present(case, titles), for_=for_), cards, families, colleague)
        for case in cases
    ]
    return Preview([step for step in steps if step.happens], [step for step in steps if not step.happens])


def present(case: Case, titles: dict[UUID, frozenset[tuple[str, date | None]]]) -> Present:
    """What the rule asks of a case."""
    return Present(case.lead_id, case.phase, case.weight, titles.get(case.id, frozenset()))


def open_titles(cases: list[Case]) -> dict[UUID, frozenset[tuple[str, date | None]]]:
    """The open tasks of these cases by title and day; one statement."""
    found: dict[UUID, set[tuple[str, date | None]]] = defaultdict(set)
    rows = Task.objects.filter(case_id__in=[case.id for case in cases], done_at__isnull=True)
    for case_id, title, due_on in rows.values_list("case_id", "title", "due_on"):
        found[case_id].add((title, due_on))
    return {case_id: frozenset(titles) for case_id, titles in found.items()}


def _colleague(change: Change) -> UUID | None:
    if isinstance(change, TaskForEach):
        return change.assignee
    return change.to if isinstance(change, LeadForEach) else None


def _families(cases: list[Case]) -> dict[UUID, str]:
    ids = [case.id for case in cases if case.scope == Scope.FAMILY]
    rows = CaseMember.objects.filter(case_id__in=ids, until_on__isnull=True).order_by()
    return {
        case_id: family_words(count) for case_id, count in rows.values_list("case_id").annotate(Count("id"))
    }


def _step(
    case: Case,
    change: Change,
    obstacle: WhyNot | None,
    cards: dict[UUID, Card],
    families: dict[UUID, str],
    colleague: str,
) -> Step:
    card = cards.get(case.id)
    if obstacle:
        return Step(case.id, case.number, card, happens=False, words=str(obstacle.label))
    if isinstance(change, TaskForEach):
        about = families.get(case.id, "") if change.everybody else ""
        words = " · ".join(filter(None, (_("neue Aufgabe"), colleague, about)))
    elif isinstance(change, LeadForEach):
        words = _("Fallführung geht an %(name)s, mit dem, was dort noch zu tun ist") % {"name": colleague}
    else:
        words = f"{CaseWeight(case.weight).label} → {CaseWeight(change.weight).label}"
    return Step(case.id, case.number, card, happens=True, words=words)
