"""The one verb by which everything that happens in a case gets its line."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from faden.cases.models import Case, TimelineEntry
from faden.cases.vocabulary.case import EntryKind


def tell(
    case: Case,
    *,
    kind: EntryKind,
    about: UUID,
    at: datetime,
    persons: Sequence[UUID],
    confidential: bool = False,
) -> None:
    """Add or move the line about a row; it carries that row's id, so it stands there once, and its tags."""
    TimelineEntry.objects.update_or_create(
        id=about,
        defaults={
            "organisation_id": case.organisation_id,
            "case_id": case.id,
            "at": at,
            "kind": kind,
            "persons": list(persons),
            "confidential": confidential,
        },
    )


def untell(about: UUID) -> None:
    """Take the line about a row away: what it told did not happen after all."""
    TimelineEntry.objects.filter(id=about).delete()
