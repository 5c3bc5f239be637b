"""Fristen und Chancen as pages show them: the own caseload in one view, and one person's."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from faden.cases.models import Case, CaseMember
from faden.cases.queries.deadlines import IN_SIGHT, DeadlineRow, listed, still_open
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.naming import names_of_entries
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.deadline import DeadlineBand, DeadlineKind
from faden.consents.queries.agreements import agreed
from faden.documents.models import Decision
from faden.documents.vocabulary import Procedure
from faden.kernel.clock import BERLIN
from faden.law import words
from faden.persons.queries.cards import main_names
from faden.residence.models import Opening, Outlook
from faden.residence.rules.outlook import BY_CONSEQUENCE, OPEN
from faden.residence.vocabulary import CONSEQUENCES, WatchEnd

# Bescheide of the offices that decide on a stay; of others the list of all Fristen tells.
_OF_STAY = (Procedure.ADMINISTRATIVE, Procedure.FEDERAL)
_SAID_NO = (WatchEnd.WITHDRAWN, WatchEnd.DONE)


@dataclass(frozen=True)
class Chance:
    """One path that is open, opens or closes, of one person."""

    case_id: UUID
    person_id: UUID
    who: str
    number: str
    path: str
    state: str
    opens_on: date | None
    closes_on: date | None
    set_by: str

    @property
    def is_open(self) -> bool:
        """As far as the facts go: nobody has decided."""
        return self.state in OPEN


@dataclass(frozen=True)
class Somebody:
    """A person of a case, by name."""

    case_id: UUID
    person_id: UUID
    who: str
    number: str


@dataclass(frozen=True)
class Consequences:
    """Fristen of one kind, with what a passed day costs and what helps."""

    kind: DeadlineKind
    happens: str
    helps: str
    rows: list[DeadlineRow]


@dataclass(frozen=True)
class Sight:
    """What a worker sees of her caseload; of a family with a Schutzvermerk nothing but the number."""

    deadlines: list[DeadlineRow] = field(default_factory=list)
    closing: list[Chance] = field(default_factory=list)
    opening: list[Chance] = field(default_factory=list)
    open_now: list[Chance] = field(default_factory=list)
    not_asked: list[Somebody] = field(default_factory=list)
    looked_for: int = 0
    protected_cases: list[tuple[UUID, str]] = field(default_factory=list)
    has_cases: bool = False

    @property
    def shown_cases(self) -> list[UUID]:
        """Of whom something stands here beside Fristen."""
        chances = [*self.closing, *self.opening, *self.open_now]
        return [*(one.case_id for one in chances), *(one.case_id for one in self.not_asked), *(case_id for case_id, _number in self.protected_cases)]


def sight_of(lead: UUID, *, language: str, today: date) -> Sight:
    """The open cases somebody leads; ten statements, however many cases and people."""
    cases = list(Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id=lead).select_related("person__municipality").order_by("number"))
    masked = masked_cases(case.id for case in cases)
    shown = {case.id: case for case in cases if case.id not in masked}
    here = CaseMember.objects.filter(case__in=list(shown), until_on__isnull=True).order_by("from_on", "id")
    people = dict.fromkeys(here.values_list("case_id", "person_id"))
    allowed = agreed({person for _case, person in people})
    asked = [one for one in people if one[1] in allowed]
    outlooks = list(Outlook.objects.filter(case__in=list(shown)).order_by("began_at", "id"))
    running = {one.id: one for one in outlooks if one.ended_at is None and (one.case_id, one.person_id) in set(asked)}
    found = list(Opening.objects.filter(outlook__in=list(running), gone_on__isnull=True).order_by("found_on", "id"))
    named = _Named(shown, main_names({person for _case, person in asked}), language)
    chances = [named.chance(running[row.outlook_id], row) for row in found]
    settled = {(one.case_id, one.person_id) for one in outlooks if one.id in running or one.ended_because in _SAID_NO}
    return Sight(
        deadlines=_deadlines(shown, today=today),
        closing=_by_day(one for one in chances if one.closes_on),
        opening=_by_day(one for one in chances if not one.closes_on and not one.is_open),
        open_now=_by_day(one for one in chances if not one.closes_on and one.is_open),
        not_asked=[named.somebody(*one) for one in asked if one not in settled],
        looked_for=len(running),
        protected_cases=[(case.id, case.number) for case in cases if case.id in masked],
        has_cases=bool(cases),
    )


@dataclass(frozen=True)
class _Named:
    """Rows with the names of their people."""

    cases: dict[UUID, Case]
    names: dict[UUID, str]
    language: str

    def chance(self, outlook: Outlook, row: Opening) -> Chance:
        """An opening as a page shows it."""
        who, number = self.names.get(outlook.person_id, "–"), self.cases[outlook.case_id].number
        return chance_of(outlook, row, language=self.language, who=who, number=number)

    def somebody(self, case_id: UUID, person_id: UUID) -> Somebody:
        """A person of a case."""
        return Somebody(case_id, person_id, self.names.get(person_id, "–"), self.cases[case_id].number)


def chance_of(outlook: Outlook, row: Opening, *, language: str, who: str = "", number: str = "") -> Chance:
    """In the words of the rules."""
    set_by = words.condition(row.set_by, language) if row.set_by else ""
    return Chance(
        outlook.case_id, outlook.person_id, who, number, words.of("paths", row.path, language), row.state, row.opens_on, row.closes_on, set_by
    )


def _by_day(chances: Iterable[Chance]) -> list[Chance]:
    """The nearest day first; nobody is ranked."""
    return sorted(chances, key=lambda one: (one.closes_on or one.opens_on or date.max, one.who, one.path))


def _deadlines(cases: dict[UUID, Case], *, today: date) -> list[DeadlineRow]:
    """Of the kinds that touch a stay, passed or within 180 days; nothing confidential. By what a passed day costs, then by day."""
    of_stay = Decision.objects.filter(id=OuterRef("reference"), procedure__in=_OF_STAY)
    kinds = Q(kind__in=[kind for kind in BY_CONSEQUENCE if kind != DeadlineKind.REMEDY]) | Q(Exists(of_stay), kind=DeadlineKind.REMEDY)
    found = still_open(list(cases)).filter(kinds, due_on__lte=today + IN_SIGHT, confidential=False).select_related("case__person__municipality")
    rows = sorted(found, key=lambda row: (BY_CONSEQUENCE.index(DeadlineKind(row.kind)), row.due_on, str(row.id)))
    cards = cards_for_list({row.case_id: row.case for row in rows}.values(), masked=())
    names = names_of_entries(rows, cards, ())
    return [listed(row, cards[row.case_id], names, masked=(), today=today) for row in rows]


def by_consequence(rows: Collection[DeadlineRow]) -> list[Consequences]:
    """In groups, what costs most first."""
    groups = ((kind, [row for row in rows if row.kind == kind]) for kind in BY_CONSEQUENCE)
    return [Consequences(kind, str(CONSEQUENCES[kind][0]), str(CONSEQUENCES[kind][1]), found) for kind, found in groups if found]


def counted(rows: Iterable[DeadlineRow]) -> dict[DeadlineBand, int]:
    """How many in each band."""
    found: dict[DeadlineBand, int] = {}
    for row in rows:
        found[row.band] = found.get(row.band, 0) + 1
    return found


# ---------- one person ----------


@dataclass(frozen=True)
class PersonSight:
    """Whether the night looks for her, since when, and what it found."""

    outlook: Outlook | None
    chances: list[Chance]
    ended: tuple[str, date] | None  # why it ended last, and when
    may_begin: bool  # her agreement to counselling stands


def sight_of_person(case: Case, person_id: UUID, *, language: str) -> PersonSight:
    """Three statements."""
    rows = list(Outlook.objects.filter(case=case, person_id=person_id).order_by("began_at", "id"))
    outlook = next((one for one in rows if one.ended_at is None), None)
    allowed = person_id in agreed([person_id])
    found = Opening.objects.filter(outlook=outlook, gone_on__isnull=True).order_by("found_on", "id") if outlook and allowed else []
    chances = _by_day(chance_of(outlook, row, language=language) for row in found) if outlook else []
    return PersonSight(outlook, chances, _ended(rows), allowed)


def _ended(rows: list[Outlook]) -> tuple[str, date] | None:
    last = max((one for one in rows if one.ended_at), key=lambda one: one.ended_at or one.began_at, default=None)
    if last is None or last.ended_at is None:
        return None
    return str(WatchEnd(last.ended_because).label), last.ended_at.astimezone(BERLIN).date()
