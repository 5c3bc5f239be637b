"""What may be said at a Fallkonferenz: to each at the table, of each person, and to all of them together. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from faden.consents.vocabulary import DataClass
from faden.referrals.vocabulary import HearsBy, ParticipantKind

EVERYTHING = frozenset(DataClass.values)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seat:
    """One at the table, as the rules see her."""

    id: UUID
    kind: str
    person: UUID | None = None
    member: UUID | None = None
    recipient_key: str = ""


@dataclass(frozen=True)
class Named:
    """What a consent or a confirmed Befugnis allows: to whom, of whom, what, until when (None: no last day)."""

    id: UUID
    person: UUID
    recipient_key: str
    data_classes: frozenset[str]
    until: date | None = None


@dataclass(frozen=True)
class Present:
    """What counts now: the grounds that stand, who sits there, who represents whom, who may know it in the service."""

    grounds: Mapping[UUID, Named] = field(default_factory=dict)
    seated: frozenset[UUID] = frozenset()
    represents: frozenset[tuple[UUID, UUID]] = frozenset()  # (representative, person)
    agreed_to_team: frozenset[UUID] = frozenset()
    works_on_it: frozenset[UUID] = frozenset()  # memberships: Fallführung and who stands in for her
    day: date | None = None  # of the conference


@dataclass(frozen=True)
class Hears:
    """The data classes one may be told of one person; `gap`: why nothing, as a code."""

    classes: frozenset[str]
    gap: str = ""

    @property
    def is_all(self) -> bool:
        """Nothing is left out."""
        return self.classes == EVERYTHING


def may_hear(seat: Seat, person: UUID, by: str, ground: UUID | None, present: Present) -> Hears:
    """What this one at the table may hear of this person by this ground, now."""
    if by == HearsBy.NO_NAMES:
        return Hears(NOTHING, "no_names")
    if by in (HearsBy.CONSENT, HearsBy.LAW):
        return _by_ground(seat, person, ground, present)
    gap = _gap(seat, person, by, present)
    return Hears(NOTHING, gap) if gap else Hears(EVERYTHING)


def _by_ground(seat: Seat, person: UUID, ground: UUID | None, present: Present) -> Hears:
    named = present.grounds.get(ground) if ground else None
    if seat.kind != ParticipantKind.RECIPIENT or named is None:
        return Hears(NOTHING, "ground_over")
    if (named.person, named.recipient_key) != (person, seat.recipient_key):
        return Hears(NOTHING, "ground_of_another")
    if named.until and present.day and named.until < present.day:
        return Hears(NOTHING, "ground_over_by_then")
    return Hears(named.data_classes)


def _gap(seat: Seat, person: UUID, by: str, present: Present) -> str:
    if by == HearsBy.SELF:
        return "" if seat.person == person else "not_herself"
    if by == HearsBy.REPRESENTS:
        return "" if (seat.person, person) in present.represents else "represents_no_more"
    if by == HearsBy.TEAM:
        if seat.kind != ParticipantKind.STAFF:
            return "not_of_our_service"
        return "" if seat.member in present.works_on_it or person in present.agreed_to_team else "not_agreed_to_team"
    # Whom somebody brought: she, or who represents her, sits there and can say stop.
    if seat.kind in (ParticipantKind.STAFF, ParticipantKind.RECIPIENT):
        return "ground_of_another"
    speaks_for_her = {person, *(one for one, whom in present.represents if whom == person)} - {seat.person}
    return "" if speaks_for_her & present.seated else "nobody_there_to_agree"


def choices(seat: Seat, person: UUID, present: Present) -> list[tuple[HearsBy, UUID | None]]:
    """By what this one could hear of this person; that she hears nothing stands first and is always one of them."""
    fitting = [
        ground for ground in present.grounds.values()
        if (ground.person, ground.recipient_key) == (person, seat.recipient_key) and seat.kind == ParticipantKind.RECIPIENT
    ]  # fmt: skip
    ways = (HearsBy.SELF, HearsBy.REPRESENTS, HearsBy.BROUGHT, HearsBy.TEAM)
    return [(HearsBy.NO_NAMES, None), *((_way(ground), ground.id) for ground in fitting)] + [
        (by, None) for by in ways if not _gap(seat, person, by, present)
    ]


def _way(ground: Named) -> HearsBy:
    # A consent always has a last day, what the law allows has none.
    return HearsBy.CONSENT if ground.until else HearsBy.LAW


def at_the_table(cells: Iterable[Hears]) -> frozenset[str]:
    """What may be said of one person when all listen: what each of them may hear."""
    common = EVERYTHING
    for cell in cells:
        common &= cell.classes
    return common


def is_shown(person: UUID | None, data_class: str, hears: Mapping[UUID, Hears]) -> bool:
    """Does this point stand in the minutes of somebody who hears so much? What is about nobody stands in all."""
    return person is None or (person in hears and data_class in hears[person].classes)
