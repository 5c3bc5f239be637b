"""§ 104c AufenthG: Chancen-Aufenthaltsrecht. New titles until 2025-12-30; from them only to §§ 25a, 25b, which hold the bridge's end."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds
from faden.law.case import HARMLESS_MONTHS, Case
from faden.law.days import ONE_DAY, plus_months, plus_years
from faden.law.duldung import no_interest_beyond_fines, no_offence
from faden.law.facts import Household
from faden.law.knowledge import commitment
from faden.law.outcome import Binding, Claim, Outcome, State, decision, met, not_met, unknown
from faden.law.paths.p25b import said_of_gaps
from faden.law.rules import Condition, Path, Version

FIRST, LAST = date(2022, 12, 31), date(2025, 12, 30)

CHANCE = Path("104c", "§ 104c AufenthG in der Fassung vom 31.12.2022", (Version(Claim.SHALL, since=FIRST, until=LAST),))

_TITLED = kinds.AE | kinds.DULDUNGEN | {kinds.GESTATTUNG, kinds.DULDUNG_60B, kinds.FIKTION_3}  # (1) S. 3: § 60b counts
_COUNTED = _TITLED | {kinds.CLAIM}


@CHANCE.condition("104c.1.1", "§ 104c Abs. 1 Satz 1 AufenthG a. F.", Binding.MUST, since=FIRST, until=LAST)
def tolerated(case: Case, p: SimpleNamespace) -> Outcome:
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if case.holds_104c:
        return not_met(case.title, "not_extended", final=True)  # (3) S. 3
    if case.title == kinds.CLAIM:
        return decision("claim", latest=p.grant_until)
    return met(case.title, latest=p.grant_until) if case.title in kinds.TOLERATED else not_met(case.title, "other_paper")


@CHANCE.condition("104c.1.1.years", "§ 104c Abs. 1 Satz 1, 3, Abs. 2 AufenthG a. F.", Binding.MUST, since=FIRST, until=LAST)
def five_years_on_the_day(case: Case, p: SimpleNamespace) -> Outcome:
    """Five years without a break on 2022-10-31; the family of somebody who had them need not have had them."""
    own = _five_years(case, p)
    if own.state is State.MET:
        return own
    family = _of_a_holder(case)
    if family is not None:
        return family
    return own._replace(assumes=("no_family_104c",)) if own.state is State.NOT_MET else own


def _five_years(case: Case, p: SimpleNamespace) -> Outcome:
    entry, since = case.facts.entry_date, plus_years(p.cutoff, -p.stay_years)
    if entry and entry > since:
        return not_met(entry, "entered_later", final=True)
    if case.facts.stays is None:
        return unknown("stays")
    then = _on_the_day(case, p.cutoff)
    run = then.run(_COUNTED, gap_months=HARMLESS_MONTHS)
    if run is None:
        return not_met(then.title, "no_paper_then", final=True)
    if run.start > since:
        return not_met(run.start, "too_short", final=True)
    if any(one.kind == kinds.CLAIM for one in then.stays):
        papers = then.run(_TITLED, gap_months=HARMLESS_MONTHS)
        if papers is None or papers.start > since:
            return decision("claim", run.start)
    if run.strict > since:
        return decision(run.doubt, run.strict)
    return said_of_gaps(run, met(run.start))


def _on_the_day(case: Case, day: date) -> Case:
    """Where a short gap between two papers lies on that very day, the first day after it."""
    then = Case(case.facts, day)
    later = [one.start for one in case.stays if one.start > day]
    if then.paper or not then.stays or not later:
        return then
    ended = then.stays[-1].end
    return Case(case.facts, min(later)) if ended and min(later) <= plus_months(ended + ONE_DAY, HARMLESS_MONTHS) else then


def _of_a_holder(case: Case) -> Outcome | None:
    """(2): spouse, minor unmarried child, or an unmarried child of age that came as a minor, in the household of a holder."""
    household = case.facts.household
    spouse = household.spouse
    if spouse and spouse.title == "ae_104c":
        return _together(spouse.living_together, "household.spouse.living_together", "spouse")
    if spouse.title is None and not spouse.german if spouse else household.has_spouse:
        return unknown("household.spouse.title")
    if household.parents is None and _came_as_a_minor(case):
        return unknown("household.parents")
    parents = [one.living_with for one in household.parents or () if one.title == "ae_104c"]
    if not parents:
        asked = any(one.title is None and not one.german for one in household.parents or ())
        return unknown("household.parents.title") if asked else None
    together = True if True in parents else None if None in parents else False
    majority, entry = case.birthday(18), case.facts.entry_date
    if majority is None:
        return unknown("person.birth_date")
    if majority <= case.on:
        if entry is None:
            return unknown("entry_date")
        if entry >= majority:
            return not_met(majority, "came_of_age", final=True)
    return _unmarried(household) or _together(together, "household.parents.living_with", "child")


def _came_as_a_minor(case: Case) -> bool:
    majority, entry = case.birthday(18), case.facts.entry_date
    return majority is not None and (majority > case.on or (entry is not None and entry < majority))


def _unmarried(household: Household) -> Outcome | None:
    return not_met(code="married") if household.spouse or household.has_spouse else None


def _together(answer: bool | None, fact: str, code: str) -> Outcome:
    if answer is None:
        return unknown(fact)
    return met(code=code) if answer else not_met(code="apart")


@CHANCE.condition("104c.1.1.nr1", "§ 104c Abs. 1 Satz 1 Nr. 1 AufenthG a. F.", Binding.MUST, since=FIRST, until=LAST)
def committed(case: Case, p: SimpleNamespace) -> Outcome:
    return commitment(case)


@CHANCE.condition("104c.1.1.nr2", "§ 104c Abs. 1 Satz 1 Nr. 2 AufenthG a. F.", Binding.BAR, since=FIRST, until=LAST)
def no_sentence(case: Case, p: SimpleNamespace) -> Outcome:
    """Fines are added up: OVG Hamburg 2.6.2023 - 6 Bs 60/23. Measures of juvenile law stay out of account."""
    return no_offence(case, ordinary=p.fines, foreigners_only=p.fines_foreigners_only, youth_spared=True)


@CHANCE.condition("104c.1.2", "§ 104c Abs. 1 Satz 2 AufenthG a. F.", Binding.USUAL, since=FIRST, until=LAST)
def no_repeated_deception(case: Case, p: SimpleNamespace) -> Outcome:
    """"Soll versagt werden", and only if repeated and the reason why removal fails: never a refusal by itself."""
    deception = case.facts.identity.deception
    if deception:
        return not_met(code="repeated")
    return met() if deception is False else met(assumes=("no_deception",))


@CHANCE.condition("104c.3.1", "§ 104c Abs. 3 Satz 1, § 10 Abs. 3 Satz 2 AufenthG a. F.", Binding.BAR, since=FIRST, until=LAST)
def manifestly_unfounded_may_be_passed_over(case: Case, p: SimpleNamespace) -> Outcome:
    asylum = case.facts.asylum
    if asylum.state == "rejected" and asylum.manifestly_unfounded:
        return decision("manifestly_unfounded")
    return met(asylum.state, assumes=() if asylum.manifestly_unfounded is False else ("not_manifestly_unfounded",))


@CHANCE.condition("10.1", "§ 10 Abs. 1 AufenthG", Binding.MUST)
def no_asylum_procedure(case: Case, p: SimpleNamespace) -> Outcome:
    """"Soll" is no claim by law, so a running procedure stands against it; who has a Duldung mostly has none."""
    state = case.facts.asylum.state
    if state == "pending":
        return not_met(state, "asylum_pending")
    return met(state) if state else met(assumes=("no_asylum_procedure",))


def _no_expulsion_interest(case: Case, p: SimpleNamespace) -> Outcome:
    return no_interest_beyond_fines(case, ordinary=p.fines, foreigners_only=p.fines_foreigners_only)


CHANCE.takes(Condition("5.1.nr2", "§ 5 Abs. 1 Nr. 2 AufenthG", Binding.USUAL, _no_expulsion_interest))
CHANCE.takes(general.SECURITY, general.ENTRY_BAN, general.PROCEEDINGS)
