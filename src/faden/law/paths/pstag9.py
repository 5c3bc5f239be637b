"""§ 9 StAG: spouses and partners of Germans; "soll"."""

from types import SimpleNamespace

from faden.law.case import Case
from faden.law.days import plus_years
from faden.law.naturalisation import takes_10_1, years_of_residence
from faden.law.outcome import Binding, Claim, Outcome, decision, met, not_met, reached, unknown, weighed
from faden.law.rules import Path, Version

SPOUSE = Path("stag_9", "§ 9 StAG", (Version(Claim.SHALL),))


@SPOUSE.condition("stag_9.1.spouse", "§ 9 Abs. 1 Satz 1, Abs. 2 StAG", Binding.MUST)
def married_to_a_german(case: Case, p: SimpleNamespace) -> Outcome:
    """The marriage has to exist; those who live apart are the untypical case the "soll" leaves to the office."""
    household = case.facts.household
    spouse = household.spouse
    if household.german_marriage_ended:
        return _after_the_marriage(case)
    if spouse is None:
        if household.has_spouse is not False:
            return unknown("household.spouse.german")
        if any(one.german and one.living_with is not False for one in household.children or ()):
            return unknown("household.german_marriage_ended")
        return not_met(code="no_spouse")
    if spouse.german is None:
        return unknown("household.spouse.german") if spouse.title is None else not_met(spouse.title, "not_german")
    if not spouse.german:
        return not_met(code="not_german")
    return decision("apart") if spouse.living_together is False else met("spouse")


def _after_the_marriage(case: Case) -> Outcome:
    """(2): within a year of the end, with custody of a minor German child of the marriage in the family."""
    ended = case.facts.household.german_marriage_ended
    assert ended is not None
    last = plus_years(ended, 1)
    if (case.applied(SPOUSE.key) or case.on) > last:
        return not_met(last, "too_late", final=True)
    children = case.facts.household.children
    if children is None:
        return unknown("household.children")
    near = [
        one for one in children
        if one.german is not False and one.custody is not False and one.living_with is not False
        and not (one.birth_date and plus_years(one.birth_date, 18) <= case.on)
    ]  # fmt: skip
    if any(one.german and one.custody and one.living_with for one in near):
        return met(ended, "after_marriage", latest=last)
    if not near:
        return not_met(code="no_german_child")
    return unknown("household.children.german", "household.children.custody", "household.children.living_with")


@SPOUSE.condition("stag_9.1.marriage", "§ 9 Abs. 1 Satz 1 StAG", Binding.MUST, dated=True)
def married_for_two_years(case: Case, p: SimpleNamespace) -> Outcome:
    spouse = case.facts.household.spouse
    if spouse is None or spouse.married_since is None:
        if case.facts.household.has_spouse is False and case.facts.household.german_marriage_ended is None:
            return not_met(code="no_spouse")
        return unknown("household.spouse.married_since")
    full = plus_years(spouse.married_since, p.marriage_years)
    ended = case.facts.household.german_marriage_ended
    if ended and ended < full:
        return not_met(full, "ended_before", final=True)
    return reached(full, case.on, spouse.married_since)


@SPOUSE.condition("stag_9.1.residence", "§ 9 Abs. 1 Satz 1 und 2, § 12b StAG", Binding.MUST, dated=True)
def three_years(case: Case, p: SimpleNamespace) -> Outcome:
    """Less in the public interest once the marriage has lasted three years (S. 2), which is weighed where it is claimed."""
    base = years_of_residence(case, p, p.years)
    spouse, claimed = case.facts.household.spouse, case.facts.exceptions.public_interest
    if claimed and case.lawful and spouse and spouse.married_since and plus_years(spouse.married_since, p.marriage_years_long) <= case.on:
        return weighed(base, claimed, "exceptions.public_interest")
    return base


takes_10_1(SPOUSE)
