"""§ 19d AufenthG: qualified workers with a Duldung; (1), (1a) after an Ausbildungsduldung, (4) with a title of Section 5."""

from datetime import date
from types import SimpleNamespace

from faden.law import general, kinds, skilled
from faden.law.case import Case
from faden.law.days import plus_years
from faden.law.duldung import no_offence
from faden.law.knowledge import german
from faden.law.outcome import (
    Binding,
    Claim,
    Outcome,
    State,
    decision,
    either,
    free_of,
    met,
    not_met,
    reached,
    said,
    unknown,
)
from faden.law.rules import Path, Version

SHALL = date(2024, 3, 1)  # "soll", care assistants and (4): G v. 16.8.2023 BGBl. 2023 I Nr. 217
BEFORE = date(2024, 2, 29)
# § 60d and the ordinary Duldung alike; § 60b is a Duldung "mit dem Zusatz" and only its time does not count (§ 60b (1) S. 2, (5)).
TOLERATED = kinds.DULDUNGEN | {kinds.DULDUNG_60B}
LIVED_WITH = frozenset({"housing_costs", "wohngeld"})  # Nr. 1 c: costs of accommodation are left out
STUDIES = frozenset({"university"})
PROTECTION = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2"})  # given because asylum was granted, never under § 10 (3) S. 1

# Before 2024-03-01 (1) was "kann" and (1a) a claim already: the "kann" is a condition of its own, so that (1a) stays what it is.
WORKER = Path("19d", "§ 19d AufenthG", (Version(Claim.SHALL),))


def after_60c(case: Case) -> bool | None:
    """(1a): the training of an Ausbildungsduldung completed; None while papers or training are not known."""
    held = None if case.facts.stays is None else case.has_held("duldung_60c")
    if skilled.trained_here(case, frozenset({"qualified"})) is not None:
        return held
    if held is not False and _over_but_untold(case, frozenset({"qualified"})):
        return None
    return None if held is not False and case.facts.training is None and case.facts.qualification.kind is None else False


def _over_but_untold(case: Case, trainings: frozenset[str]) -> bool:
    """A training that is over, and nobody has said whether it was completed."""
    if "training.completed" in case.facts.denied:
        return False
    rows = [one for one in case.facts.training or () if one.kind in trainings and not one.failed and one.completed is None]
    return any(one.end is not None and one.end <= case.on for one in rows)


def _spared_after_60c(case: Case, base: Outcome) -> Outcome:
    """(1a) does not ask it; whether (1a) is the way must be known before anybody is refused."""
    spared = after_60c(case)
    if spared:
        return met(code="not_asked")
    if spared is None and base.state is State.NOT_MET:
        return unknown("stays" if case.facts.stays is None else "training")
    return base


def in_60c_training(case: Case) -> bool:
    """Still in it: the claim of (1a) opens at its end."""
    return case.title == "duldung_60c" and case.apprenticeship is not None


@WORKER.condition("19d.1", "§ 19d Abs. 1, 1a AufenthG", Binding.MUST, until=BEFORE)
def tolerated(case: Case, p: SimpleNamespace) -> Outcome:
    return _tolerated(case)


@WORKER.condition("19d.1", "§ 19d Abs. 1, 1a, 4 AufenthG", Binding.MUST, since=SHALL)
def tolerated_or_section_5(case: Case, p: SimpleNamespace) -> Outcome:
    """(4): a title of Section 5 given after a refused or withdrawn asylum application."""
    if case.title not in kinds.SECTION_5:
        return _tolerated(case)
    state = case.facts.asylum.state
    if case.title in PROTECTION:
        return not_met(case.title, "other_paper")
    if state in {"rejected", "withdrawn"}:
        return met(case.title, "section_5")
    if state is None and not case.has_held(kinds.GESTATTUNG):
        return unknown("asylum.state")
    return unknown("asylum.state") if state is None else not_met(case.title, "other_paper")


def _tolerated(case: Case) -> Outcome:
    if case.facts.stays is None or case.paper is None:
        return unknown("stays", code="" if case.facts.stays is None else "no_paper_today")
    if case.title in TOLERATED:
        return met(case.title)
    if case.title in {kinds.CLAIM, kinds.FIKTION_3}:
        return decision("no_paper", case.title)
    return not_met(case.title, "other_paper")


@WORKER.condition("19d.1.may", "§ 19d Abs. 1 AufenthG (\"kann\")", Binding.USUAL, until=BEFORE)
def discretion(case: Case, p: SimpleNamespace) -> Outcome:
    return met(code="claim_1a") if after_60c(case) else decision("discretion")


@WORKER.condition("19d.1.nr1", "§ 19d Abs. 1 Nr. 1, Abs. 1a AufenthG", Binding.MUST, until=BEFORE, dated=True)
def qualified(case: Case, p: SimpleNamespace) -> Outcome:
    return _qualified(case, p, frozenset({"qualified"}) | STUDIES)


@WORKER.condition("19d.1.nr1", "§ 19d Abs. 1 Nr. 1, Abs. 1a AufenthG", Binding.MUST, since=SHALL, dated=True)
def qualified_or_care_assistant(case: Case, p: SimpleNamespace) -> Outcome:
    return _qualified(case, p, frozenset({"qualified", "care_assistant"}) | STUDIES)


def _qualified(case: Case, p: SimpleNamespace, trainings: frozenset[str]) -> Outcome:
    """a) trained or graduated here, b) a foreign degree and two years' fitting work, c) three years' qualified work without benefits."""
    done = skilled.trained_here(case, trainings)
    if done is not None:
        return met(done, "trained_here", earliest=done if done != date.min else None)
    running = _training_ends(case)
    if running is not None:
        return running
    untold = (unknown("training.completed"),) if _over_but_untold(case, trainings) else ()
    ways = (*untold, _foreign_degree(case, p), _by_work(case, p))
    best = either(ways)
    if best.state is State.NOT_MET:
        return min(ways, key=lambda one: one.earliest or date.max)
    if best.state is State.UNKNOWN:
        return best._replace(missing=tuple(dict.fromkeys(key for one in ways for key in one.missing)))
    return best


def _training_ends(case: Case) -> Outcome | None:
    if not in_60c_training(case) or case.apprenticeship is None:
        return None
    end = case.apprenticeship.end
    return unknown("training.to") if end is None else reached(end, case.on, end, tolerance=31)


def _foreign_degree(case: Case, p: SimpleNamespace) -> Outcome:
    held = case.facts.qualification
    if held.kind is None:
        return unknown("training", "qualification.kind") if case.facts.training is None else unknown("qualification.kind")
    if held.kind != "none" and held.german is None and held.recognised is None:
        return unknown("qualification.german")  # a) wants it from here
    if held.kind != "academic" or held.german:
        return not_met(held.kind, "no_foreign_degree")
    if held.recognised is None:
        return unknown("qualification.recognised")
    return _work_since(case, p.degree_work_years, skilled.fits) if held.recognised else not_met(held.kind, "not_recognised")


def _by_work(case: Case, p: SimpleNamespace) -> Outcome:
    base = _work_since(case, p.qualified_work_years, skilled.is_qualified)
    return base if base.state is State.NOT_MET else _and(base, _without_benefits(case))


def _and(base: Outcome, other: Outcome) -> Outcome:
    if other.state is State.NOT_MET:
        return other
    if State.UNKNOWN in {base.state, other.state}:
        return unknown(*base.missing, *other.missing)
    return base._replace(assumes=other.assumes)


def _work_since(case: Case, years: int, counts: skilled.Counts) -> Outcome:
    """So many years of such work without a break until today; short breaks are the office's to judge."""
    if case.facts.work is None:
        return unknown("work")
    strict, lenient, asked = skilled.work_run(case, counts)
    if strict is None:
        return unknown(*asked) if asked else not_met(code="no_work")
    full = plus_years(strict, years)
    if full > case.on and asked:
        return unknown(*asked)
    if full > case.on and lenient is not None and plus_years(lenient, years) <= case.on:
        return decision("gap", lenient)
    return reached(full, case.on, strict)


def _without_benefits(case: Case) -> Outcome:
    """For the person and the household in the last year before the application, costs of accommodation left out."""
    living = case.facts.livelihood
    if living.secured_last_12_months is not None:
        return met() if living.secured_last_12_months else not_met(code="benefits_last_year")
    if living.benefits is None:
        return met(assumes=("year_without_benefits",)) if living.secured else unknown("livelihood.secured_last_12_months")
    drawn = skilled.public_funds(living.benefits, LIVED_WITH)
    return not_met(drawn[0], "benefit") if drawn else met(assumes=("year_without_benefits",))


@WORKER.condition("19d.1.job", "§ 19d Abs. 1, 1a, § 18 Abs. 2 Satz 1 Nr. 1 AufenthG", Binding.MUST)
def fitting_job(case: Case, p: SimpleNamespace) -> Outcome:
    """A job that fits the qualification; who has only been told to work as a skilled worker is taken at his word."""
    return skilled.job(case, fitting=True)


skilled.job_conditions(WORKER)


@WORKER.condition("19d.1.nr2", "§ 19d Abs. 1 Nr. 2, § 2 Abs. 4 AufenthG", Binding.HELD)
def housing(case: Case, p: SimpleNamespace) -> Outcome:
    return said(case.facts.household.housing_sufficient, "household.housing_sufficient")


@WORKER.condition("19d.1.nr3", "§ 19d Abs. 1 Nr. 3, § 2 Abs. 11 AufenthG", Binding.MUST)
def speaks_german(case: Case, p: SimpleNamespace) -> Outcome:
    """B1; who has completed a training or studies here has it, unless less is said."""
    base = german(case, "B1")
    if base.state is State.UNKNOWN and skilled.trained_here(case, frozenset({"qualified"}) | STUDIES) is not None:
        return met("B1", "by_training", assumes=("german_by_training",))
    return base


@WORKER.condition("19d.1.nr4", "§ 19d Abs. 1 Nr. 4 AufenthG", Binding.HELD)
def did_not_deceive(case: Case, p: SimpleNamespace) -> Outcome:
    """Not asked by (1a)."""
    return _spared_after_60c(case, free_of(case.facts.identity.deception, "identity.deception"))


@WORKER.condition("19d.1.nr5", "§ 19d Abs. 1 Nr. 5 AufenthG", Binding.HELD)
def did_not_hold_up_removal(case: Case, p: SimpleNamespace) -> Outcome:
    """Not asked by (1a). Who holds a Duldung under § 60b today is said to hold removal up (§ 60b (1) S. 1): the office weighs it."""
    identity = case.facts.identity
    if case.title == kinds.DULDUNG_60B and identity.no_cooperation is None:
        return _spared_after_60c(case, not_met(code="deception", final=True) if identity.deception else decision("paper_60b"))
    return _spared_after_60c(case, free_of(identity.no_cooperation, "identity.no_cooperation"))


@WORKER.condition("19d.1.nr6", "§ 19d Abs. 1 Nr. 6 AufenthG", Binding.HELD)
def no_extremism(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.extremism, "held.extremism")


@WORKER.condition("19d.1.nr7", "§ 19d Abs. 1 Nr. 7 AufenthG", Binding.MUST)
def no_grave_offences(case: Case, p: SimpleNamespace) -> Outcome:
    return no_offence(case, ordinary=p.fine_days, foreigners_only=p.fine_days_foreigners)


@WORKER.condition("10.3.2", "§ 10 Abs. 1, 3 Satz 2 und 3, § 19d Abs. 3 AufenthG", Binding.HELD)
def asylum(case: Case, p: SimpleNamespace) -> Outcome:
    """(3) sets S. 1 aside, not S. 2; the claim of (1a) sets both aside (S. 3), and lets a running procedure be (§ 10 (1))."""
    return _spared_after_60c(case, _asylum(case))


def _asylum(case: Case) -> Outcome:
    told = case.facts.asylum
    if told.state == "pending":
        return not_met(told.state, "asylum_pending")
    if told.state not in {None, "rejected"} or told.manifestly_unfounded is False:
        return met(told.state)
    if told.manifestly_unfounded is None:
        return unknown("asylum.manifestly_unfounded")
    return not_met(told.state, "manifestly_unfounded", final=True)


skilled.bars_104c(WORKER)
WORKER.takes(general.LIVELIHOOD, *general.OF_A_TITLE)
