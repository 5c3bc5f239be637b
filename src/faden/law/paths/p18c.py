"""§ 18c AufenthG: settlement for skilled workers; (1) with or without a German certificate, (2) Blue Card, (3) highly qualified."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds, settlement, skilled
from faden.law.case import Case
from faden.law.held import months_held
from faden.law.knowledge import german
from faden.law.outcome import Binding, Claim, Outcome, State, decision, either, met, not_met, unknown
from faden.law.rules import Condition, Path, Version

BEFORE_CARD, CARD = date(2023, 11, 17), date(2023, 11, 18)  # § 18g; until then § 18b (2), the same paper
SHALL = date(2024, 3, 1)  # three years, 27 months, (3) "soll": G v. 16.8.2023 BGBl. 2023 I Nr. 217

SETTLED = Path("18c", "§ 18c AufenthG", (Version(Claim.CLAIM),))

TITLES = frozenset({"ae_18a", "ae_18b", "ae_18d", "ae_18g"})
BLUE = frozenset({"ae_18g"})
TRAINED = frozenset({"qualified", "university"})


def highly_qualified(case: Case) -> bool:
    """(3) is for special cases: nobody is taken for one who does not say so. It asks for no time, pension or level."""
    return bool(case.facts.qualification.highly_qualified)


def _unless_3(case: Case, base: Outcome) -> Outcome:
    return met(code="not_asked") if highly_qualified(case) else base


def _certificate(case: Case) -> bool | None:
    """A training or degree completed in Germany ((1) S. 2)."""
    if skilled.trained_here(case, TRAINED) is not None:
        return True
    held = case.facts.qualification
    return False if held.german is False or held.kind == "none" else None


@SETTLED.condition("18c.1.1.nr1", "§ 18c Abs. 1 Satz 1 Nr. 1, Satz 2, Abs. 2 Satz 1 und 3, Abs. 3 AufenthG", Binding.MUST, dated=True)
def long_enough(case: Case, p: SimpleNamespace) -> Outcome:
    """Time with the titles (1) names, or with the Blue Card alone ((2)); the earlier day counts."""
    if highly_qualified(case):
        return decision("highly_qualified")
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if case.title not in TITLES:
        return not_met(case.title, "settled" if case.title in kinds.UNLIMITED else "other_paper")
    return _earlier([_by_title(case, p), _by_blue_card(case, p)] if case.title in BLUE else [_by_title(case, p)])


def _earlier(ways: list[Outcome]) -> Outcome:
    best = either(ways)
    if best.state is State.NOT_MET:
        return min(ways, key=lambda one: one.earliest or date.max)
    if best.state is State.MET:
        return min((one for one in ways if one.state is State.MET), key=lambda one: one.earliest or date.max)
    return best


def _by_title(case: Case, p: SimpleNamespace) -> Outcome:
    certificate = _certificate(case)
    found = months_held(case, p.months_german if certificate else p.months, TITLES)
    if certificate is None and found.state is State.NOT_MET and months_held(case, p.months_german, TITLES).state is not State.NOT_MET:
        return unknown("qualification.german", code="certificate")
    return found


def _by_blue_card(case: Case, p: SimpleNamespace) -> Outcome:
    """Fewer months with B1; told but not proved, it is asked for while it makes the difference."""
    b1 = _b1(case).state
    found = months_held(case, p.card_months_b1 if b1 is State.MET else p.card_months, BLUE)
    if b1 is State.UNKNOWN and found.state is State.NOT_MET and months_held(case, p.card_months_b1, BLUE).state is not State.NOT_MET:
        return unknown("language" if case.facts.language is None else "language.proof", code="b1_would_do")
    return found


def _b1(case: Case) -> Outcome:
    return met("B1", "course") if case.facts.course.passed else german(case, "B1")


def _on_blue_card(case: Case, p: SimpleNamespace) -> bool:
    """Whether (2) is the way to look at: who holds the card and does not come sooner by (1)."""
    if case.title not in BLUE:
        return False
    card, title = _by_blue_card(case, p), _by_title(case, p)
    if _b1(case).state is not State.MET or State.UNKNOWN in {card.state, title.state}:
        return True  # (1) wants B1 in any case
    return (card.earliest or date.max) <= (title.earliest or date.max)


@SETTLED.condition("18c.1.1.nr2", "§ 18c Abs. 1 Satz 1 Nr. 2 AufenthG", Binding.MUST)
def holds_such_a_job(case: Case, p: SimpleNamespace) -> Outcome:
    """Skilled work today; with one of these titles a job is taken to be the one it was given for."""
    return _unless_3(case, _job(case))


def _job(case: Case) -> Outcome:
    rows = case.jobs
    if case.facts.work is not None and not rows:
        return not_met(code="no_work")
    answers = [skilled.is_qualified(one) for one in rows]
    if True in answers:
        return met()
    if rows and case.title in TITLES and None in answers:
        return met(assumes=("job_of_the_title",))
    if rows:
        return not_met(code="unskilled_job") if None not in answers else unknown("work.qualified")
    return unknown("work")


@SETTLED.condition("18c.1.1.nr3", "§ 18c Abs. 1 Satz 1 Nr. 3, Satz 2, Abs. 2 AufenthG", Binding.MUST)
def pension(case: Case, p: SimpleNamespace) -> Outcome:
    """As many months of contributions as of time: for that of (2) no others are asked. § 9 (3) does not apply here."""
    return _unless_3(case, _pension(case, p))


def _pension(case: Case, p: SimpleNamespace) -> Outcome:
    paid = case.facts.pension_months
    if paid is None:
        return unknown("pension_months")
    if case.paper is None and p.card_months_b1 <= paid < p.months:
        return unknown("stays")
    if _on_blue_card(case, p):
        needed = p.card_months_b1 if _b1(case).state is not State.NOT_MET else p.card_months
        return met(paid) if paid >= needed else not_met(paid, "months")
    if paid >= p.months:
        return met(paid)
    if paid < p.months_german:
        return not_met(paid, "months")
    certificate = _certificate(case)
    if certificate is None:
        return unknown("qualification.german", code="certificate")
    return met(paid) if certificate else not_met(paid, "months")


@SETTLED.condition("18c.1.1.nr4", "§ 18c Abs. 1 Satz 1 Nr. 4, Abs. 2 Satz 1 AufenthG", Binding.MUST)
def speaks_german(case: Case, p: SimpleNamespace) -> Outcome:
    """B1; with the months of a Blue Card A1 is enough. § 9 (2) S. 2-4 applies."""
    base = settlement.german_for_settlement(case, "A1" if _on_blue_card(case, p) else "B1", simple=False)
    if case.paper is None and base.state is State.NOT_MET and settlement.german_for_settlement(case, "A1", simple=False).state is not State.NOT_MET:
        return unknown("stays")
    return _unless_3(case, base)


def _unless_highly_qualified(shared: Condition) -> None:
    """§ 9 (2) S. 1 Nr. 2, 5, 6, 8, 9: asked by (1) and (2), not by (3)."""

    @SETTLED.condition(shared.id, f"§ 18c Abs. 1 Satz 1 Nr. 5, Abs. 2, {shared.law}", shared.binding)
    def test(case: Case, p: SimpleNamespace) -> Outcome:
        return _unless_3(case, settlement.asked_once(case, shared, p))


_unless_highly_qualified(settlement.LIVELIHOOD)
SETTLED.takes(settlement.ORDER)
for _shared in (settlement.WORK_PERMITTED, settlement.LICENCES, settlement.CIVICS_18C, settlement.HOUSING):
    _unless_highly_qualified(_shared)
SETTLED.takes(*general.OF_A_TITLE)
