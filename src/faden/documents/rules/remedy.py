"""Bis wann? The last day for a remedy against a decision, with every step of its calculation.

The program proposes, a person confirms. Remedy and period are taken from the Rechtsbehelfsbelehrung as printed,
never guessed; only the day of notification and the end of the period follow from the law.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from faden.documents.vocabulary import NotifiedHow, PeriodUnit, Procedure
from faden.kernel.holidays import why_no_working_day

DAY = timedelta(days=1)
# § 37 SGB X, § 41 VwVfG and § 122a AO as they stood then; NRW's acts as the StGB NRW told its members.
LAW_READ_ON = date(2026, 5, 8)
# Postrechtsmodernisierungsgesetz (BGBl. 2024 I Nr. 236): what is posted from this day on counts as notified on the
# fourth day, before on the third. NRW's own acts followed on the same day (StGB NRW, Mitteilung 784/2024).
FOUR_DAYS_SINCE = date(2025, 1, 1)
# A presumed day on a weekend stays there, except in tax law (BSG 6.5.2010, B 14 AS 12/09 R; BFH 14.10.2003, IX R 68/98).
_MOVES_TO_WORKING_DAY = frozenset({Procedure.TAX})
_PRESUMED = frozenset({NotifiedHow.LETTER, NotifiedHow.REGISTERED, NotifiedHow.ELECTRONIC})


@dataclass(frozen=True)
class _Acts:
    """The paragraphs of one procedure."""

    given: str
    letter: str
    electronic: str
    registered: str
    certificate: str
    period: str
    weekend: str
    no_instruction: str

    def presumes(self, how: NotifiedHow) -> str:
        """By what the day of notification is presumed."""
        return {NotifiedHow.REGISTERED: self.registered, NotifiedHow.ELECTRONIC: self.electronic}.get(how, self.letter)

    def gives(self, how: NotifiedHow) -> str:
        """By what the real day counts."""
        served = {NotifiedHow.CERTIFICATE: self.certificate, NotifiedHow.RETURN_RECEIPT: self.registered}
        return served.get(how, self.given)


_ADMINISTRATIVE_PERIOD = ("§ 57 Abs. 2 VwGO, § 222 Abs. 1 ZPO, §§ 187, 188 BGB", "§ 57 Abs. 2 VwGO, § 222 Abs. 2 ZPO")
_SOCIAL_PERIOD = ("§ 64 Abs. 1, 2 SGG", "§ 64 Abs. 3 SGG")
_OF_NRW = (
    "§ 41 Abs. 1 VwVfG NRW", "§ 41 Abs. 2 VwVfG NRW", "§ 41 Abs. 2, 2a VwVfG NRW", "§ 4 Abs. 2 LZG NRW",
    "§ 3 LZG NRW, §§ 177 bis 182 ZPO",
)  # fmt: skip
_ACTS = {
    Procedure.SOCIAL: _Acts(
        "§ 37 Abs. 1 SGB X", "§ 37 Abs. 2 SGB X", "§ 37 Abs. 2, 2a SGB X", "§ 65 SGB X, § 4 Abs. 2 VwZG",
        "§ 65 SGB X, § 3 VwZG, §§ 177 bis 182 ZPO", *_SOCIAL_PERIOD, "§ 66 Abs. 2 SGG",
    ),
    # The SGB X does not hold for the AsylbLG (but for what § 9 AsylbLG names); the courts are the social courts.
    Procedure.ASYLBLG: _Acts(*_OF_NRW, *_SOCIAL_PERIOD, "§ 66 Abs. 2 SGG"),
    Procedure.ADMINISTRATIVE: _Acts(*_OF_NRW, *_ADMINISTRATIVE_PERIOD, "§ 58 Abs. 2 VwGO"),
    Procedure.FEDERAL: _Acts(
        "§ 41 Abs. 1 VwVfG", "§ 41 Abs. 2 VwVfG", "§ 41 Abs. 2, 2a VwVfG", "§ 4 Abs. 2 VwZG",
        "§ 3 VwZG, §§ 177 bis 182 ZPO", *_ADMINISTRATIVE_PERIOD, "§ 58 Abs. 2 VwGO",
    ),
    Procedure.TAX: _Acts(
        "§ 122 Abs. 1 AO", "§ 122 Abs. 2 AO", "§ 122 Abs. 2a, § 122a Abs. 4 AO", "§ 122 Abs. 5 AO, § 4 Abs. 2 VwZG",
        "§ 122 Abs. 5 AO, § 3 VwZG, §§ 177 bis 182 ZPO", "§ 108 Abs. 1 AO, §§ 187, 188 BGB", "§ 108 Abs. 3 AO", "§ 356 Abs. 2 AO",
    ),
}  # fmt: skip
# § 41 Abs. 2a VwVfG: what is fetched from a portal counts on the day after; social and tax law have no such rule.
_DAY_AFTER_FETCHING = frozenset({Procedure.ASYLBLG, Procedure.ADMINISTRATIVE, Procedure.FEDERAL})


@dataclass(frozen=True)
class Notice:
    """How a decision came. `posted_on`: the postmark, or the day it was sent; without it the letter's date counts."""

    procedure: Procedure
    how: NotifiedHow
    received_on: date
    posted_on: date | None = None
    dated_on: date | None = None

    @property
    def sent_on(self) -> date | None:
        """From when the presumption counts; a letter dated after it came says nothing about that."""
        known = self.posted_on or self.dated_on
        return known if known and known <= self.received_on else None


@dataclass(frozen=True)
class Period:
    """What the instruction says: so many days, weeks or months; 0: it is missing or wrong, then a year."""

    amount: int
    unit: PeriodUnit = PeriodUnit.MONTHS


_A_YEAR = Period(12)
# What the office would call the period if the instruction was right after all; in asylum law it may be a week (§ 74 Abs. 1 AsylG).
_SHORTEST = {Procedure.FEDERAL: Period(1, PeriodUnit.WEEKS)}


class Step(Enum):
    """One step of the calculation."""

    POSTED = "posted"
    DATED = "dated"
    SENT = "sent"
    PRESUMED = "presumed"
    CAME_LATER = "came_later"
    FETCHED = "fetched"
    GIVEN = "given"
    ENDS = "ends"
    NO_INSTRUCTION = "no_instruction"
    NO_WORKING_DAY = "no_working_day"


@dataclass(frozen=True)
class Line:
    """One step: the day it leads to, the paragraph, and a name or number that belongs to it."""

    step: Step
    day: date
    law: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Calculation:
    """The proposed last day. `safe_day` is earlier where somebody may argue that the period began sooner or is shorter."""

    lines: tuple[Line, ...]
    last_day: date
    safe_day: date


class Caution(Enum):
    """What makes a calculation uncertain, whatever day comes out."""

    NO_POSTMARK = "no_postmark"
    ENVELOPE = "envelope"  # the day on the yellow envelope counts, not the day it was fetched
    PORTAL = "portal"
    ASYLUM = "asylum"
    NO_INSTRUCTION = "no_instruction"


def calculate(notice: Notice, period: Period) -> Calculation:
    """The day on which the remedy must have arrived at the latest."""
    notified = tuple(_notified(notice))
    ending = tuple(_ending(notified[-1].day, period, notice.procedure))
    shortest = period if period.amount else _SHORTEST.get(notice.procedure, Period(1))
    safe = tuple(_ending(_earliest(notice), shortest, notice.procedure))[-1].day
    last_day = ending[-1].day
    return Calculation((*notified, *ending), last_day, min(safe, last_day))


def cautions(notice: Notice, period: Period) -> tuple[Caution, ...]:
    """What whoever confirms should know."""
    found = (
        (Caution.NO_POSTMARK, notice.how in _PRESUMED and notice.posted_on is None),
        (Caution.ENVELOPE, notice.how == NotifiedHow.CERTIFICATE),
        (Caution.PORTAL, notice.how == NotifiedHow.ELECTRONIC),
        (Caution.ASYLUM, notice.procedure == Procedure.FEDERAL),
        (Caution.NO_INSTRUCTION, not period.amount),
    )
    return tuple(caution for caution, holds in found if holds)


def _notified(notice: Notice) -> Iterator[Line]:
    """From sending to the day on which it counts as notified; the last line's day is that day."""
    acts = _ACTS[notice.procedure]
    if notice.how not in _PRESUMED or notice.sent_on is None:
        yield Line(Step.GIVEN, notice.received_on, acts.gives(notice.how), notice.how)
        return
    sent, *presumed = _presumption(notice, acts.presumes(notice.how))
    yield sent
    if _is_fetched(notice) and notice.received_on + DAY < presumed[-1].day:
        yield Line(Step.FETCHED, notice.received_on + DAY, sent.law)
        return
    yield from presumed
    if notice.received_on > presumed[-1].day:
        # Earlier is without meaning (§ 37 Abs. 2 Satz 3 SGB X and the like); later counts.
        yield Line(Step.CAME_LATER, notice.received_on, sent.law)


def _presumption(notice: Notice, law: str) -> Iterator[Line]:
    """The day on which the law presumes that a letter has come."""
    sent_on = notice.sent_on
    assert sent_on
    if notice.posted_on is None:
        step = Step.DATED
    else:
        step = Step.SENT if notice.how == NotifiedHow.ELECTRONIC else Step.POSTED
    yield Line(step, sent_on, law)
    days = 4 if sent_on >= FOUR_DAYS_SINCE else 3
    yield Line(Step.PRESUMED, sent_on + days * DAY, law, str(days))
    if notice.procedure in _MOVES_TO_WORKING_DAY:
        yield from _to_working_day(sent_on + days * DAY, "§ 108 Abs. 3 AO")


def _is_fetched(notice: Notice) -> bool:
    return notice.how == NotifiedHow.ELECTRONIC and notice.procedure in _DAY_AFTER_FETCHING


def _earliest(notice: Notice) -> date:
    """The first day from which anybody could count."""
    presumed = [line.day for line in _notified(notice) if line.step in (Step.PRESUMED, Step.NO_WORKING_DAY)]
    days = [notice.received_on, *presumed[-1:]]
    if notice.procedure == Procedure.FEDERAL and notice.sent_on:
        # To an address that was not told to be old it counts with the posting (§ 10 Abs. 2 AsylG).
        days.append(notice.sent_on)
    return min(days)


def _ending(notified: date, period: Period, procedure: Procedure) -> Iterator[Line]:
    """The day itself does not count, a month ends on the day of the same number, or on its last one."""
    acts = _ACTS[procedure]
    if period.amount:
        day = _after(notified, period)
        yield Line(Step.ENDS, day, acts.period, f"{period.amount} {period.unit}")
    else:
        day = _after(notified, _A_YEAR)
        yield Line(Step.NO_INSTRUCTION, day, acts.no_instruction)
    yield from _to_working_day(day, acts.weekend)


def _after(day: date, period: Period) -> date:
    if period.unit == PeriodUnit.MONTHS:
        years, month = divmod(day.month - 1 + period.amount, 12)
        year, month = day.year + years, month + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return day + period.amount * (7 if period.unit == PeriodUnit.WEEKS else 1) * DAY


def _to_working_day(day: date, law: str) -> Iterator[Line]:
    while why := why_no_working_day(day):
        day += DAY
        yield Line(Step.NO_WORKING_DAY, day, law, why)
