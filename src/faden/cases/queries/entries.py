"""Words in one's own cases: tasks, appointments, contact notes. Never in the cases of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from faden.cases.models import Appointment, Case, ContactNote, Task, TimelineEntry
from faden.cases.queries.masking import masked_cases
from faden.cases.rules.snippets import Snippet, snippet
from faden.cases.vocabulary.case import EntryKind
from faden.persons.queries.cards import main_names

MOST = 8


@dataclass(frozen=True)
class Place:
    """Where is searched, and what of it is hidden from whom."""

    cases: Mapping[UUID, Case]
    own: frozenset[UUID]
    masked: frozenset[UUID]

    @property
    def rows(self) -> Q:
        """Rows of these cases; the vertraulicher Faden is found by who leads the case, not by who stands in."""
        return Q(case_id__in=list(self.cases)) & (Q(confidential=False) | Q(case_id__in=list(self.own)))


class Match(NamedTuple):
    """A row in which the words stand."""

    id: UUID
    case_id: UUID
    text: str
    at: datetime | None
    persons: Sequence[UUID]
    confidential: bool


@dataclass(frozen=True)
class Entry:
    """A match as it is shown; behind a Schutzvermerk only that there is one, and in which case."""

    id: UUID
    case_id: UUID
    number: str
    at: datetime | None
    snippet: Snippet | None
    persons: tuple[str, ...]
    confidential: bool


@dataclass(frozen=True)
class Entries:
    """Eight of a kind, newest first, and whether there are more."""

    kind: EntryKind
    rows: list[Entry]
    has_more: bool


def place_of(cases: Iterable[Case], *, membership_id: UUID) -> Place:
    """One statement."""
    by_id = {case.id: case for case in cases}
    own = frozenset(case.id for case in by_id.values() if case.lead_id == membership_id)
    return Place(by_id, own, frozenset(masked_cases(by_id)))


def matches(words: Sequence[str], place: Place) -> dict[EntryKind, list[Match]]:
    """Rows in which all the words stand; three statements."""
    # By way of the timeline: notes are found by their id there, and by nothing else as fast.
    lines = TimelineEntry.objects.filter(place.rows, kind=EntryKind.CONTACT).values("id")
    notes = ContactNote.objects.filter(containing("text", words), place.rows, id__in=lines)
    tasks = Task.objects.filter(containing("title", words), place.rows)
    appointments = Appointment.objects.filter(containing("subject", words), place.rows)
    return {
        EntryKind.TASK: _first(tasks, "title", "done_at", "-made_at"),
        EntryKind.APPOINTMENT: _first(appointments, "subject", "starts_at", "-starts_at"),
        EntryKind.CONTACT: _first(notes, "text", "happened_at", "-happened_at"),
    }


def _first(found: QuerySet[Any], text: str, at: str, order: str) -> list[Match]:
    """One more than is shown, so that it can be said that there are more."""
    rows = found.order_by(order, "-id").values_list("id", "case_id", text, at, "persons", "confidential")
    return [Match(*row) for row in rows[: MOST + 1]]


def containing(field: str, words: Sequence[str]) -> Q:
    """All the words stand in this column, in any order and case."""
    found = Q()
    for word in words:
        found &= Q(**{f"{field}__icontains": word})
    return found


def told(found: Mapping[EntryKind, Sequence[Match]], words: Sequence[str], place: Place) -> list[Entries]:
    """The matches as they are shown, with the names of whom they concern; one statement."""
    every = [match for group in found.values() for match in group if match.case_id not in place.masked]
    names = main_names(person for match in every for person in match.persons)
    return [
        Entries(kind, [_entry(match, words, names, place) for match in group[:MOST]], len(group) > MOST)
        for kind, group in found.items()
        if group
    ]


def _entry(match: Match, words: Sequence[str], names: Mapping[UUID, str], place: Place) -> Entry:
    hidden = match.case_id in place.masked
    return Entry(
        id=match.id,
        case_id=match.case_id,
        number=place.cases[match.case_id].number,
        at=match.at,
        snippet=None if hidden else snippet(match.text, words),
        persons=() if hidden else tuple(names[person] for person in match.persons if person in names),
        confidential=match.confidential,
    )
