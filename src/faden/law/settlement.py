"""§ 9 (2) S. 1 Nr. 1-9 AufenthG with S. 2-6 and (3): the conditions of settlement that other paragraphs refer to."""

from types import SimpleNamespace

from faden.law import convictions, kinds
from faden.law.case import LEVELS, Case
from faden.law.held import OLD_LAW_UNTIL
from faden.law.knowledge import civic_knowledge, german
from faden.law.livelihood import secured
from faden.law.outcome import Binding, Outcome, State, decision, met, not_met, unknown, unless, weighed
from faden.law.rules import Condition, Test

YEARS, PENSION_MONTHS = 5, 60  # § 9 (2) S. 1 Nr. 1, 3: the same in every stored text
# Titles that do not carry the right to work by themselves (§ 4a (1) S. 1 with the paragraph of the title).
_NO_WORK = frozenset({"ae_7_1_3", "ae_16f", "ae_22", "ae_23_1", "ae_25_4", "ae_25_4a", "ae_25_4b"})
# Of these the order or the office may allow it (§§ 22 S. 3, 23 (1) S. 4, 25 (4) S. 3): who is registered for work is taken to be allowed.
_ALLOWED_BY_ORDER = frozenset({"ae_22", "ae_23_1", "ae_25_4", "ae_25_4a", "ae_25_4b"})
_FULL_TIME = 30  # hours; who works so much is not in training as well


def ill(base: Outcome, case: Case) -> Outcome:
    """§ 9 (2) S. 3, 6: illness or disability, not age; the fact asks for both, so the result says what it takes for granted."""
    found = unless(base, case.facts.exceptions.illness_or_age, "exceptions.illness_or_age")
    return found._replace(assumes=(*found.assumes, "illness_not_age")) if found.state is State.WAIVED and base.state is not State.WAIVED else found


def _knowledge(base: Outcome, case: Case, *, simple: bool = True) -> Outcome:
    """§ 9 (2) S. 3-5: illness; `simple`: S. 5, simple oral German and no claim or duty to a course; hardship, which the office weighs."""
    if base.state is not State.NOT_MET:
        return base
    exceptions = case.facts.exceptions
    if simple and exceptions.low_learning_need:
        if case.level("oral")[1] >= LEVELS["A1"]:
            return base._replace(state=State.WAIVED, code="low_need")
        if case.facts.language is None and not exceptions.illness_or_age:
            return unknown("language")
    found = ill(base, case)
    return weighed(found, True, "exceptions.hardship") if exceptions.hardship else found


def german_for_settlement(case: Case, level: str = "B1", *, simple: bool = True) -> Outcome:
    """With the exceptions of S. 3-5; § 18c refers to S. 3 and 4 alone."""
    return _knowledge(german_proved(case, level), case, simple=simple)


def german_proved(case: Case, level: str = "B1") -> Outcome:
    """A passed integration course proves it (S. 2); of those who held a permit before 2005 simple spoken German is asked (§ 104 (2) S. 1)."""
    if case.facts.course.passed:
        return met(level, "course")
    base = german(case, level)
    if base.state is State.MET or case.level("oral")[1] < LEVELS["A1"]:
        return base
    return base._replace(state=State.WAIVED, code="before_2005", missing=()) if permitted_before_2005(case) else _unless_before_2005(case, base)


_OLD_PERMITS = kinds.AE - kinds.SECTION_3  # study and training were an Aufenthaltsbewilligung


def permitted_before_2005(case: Case) -> bool | None:
    """Held an Aufenthaltserlaubnis or Aufenthaltsbefugnis when the AufenthG came into force (§ 104 (2)); None where nobody told of papers."""
    if case.facts.stays is None:
        entry, born = case.facts.entry_date, case.birth_date
        return None if (entry or OLD_LAW_UNTIL) <= OLD_LAW_UNTIL and (born or OLD_LAW_UNTIL) <= OLD_LAW_UNTIL and (entry or born) else False
    return bool(case.stays) and case.stays[0].start <= OLD_LAW_UNTIL and any(
        one.kind in _OLD_PERMITS and one.covers(OLD_LAW_UNTIL) for one in case.stays
    )  # fmt: skip


def _unless_before_2005(case: Case, base: Outcome) -> Outcome:
    """What § 104 (2) spares is not missing while nobody told of the papers."""
    return unknown("stays") if base.state is State.NOT_MET and permitted_before_2005(case) is None else base


def _livelihood(case: Case, p: SimpleNamespace) -> Outcome:
    return ill(secured(case), case)


def spouse_lives_here(case: Case) -> bool | None:
    """A marriage that is lived; nobody told of where the household is described."""
    household = case.facts.household
    if household.spouse is not None:
        return household.spouse.living_together
    if household.has_spouse is False or (household.has_spouse is None and household != type(household)()):
        return False
    return None


def pension(case: Case, months: int, *, trainees: bool = True) -> Outcome:
    """Own months, the spouse's (3) S. 1, or none at all while in training (3) S. 2."""
    paid, together = case.facts.pension_months, spouse_lives_here(case)
    if paid is not None and paid >= months:
        return met(paid)
    if permitted_before_2005(case):
        return met(paid, "before_2005")
    if case.in_training and trainees:
        return met(paid, "training")
    spouse = case.facts.household.spouse
    if together is not False and spouse and (spouse.pension_months or 0) >= months:
        return met(spouse.pension_months, "spouse") if together else unknown("household.spouse.living_together")
    if case.facts.exceptions.illness_or_age:
        return ill(not_met(paid, "months"), case)
    if paid is None:
        return unknown("pension_months")
    if together is None:
        return unknown("household.spouse.living_together" if spouse else "household.has_spouse", code="spouse_open")
    if together and spouse is None:
        return unknown("household.spouse.pension_months", code="spouse_open")
    if together and spouse and spouse.pension_months is None:
        return unknown("household.spouse.pension_months", code="spouse_open")
    if trainees and case.in_training is None and not _works_full_time(case):
        return unknown("training", code="training_open")
    return _unless_before_2005(case, ill(not_met(paid, "months"), case))


def _works_full_time(case: Case) -> bool:
    return sum(one.hours_per_week or 0 for one in case.jobs) >= _FULL_TIME


def _pension(case: Case, p: SimpleNamespace) -> Outcome:
    return pension(case, PENSION_MONTHS)


def _order(case: Case, p: SimpleNamespace) -> Outcome:
    """No automatism: the gravity is held against the length of the stay and the ties here."""
    held = case.facts.held
    if held.security_ground:
        return not_met(code="security", final=True)
    found = convictions.known(case)
    if isinstance(found, Outcome):
        return decision("weighed") if held.expulsion_interest else found
    grave = convictions.expulsion_weight(case)
    if grave.state is not State.MET and not (held.expulsion_interest and not found):
        return grave
    counted = [one for one in found if one.intentional is not False]
    if counted or held.expulsion_interest:
        return decision("weighed", len(counted))
    return met()


def _work_permitted(case: Case, p: SimpleNamespace) -> Outcome:
    """Only of employees; a title allows work unless the law or the paper forbids it (§ 4a (1) S. 1). One spouse suffices (3)."""
    if case.facts.person.works_as_employee is False or (case.facts.person.works_as_employee is None and case.working is False):
        return met(code="no_employee")
    today = [one.permitted for one in case.jobs]
    if today and all(one is False for one in today):
        together = spouse_lives_here(case)
        if together is None:
            return unknown("household.spouse.living_together" if case.facts.household.spouse else "household.has_spouse", code="spouse_may_work")
        return decision("spouse_suffices") if together else not_met(code="work_forbidden")
    if True in today:
        return met()
    if case.title in _NO_WORK and not (case.title in _ALLOWED_BY_ORDER and any(one.insured for one in case.jobs)):
        return unknown("work.permitted", code="title_without_work")
    return met(assumes=("work_permitted",))


def _licences(case: Case, p: SimpleNamespace) -> Outcome:
    licence = case.facts.job_offer.licence
    if licence is None:
        return unknown("job_offer.licence")
    return met() if licence else not_met(code="licence")


def _german(case: Case, p: SimpleNamespace) -> Outcome:
    return german_for_settlement(case)


def _order_of_law(case: Case, p: SimpleNamespace) -> Outcome:
    return met(code="before_2005") if permitted_before_2005(case) else _unless_before_2005(case, _knowledge(civic_knowledge(case), case))


def _order_of_law_18c(case: Case, p: SimpleNamespace) -> Outcome:
    base = _knowledge(civic_knowledge(case), case, simple=False)
    return met(code="before_2005") if permitted_before_2005(case) else _unless_before_2005(case, base)


def _housing(case: Case, p: SimpleNamespace) -> Outcome:
    enough = case.facts.household.housing_sufficient
    if enough is None:
        return unknown("household.housing_sufficient")
    return met() if enough else not_met(code="too_small")


def _condition(number: int, binding: Binding, test: Test, *, dated: bool = False) -> Condition:
    return Condition(f"9.2.1.nr{number}", f"§ 9 Abs. 2 Satz 1 Nr. {number} AufenthG", binding, test, dated=dated, shared=True)


LIVELIHOOD = _condition(2, Binding.MUST, _livelihood)
PENSION = _condition(3, Binding.MUST, _pension)
ORDER = _condition(4, Binding.MUST, _order)
WORK_PERMITTED = _condition(5, Binding.MUST, _work_permitted)
# Nobody is asked for these before the office asks; a no refuses, silence is said as an assumption.
LICENCES = _condition(6, Binding.HELD, _licences)
GERMAN = _condition(7, Binding.MUST, _german)
CIVICS = _condition(8, Binding.MUST, _order_of_law)
CIVICS_18C = _condition(8, Binding.MUST, _order_of_law_18c)  # without S. 5
HOUSING = _condition(9, Binding.HELD, _housing)


def asked_once(case: Case, shared: Condition, p: SimpleNamespace) -> Outcome:
    """The answer several paths share, where one of them makes something else of it."""
    found = case.answered.get(shared.test)
    if found is None:
        found = case.answered[shared.test] = shared.test(case, p)
    return found


def already_settled(case: Case) -> bool:
    """Holds an unlimited right already."""
    return case.title in kinds.UNLIMITED
