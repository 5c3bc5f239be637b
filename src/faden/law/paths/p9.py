"""§ 9 AufenthG: Niederlassungserlaubnis; (2) the person, (3a) the spouse of a skilled worker with § 18c."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds, settlement
from faden.law.case import Case
from faden.law.held import years_held
from faden.law.outcome import Binding, Claim, Outcome, State, decision, met, not_met, unknown
from faden.law.rules import Path, Version

SPOUSES = date(2024, 3, 1)  # (3a), G v. 16.8.2023 BGBl. 2023 I Nr. 217
BEFORE_SPOUSES = date(2024, 2, 29)
# "§ 9 findet keine Anwendung": §§ 16b (4), (7), 16f (3), 20a (6)
EXCLUDED = frozenset({"ae_16b", "ae_16f", "ae_20a"})

PERSON = Path("9", "§ 9 Abs. 2 AufenthG", (Version(Claim.CLAIM),))


@PERSON.condition("9.1", "§ 9 Abs. 2 AufenthG mit §§ 16a Abs. 1, 16b Abs. 4, 16d Abs. 3, 16f Abs. 3, 20a Abs. 6, 26 AufenthG", Binding.MUST)
def open_to_the_title(case: Case, p: SimpleNamespace) -> Outcome:
    """Not beside § 26 for humanitarian titles, and not while a title lasts whose paragraph shuts § 9 out."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays is not None else "")
    if settlement.already_settled(case):
        return not_met(case.title, "settled")
    if case.title in kinds.SECTION_5:
        return not_met(case.title, "section_5")
    if case.title in EXCLUDED:
        return not_met(case.title, "excluded")
    if case.title == "ae_16a" and not any(one.kind in {"ae_18a", "ae_18b"} for one in case.stays):
        return not_met(case.title, "excluded")
    if case.title == "ae_16d":  # only (3) of that paragraph shuts § 9 out
        return decision("partly_excluded", case.title)
    return met(case.title) if case.title in kinds.AE else not_met(case.title, "other_paper")


def _spouse_of_18c(case: Case) -> bool | None:
    """(3a) S. 1 Nr. 1 and 3: lives with the holder of § 18c and works 20 hours a week."""
    spouse = case.facts.household.spouse
    if case.title == "ae_30" and (case.facts.household.has_spouse if spouse is None else spouse.title is None and spouse.living_together):
        return None
    if spouse is None or spouse.title != "ne_18c" or spouse.living_together is False:
        return False
    if case.facts.work is None or spouse.living_together is None:
        return None
    hours = [one.hours_per_week for one in case.jobs]
    return sum(one or 0 for one in hours) >= 20 or (None if None in hours else False)


@PERSON.condition("9.2.1.nr1", "§ 9 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST, until=BEFORE_SPOUSES, dated=True)
def five_years(case: Case, p: SimpleNamespace) -> Outcome:
    return years_held(case, settlement.YEARS)


@PERSON.condition("9.2.1.nr1", "§ 9 Abs. 2 Satz 1 Nr. 1, Abs. 3a Satz 1 Nr. 2 AufenthG", Binding.MUST, since=SPOUSES, dated=True)
def five_years_or_three(case: Case, p: SimpleNamespace) -> Outcome:
    """Three years for the spouse of (3a)."""
    five = years_held(case, settlement.YEARS)
    if five.state is State.MET:
        return five
    spouse = _spouse_of_18c(case)
    if spouse is False:
        return five
    three = years_held(case, p.spouse_years)
    if spouse or three.state is not State.MET:
        return three._replace(code=three.code or "spouse_18c")
    return unknown("household.spouse.title", "work.hours_per_week", code="spouse_18c_open")


PERSON.takes(settlement.LIVELIHOOD)
PERSON.takes(settlement.PENSION, until=BEFORE_SPOUSES)


@PERSON.condition("9.2.1.nr3", "§ 9 Abs. 2 Satz 1 Nr. 3, Abs. 3, Abs. 3a AufenthG", Binding.MUST, since=SPOUSES)
def pension_unless_spouse_of_18c(case: Case, p: SimpleNamespace) -> Outcome:
    """(3a) asks for no pension months."""
    own = settlement.pension(case, settlement.PENSION_MONTHS)
    if own.state is State.MET or not _spouse_of_18c(case):
        return own
    return met(code="spouse_18c")


PERSON.takes(settlement.ORDER, settlement.WORK_PERMITTED, settlement.LICENCES, settlement.GERMAN, settlement.CIVICS, settlement.HOUSING, general.IDENTITY, *general.EVERYWHERE)
