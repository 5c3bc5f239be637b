"""Search inside the service: people, and which case they have with whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.protection import hidden_people, open_to, works_on
from faden.cases.vocabulary.case import Phase
from faden.organisations.queries.memberships import names_by_membership
from faden.persons.queries.identity import entries_of
from faden.persons.queries.search import Found, find
from faden.persons.rules.likeness import Asked

NUMBERED = 8
# Sorts after every digit, letter and hyphen.
_LAST = "~"


@dataclass(frozen=True)
class CaseShown:
    """A case beside a hit: number, phase and whom to ask; `own` may open it."""

    case_id: UUID
    number: str
    lead: str
    phase: str
    own: bool


@dataclass(frozen=True)
class Hit:
    """A person who may be meant, why, and her cases: the newest of each entry that is linked as her."""

    found: Found
    cases: tuple[CaseShown, ...]

    @property
    def own(self) -> CaseShown | None:
        """The case by which she may be opened."""
        return next((case for case in self.cases if case.own), None)


def hits(
    asked: Asked, *, membership_id: UUID, on: date, limit: int = 20, any_part: bool = False
) -> list[Hit]:
    """The likeliest people whom this colleague may find; eleven statements for any number of candidates."""

    def hidden(person_ids: list[UUID]) -> set[UUID]:
        return hidden_people(person_ids, membership_id=membership_id, on=on)

    found = find(asked, limit=limit, any_part=any_part, leave_out=hidden)
    entries = entries_of(person.person_id for person in found)
    every_entry = {entry for group in entries.values() for entry in group}
    cases, masked = cases_of(every_entry, membership_id=membership_id, on=on)
    # One line per human being; of a family without names, one line per case.
    shown: dict[UUID, Hit] = {}
    for person in found:
        group = entries[person.person_id]
        newest = tuple(cases[entry] for entry in _first(person.person_id, group) if entry in cases)
        nameless = any(case.case_id in masked for case in newest)
        line = newest[0].case_id if nameless else group[0]
        shown.setdefault(line, Hit(_nameless(person) if nameless else person, newest))
    return list(shown.values())


def _first(person_id: UUID, group: list[UUID]) -> list[UUID]:
    return [person_id, *(entry for entry in group if entry != person_id)]


def cases_of(
    person_ids: Iterable[UUID], *, membership_id: UUID, on: date
) -> tuple[dict[UUID, CaseShown], set[UUID]]:
    """The newest case of each person, and which of all are masked; somebody else's masked case is not there.

    Two statements, and two more where she stands in for somebody.
    """
    rows = list(
        CaseMember.objects.filter(person_id__in=list(person_ids), until_on__isnull=True)
        .annotate(works_on=works_on(membership_id, on=on))
        .select_related("case__lead")
        .order_by("case__opened_on", "case__number")
    )
    own = {row.case_id for row in open_to((row for row in rows if row.works_on), membership_id=membership_id)}
    masked = masked_cases(row.case_id for row in rows)
    found = {
        row.person_id: _shown(row.case, own=row.case_id in own)
        for row in rows
        if row.case_id in own or row.case_id not in masked
    }
    return found, masked


def _shown(case: Case, *, own: bool) -> CaseShown:
    return CaseShown(case.id, case.number, case.lead.name, str(Phase(case.phase).label), own)


def _nameless(found: Found) -> Found:
    """A Schutzvermerk: who works with her learns that it is her from the number, and from nothing else."""
    likeness = found.likeness._replace(reasons=())
    return replace(found, name=_("Geschützte Person"), other_names=(), birth=None, likeness=likeness)


def case_by_number(number: str) -> UUID | None:
    """The case with exactly this number."""
    return Case.objects.filter(number=number.strip().upper()).values_list("id", flat=True).first()


def cases_numbered(beginning: str, *, own: Collection[UUID], membership_id: UUID) -> list[CaseShown]:
    """Cases whose number begins like this, newest first: number, phase and whom to ask; three statements."""
    first = beginning.strip().upper()
    found = Case.objects.filter(number__gte=first, number__lt=first + _LAST).order_by("-number")
    cases = list(found[:NUMBERED])
    leads = names_by_membership(case.lead_id for case in cases)
    masked = masked_cases(case.id for case in cases)
    shown = [
        CaseShown(
            case.id,
            case.number,
            leads[case.lead_id],
            str(Phase(case.phase).label),
            case.id in own or case.lead_id == membership_id,
        )
        for case in cases
    ]
    return [case for case in shown if case.own or case.case_id not in masked]
