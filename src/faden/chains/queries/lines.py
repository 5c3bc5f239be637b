"""Chains and plans in the history of a case: what their lines say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from faden.cases.vocabulary.case import EntryKind
from faden.chains.models import Chain, Goal, PlanVersion, StepChange
from faden.chains.queries.sharing import REPORTED_BY
from faden.chains.vocabulary import Breakpoint, ChainEnd, GoalRating, PlanConfirmed, StepState
from faden.organisations.queries.memberships import names_of
from faden.persons.vocabulary import language_name

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True)
class Told:
    """What one line says: its title, by whom, and what belongs to it."""

    title: str
    by: str
    facts: tuple[str, ...] = ()


def told(entries: Iterable[tuple[UUID, str]]) -> dict[UUID, Told]:
    """By id, for lines of these kinds: one statement per kind that is there, and one for the names."""
    kinds: dict[str, list[UUID]] = {}
    for row_id, kind in entries:
        kinds.setdefault(kind, []).append(row_id)
    goals = _rows(Goal.objects.all(), kinds.get(EntryKind.GOAL))
    versions = _rows(PlanVersion.objects.defer("content"), kinds.get(EntryKind.PLAN))
    chains = _chain_rows(kinds.get(EntryKind.CHAIN))
    changes = _rows(StepChange.objects.select_related("step").annotate(reported_by=REPORTED_BY), kinds.get(EntryKind.STEP))
    who = {
        *(row.rated_by or row.made_by for row in goals),
        *(row.recorded_by for row in versions),
        *(who for row in chains for who in (row.made_by, row.ended_by)),
        *(row.changed_by for row in changes),
    }
    names = names_of(who) if who else {}
    return {
        **_goals(goals, names),
        **_versions(versions, names),
        **_chains(chains, names),
        **_steps(changes, names),
    }


def _rows(found: QuerySet[_Row], ids: Sequence[UUID] | None) -> list[_Row]:
    return list(found.filter(id__in=ids)) if ids else []


def _chain_rows(ids: Sequence[UUID] | None) -> list[Chain]:
    return list(Chain.objects.filter(Q(id__in=ids) | Q(ended_line__in=ids))) if ids else []


def _goals(rows: list[Goal], names: Mapping[int, str]) -> dict[UUID, Told]:
    return {
        row.id: Told(row.words, names.get(row.rated_by or row.made_by, ""), _ratings(row))
        for row in rows
    }


def _ratings(goal: Goal) -> tuple[str, ...]:
    if not goal.rating:
        return (_("neu im Plan"),)
    own = _("eigene Sicht: %(rating)s") % {"rating": GoalRating(goal.client_rating).label} if goal.client_rating else ""
    return tuple(filter(None, [str(GoalRating(goal.rating).label), own]))


def _versions(rows: list[PlanVersion], names: Mapping[int, str]) -> dict[UUID, Told]:
    return {
        row.id: Told(
            _("Plan vereinbart, Fassung %(number)d") % {"number": row.number},
            names.get(row.recorded_by, ""),
            (f"{row.agreed_on:%d.%m.%Y}", language_name(row.language), str(PlanConfirmed(row.confirmed).label)),
        )
        for row in rows
    }


def _chains(rows: list[Chain], names: Mapping[int, str]) -> dict[UUID, Told]:
    """A chain has two lines: its beginning has its id, its end one of its own."""
    begun = {
        row.id: Told(_("Kette begonnen: %(title)s") % {"title": row.title}, names.get(row.made_by or 0, ""))
        for row in rows
    }
    ended = {
        row.ended_line: Told(
            _("Kette beendet: %(title)s") % {"title": row.title},
            names.get(row.ended_by or 0, ""),
            (str(ChainEnd(row.ended_because).label) if row.ended_because else _("läuft inzwischen wieder"),),
        )
        for row in rows
        if row.ended_line
    }
    return begun | ended


def _steps(rows: Sequence[StepChange], names: Mapping[int, str]) -> dict[UUID, Told]:
    return {
        row.id: Told(
            f"{row.step.title}: {StepState(row.state).label}",
            row.reported_by or names.get(row.changed_by or 0, ""),  # type: ignore[attr-defined]
            tuple(filter(None, [_reported(row), _why(row), _("zurückgenommen") if row.undone_at else ""])),
        )
        for row in rows
    }


def _reported(change: StepChange) -> str:
    return _("gemeldet") if change.reported_by else ""  # type: ignore[attr-defined]


def _why(change: StepChange) -> str:
    return str(Breakpoint(change.block_reason).label) if change.block_reason else ""
