"""Fallkonferenzen of a case as lines: of the list, and of the history."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import ngettext

from faden.cases.models import Case
from faden.cases.queries.timeline import Of, concerning
from faden.chains.queries.lines import Told
from faden.organisations.queries.memberships import names_of
from faden.referrals.models import Conference, ConferencePoint
from faden.referrals.vocabulary import ConferenceState


@dataclass(frozen=True)
class ConferenceLine:
    """One line of the list."""

    id: UUID
    title: str
    starts_at: datetime
    place: str
    state: str
    is_planned: bool
    persons: tuple[UUID, ...]
    agreements: int


def conferences_of(case: Case, of: Of) -> list[ConferenceLine]:
    """Those of a case, of one person, or of her vertraulicher Faden, the newest first; two statements."""
    found = list(
        Conference.objects.filter(concerning(of), case=case).select_related("appointment").order_by("-appointment__starts_at", "-id")
    )
    agreed = Counter(ConferencePoint.objects.filter(conference__in=found, agreed__isnull=False).values_list("conference_id", flat=True))
    return [
        ConferenceLine(
            row.id, row.appointment.subject, row.appointment.starts_at, row.appointment.place, state_label(row),
            row.state == ConferenceState.PLANNED and not row.appointment.dropped_because, tuple(row.persons), agreed[row.id],
        )
        for row in found
    ]  # fmt: skip


def conferences_told(ids: list[UUID]) -> dict[UUID, Told]:
    """Each one's line in the history: what it was called, and how much was agreed; two statements."""
    if not ids:
        return {}
    rows = list(Conference.objects.select_related("appointment").filter(id__in=ids))
    agreed = Counter(ConferencePoint.objects.filter(conference__in=rows, agreed__isnull=False).values_list("conference_id", flat=True))
    names = names_of({row.held_by for row in rows})
    return {
        row.id: Told(
            row.appointment.subject, names.get(row.held_by or 0, ""),
            (ngettext("%(n)d Vereinbarung", "%(n)d Vereinbarungen", agreed[row.id]) % {"n": agreed[row.id]},) if agreed[row.id] else (),
        )
        for row in rows
    }  # fmt: skip


def state_label(row: Conference) -> str:
    """Called off in the calendar is called off."""
    dropped = row.appointment.dropped_because and row.state == ConferenceState.PLANNED
    return str((ConferenceState.CANCELLED if dropped else ConferenceState(row.state)).label)
