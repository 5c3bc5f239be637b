"""Whom an entry concerns, as lists of several cases say it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.vocabulary.case import Scope
from faden.persons.queries.cards import Card, main_names

Names = dict[UUID, str]


class Entry(Protocol):
    """A row of a case that concerns persons; tasks and appointments may belong to none."""

    case_id: Any
    case: Any
    persons: Any
    confidential: Any


def names_of_entries(rows: Iterable[Entry], cards: Mapping[UUID, Card], masked: Collection[UUID]) -> Names:
    """Whom the entries of one's own family cases concern; one statement."""
    told = [row for row in rows if row.case_id in cards and row.case_id not in masked]
    return main_names(
        person for row in told if row.case and row.case.scope == Scope.FAMILY for person in row.persons
    )


def who(row: Entry, card: Card | None, names: Names) -> str:
    """Whom it concerns; the number of a case that is somebody else's; both where the name says nothing."""
    if row.case is None or card is None:
        return row.case.number if row.case else ""
    if card.masked:
        return f"{card.name}, {row.case.number}"
    concerned = [names[person] for person in row.persons if person in names]
    return " · ".join([*concerned, _("vertraulicher Faden")] if row.confidential else concerned) or card.name
