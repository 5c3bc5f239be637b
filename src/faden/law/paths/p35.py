"""§ 35 AufenthG: Niederlassungserlaubnis of children that came with or were born into a family."""

from types import SimpleNamespace

from faden.law import convictions, general, kinds, settlement
from faden.law.case import Case
from faden.law.days import plus_years
from faden.law.held import held, years_held
from faden.law.livelihood import secured
from faden.law.outcome import Binding, Claim, Outcome, State, decision, met, not_met, reached, unknown
from faden.law.rules import Path, Version

CHILD = Path("35", "§ 35 AufenthG", (Version(Claim.CLAIM),))
_HARMFUL = frozenset({"sgb2", "sgb12", "buergergeld", "grundsicherung", "sgb8"})
_FAMILY = kinds.SECTION_6


@CHILD.condition("35.1.1", "§ 35 Abs. 1 Satz 1, § 26 Abs. 3 Satz 5, Abs. 4 Satz 4 AufenthG", Binding.MUST)
def family_title(case: Case, p: SimpleNamespace) -> Outcome:
    """A title of Section 6; for humanitarian titles of those who entered before 18 the office may do the same."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays is not None else "")
    if settlement.already_settled(case):
        return not_met(case.title, "settled")
    majority = case.birthday(18)
    if case.title in _FAMILY:
        if majority and all(one.start >= majority for one in case.stays if one.kind in _FAMILY):
            return not_met(case.title, "came_grown", final=True)
        return met(case.title) if majority else unknown("person.birth_date")
    if case.title not in kinds.SECTION_5:
        return not_met(case.title, "other_paper")
    if majority is None:
        return unknown("person.birth_date")
    entered = case.facts.entry_date or (case.stays[0].start if case.stays[0].start < majority else None)
    if entered is None:
        return unknown("entry_date")
    return decision("humanitarian", case.title) if entered < majority else not_met(case.title, "came_grown", final=True)


def _as_minor(case: Case) -> bool:
    """S. 1: still a minor, and the five years were full on the 16th birthday."""
    sixteen, majority = case.birthday(16), case.birthday(18)
    found = held(case, _counted(case), asylum=case.title in kinds.SECTION_5)
    if found is None or sixteen is None or majority is None:
        return False
    return case.on < majority and plus_years(found.start, 5) <= sixteen


def _of_an_adult(case: Case, base: Outcome) -> Outcome:
    """What is asked of adults only is not missing while nobody knows whether this is one, or which paper there is."""
    if base.state is not State.NOT_MET:
        return base
    if case.age is None:
        return unknown("person.birth_date")
    return unknown("stays") if case.paper is None and case.age < 18 else base


def _counted(case: Case) -> frozenset[str]:
    return kinds.AE if case.title in kinds.SECTION_5 else _FAMILY | kinds.SECTION_5


@CHILD.condition("35.1.years", "§ 35 Abs. 1 Satz 1, Satz 2 Nr. 1 AufenthG", Binding.MUST, dated=True)
def five_years(case: Case, p: SimpleNamespace) -> Outcome:
    """On the 16th birthday, or as an adult."""
    base = years_held(case, p.years, _counted(case), asylum=case.title in kinds.SECTION_5)
    sixteen, majority = case.birthday(16), case.birthday(18)
    if base.state is State.UNKNOWN or base.earliest is None:
        return base
    if sixteen is None or majority is None:
        return unknown("person.birth_date")
    day = sixteen if base.earliest <= sixteen and case.on < majority else max(base.earliest, majority)
    if base.state is State.DECISION and day <= case.on:
        return base
    return reached(day, case.on, base.value, tolerance=base.tolerance if day == base.earliest else 0)


@CHILD.condition("35.1.2.nr2", "§ 35 Abs. 1 Satz 2 Nr. 2, Abs. 4 AufenthG", Binding.MUST)
def speaks_b1(case: Case, p: SimpleNamespace) -> Outcome:
    """Asked of adults only."""
    if _as_minor(case):
        return met(code="minor")
    return _of_an_adult(case, settlement.ill(settlement.german_proved(case), case))


@CHILD.condition("35.1.2.nr3", "§ 35 Abs. 1 Satz 2 Nr. 3, Abs. 4 AufenthG", Binding.MUST)
def livelihood_or_training(case: Case, p: SimpleNamespace) -> Outcome:
    """Asked of adults only."""
    if _as_minor(case):
        return met(code="minor")
    if case.in_training:
        return met(code="training")
    base = secured(case)
    if base.state is State.NOT_MET and case.in_training is None:
        return unknown("training", code="training_open")
    return _of_an_adult(case, settlement.ill(base, case))


@CHILD.condition("35.3.1.nr1", "§ 35 Abs. 3 Satz 1 Nr. 1, Satz 2 AufenthG", Binding.USUAL)
def no_interest_in_expulsion(case: Case, p: SimpleNamespace) -> Outcome:
    """Where one exists the claim becomes a "kann" (S. 2)."""
    if case.facts.held.expulsion_interest is False:
        return met()
    return convictions.expulsion_weight(case)._replace(final=False)


@CHILD.condition("35.3.1.nr2", "§ 35 Abs. 3 Satz 1 Nr. 2, Satz 2 AufenthG", Binding.USUAL)
def no_sentence_in_three_years(case: Case, p: SimpleNamespace) -> Outcome:
    found = convictions.known(case)
    if isinstance(found, Outcome):
        return found
    for one in found:
        if one.intentional is False or (one.on and plus_years(one.on, p.sentence_years) <= case.on):
            continue
        if one.kind == "unspecified" or (one.kind == "fine" and one.daily_rates is None):
            return unknown("convictions", code="details")
        if one.kind == "fine" and (one.daily_rates or 0) < p.fine_rates:
            continue
        if one.kind == "prison" and one.months is not None and one.months < p.prison_months:
            continue
        if one.kind == "youth_prison" and one.months is not None and one.months < p.youth_prison_months and not one.suspended:
            continue
        if one.kind == "youth_measure" and not one.suspended:
            continue
        return not_met(one.daily_rates or one.months, "sentence") if one.on and (one.kind == "fine" or one.months is not None) else \
            unknown("convictions", code="details")  # fmt: skip
    return met()


@CHILD.condition("35.3.1.nr3", "§ 35 Abs. 3 Satz 1 Nr. 3, Satz 2, Abs. 4 AufenthG", Binding.USUAL)
def without_benefits(case: Case, p: SimpleNamespace) -> Outcome:
    """Harmless while in training."""
    if case.in_training:
        return met(code="training")
    living = case.facts.livelihood
    if living.benefits is None:
        return met(code="secured") if living.secured or (living.share_by_work or 0) >= 1 else unknown("livelihood.benefits")
    drawn = [one for one in living.benefits if one in _HARMFUL]
    if not drawn:
        return met()
    if case.in_training is None:
        return unknown("training", code="training_open")
    return settlement.ill(not_met(drawn[0], "benefit"), case)


CHILD.takes(general.IDENTITY, *general.EVERYWHERE)
