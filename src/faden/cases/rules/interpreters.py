"""Sprachmittlung: until when one asks, what it costs, and what to do when it is too late."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.cases.vocabulary.appointment import AppointmentKind, InterpreterState, InterpreterWay
from faden.kernel.holidays import working_days_before

# A request in one of these states still needs somebody to act, or may have to be asked for again.
LIVE = (InterpreterState.NEEDED, InterpreterState.ASKED, InterpreterState.CONFIRMED, InterpreterState.DECLINED)
_WAYS = {AppointmentKind.PHONE: InterpreterWay.PHONE, AppointmentKind.VIDEO: InterpreterWay.VIDEO}


@dataclass(frozen=True)
class Source:
    """What a source offers; no language named: any."""

    id: UUID
    name: str
    languages: frozenset[str]
    ways: frozenset[str]
    lead_working_days: int
    cents_an_hour: int | None = None

    def offers(self, language: str, way: str) -> bool:
        """It interprets this language in this way."""
        return way in self.ways and (not self.languages or language in self.languages)


def way_for(kind: str) -> InterpreterWay:
    """How one interprets at an appointment of this kind."""
    return _WAYS.get(AppointmentKind(kind), InterpreterWay.ON_SITE)


def last_day_to_ask(day: date, source: Source) -> date:
    """Five working days before Monday is Monday a week earlier; holidays do not count."""
    return working_days_before(day, source.lead_working_days)


@dataclass(frozen=True)
class InTime:
    """A source with its last day, and whether that has passed."""

    source: Source
    way: InterpreterWay
    last_day: date
    is_late: bool


def possible(sources: list[Source], language: str, way: str, *, day: date, today: date) -> list[InTime]:
    """Who offers it, those that can still be asked first; when none on site can, phone and video stand there too."""
    asked = _of_way(sources, language, InterpreterWay(way), day, today)
    if any(not one.is_late for one in asked):
        return asked
    others = [other for other in (InterpreterWay.PHONE, InterpreterWay.VIDEO) if other != way]
    instead = [one for other in others for one in _of_way(sources, language, other, day, today) if not one.is_late]
    return [*instead, *asked]


def _of_way(sources: list[Source], language: str, way: InterpreterWay, day: date, today: date) -> list[InTime]:
    found = [
        InTime(source, way, last, last < today)
        for source in sources
        if source.offers(language, way)
        for last in [last_day_to_ask(day, source)]
    ]
    return sorted(found, key=lambda one: (one.is_late, -one.last_day.toordinal(), one.source.name))


def cost(minutes: int, cents_an_hour: int | None) -> int | None:
    """What it probably costs, in cents, rounded up; None where no price is known."""
    return None if cents_an_hour is None else -(-minutes * cents_an_hour // 60)
