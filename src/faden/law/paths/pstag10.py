"""§ 10 StAG: naturalisation by right; five years since 2024-06-27, eight before; (2) family who apply together."""

from datetime import date
from types import SimpleNamespace

from faden.law.case import LEVELS, Case
from faden.law.days import plus_years
from faden.law.knowledge import german
from faden.law.livelihood import secured
from faden.law.naturalisation import BEFORE, LAWFUL_TODAY, REFORM, takes_10_1, years_of_residence
from faden.law.outcome import Binding, Claim, Outcome, State, met, not_met, unknown, weighed
from faden.law.rules import Path, Version

TURBO_END = date(2025, 10, 29)  # G v. 27.10.2025 BGBl. 2025 I Nr. 256; no clause spares applications already filed
FIVE_YEARS = date(2025, 10, 30)

PERSON = Path("stag_10", "§ 10 Abs. 1 StAG", (Version(Claim.CLAIM),))
FAMILY = Path("stag_10_2", "§ 10 Abs. 2 StAG", (Version(Claim.MAY),))


@PERSON.condition("stag_10.1.residence", "§ 10 Abs. 1 Satz 1, Abs. 3, § 12b StAG", Binding.MUST, until=BEFORE, dated=True)
def eight_years(case: Case, p: SimpleNamespace) -> Outcome:
    """Seven with the certificate of the integration course ("wird"), down to six for special achievements ("kann")."""
    passed = case.facts.course.passed
    base = years_of_residence(case, p, p.years_course if passed else p.years)
    if passed is None and _within(case, base, p.years_course):
        return unknown("course.passed", code="course_shortens")
    special = case.facts.exceptions.special_achievement
    if special is None and case.level("oral")[0] > LEVELS["B1"] < case.level("written")[0]:
        special = True  # (3) S. 2 names German above B1 as one
    return _shortened(case, p, base, special, p.years_special)


@PERSON.condition("stag_10.1.residence", "§ 10 Abs. 1 Satz 1, Abs. 3, § 12b StAG", Binding.MUST, since=REFORM, until=TURBO_END, dated=True)
def five_years_or_three(case: Case, p: SimpleNamespace) -> Outcome:
    """Three ("kann") with special achievements, a living of one's own (§ 8 (1) Nr. 4) and C1."""
    base = years_of_residence(case, p, p.years)
    special = case.facts.exceptions.special_achievement
    if special is False or not _within(case, base, p.years_special) or secured(case).state is State.NOT_MET:
        return base
    c1 = german(case, "C1")
    if c1.state is State.UNKNOWN:
        return unknown(*c1.missing, code="c1")
    return base if c1.state is State.NOT_MET else _shortened(case, p, base, special, p.years_special)


@PERSON.condition("stag_10.1.residence", "§ 10 Abs. 1 Satz 1, § 12b StAG", Binding.MUST, since=FIVE_YEARS, dated=True)
def five_years(case: Case, p: SimpleNamespace) -> Outcome:
    return years_of_residence(case, p, p.years)


def _shortened(case: Case, p: SimpleNamespace, base: Outcome, special: bool | None, years: int) -> Outcome:
    """Inside the window the office may shorten; before it there is nothing to weigh."""
    return weighed(base, special, "exceptions.special_achievement") if _within(case, base, years) else base


def _within(case: Case, base: Outcome, years: int) -> bool:
    """The full time is missing, this shorter one is not."""
    return base.state is State.NOT_MET and case.lawful is not None and plus_years(case.lawful.start, years) <= case.on


@FAMILY.condition("stag_10.2.family", "§ 10 Abs. 2 StAG", Binding.MUST)
def of_an_applicant(case: Case, p: SimpleNamespace) -> Outcome:
    """Spouse, partner or minor child of somebody who meets (1) and is naturalised in the same procedure."""
    spouse, parents = case.facts.household.spouse, case.facts.household.parents
    if spouse and spouse.naturalised_with:
        return met("spouse")
    majority = case.birthday(18)
    minor = None if majority is None else majority > case.on
    if minor and any(one.naturalised_with for one in parents or ()):
        return met("child", latest=majority)
    lacks = []
    if (spouse is None and case.facts.household.has_spouse is not False) or (spouse and spouse.naturalised_with is None):
        lacks.append("household.spouse.naturalised_with")
    if minor is not False and (parents is None or any(one.naturalised_with is None for one in parents)):
        lacks.append("person.birth_date" if minor is None else "household.parents.naturalised_with")
    if minor is None and any(one.naturalised_with for one in parents or ()):
        lacks.append("person.birth_date")
    return unknown(*dict.fromkeys(lacks)) if lacks else not_met(code="nobody")


takes_10_1(PERSON)
FAMILY.takes(LAWFUL_TODAY)
takes_10_1(FAMILY)
