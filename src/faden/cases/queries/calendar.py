"""Termine: a week or a month of one's own, and of those one stands in for."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, InterpreterRequest
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.naming import Names, names_of_entries, who
from faden.cases.queries.substitutions import deputised_by, not_to_deputies
from faden.cases.rules.calendar import DAY, Slot, Span, free_on, midnight
from faden.cases.vocabulary.appointment import InterpreterState
from faden.cases.vocabulary.case import Phase
from faden.kernel.clock import BERLIN
from faden.persons.queries.cards import Card


@dataclass(frozen=True)
class Entry:
    """An appointment as the calendar shows it; no address where one may not open the case."""

    id: UUID
    case_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    title: str
    who: str
    place: str
    absent: str  # in Vertretung for her
    lacks_interpreter: bool

    @property
    def slot(self) -> Slot:
        """When."""
        return Slot(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class DayOfCalendar:
    """One day with what is on it."""

    day: date
    entries: list[Entry]


@dataclass(frozen=True)
class Calendar:
    """The days of a week or a month."""

    span: Span
    days: list[DayOfCalendar]

    @property
    def case_ids(self) -> list[UUID]:
        """Whose data the page shows."""
        return list(dict.fromkeys(one.case_id for day in self.days for one in day.entries if one.case_id))

    @property
    def number(self) -> int:
        """How many appointments there are."""
        return sum(len(day.entries) for day in self.days)


@dataclass(frozen=True)
class _Known:
    """What may be said about the cases at hand."""

    cards: Mapping[UUID, Card]
    masked: Collection[UUID]
    names: Names
    absent: Mapping[UUID, str]
    own: UUID
    now: datetime


def calendar_of(membership_id: UUID, span: Span, *, today: date, now: datetime) -> Calendar:
    """Eight statements at most, whatever is in it."""
    absent = {one.absent_id: one.absent.name for one in deputised_by(membership_id, on=today)}
    rows = [*_rows([membership_id, *absent], span)]
    cases = {row.case_id: row.case for row in rows if row.case}
    # Of who is away what one may open today: where Vertretung was agreed to.
    covered = [case for case in cases.values() if case.lead_id in absent and case.phase != Phase.CLOSED]
    refused = not_to_deputies(covered)
    mine = [case for case in cases.values() if case.lead_id == membership_id]
    masked = masked_cases(cases)
    cards = cards_for_list([*mine, *(case for case in covered if case.id not in refused)], masked=masked)
    known = _Known(cards, masked, names_of_entries(rows, cards, masked), absent, membership_id, now)
    shown: defaultdict[date, list[Entry]] = defaultdict(list)
    for row in rows:
        if row.host_id == membership_id or row.case_id not in refused:
            shown[row.starts_at.astimezone(BERLIN).date()].append(_entry(row, known))
    return Calendar(span, [DayOfCalendar(day, shown[day]) for day in span.days])


def _rows(hosts: list[UUID], span: Span) -> list[Appointment]:
    open_request = InterpreterRequest.objects.filter(
        Q(state__in=[InterpreterState.NEEDED, InterpreterState.DECLINED, InterpreterState.ASKED])
        | ~Q(asked_for=F("appointment__starts_at")) & Q(state=InterpreterState.CONFIRMED),
        appointment=OuterRef("id"),
    )
    found = Appointment.objects.filter(
        host_id__in=hosts, starts_at__gte=span.begins, starts_at__lt=span.ends, dropped_because=""
    )
    found = found.annotate(lacks_interpreter=Exists(open_request)).select_related("case__person__municipality")
    return list(found.order_by("starts_at", "id"))


def _entry(row: Appointment, known: _Known) -> Entry:
    card = known.cards.get(row.case_id) if row.case_id else None
    told = _is_told(row, card, known)
    return Entry(
        id=row.id,
        case_id=row.case_id if card else None,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.subject if told else _("Termin"),
        who=who(row, card, known.names),
        place=row.place if told else "",
        absent=known.absent.get(row.host_id, ""),
        lacks_interpreter=row.lacks_interpreter and row.starts_at > known.now,  # type: ignore[attr-defined]
    )


def _is_told(row: Appointment, card: Card | None, known: _Known) -> bool:
    """What it is about: not behind a Schutzvermerk, and in a case that is another's only while one is to be there."""
    if row.case_id in known.masked:
        return False
    return card is not None or row.case_id is None or (row.host_id == known.own and row.ends_at > known.now)


@dataclass(frozen=True)
class Taken:
    """A day of one's own: what is on it, and what is left free."""

    day: date
    entries: list[Slot]
    free: list[Slot]


def taken_on(membership_id: UUID, days: list[date], *, besides: UUID | None = None) -> list[Taken]:
    """Only from when until when: what it is stands in the calendar. One statement."""
    found = Appointment.objects.filter(
        host_id=membership_id, ends_at__gt=midnight(days[0]), starts_at__lt=midnight(days[-1] + DAY), dropped_because=""
    )
    found = found.exclude(id=besides) if besides else found
    slots = [Slot(*row) for row in found.order_by("starts_at", "id").values_list("starts_at", "ends_at")]
    by_day = {day: [one for one in slots if one.meets(Slot(midnight(day), midnight(day + DAY)))] for day in days}
    return [Taken(day, here, free_on(day, here)) for day, here in by_day.items()]


def overlaps(appointment: Appointment) -> bool:
    """Another appointment of the same colleague is at the same time; one statement."""
    found = Appointment.objects.filter(
        host_id=appointment.host_id,
        starts_at__lt=appointment.ends_at,
        ends_at__gt=appointment.starts_at,
        dropped_because="",
    )
    return not appointment.dropped_because and found.exclude(id=appointment.id).exists()
