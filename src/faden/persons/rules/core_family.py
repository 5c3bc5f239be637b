"""Kernfamilie: read from kinship and birth dates, never typed; neither household nor Bedarfsgemeinschaft.

For an adult: the partner, and own unmarried children under 18. For an unmarried child under 18: the
parents, and the minor unmarried siblings. Stepchildren, guardians and grown-up children are family, but
not core family; who lives where plays no part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from faden.persons.rules.age import OF_AGE
from faden.persons.rules.birth import BirthDate
from faden.persons.vocabulary import Tie

# None: the birth date is not known well enough to say.
Minor = bool | None


@dataclass(frozen=True)
class Kin:
    """`relative` is the `tie` of `person`, from when until when."""

    person: UUID
    relative: UUID
    tie: str


@dataclass(frozen=True)
class CoreMember:
    """Who belongs to the core family, as what, and whether that hangs on an unclear birth date."""

    person_id: UUID
    role: Literal["partner", "child", "parent", "sibling"]
    is_sure: bool = True


def is_minor(born: BirthDate | None, *, on: date) -> Minor:
    """Under 18 on this day; None when the birth date is too unclear to tell."""
    if born is None:
        return None
    youngest, oldest = born.age_on(on)
    if oldest < OF_AGE:
        return True
    return False if youngest >= OF_AGE else None


def core_family(
    person: UUID, kin: Iterable[Kin], births: Mapping[UUID, BirthDate | None], *, on: date
) -> tuple[CoreMember, ...]:
    """Partner, children, parents, siblings, in this order; `kin` holds the ties of that day."""
    ties = list(kin)

    def may_be_child(one: UUID) -> Minor:
        return False if partners_of(one, ties) else is_minor(births.get(one), on=on)

    found = [CoreMember(one, "partner") for one in partners_of(person, ties)]
    found += [
        CoreMember(one, "child", is_sure=bool(minor))
        for one in children_of(person, ties)
        if (minor := may_be_child(one)) is not False
    ]
    own = may_be_child(person)
    if own is not False:
        found += [CoreMember(one, "parent", is_sure=bool(own)) for one in parents_of(person, ties)]
        found += [
            CoreMember(one, "sibling", is_sure=bool(own and minor))
            for one in siblings_of(person, ties)
            if (minor := may_be_child(one)) is not False
        ]
    return tuple({member.person_id: member for member in reversed(found)}.values())[::-1]


def partners_of(person: UUID, ties: Iterable[Kin]) -> list[UUID]:
    """A marriage is noted once and holds both ways."""
    return [
        _other(tie, person) for tie in ties if tie.tie == Tie.PARTNER and person in (tie.person, tie.relative)
    ]


def parents_of(person: UUID, ties: Iterable[Kin]) -> list[UUID]:
    """Whom the ties call her parents."""
    return [tie.relative for tie in ties if tie.tie == Tie.PARENT and tie.person == person]


def children_of(person: UUID, ties: Iterable[Kin]) -> list[UUID]:
    """Whose parent she is."""
    return [tie.person for tie in ties if tie.tie == Tie.PARENT and tie.relative == person]


def siblings_of(person: UUID, ties: Iterable[Kin]) -> list[UUID]:
    """Noted as such, or with a parent in common; each once."""
    known = list(ties)
    noted = [
        _other(tie, person)
        for tie in known
        if tie.tie == Tie.SIBLING and person in (tie.person, tie.relative)
    ]
    shared = [child for parent in parents_of(person, known) for child in children_of(parent, known)]
    return list(dict.fromkeys(one for one in (*noted, *shared) if one != person))


def _other(tie: Kin, person: UUID) -> UUID:
    return tie.relative if tie.person == person else tie.person
