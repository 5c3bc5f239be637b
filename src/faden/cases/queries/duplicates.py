"""Pairs of entries that may be one human being, as far as somebody may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import CaseMember
from faden.cases.queries.finding import CaseShown, cases_of
from faden.cases.queries.protection import hidden_people, masked_people, open_to, works_on
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.organisations.policies import may
from faden.organisations.queries.memberships import names_of
from faden.organisations.vocabulary import Permission
from faden.persons.models import LikePair, Person
from faden.persons.queries.cards import cards_of
from faden.persons.queries.comparison import Compared, compared, reason_words
from faden.persons.queries.identity import entries_of, pair_of, pairs_of
from faden.persons.vocabulary import PairState

PAGE = 50


@dataclass(frozen=True)
class Side:
    """One entry of a pair. `name` is "" for a team lead, who sees numbers only."""

    person_id: UUID
    name: str
    masked: bool
    case: CaseShown | None


@dataclass(frozen=True)
class PairRow:
    """A pair as a list shows it."""

    pair_id: UUID
    first: Side
    second: Side
    reasons: str
    found_at: datetime
    state: PairState
    decided_by: str

    @property
    def is_open(self) -> bool:
        """Nobody has compared them yet."""
        return self.state == PairState.OPEN

    @property
    def is_linked(self) -> bool:
        """Kept as the same human being."""
        return self.state == PairState.LINKED


@dataclass(frozen=True)
class PairPage:
    """Fifty pairs and whether there are more; `with_names`: they are hers to compare."""

    rows: list[PairRow]
    number: int
    has_more: bool
    with_names: bool

    @property
    def shown(self) -> list[UUID]:
        """Whose data the page shows."""
        sides = (side for row in self.rows for side in (row.first, row.second))
        return list(dict.fromkeys(side.person_id for side in sides))


def pair_page(actor: Actor, *states: PairState, on: date, page: int = 1) -> PairPage:
    """Pairs of whom she works with; for a team lead all of the service by their numbers."""
    membership_id, names = UUID(actor.membership_id), bool(may(actor, Permission.WORK_ON_CASES))
    found = pairs_of(_worked_with(membership_id, on) if names else None, states)
    hidden = hidden_people(_people(found), membership_id=membership_id, on=on)
    found = [pair for pair in found if pair.first_id not in hidden and pair.second_id not in hidden]
    shown = found[(page - 1) * PAGE : page * PAGE]
    rows = _rows(shown, membership_id, on, names=names)
    return PairPage(rows, page, has_more=len(found) > page * PAGE, with_names=names)


def _worked_with(membership_id: UUID, on: date) -> set[UUID]:
    rows = CaseMember.objects.filter(works_on(membership_id, on=on), until_on__isnull=True)
    return {row.person_id for row in open_to(rows.select_related("case"), membership_id=membership_id)}


def _people(pairs: Iterable[LikePair]) -> set[UUID]:
    return {end for pair in pairs for end in (pair.first_id, pair.second_id)}


def _rows(pairs: list[LikePair], membership_id: UUID, on: date, *, names: bool) -> list[PairRow]:
    """Eight statements for any number of pairs."""
    people = _people(pairs)
    masked = masked_people(people)
    cases, _masked_cases = cases_of(people, membership_id=membership_id, on=on)
    cards = cards_of(list(Person.objects.filter(id__in=people).select_related("municipality")) if names else [], masked=masked)
    staff = names_of({pair.decided_by for pair in pairs})

    def side(person_id: UUID) -> Side:
        card = cards.get(person_id)
        return Side(person_id, card.name if card else "", person_id in masked, cases.get(person_id))

    return [
        PairRow(
            pair.id,
            side(pair.first_id),
            side(pair.second_id),
            # Of a protected person not even how her name is spelled.
            "" if masked & {pair.first_id, pair.second_id} or not names else reason_words(pair.reasons),
            pair.found_at,
            PairState(pair.state),
            staff.get(pair.decided_by or 0, ""),
        )
        for pair in pairs
    ]


@dataclass(frozen=True)
class SideBySide:
    """Both entries, line by line."""

    row: PairRow
    lines: list[Compared]


def side_by_side(actor: Actor, pair_id: UUID, *, on: date) -> SideBySide:
    """The comparison for who works with one of the two; for everybody else there is no such pair.

    Of an entry that a colleague works with only what a search tells, name and birth date, stands there;
    of a protected person nothing: the words alone say what agrees.
    """
    pair = pair_to_decide(actor, pair_id, on=on)
    [row] = _rows([pair], UUID(actor.membership_id), on, names=True)
    people = Person.objects.select_related("municipality").in_bulk([pair.first_id, pair.second_id])
    lines = compared(people[pair.first_id], people[pair.second_id])
    return SideBySide(row, [_as_shown(line, row) for line in lines])


def pair_to_decide(actor: Actor, pair_id: UUID, *, on: date) -> LikePair:
    """A pair about which this person may decide: she works with one of the two and may find both."""
    pair, membership_id = pair_of(pair_id), UUID(actor.membership_id)
    people = _people([pair])
    if not people & _worked_with(membership_id, on) or hidden_people(people, membership_id=membership_id, on=on):
        raise NotFound(_("Dieses Paar gibt es hier nicht."))
    return pair


def _as_shown(line: Compared, row: PairRow) -> Compared:
    if line.guessable and not all(side.case and side.case.own for side in (row.first, row.second)):
        line = replace(line, word="", differs=False)
    return replace(
        line, first=_value(line, row.first, line.first), second=_value(line, row.second, line.second)
    )


def _value(line: Compared, side: Side, value: str) -> str:
    if side.masked:
        return ""
    own = side.case is not None and side.case.own
    return value if own or line.found_by else ""


@dataclass(frozen=True)
class AlsoKnown:
    """Another entry that is linked as the same human being."""

    name: str
    case: CaseShown | None


def also_known(actor: Actor, person_id: UUID, *, on: date) -> list[AlsoKnown]:
    """For the page of a person: as whom else she is kept, as far as this colleague may find it; ten statements."""
    others = [entry for entry in entries_of([person_id]).get(person_id, []) if entry != person_id]
    membership_id = UUID(actor.membership_id)
    hidden = hidden_people(others, membership_id=membership_id, on=on)
    seen = [entry for entry in others if entry not in hidden]
    cards = cards_of(list(Person.objects.filter(id__in=seen).select_related("municipality")))
    cases, _masked = cases_of(seen, membership_id=membership_id, on=on)
    return [AlsoKnown(cards[entry].name, cases.get(entry)) for entry in seen]
