"""§ 28 (2) AufenthG: Niederlassungserlaubnis for the family of Germans."""

from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace

from faden.law import general, settlement
from faden.law.case import LEVELS, Case
from faden.law.days import plus_years
from faden.law.facts import Child, Parent, Spouse
from faden.law.held import years_held
from faden.law.outcome import Binding, Claim, Outcome, State, either, met, not_met, unknown
from faden.law.rules import Path, Version

FAMILY = Path("28_2", "§ 28 Abs. 2 AufenthG", (Version(Claim.USUALLY),))
_28 = frozenset({"ae_28"})
OLD_WORDING_UNTIL = date(2013, 9, 5)  # its words: OVG Berlin-Brandenburg 22.2.2011 - 12 B 20.08


@FAMILY.condition("28.2.1.title", "§ 28 Abs. 1, Abs. 2 Satz 1 AufenthG", Binding.MUST)
def family_of_a_german(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays is not None else "")
    if settlement.already_settled(case):
        return not_met(case.title, "settled")
    return met(case.title) if case.title in _28 else not_met(case.title, "other_paper")


@FAMILY.condition("28.2.1.years", "§ 28 Abs. 2 Satz 1 AufenthG", Binding.MUST, dated=True)
def three_years(case: Case, p: SimpleNamespace) -> Outcome:
    return years_held(case, p.years, _28)


@FAMILY.condition("28.2.1.family", "§ 28 Abs. 2 Satz 1 AufenthG", Binding.MUST)
def lives_with_the_german(case: Case, p: SimpleNamespace) -> Outcome:
    """The spouse, the minor child or the parent that is German; the family life goes on."""
    household = case.facts.household
    found = [*_with_spouse(household.spouse), *_with_children(household.children or (), case), *_with_parents(household.parents or ())]
    if found:
        return either(found)
    missing = []
    if household.spouse is None and household.has_spouse is not False:
        missing.append("household.spouse.german")
    if household.children is None and household.minor_child_living_with is not False:
        missing.append("household.children")
    if household.parents is None and (case.age is None or case.age < 18):
        missing.append("household.parents")
    return unknown(*missing) if missing else not_met(code="no_german")


def _with_spouse(spouse: Spouse | None) -> Iterator[Outcome]:
    if spouse is None or spouse.german is False:
        return
    if spouse.german is None:
        yield unknown("household.spouse.german")
    elif spouse.living_together is None:
        yield unknown("household.spouse.living_together")
    else:
        yield met(code="spouse") if spouse.living_together else not_met(code="apart")


def _with_children(children: Iterable[Child], case: Case) -> Iterator[Outcome]:
    """Minor, or still in training ((3) S. 2)."""
    for child in children:
        grown = child.birth_date is not None and plus_years(child.birth_date, 18) <= case.on and not child.attends_school
        if grown or child.german is False or child.living_with is False:
            continue
        if child.german and child.living_with:
            yield met(code="child")
        else:
            yield unknown("household.children.german" if child.german is None else "household.children.living_with")


def _with_parents(parents: Iterable[Parent]) -> Iterator[Outcome]:
    for parent in parents:
        if parent.german is False or parent.living_with is False:
            continue
        if parent.german and parent.living_with:
            yield met(code="parent")
        else:
            yield unknown("household.parents.german" if parent.german is None else "household.parents.living_with")


@FAMILY.condition("28.2.1.interest", "§ 28 Abs. 2 Satz 1 AufenthG", Binding.USUAL)
def no_interest_in_expulsion(case: Case, p: SimpleNamespace) -> Outcome:
    return general.EXPULSION.test(case, p)


@FAMILY.condition("28.2.1.german", "§ 28 Abs. 2 Satz 1, 2, § 9 Abs. 2 Satz 2 bis 5, § 104 Abs. 8 AufenthG", Binding.MUST)
def speaks_b1(case: Case, p: SimpleNamespace) -> Outcome:
    """Whoever held the title on 2013-09-05 need only make himself understood in simple German (§ 104 (8))."""
    base = settlement.german_for_settlement(case)
    if base.state is not State.NOT_MET or case.level("oral")[1] < LEVELS["A1"]:
        return base
    if any(one.kind in _28 and one.covers(OLD_WORDING_UNTIL) for one in case.stays):
        return base._replace(state=State.WAIVED, code="before_2013", open=())
    entered = case.facts.entry_date
    return unknown("stays") if case.facts.stays is None and entered and entered <= OLD_WORDING_UNTIL else base


# The livelihood too (OVG Berlin-Brandenburg 22.2.2011 - 12 B 20.08): (2) says nothing else.
FAMILY.takes(general.LIVELIHOOD, general.IDENTITY, *general.EVERYWHERE)
