"""Which cases somebody leads, and where they stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.models import Case, CaseMember, CriterionMark
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.rules.action_required import Reason, Standing, reasons
from faden.cases.rules.caseload import OpenCase
from faden.cases.vocabulary.case import CaseWeight, Phase, Scope, Urgency
from faden.cases.vocabulary.caseload import ActionNeeded
from faden.cases.vocabulary.course import CriterionState
from faden.consents.queries.agreements import standing_of
from faden.kernel.clock import BERLIN
from faden.persons.models import Person
from faden.persons.queries.cards import Card, cards_of, masked_card

PAGE = 50


@dataclass(frozen=True)
class Told:
    """A reason to act in words: what, and since when or about how many."""

    kind: str
    word: str
    detail: str
    sign: str


@dataclass(frozen=True)
class Row:
    """One line of the caseload."""

    case_id: UUID
    number: str
    card: Card
    family: str
    phase: str
    urgency: str
    urgent: bool
    weight: str
    opened_on: date
    last_contact_at: datetime | None
    next_due: date | None
    overdue: bool
    next_appointment: datetime | None
    reasons: tuple[Told, ...]

    @property
    def about(self) -> str:
        """What stands below the name."""
        return " · ".join(word for word in (self.family, self.card.birth, self.card.town) if word)


@dataclass(frozen=True)
class Page:
    """Fifty lines and whether there are more."""

    rows: list[Row]
    number: int
    has_more: bool


def open_cases(lead: UUID, *, now: datetime, today: date) -> list[OpenCase]:
    """All open cases of one case manager with their reasons to act; six statements."""
    cases = list(Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=lead).order_by("id"))
    return [_open_case(case, facts, today) for case, facts in _facts(cases, now)]


def page_of(found: list[OpenCase], *, today: date, number: int = 1) -> Page:
    """One page of them, with names and towns; two statements."""
    shown = found[(number - 1) * PAGE : number * PAGE]
    # By case, not by person: of two cases of one person the family's alone may be masked.
    cards = _cards(case.person_id for case in shown if not case.masked)
    rows = [
        _row(case, masked_card(case.person_id) if case.masked else cards[case.person_id], today) for case in shown
    ]
    return Page(rows, number, has_more=len(found) > number * PAGE)


def closed_cases_of(membership_id: UUID, *, page: int = 1) -> Page:
    """What is finished, newest first; four statements."""
    found = Case.objects.filter(lead_id=membership_id, phase=Phase.CLOSED).order_by("-opened_on", "id")
    cases = list(found.select_related("person__municipality")[(page - 1) * PAGE : page * PAGE + 1])
    cards = cards_for_list(cases)
    return Page([_closed_row(case, cards[case.id]) for case in cases[:PAGE]], page, has_more=len(cases) > PAGE)


def told(reason: Reason) -> Told:
    """A reason in words, so that nobody needs to know its colour."""
    if reason.persons:
        detail = ngettext("%(count)s Person", "%(count)s Personen", reason.persons) % {"count": reason.persons}
    else:
        detail = ngettext("seit %(count)s Tag", "seit %(count)s Tagen", reason.days) % {"count": reason.days}
    sign = "danger" if reason.kind in (ActionNeeded.OVERDUE_TASK, ActionNeeded.NO_AGREEMENT) else "warning"
    return Told(reason.kind, str(reason.kind.label), detail, sign)


def family_words(persons: int) -> str:
    """ "Familie, 4 Personen"; nothing for the case of one person."""
    if not persons:
        return ""
    return ngettext("Familie, %(count)s Person", "Familie, %(count)s Personen", persons) % {"count": persons}


class _Belongs(NamedTuple):
    """A person who belongs to a case today."""

    person_id: UUID
    sort_key: str = ""
    languages: Sequence[str] = ()
    ags: str | None = None
    town: str | None = None


@dataclass(frozen=True)
class _Facts:
    """The rows around one case."""

    members: list[_Belongs]
    agreements: dict[UUID, bool]
    first_due: date | None
    open_tasks: int
    appointment: datetime | None
    in_phase_since: datetime | None
    assessing_since: date | None
    not_yet_since: datetime | None
    masked: bool


def _facts(cases: list[Case], now: datetime) -> Iterable[tuple[Case, _Facts]]:
    ids = [case.id for case in cases]
    around, marks = _around(ids, now), _not_yet(ids)
    members, masked = _members(ids), masked_cases(ids)
    agreements = standing_of(one.person_id for all_ in members.values() for one in all_)
    for case in cases:
        not_yet_since = marks.get((case.id, case.phase))
        yield case, _Facts(members[case.id], agreements, *around[case.id], not_yet_since, case.id in masked)


# By hand: four statements of Django's with sixty ids each take 5 ms to compose. By id, case after case:
# each of these is a walk along an index that begins with service and case.
_AROUND = """
SELECT asked.id, tasks.first_due, tasks.open, coming.starts_at, phase.since, assessing.since
  FROM unnest(%(ids)s::uuid[]) AS asked (id)
 CROSS JOIN LATERAL (SELECT min(due_on) AS first_due, count(*) AS open FROM cases_task
                      WHERE case_id = asked.id AND done_at IS NULL) AS tasks
 CROSS JOIN LATERAL (SELECT min(starts_at) AS starts_at FROM cases_appointment
                      WHERE case_id = asked.id AND starts_at >= %(now)s AND dropped_because = '') AS coming
 CROSS JOIN LATERAL (SELECT max(changed_at) AS since FROM cases_phasechange WHERE case_id = asked.id) AS phase
 CROSS JOIN LATERAL (SELECT min(began_on) AS since FROM cases_assessment
                      WHERE case_id = asked.id AND finished_on IS NULL) AS assessing
"""


_Around = tuple[date | None, int, datetime | None, datetime | None, date | None]


def _around(ids: list[UUID], now: datetime) -> dict[UUID, _Around]:
    """By case: first due day and number of open tasks, next appointment, in its phase since, assessing since."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, {"ids": ids, "now": now})
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _members(ids: list[UUID]) -> dict[UUID, list[_Belongs]]:
    rows = CaseMember.objects.filter(case__any=ids, until_on__isnull=True).values_list(
        "case_id", "person_id", "person__sort_key", "person__languages", "person__municipality_id",
        "person__municipality__name",
    )  # fmt: skip
    found: dict[UUID, list[_Belongs]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(_Belongs(*row[1:]))
    return found


def _not_yet(ids: list[UUID]) -> dict[tuple[UUID, str], datetime]:
    """Since when the oldest criterion of a phase stands at "noch nicht"; its newest mark counts."""
    newest = (
        CriterionMark.objects.filter(case__any=ids)
        .order_by("case_id", "phase", "criterion", "-marked_at")
        .distinct("case_id", "phase", "criterion")
        .values_list("case_id", "phase", "state", "marked_at")
    )
    found: dict[tuple[UUID, str], datetime] = {}
    for case_id, phase, state, at in newest:
        if state == CriterionState.NOT_YET:
            found[case_id, phase] = min(at, found.get((case_id, phase), at))
    return found


def _open_case(case: Case, facts: _Facts, today: date) -> OpenCase:
    # Behind a Schutzvermerk no list sorts by her name or tells her town by filtering.
    told_of = [] if facts.masked else facts.members
    main = next((one for one in told_of if one.person_id == case.person_id), _Belongs(case.person_id))
    standing = Standing(
        phase=Phase(case.phase),
        urgency=Urgency(case.urgency),
        opened_on=case.opened_on,
        last_contact_on=_day(case.last_contact_at),
        in_phase_since=_day(facts.in_phase_since),
        open_tasks=facts.open_tasks,
        first_due=facts.first_due,
        next_appointment_on=_day(facts.appointment),
        without_agreement=sum(_lacks_agreement(one.person_id, case, facts.agreements) for one in facts.members),
        not_yet_since=_day(facts.not_yet_since),
        assessing_since=facts.assessing_since,
    )
    return OpenCase(
        case_id=case.id,
        number=case.number,
        person_id=case.person_id,
        sort_key=main.sort_key,
        town=(main.ags or "", main.town or ""),
        languages=tuple(dict.fromkeys(code for one in told_of for code in one.languages)),
        members=len(facts.members),
        scope=case.scope,
        weight=case.weight,
        last_contact_at=case.last_contact_at,
        next_appointment_at=facts.appointment,
        standing=standing,
        reasons=reasons(standing, today=today),
        masked=facts.masked,
    )


def _lacks_agreement(person_id: UUID, case: Case, agreements: dict[UUID, bool]) -> bool:
    """Relatives may have none; the person the case is named after needs one, and an ended one is asked anew."""
    return not agreements.get(person_id, person_id != case.person_id)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(BERLIN).date() if at else None


def _cards(people: Iterable[UUID]) -> dict[UUID, Card]:
    return cards_of(list(Person.objects.filter(id__any=set(people)).select_related("municipality")))


def _row(case: OpenCase, card: Card, today: date) -> Row:
    standing = case.standing
    return Row(
        case_id=case.case_id,
        number=case.number,
        card=card,
        family="" if case.masked else family_words(case.family_of),
        phase=str(standing.phase.label),
        urgency=str(standing.urgency.label),
        urgent=standing.urgency != Urgency.NORMAL,
        weight=_("Gewicht: %(weight)s") % {"weight": str(CaseWeight(case.weight).label).partition(" (")[0]},
        opened_on=standing.opened_on,
        last_contact_at=case.last_contact_at,
        next_due=standing.first_due,
        overdue=standing.first_due is not None and standing.first_due < today,
        next_appointment=case.next_appointment_at,
        reasons=tuple(told(reason) for reason in case.reasons),
    )


def _closed_row(case: Case, card: Card) -> Row:
    return Row(
        case_id=case.id,
        number=case.number,
        card=card,
        family=_("Familie") if case.scope == Scope.FAMILY and not card.masked else "",
        phase=str(Phase.CLOSED.label),
        urgency="",
        urgent=False,
        weight="",
        opened_on=case.opened_on,
        last_contact_at=case.last_contact_at,
        next_due=None,
        overdue=False,
        next_appointment=None,
        reasons=(),
    )
