"""§ 25a AufenthG: well integrated young people; (1) the young person, (2) parents, brothers and sisters, spouse and child."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds
from faden.law.case import HARMLESS_MONTHS, Case
from faden.law.days import ONE_DAY, plus_months, plus_years
from faden.law.duldung import no_offence
from faden.law.facts import School
from faden.law.livelihood import PUBLIC, secured
from faden.law.outcome import (
    Binding,
    Claim,
    Outcome,
    decision,
    free_of,
    met,
    not_met,
    reached,
    unknown,
    unless,
)
from faden.law.paths.p25b import (
    BEFORE,
    BRIDGE_END,
    REFORM,
    countable_run,
    does_not_hold_up_removal,
    identity_of_104c_holder,
    said_of_gaps,
)
from faden.law.rules import Path, Version

BRIDGE_OVER = BRIDGE_END + ONE_DAY

YOUNG = Path("25a", "§ 25a Abs. 1 AufenthG", (Version(Claim.SHALL),))
RELATIVES = Path("25a_2", "§ 25a Abs. 2 AufenthG", (Version(Claim.SHALL),))
_DULDUNG = kinds.DULDUNGEN


@YOUNG.condition("25a.1.1.young", "§ 25a Abs. 1 Satz 1 AufenthG, § 7 Abs. 1 SGB VIII", Binding.MUST, dated=True)
def old_enough(case: Case, p: SimpleNamespace) -> Outcome:
    """Fourteen on the day of the decision; how old at most is asked by number 3."""
    day = case.birthday(p.age_from)
    return unknown("person.birth_date") if day is None else reached(day, case.on, case.age, tolerance=0)


@YOUNG.condition("25a.1.1", "§ 25a Abs. 1 Satz 1 AufenthG", Binding.MUST, until=BEFORE)
def tolerated(case: Case, p: SimpleNamespace) -> Outcome:
    """Before the reform any Duldung on the day was enough."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays")
    return met(case.title) if case.title in kinds.TOLERATED else not_met(case.title, "other_paper")


@YOUNG.condition("25a.1.1", "§ 25a Abs. 1 Satz 1 AufenthG", Binding.MUST, since=REFORM, until=BRIDGE_END, dated=True)
def a_year_of_duldung_or_104c(case: Case, p: SimpleNamespace) -> Outcome:
    if case.holds_104c:
        return met(case.title, "104c", latest=BRIDGE_END)
    return _a_year_of_duldung(case, p)


@YOUNG.condition("25a.1.1", "§ 25a Abs. 1 Satz 1 AufenthG", Binding.MUST, since=BRIDGE_OVER, dated=True)
def a_year_of_duldung(case: Case, p: SimpleNamespace) -> Outcome:
    return _a_year_of_duldung(case, p)


def _a_year_of_duldung(case: Case, p: SimpleNamespace) -> Outcome:
    """Possession, without a gap; § 60b does not qualify. A claim without the paper is contested here."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays")
    if case.title not in kinds.TOLERATED:
        return not_met(case.title, "other_paper")
    held = case.run(_DULDUNG)
    if held and plus_months(held.start, p.duldung_months) <= case.on:
        return reached(plus_months(held.start, p.duldung_months), case.on, held.start)
    claimed = case.run(_DULDUNG | {kinds.CLAIM}, gap_months=HARMLESS_MONTHS)
    if claimed and plus_months(claimed.start, p.duldung_months) <= case.on:
        return decision("claim_without_paper", claimed.start)
    run = held or claimed
    return not_met(case.title, "only_60b") if run is None else reached(plus_months(run.start, p.duldung_months), case.on, run.start)


@YOUNG.condition("25a.1.1.nr1", "§ 25a Abs. 1 Satz 1 Nr. 1 AufenthG", Binding.MUST, dated=True)
def here_long_enough(case: Case, p: SimpleNamespace) -> Outcome:
    """Three years, before the reform four; § 60b time counts for holders of § 104c alone."""
    run = countable_run(case)
    if isinstance(run, Outcome):
        return run
    full, strict = plus_years(run.start, p.stay_years), plus_years(run.strict, p.stay_years)
    if full <= case.on < strict:
        return decision(run.doubt, run.strict, earliest=full)
    if full > case.on and not run.counting:
        return not_met(case.title, "does_not_count")
    return said_of_gaps(run, reached(full, case.on, run.start))


@YOUNG.condition("25a.1.1.nr2", "§ 25a Abs. 1 Satz 1 Nr. 2 AufenthG", Binding.USUAL, until=BEFORE, dated=True)
def at_school_with_success_before(case: Case, p: SimpleNamespace) -> Outcome:
    """Four years, and no exception for illness yet."""
    return _schooled(case, p.school_years)


@YOUNG.condition("25a.1.1.nr2", "§ 25a Abs. 1 Satz 1 Nr. 2 AufenthG", Binding.USUAL, since=REFORM, dated=True)
def at_school_with_success(case: Case, p: SimpleNamespace) -> Outcome:
    """Three years of school with success, as a rule; or a recognised certificate of a school or a trade."""
    return unless(_schooled(case, p.school_years), case.facts.exceptions.illness_or_age, "exceptions.illness_or_age")


def _schooled(case: Case, years: int) -> Outcome:
    rows = [one for one in case.facts.school or () if one.start <= case.on]
    days = [one.certificate for one in rows if one.certificate and one.certificate <= case.on]
    days += [one.completed for one in case.facts.training or () if one.completed and one.completed <= case.on]
    if days:
        return met(min(days), "certificate")
    if case.facts.school is None:
        return met(code="certificate") if case.facts.civics.school_certificate else unknown("school")
    return _three_years(case, years)


def _three_years(case: Case, years: int) -> Outcome:
    rows = sorted((one for one in case.facts.school or () if one.start <= case.on), key=lambda one: one.start)
    day = _complete(case, [one for one in rows if one.successful], years)
    if day and day <= case.on:
        return reached(day, case.on)
    hoped = _complete(case, [one for one in rows if one.successful is not False], years)
    if hoped and hoped <= case.on:
        return unknown("school.successful")
    return reached(day, case.on) if day else not_met(code="school_time")


def _complete(case: Case, rows: list[School], years: int) -> date | None:
    """The day these times at school come to so many years; None where they end before."""
    left = (plus_years(date(2001, 1, 1), years) - date(2001, 1, 1)).days
    for number, one in enumerate(rows):
        if number == 0 and (one.end is None or one.end >= plus_years(one.start, years)):
            return plus_years(one.start, years)
        span = left if one.end is None or one.end > case.on else (one.end - one.start).days + 1
        if span >= left:
            return one.start + left * ONE_DAY
        left -= span
    return None


@YOUNG.condition("25a.1.1.nr3", "§ 25a Abs. 1 Satz 1 Nr. 3 AufenthG", Binding.MUST)
def applies_young_enough(case: Case, p: SimpleNamespace) -> Outcome:
    """The application before the birthday; an NRW office asks that all else is there before it too, so it is the last day."""
    birthday = case.birthday(p.age_before)
    if birthday is None:
        return unknown("person.birth_date")
    last = birthday - ONE_DAY
    applied = case.applied("25a")
    if applied and applied <= last:
        return met(applied, "applied")
    return met(last, latest=last) if case.on <= last else not_met(last, "too_late", final=True)


@YOUNG.condition("25a.1.1.nr4", "§ 25a Abs. 1 Satz 1 Nr. 4 AufenthG", Binding.MUST)
def will_find_a_place(case: Case, p: SimpleNamespace) -> Outcome:
    """A forecast: the office makes it; school, training and family life speak for it."""
    return decision("integration_forecast")


@YOUNG.condition("25a.1.1.nr5", "§ 25a Abs. 1 Satz 1 Nr. 5 AufenthG", Binding.HELD)
def no_doubts(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.civics.doubts, "civics.doubts")


@YOUNG.condition("25a.1.2", "§ 25a Abs. 1 Satz 2, § 5 Abs. 1 Nr. 1 AufenthG", Binding.USUAL)
def lives_on_own_means(case: Case, p: SimpleNamespace) -> Outcome:
    """Benefits do not matter while at school, in training or at university."""
    return met(code="in_training") if case.in_training else secured(case)


@YOUNG.condition("25a.1.3", "§ 25a Abs. 1 Satz 3 AufenthG", Binding.BAR)
def no_own_deception(case: Case, p: SimpleNamespace) -> Outcome:
    """Only one's own false statements, and only while they are why removal is suspended."""
    deception = case.facts.identity.deception
    if deception is not None:
        return free_of(deception, "identity.deception")
    if case.holds_104c or case.was_asked("identity") or case.facts.identity.state in {"clarified", "efforts"}:
        return met(code="clarified", assumes=("no_deception",))
    return unknown("identity.deception")


@YOUNG.condition("25a.6", "§ 25a Abs. 6 AufenthG", Binding.MUST, since=REFORM, until=BRIDGE_END)
def identity(case: Case, p: SimpleNamespace) -> Outcome:
    return identity_of_104c_holder(case)


YOUNG.takes(*general.OF_A_TITLE)


@RELATIVES.condition("25a.2.1", "§ 25a Abs. 2 Satz 1 bis 3 und 5 AufenthG", Binding.MUST)
def belongs_to_holder(case: Case, p: SimpleNamespace) -> Outcome:
    """Parent with custody of a minor holder, brother or sister, spouse or minor child living with the holder."""
    household = case.facts.household
    if household.spouse and household.spouse.title == "ae_25a":
        return _together(household.spouse.living_together, "spouse")
    holders = [one for one in household.children or () if one.title == "ae_25a"]
    if holders:
        return _of_minor(case, holders[0].birth_date, custody=holders[0].custody)
    if any(one.title == "ae_25a" for one in household.parents or ()):
        return _as_child(case, [one.living_with for one in household.parents or () if one.title == "ae_25a"])
    asked = []
    if household.children is None or any(one.title is None for one in household.children):
        asked.append("household.children.title")
    if (household.spouse is None and household.has_spouse is not False) or (household.spouse and household.spouse.title is None):
        asked.append("household.spouse.title")
    untold = household.parents is None or any(one.title is None and not one.german for one in household.parents)
    if untold and (case.age is None or case.age < 18):
        asked.append("household.parents.title")
    return unknown(*asked) if asked else not_met(code="no_holder")


@RELATIVES.condition("25a.2.discretion", "§ 25a Abs. 2 Satz 1 bis 3 und 5 AufenthG", Binding.MUST)
def may_or_shall(case: Case, p: SimpleNamespace) -> Outcome:
    """Parents, brothers and sisters "kann"; the holder's own spouse and child "soll"."""
    spouse = case.facts.household.spouse
    return met("spouse", "shall") if spouse and spouse.title == "ae_25a" else decision("may")


def _together(answer: bool | None, who: str) -> Outcome:
    if answer is None:
        return unknown(f"household.{who}.living_together" if who == "spouse" else "household.parents.living_with")
    return met(who) if answer else not_met(who, "apart")


def _of_minor(case: Case, birth_date: date | None, *, custody: bool | None) -> Outcome:
    if birth_date is None:
        return unknown("household.children.birth_date")
    majority = plus_years(birth_date, 18)
    if majority <= case.on:
        return not_met(majority, "of_age", final=True)
    return not_met(code="no_custody") if custody is False else met("parent", latest=majority - ONE_DAY)


def _as_child(case: Case, together: list[bool | None]) -> Outcome:
    majority = case.birthday(18)
    if majority is None:
        return unknown("person.birth_date")
    if majority <= case.on:
        return not_met(majority, "of_age", final=True)
    return _together(True if any(together) else None if None in together else False, "child")


@RELATIVES.condition("25a.2.1.nr1", "§ 25a Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST)
def holds_nothing_up(case: Case, p: SimpleNamespace) -> Outcome:
    return does_not_hold_up_removal(case)


@RELATIVES.condition("25a.2.1.nr2", "§ 25a Abs. 2 Satz 1 Nr. 2 AufenthG", Binding.MUST)
def lives_by_work(case: Case, p: SimpleNamespace) -> Outcome:
    """All of it, by work; not asked of minor children."""
    age, household = case.age, case.facts.household
    if age is not None and age < 18 and any(one.title in {"ae_25a"} for one in household.parents or ()):
        return met(code="child")
    living = case.facts.livelihood
    if living.secured_by_work is not None:
        return met() if living.secured_by_work else not_met()
    if living.share_by_work is None:
        return unknown("livelihood.share_by_work")
    if living.share_by_work < 1:
        return not_met(living.share_by_work, "share")
    drawn = [one for one in living.benefits or () if one in PUBLIC]
    return decision("benefit_beside", drawn[0]) if drawn else met(living.share_by_work)


@RELATIVES.condition("25a.3", "§ 25a Abs. 3 AufenthG", Binding.BAR)
def no_sentence(case: Case, p: SimpleNamespace) -> Outcome:
    return no_offence(case, ordinary=p.fines, foreigners_only=p.fines_foreigners_only)


RELATIVES.takes(*general.OF_A_TITLE)
