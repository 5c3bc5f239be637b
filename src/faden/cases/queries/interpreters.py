"""Sprachmittlung: whom one can ask, what is still open, what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from faden.cases.models import Appointment, InterpreterRequest, InterpreterSource
from faden.cases.rules.calendar import DAY, midnight
from faden.cases.rules.interpreters import LIVE, InTime, Source, last_day_to_ask, possible
from faden.cases.vocabulary.appointment import InterpreterState, InterpreterWay
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.persons.vocabulary import language_name

# What Mein Tag shows of it.
MOST = 20


def sources_that_stand() -> list[Source]:
    """Those that can be asked today, by name; one statement."""
    return [as_source(row) for row in InterpreterSource.objects.filter(ended_on=None).order_by("name")]


def as_source(row: InterpreterSource) -> Source:
    """A row as the rules read it."""
    return Source(
        row.id, row.name, frozenset(row.languages), frozenset(row.ways), row.lead_working_days, row.cents_an_hour
    )


@dataclass(frozen=True)
class SourceRow:
    """A source as the list shows it."""

    source: InterpreterSource
    languages: list[str]
    ways: list[str]

    @property
    def price(self) -> str:
        """In euro an hour."""
        return euro(self.source.cents_an_hour)


def listed() -> list[SourceRow]:
    """All of the service, those that ended last; one statement."""
    rows = InterpreterSource.objects.order_by(F("ended_on").desc(nulls_first=True), "name")
    return [
        SourceRow(row, [language_name(code) for code in row.languages], [str(InterpreterWay(w).label) for w in row.ways])
        for row in rows
    ]


def source(source_id: UUID) -> InterpreterSource:
    """One source of this service, ended ones too."""
    found = InterpreterSource.objects.filter(id=source_id).first()
    if found is None:
        raise NotFound(_("Diese Quelle gibt es hier nicht."))
    return found


@dataclass(frozen=True)
class Wanted:
    """The request of one appointment as its page shows it."""

    request: InterpreterRequest
    language: str
    way: str
    state: str
    latest: date | None  # the last day to ask, for this way
    way_is_late: bool
    asked_for_another_time: bool
    possible: list[InTime]
    cost: str

    @property
    def needs_asking(self) -> bool:
        """Nobody is asked for this time, or who was said no."""
        return self.request.state in (InterpreterState.NEEDED, InterpreterState.DECLINED) or self.asked_for_another_time

    @property
    def instead(self) -> bool:
        """By telephone or video it can still be asked."""
        return any(one.way != self.request.way for one in self.possible)

    @property
    def may_finish(self) -> bool:
        """It took place, or its numbers are to be corrected."""
        return self.request.state in (InterpreterState.ASKED, InterpreterState.CONFIRMED, InterpreterState.DONE)

    @property
    def is_live(self) -> bool:
        """Something may still come of it."""
        return self.request.state in LIVE


def wanted_for(appointment: Appointment, *, today: date) -> Wanted | None:
    """The newest request; two statements, one where there is none."""
    found = InterpreterRequest.objects.filter(appointment=appointment).select_related("source")
    request = found.order_by("-noted_at", "-id").first()
    if request is None:
        return None
    day = appointment.starts_at.astimezone(BERLIN).date()
    choices = possible(sources_that_stand(), request.language, request.way, day=day, today=today)
    fitting = [one for one in choices if one.way == request.way]
    return Wanted(
        request=request,
        language=language_name(request.language),
        way=str(InterpreterWay(request.way).label),
        state=str(InterpreterState(request.state).label),
        latest=max((one.last_day for one in fitting), default=None),
        way_is_late=bool(fitting) and all(one.is_late for one in fitting),
        asked_for_another_time=_is_for_another_time(request, appointment.starts_at),
        possible=choices,
        cost=euro(request.cents),
    )


def _is_for_another_time(request: InterpreterRequest, starts_at: datetime) -> bool:
    asked = (InterpreterState.ASKED, InterpreterState.CONFIRMED, InterpreterState.DECLINED)
    return request.state in asked and request.asked_for != starts_at


@dataclass(frozen=True)
class Asking:
    """An appointment for which somebody must still be asked: until when, or that nobody knows whom."""

    appointment: Appointment
    language: str
    last_day: date | None
    why: str

    def is_late_on(self, day: date) -> bool:
        """The last day to ask has passed."""
        return self.last_day is not None and self.last_day < day


def to_ask(membership_ids: Iterable[UUID], *, now: datetime) -> list[Asking]:
    """Open requests for coming appointments of these colleagues, the most pressing first; one statement."""
    open_ones = Q(state__in=[InterpreterState.NEEDED, InterpreterState.DECLINED]) | (
        Q(state__in=[InterpreterState.ASKED, InterpreterState.CONFIRMED]) & ~Q(asked_for=F("appointment__starts_at"))
    )
    found = InterpreterRequest.objects.filter(
        open_ones,
        appointment__host_id__in=list(membership_ids),
        appointment__starts_at__gt=now,
        appointment__dropped_because="",
    ).select_related("source", "appointment__case__person__municipality")
    rows = [_asking(row) for row in found.order_by("appointment__starts_at", "id")[:MOST]]
    return sorted(rows, key=lambda row: row.last_day or date.min)


def _asking(row: InterpreterRequest) -> Asking:
    appointment = row.appointment
    day = appointment.starts_at.astimezone(BERLIN).date()
    last = last_day_to_ask(day, as_source(row.source)) if row.source else None
    why = _("neu anfragen: der Termin ist verlegt")
    if not _is_for_another_time(row, appointment.starts_at):
        why = str(InterpreterState(row.state).label)
    return Asking(appointment, language_name(row.language), last, why)


@dataclass(frozen=True)
class Cost:
    """What one source interpreted in one language; no persons."""

    source: str
    language: str
    number: int
    minutes: int
    cents: int
    without_cost: int

    @property
    def hours(self) -> str:
        """As the funder asks for them: 1:30."""
        return f"{self.minutes // 60}:{self.minutes % 60:02d}"

    @property
    def cost(self) -> str:
        """In euro."""
        return euro(self.cents)


def costs_of(year: int, quarter: int) -> list[Cost]:
    """What took place in a quarter, by source and language; one statement."""
    first = date(year, 3 * quarter - 2, 1)
    after = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    found = InterpreterRequest.objects.filter(
        state=InterpreterState.DONE,
        appointment__starts_at__gte=midnight(first),
        appointment__starts_at__lt=midnight(after),
    )
    rows = found.values("source__name", "language").annotate(
        number=Count("id"), took=Sum("minutes"), paid=Sum("cents"), unknown=Count("id", filter=Q(cents=None))
    )
    return [
        Cost(
            row["source__name"] or _("ohne Quelle"), language_name(row["language"]), row["number"], row["took"] or 0,
            row["paid"] or 0, row["unknown"],
        )
        for row in rows.order_by("source__name", "language")
    ]  # fmt: skip


def euro(cents: int | None) -> str:
    """1234 cents are 12,34 €; nothing known is nothing said."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02d} €"


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the number of its quarter."""
    return day.year, (day.month + 2) // 3


def quarter_before(year: int, quarter: int) -> tuple[int, int]:
    """The one that ended before."""
    return quarter_of(date(year, 3 * quarter - 2, 1) - DAY)


def quarter_after(year: int, quarter: int) -> tuple[int, int]:
    """The one that comes next."""
    return (year + 1, 1) if quarter == 4 else (year, quarter + 1)


def total(rows: Iterable[Cost]) -> Cost:
    """All of them together."""
    found = list(rows)
    sums = (sum(getattr(row, name) for row in found) for name in ("number", "minutes", "cents", "without_cost"))
    return Cost("", "", *sums)
