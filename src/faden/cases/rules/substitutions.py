"""Vertretung as days: what may be arranged, whom it collides with, and who says no to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

# Whoever is away longer hands the cases over: a deputy keeps work going, she does not lead it.
LONGEST_DAYS = 183


@dataclass(frozen=True)
class Span:
    """Days somebody is away, and who works for her on them."""

    absent: UUID
    deputy: UUID
    from_on: date
    until_on: date

    def meets(self, other: "Span") -> bool:
        """Do they have a day in common?"""
        return self.from_on <= other.until_on and other.from_on <= self.until_on


@dataclass(frozen=True)
class Problem:
    """Why it cannot be arranged: which field, which rule, and the arrangement it collides with."""

    field: str
    rule: str
    other: Span | None = None


def problem_of(wanted: Span, standing: Iterable[Span], *, today: date) -> Problem | None:
    """The first reason against it; nobody may be deputy on days she is away herself."""
    if wanted.absent == wanted.deputy:
        return Problem("deputy", "same")
    if wanted.from_on < today:
        return Problem("from_on", "past")
    if wanted.until_on < wanted.from_on:
        return Problem("until_on", "backwards")
    if wanted.until_on - wanted.from_on > timedelta(days=LONGEST_DAYS):
        return Problem("until_on", "long")
    return next((p for other in standing if other.meets(wanted) if (p := _collision(wanted, other))), None)


def _collision(wanted: Span, other: Span) -> Problem | None:
    if (other.absent, other.deputy) == (wanted.absent, wanted.deputy):
        return Problem("from_on", "twice", other)
    if other.absent == wanted.deputy:
        return Problem("deputy", "deputy_away", other)
    if other.deputy == wanted.absent:
        return Problem("from_on", "absent_needed", other)
    return None


def allows_deputy(main: UUID, members: Collection[UUID], said: Mapping[UUID, bool]) -> bool:
    """The person of the case must have agreed to it, and nobody else in the case may have said no.

    `said`: what the standing agreements say; relatives without one of their own say nothing.
    """
    return said.get(main) is True and all(said.get(person, True) for person in members)
