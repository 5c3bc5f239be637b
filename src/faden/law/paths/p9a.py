"""§§ 9a-9c AufenthG: Erlaubnis zum Daueraufenthalt-EU."""

from datetime import timedelta
from types import SimpleNamespace

from faden.law import general, kinds, settlement
from faden.law.case import Case
from faden.law.days import plus_months
from faden.law.held import years_held
from faden.law.livelihood import without_public_funds
from faden.law.outcome import Binding, Claim, Outcome, State, decision, met, not_met, reached, unknown
from faden.law.rules import Path, Version

PROTECTED = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2"})
SECTION_5_PATHS = ("25a", "25a_2", "25b", "25b_4", "25b_6", "104c", "24")
_TITLES = kinds.AE | (kinds.UNLIMITED - {"daueraufenthalt_eu"})
# (3) Nr. 5: only for a while by their nature; the list there is "insbesondere".
_TEMPORARY = frozenset({"ae_16d", "ae_16e", "ae_16f", "ae_17", "ae_19", "ae_19b", "ae_19e", "ae_20", "ae_20a"})

PERSON = Path("9a", "§ 9a Abs. 2 AufenthG", (Version(Claim.CLAIM),))


@PERSON.condition("9a.3", "§ 9a Abs. 3 AufenthG", Binding.MUST)
def not_excluded(case: Case, p: SimpleNamespace) -> Outcome:
    """Humanitarian titles are, but for § 23 (2) and international protection; training, study and what is temporary by nature too."""
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays is not None else "")
    recognised = case.title in PROTECTED or case.facts.asylum.state in {"refugee", "subsidiary"}
    if case.title == "daueraufenthalt_eu":
        return not_met(case.title, "settled")
    if case.title not in _TITLES:
        return not_met(case.title, "other_paper")
    if case.title in kinds.SECTION_5 and case.title != "ae_23_2" and not recognised:
        return not_met(case.title, "section_5")
    if case.title in {"ae_16a", "ae_16b"}:
        return not_met(case.title, "training")
    if case.facts.asylum.state == "pending" and not recognised:
        return not_met(case.title, "asylum_pending")
    if not recognised and any(case.applied(one) for one in SECTION_5_PATHS):
        return decision("applied_section_5")
    return decision("temporary", case.title) if case.title in _TEMPORARY else met(case.title)


@PERSON.condition("9a.2.1.nr1", "§ 9a Abs. 2 Satz 1 Nr. 1, § 9b Abs. 1 AufenthG", Binding.MUST, dated=True)
def five_years_with_a_title(case: Case, p: SimpleNamespace) -> Outcome:
    """For the internationally protected from the application on (§ 9b (1) S. 1 Nr. 5)."""
    base = years_held(case, p.years, _TITLES, asylum=case.title in PROTECTED)
    return _less_time_abroad(case, p, base) if case.facts.absences and base.earliest else base


def _less_time_abroad(case: Case, p: SimpleNamespace, base: Outcome) -> Outcome:
    """Ten months abroad in the five years are added; of more, what goes beyond is not, and perhaps none of it (§ 9b (1) S. 1 Nr. 1 b, S. 3)."""
    assert base.earliest is not None
    since = plus_months(base.earliest, -12 * p.years)
    days = sum((one.end - one.start).days + 1 for one in case.facts.absences or () if since <= one.start < base.earliest)
    allowed = (plus_months(since, p.months_abroad) - since).days
    if days <= allowed:
        return base
    least, most = base.earliest + timedelta(days - allowed), base.earliest + timedelta(days)
    if least <= case.on < most:
        return decision("ten_months_abroad", days, earliest=least)
    return base._replace(earliest=least) if base.state is State.DECISION and most <= case.on else reached(least, case.on, base.value)


@PERSON.condition("9a.2.1.nr2", "§ 9a Abs. 2 Satz 1 Nr. 2, § 9c Satz 1 Nr. 1 AufenthG", Binding.MUST)
def fixed_income(case: Case, p: SimpleNamespace) -> Outcome:
    """For the person and the dependants; insurance is § 9c S. 1 Nr. 3; that taxes are paid is taken for granted."""
    found = without_public_funds(case)
    return found._replace(assumes=("taxes_paid",)) if found.state is State.MET else found


@PERSON.condition("9c.1.nr2", "§ 9c Satz 1 Nr. 2, Satz 3 AufenthG", Binding.USUAL)
def old_age(case: Case, p: SimpleNamespace) -> Outcome:
    """Never more than § 9 (2) asks for; the spouse's will do."""
    return settlement.pension(case, settlement.PENSION_MONTHS, trainees=False)


@PERSON.condition("9c.1.nr3", "§ 9c Satz 1 Nr. 3 AufenthG", Binding.ASSUMED)
def insured(case: Case, p: SimpleNamespace) -> Outcome:
    """Health and care insurance."""
    answer = case.facts.livelihood.health_insurance
    return unknown("livelihood.health_insurance") if answer is None else met() if answer else not_met(code="uninsured")


@PERSON.condition("9c.1.nr4", "§ 9c Satz 1 Nr. 4, Satz 2 AufenthG", Binding.USUAL)
def may_work(case: Case, p: SimpleNamespace) -> Outcome:
    return settlement.WORK_PERMITTED.test(case, p)


@PERSON.condition("9a.2.1.nr3", "§ 9a Abs. 2 Satz 1 Nr. 3, Satz 2 AufenthG", Binding.MUST)
def speaks_b1(case: Case, p: SimpleNamespace) -> Outcome:
    return settlement.german_for_settlement(case)


@PERSON.condition("9a.2.1.nr4", "§ 9a Abs. 2 Satz 1 Nr. 4, Satz 2 AufenthG", Binding.MUST)
def knows_the_order(case: Case, p: SimpleNamespace) -> Outcome:
    return settlement.CIVICS.test(case, p)


@PERSON.condition("9a.2.1.nr5", "§ 9a Abs. 2 Satz 1 Nr. 5 AufenthG", Binding.MUST)
def public_order(case: Case, p: SimpleNamespace) -> Outcome:
    return settlement.ORDER.test(case, p)


@PERSON.condition("9a.2.1.nr6", "§ 9a Abs. 2 Satz 1 Nr. 6 AufenthG", Binding.HELD)
def housing(case: Case, p: SimpleNamespace) -> Outcome:
    return settlement.HOUSING.test(case, p)


PERSON.takes(general.IDENTITY, *general.EVERYWHERE)
