"""One person on one day: what the rules ask of the facts more than once, worked out once."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from faden.law import kinds, ukraine
from faden.law.days import ONE_DAY, plus_months, plus_years
from faden.law.facts import Facts, Proof, Stay, Training, Work
from faden.law.lawful import Lawful, lawful_residence
from faden.law.outcome import Outcome

LEVELS = {level: rank for rank, level in enumerate(("A0", "A1", "A2", "B1", "B2", "C1", "C2"))}
ABSENT = "absences"
HARMLESS_MONTHS = 3  # a break in the stay of §§ 25a, 25b, 104c: BMI, Anwendungshinweise zu § 25b (asyl.net M26754)
VOCATIONAL = frozenset({"qualified", "assistant", "care_assistant"})
_COUNTABLE = kinds.AE | kinds.UNLIMITED | kinds.DULDUNGEN | {kinds.GESTATTUNG, kinds.CLAIM, kinds.FIKTION_3}
_DULDUNG = kinds.DULDUNGEN | {kinds.CLAIM}
_60B = frozenset({kinds.DULDUNG_60B})


class Run(NamedTuple):
    """How long a stay that counts has gone on without a break, until today."""

    start: date  # its first day; moved on by the days that are not added (§ 60b)
    strict: date  # its first day if such time breaks it, or several short breaks do together
    broken_by: str = ""  # "gap", "absence" or the kind of paper before it; "" if nothing was before
    not_added: int = 0  # days taken off
    counting: bool = True  # False: today's paper is of the kind whose time is not added
    bridged: bool = False  # a short gap between two papers was passed over

    @property
    def doubt(self) -> str:
        """Why the two days differ."""
        return "time_60b" if self.not_added else "several_breaks"


class Case:
    """Facts on a day. Everything read here is cheap or kept; nothing is changed."""

    def __init__(self, facts: Facts, on: date) -> None:
        self.facts, self.on = facts, on
        self.answered: dict[Callable[..., Outcome], Outcome] = {}  # by conditions that several paths share

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """Begun until today, in order."""
        rows = sorted((one for one in self.facts.stays or () if one.start <= self.on), key=lambda one: one.start)
        if rows and rows[-1].kind == ukraine.TITLE:
            rows[-1] = ukraine.gone_on(rows[-1], self.facts.person.nationality, self.on)
        return tuple(rows)

    @cached_property
    def paper(self) -> Stay | None:
        """The one that covers today."""
        last = self.stays[-1] if self.stays else None
        return last if last and last.covers(self.on) else None

    @cached_property
    def title(self) -> str | None:
        """The kind of the paper that covers today; a Fiktion stands for the title before it. None: not known or none."""
        if self.paper is None:
            return None
        if self.paper.kind != kinds.FIKTION:
            return self.paper.kind
        before = [one.kind for one in self.stays if one.kind != kinds.FIKTION]
        return before[-1] if before else kinds.FIKTION

    def paper_on(self, day: date) -> Stay | None:
        """The one that covered a day gone by."""
        return next((one for one in reversed(self.stays) if one.covers(day)), None)

    def has_held(self, *papers: str) -> bool:
        """One of these papers on any day until today."""
        return any(one.kind in papers for one in self.stays)

    @cached_property
    def apprenticeship(self) -> Training | None:
        """The vocational training running or about to begin; of several the last."""
        rows = [
            one for one in self.facts.training or ()
            if one.kind in VOCATIONAL and not one.failed and not (one.completed and one.completed <= self.on)
            and (one.end is None or one.end >= self.on)
        ]  # fmt: skip
        return max(rows, key=lambda one: one.start or date.max) if rows else None

    @cached_property
    def holds_104c(self) -> bool:
        return self.title == "ae_104c"

    def run(
        self, counts: frozenset[str], *, taken_off: frozenset[str] = frozenset(), months_abroad: int = 3, gap_months: int = 0
    ) -> Run | None:  # fmt: skip
        """The uninterrupted stay up to today on papers that count; None where today's does not.

        `taken_off`: papers whose time is not added; whether they also break the run is not settled, so both days are given.
        An absence of up to `months_abroad` months is harmless; the day after a longer one the run begins anew. Whether several
        shorter ones may together be longer is not settled. The same of days between two papers, nothing told, with `gap_months`.
        """
        if self.paper is None:
            return None
        start: date | None = None
        strict: date | None = None
        broken_by, not_added, gaps, after_gap = "", 0, 0, None
        for stay in reversed(self.stays):
            if start is not None and stay.end is not None and stay.end + ONE_DAY < start:
                if start > plus_months(stay.end + ONE_DAY, gap_months):
                    broken_by = "gap"
                    break
                gaps += (start - stay.end).days - 1
                after_gap = start if stay.kind in counts else after_gap
            if stay.kind in counts or (stay.kind == kinds.FIKTION and kinds.AE & counts):
                start = stay.start if start is None else min(stay.start, start)
                if not not_added and gaps <= 31 * gap_months:
                    strict = start
            elif stay.kind in taken_off:
                strict = strict or start or (stay.end or self.on) + ONE_DAY
                not_added += ((min(start - ONE_DAY, stay.end or self.on) if start else self.on) - stay.start).days + 1
                start = stay.start
            else:
                broken_by = stay.kind
                break
        if start is None:
            return None
        start, strict, broken_by = self._after_absence(start + not_added * ONE_DAY, strict or start, broken_by, months_abroad)
        return Run(start, strict, broken_by, not_added, self.paper.kind not in taken_off, after_gap is not None and start < after_gap)

    def _after_absence(self, start: date, strict: date, broken_by: str, months: int) -> tuple[date, date, str]:
        inside = sorted((one for one in self.facts.absences or () if start <= one.start <= self.on), key=lambda one: one.start)
        days, together = 0, strict
        for one in reversed(inside):
            begun = one.end + ONE_DAY
            days += (begun - one.start).days
            if days > 31 * months:
                together = max(together, begun)
            if begun > plus_months(one.start, months):
                return max(start, begun), max(together, begun), "absence"
        return start, together, broken_by

    @cached_property
    def unasked_absences(self) -> dict[str, None]:
        """What counting time takes for granted where no trip is told."""
        if self.facts.absences is not None:
            return {}
        return {"asked_absences" if self.was_asked(ABSENT) else "no_absences": None}

    def held_since(self, papers: frozenset[str]) -> date | None:
        """Since when one of these papers has been held without a gap; None where today's is another."""
        run = self.run(papers, months_abroad=6)
        return run.start if run else None

    @cached_property
    def duldung_run(self) -> Run | None:
        """In possession of a Duldung or of a claim to one; it lapses on departure (§ 60a (5) S. 1), § 60b is not added (§ 60b (5))."""
        return self.run(_DULDUNG, taken_off=_60B, months_abroad=0) if self.title in _DULDUNG else None

    @cached_property
    def countable(self) -> Run | None:
        """For §§ 25a, 25b: tolerated, permitted or with a title; § 60b counts for holders of § 104c alone."""
        if self.holds_104c:
            return self.run(_COUNTABLE | _60B, gap_months=HARMLESS_MONTHS)
        return self.run(_COUNTABLE, taken_off=_60B, gap_months=HARMLESS_MONTHS)

    @cached_property
    def ae_since(self) -> date | None:
        """Since when an Aufenthaltserlaubnis has been held without a gap (§ 9 (2) Nr. 1 and those that refer to it)."""
        return self.held_since(kinds.AE)

    @cached_property
    def lawful(self) -> Lawful | None:
        """For the StAG: lawful habitual residence; a Duldung never, an asylum procedure only of those recognised."""
        return lawful_residence(self.stays, self.facts.absences or (), self.facts.asylum, self.on)

    @cached_property
    def minor_child(self) -> bool | None:
        """Lives in one household with a minor unmarried child: as told, or as the children's rows say."""
        household = self.facts.household
        if household.minor_child_living_with is not None or household.children is None:
            return household.minor_child_living_with
        minor = [one for one in household.children if one.birth_date is None or plus_years(one.birth_date, 18) > self.on]
        if any(one.living_with and one.birth_date and one.unmarried is not False for one in minor):
            return True
        return None if any(one.living_with is not False for one in minor) else False

    @cached_property
    def minor_child_until(self) -> date:
        """The day the youngest child in the household comes of age; far off where no birthday is known."""
        rows = self.facts.household.children or ()
        days = [plus_years(one.birth_date, 18) for one in rows if one.birth_date and one.living_with is not False]
        return max((day for day in days if day > self.on), default=date.max)

    @cached_property
    def birth_date(self) -> date | None:
        return self.facts.person.birth_date

    def birthday(self, age: int) -> date | None:
        """The day this age is completed: the birthday itself counts (§ 187 (2) S. 2 BGB)."""
        return plus_years(self.birth_date, age) if self.birth_date else None

    @cached_property
    def age(self) -> int | None:
        if self.birth_date is None:
            return None
        born, on = self.birth_date, self.on
        return on.year - born.year - (plus_years(born, on.year - born.year) > on)

    def applied(self, path: str) -> date | None:
        """The day the application for this path was filed, if it was."""
        days = [one.on for one in self.facts.applications or () if one.path == path and one.on <= self.on]
        return max(days) if days else None

    def level(self, skill: str, rows: tuple[Proof, ...] | None = None) -> tuple[int, int]:
        """Highest rank proved and highest rank told for a skill, by today (ranks of LEVELS; -1: none); "all": the lower of both skills."""
        return self._own_levels[skill] if rows is None or rows is self.facts.language else _levels(rows, self.on)[skill]

    @cached_property
    def _own_levels(self) -> dict[str, tuple[int, int]]:
        return _levels(self.facts.language or (), self.on)

    @cached_property
    def jobs(self) -> tuple[Work, ...]:
        """Those of today."""
        return tuple(one for one in self.facts.work or () if one.covers(self.on))

    @cached_property
    def working(self) -> bool | None:
        """In paid work today."""
        return None if self.facts.work is None else bool(self.jobs)

    @cached_property
    def in_training(self) -> bool | None:
        """At school, in vocational training or at university today."""
        if self.facts.school is None and self.facts.training is None:
            return None
        rows: Iterable[tuple[date | None, date | None]] = [(one.start, one.end) for one in self.facts.school or ()]
        rows = [*rows, *((one.start, one.completed or one.end) for one in self.facts.training or () if not one.failed)]
        return any(start is not None and start <= self.on and (end is None or end >= self.on) for start, end in rows)

    def was_asked(self, fact: str) -> bool:
        """Answered in the conversation only: used with an assumption, written nowhere."""
        return fact in self.facts.asked


def _levels(rows: tuple[Proof, ...], on: date) -> dict[str, tuple[int, int]]:
    oral, written = _level("oral", rows, on), _level("written", rows, on)
    return {"oral": oral, "written": written, "all": (min(oral[0], written[0]), min(oral[1], written[1]))}


def _level(skill: str, rows: tuple[Proof, ...], on: date) -> tuple[int, int]:
    proved = told = -1
    for one in rows:
        if one.skill in {"all", skill}:
            rank = LEVELS[one.level]
            told = max(told, rank)
            if one.proof and one.proof <= on:
                proved = max(proved, rank)
    return proved, told
