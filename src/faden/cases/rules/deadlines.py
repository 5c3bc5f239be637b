"""From what is known about one person to the last days that follow from it, and how near a day is. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from faden.cases.rules import deadline_law as law
from faden.cases.vocabulary.deadline import REMEDY_WARNINGS, DeadlineBand, DeadlineKind
from faden.persons.vocabulary import BenefitRegime, Level, OccupationKind, ResidencePaper

DAY = timedelta(days=1)
# A school place is asked for in the year before; earlier nobody can do anything about it.
SCHOOL_IN_SIGHT = timedelta(days=365)
# `subject` where a birth date is only known roughly: the day is counted from the earliest possible one.
EARLIEST = "earliest"
_B1_OR_MORE = frozenset({Level.B1, Level.B2, Level.C1, Level.C2})
_LAST_DAY_MATTERS = frozenset({OccupationKind.WORK, OccupationKind.TRAINING, OccupationKind.COURSE})
_AT_SCHOOL = frozenset({OccupationKind.SCHOOL, OccupationKind.TRAINING})


@dataclass(frozen=True)
class Fact:
    """One dated fact that stands. `thread`: its oldest row, which stays the same through all corrections."""

    thread: UUID
    code: str
    first: date | None = None
    last: date | None = None
    noted_on: date = date.min
    words: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def begins(self) -> date:
        """Since when; not known is long ago."""
        return self.first or date.min


@dataclass(frozen=True)
class Born:
    """When somebody can have been born; two different days where it is not known to the day."""

    earliest: date
    latest: date

    @property
    def subject(self) -> str:
        """What the words must say about a day that is counted from the earliest possible birth."""
        return "" if self.earliest == self.latest else EARLIEST


@dataclass(frozen=True)
class Known:
    """What is known about one person, superseded facts left out."""

    person: UUID
    born: Born | None = None
    nationalities: tuple[str, ...] = ()
    entered_on: date | None = None
    lives_in_town: bool = False
    papers: tuple[Fact, ...] = ()
    benefits: tuple[Fact, ...] = ()
    occupations: tuple[Fact, ...] = ()
    german: tuple[Fact, ...] = ()
    # `code`: the key of a town of this land, empty for an address elsewhere.
    addresses: tuple[Fact, ...] = ()

    @property
    def paper(self) -> Fact | None:
        """The newest paper, run out or not."""
        return max(self.papers, key=lambda paper: paper.begins, default=None)


@dataclass(frozen=True)
class LastDay:
    """One last day: what it is, which row it comes from, and what the law says."""

    kind: DeadlineKind
    reference: UUID
    due_on: date
    law: str = ""
    subject: str = ""


# What facts lead to; the other kinds are written by the verbs of chains and plans.
FROM_FACTS = (
    DeadlineKind.TITLE,
    DeadlineKind.BRIDGE_104C,
    DeadlineKind.AGE_27,
    DeadlineKind.COURSE_CLAIM,
    DeadlineKind.SGB2_74,
    DeadlineKind.SCHOOL_DUTY,
    DeadlineKind.BENEFIT,
    DeadlineKind.OCCUPATION,
)
# A chance that was gone before the work began is nothing anybody could still act on.
_CHANCES = frozenset({DeadlineKind.BRIDGE_104C, DeadlineKind.AGE_27, DeadlineKind.COURSE_CLAIM, DeadlineKind.SGB2_74})


def last_days(known: Known, *, on: date) -> tuple[LastDay, ...]:
    """All last days that follow; `on` only decides which childhood days are in sight."""
    return (
        *_title(known),
        *_bridge(known),
        *_before_27(known, on),
        *_course_claim(known),
        *_fiction_benefit(known),
        *_school_duty(known, on),
        *_benefit(known),
        *_occupations(known),
    )


def concerns_case(day: LastDay, *, opened_on: date) -> bool:
    """Whether it is shown in a case opened on this day."""
    return day.kind not in _CHANCES or day.due_on >= opened_on


def _title(known: Known) -> Iterator[LastDay]:
    paper = known.paper
    if paper is None or paper.last is None or paper.code in law.NO_PAPER:
        return
    words, due_on = "", paper.last
    if paper.code == ResidencePaper.AE_104C:
        words = law.CHANCE_LAW
    elif paper.code.startswith("ae_"):
        words = law.EXTENSION_LAW
    if _goes_on_by_decree(known, paper):
        words, due_on = law.UKRAINE_GOES_ON_UNTIL.law, max(due_on, law.UKRAINE_GOES_ON_UNTIL.value)
    yield LastDay(DeadlineKind.TITLE, paper.thread, due_on, words, paper.code)


def _goes_on_by_decree(known: Known, paper: Fact) -> bool:
    is_ukrainian = law.UKRAINE in known.nationalities
    return paper.code == ResidencePaper.AE_24 and is_ukrainian and paper.holds_on(law.UKRAINE_VALID_ON.value)


def _bridge(known: Known) -> Iterator[LastDay]:
    """Of the newest paper, or of one a Fiktion keeps alive."""
    papers = sorted(known.papers, key=lambda paper: paper.begins, reverse=True)
    while papers and papers[0].code in law.FICTIONS:
        papers = papers[1:]
    if papers and papers[0].code == ResidencePaper.AE_104C:
        bridge = law.BRIDGE_LAST_DAY
        yield LastDay(DeadlineKind.BRIDGE_104C, papers[0].thread, bridge.value, bridge.law)


def _before_27(known: Known, on: date) -> Iterator[LastDay]:
    paper, born = known.paper, known.born
    if born is None or paper is None or paper.code not in law.TOLERATED | {ResidencePaper.AE_104C}:
        return
    due_on = birthday(born.earliest, law.BEFORE_AGE.value) - DAY
    had_it_in_time = due_on >= (paper.first or paper.noted_on)
    if had_it_in_time and on >= birthday(born.earliest, law.YOUTH_FROM.value):
        yield LastDay(DeadlineKind.AGE_27, known.person, due_on, law.BEFORE_AGE.law, born.subject)


def _course_claim(known: Known) -> Iterator[LastDay]:
    """One year from the first title that gives the claim; it lapses earlier with that title."""
    giving = (paper for paper in known.papers if paper.first and paper.code in law.COURSE_CLAIM | law.COURSE_CLAIM_PERHAPS.keys())
    title = min(giving, key=lambda paper: paper.begins, default=None)
    if title is None or title.first is None:
        return
    due_on = years_later(title.first, law.COURSE_YEARS.value)
    if title.last and title is known.paper:
        due_on = min(due_on, title.last)
    if _takes_course(known, title.first) or _has_certificate(known) or _too_young(known, due_on):
        return
    condition = law.COURSE_CLAIM_PERHAPS.get(ResidencePaper(title.code), "")
    words = f"{law.COURSE_YEARS.law} ({condition})" if condition else law.COURSE_YEARS.law
    yield LastDay(DeadlineKind.COURSE_CLAIM, title.thread, due_on, words)


def _takes_course(known: Known, since: date) -> bool:
    codes = (OccupationKind.COURSE, OccupationKind.SCHOOL)
    return any(one.code in codes and (one.last is None or one.last >= since) for one in known.occupations)


def _has_certificate(known: Known) -> bool:
    return any(
        level.code == Level.NATIVE or (level.code in _B1_OR_MORE and level.words) for level in known.german
    )


def _too_young(known: Known, day: date) -> bool:
    return known.born is not None and birthday(known.born.earliest, law.COURSE_FROM_AGE.value) > day


def _fiction_benefit(known: Known) -> Iterator[LastDay]:
    """SGB II on a Fiktionsbescheinigung for § 24: granted for six months at most."""
    paper, benefit = known.paper, _newest(known.benefits)
    if paper is None or paper.code not in law.FICTIONS or benefit is None or benefit.code != BenefitRegime.SGB2:
        return
    for_protection = law.UKRAINE in known.nationalities or any(p.code == ResidencePaper.AE_24 for p in known.papers)
    if not for_protection or benefit.first is None or benefit.last is not None:
        return
    both_since = max(benefit.first, paper.begins)
    due_on = months_later(both_since, law.FICTION_MONTHS.value) - DAY
    yield LastDay(DeadlineKind.SGB2_74, benefit.thread, due_on, law.FICTION_MONTHS.law)


def _school_duty(known: Known, on: date) -> Iterator[LastDay]:
    """The day from which a child must be at school and, as far as is noted, is not."""
    here_since = _here_since(known, on)
    if known.born is None or here_since is None:
        return
    schools = [one for one in known.occupations if one.code in _AT_SCHOOL]
    if any(school.last is None for school in schools):
        return
    ended = max((school.last + DAY for school in schools if school.last), default=date.min)
    from_on = max(school_begins(known.born.earliest), here_since, ended)
    over_on = school_over(known.born.latest)
    if from_on <= min(over_on, on + SCHOOL_IN_SIGHT) and on <= over_on:
        yield LastDay(DeadlineKind.SCHOOL_DUTY, known.person, from_on, law.SCHOOL_FROM_AGE.law, known.born.subject)


def _here_since(known: Known, on: date) -> date | None:
    """The first day at an address in a town of this land; None for who does not live here."""
    newest = _newest(known.addresses)
    if newest is None:
        return (known.entered_on or date.min) if known.lives_in_town else None
    if not newest.code or (newest.last and newest.last < on):
        return None
    return min(address.begins for address in known.addresses if address.code)


def _benefit(known: Known) -> Iterator[LastDay]:
    benefit = _newest(known.benefits)
    if benefit and benefit.last and not _over_when_noted(benefit) and benefit.code != BenefitRegime.NONE:
        yield LastDay(DeadlineKind.BENEFIT, benefit.thread, benefit.last, "", benefit.code)


def _occupations(known: Known) -> Iterator[LastDay]:
    for one in known.occupations:
        if one.code in _LAST_DAY_MATTERS and one.last and not _over_when_noted(one) and not _goes_on(one, known):
            yield LastDay(DeadlineKind.OCCUPATION, one.thread, one.last, "", one.words)


def _goes_on(ended: Fact, known: Known) -> bool:
    """Whether another of its kind follows: the next course, the next job."""
    return any(
        other.code == ended.code and ended.last is not None and other.begins >= ended.last
        for other in known.occupations
        if other.thread != ended.thread
    )


def _over_when_noted(fact: Fact) -> bool:
    """Who noted it knew that it was over."""
    return fact.last is not None and fact.last < fact.noted_on


def _newest(facts: Iterable[Fact]) -> Fact | None:
    return max(facts, key=lambda fact: fact.begins, default=None)


# ---------- days ----------


def birthday(born: date, years: int) -> date:
    """Who is born on 29 February completes a year with the end of the 28th: the birthday is 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def years_later(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th (§ 188 Abs. 3 BGB)."""
    return months_later(day, 12 * years)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day (§ 188 Abs. 3 BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - DAY).day))


def school_begins(born: date) -> date:
    """1 August of the year in which somebody is six by 30 September."""
    sixth = birthday(born, law.SCHOOL_FROM_AGE.value)
    return date(sixth.year if (sixth.month, sixth.day) <= (9, 30) else sixth.year + 1, 8, 1)


def school_over(born: date) -> date:
    """The end of the school year in which somebody turns eighteen."""
    of_age = birthday(born, law.SCHOOL_UNTIL_AGE.value)
    return date(of_age.year if of_age.month < 8 else of_age.year + 1, 7, 31)


def band(due_on: date, today: date) -> DeadlineBand:
    """How near: passed, or the narrowest of 30, 90, 180 days, or later."""
    days = (due_on - today).days
    if days < 0:
        return DeadlineBand.PASSED
    return next((one for one in DeadlineBand if one and days <= one), DeadlineBand.LATER)


def warned_at(kind: str, due_on: date, today: date) -> int | None:
    """The narrowest number of days for which a letter is due; None while it is still far."""
    days = (due_on - today).days
    steps = REMEDY_WARNINGS if kind == DeadlineKind.REMEDY else tuple(one for one in DeadlineBand if one != DeadlineBand.LATER)
    if days < 0:
        return int(steps[0])
    return next((int(step) for step in steps if step and days <= step), None)
