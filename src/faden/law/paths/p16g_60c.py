"""§ 16g and § 60c AufenthG: title or Duldung for vocational training. The gates are the same, number by number."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from faden.law import duldung, general, kinds
from faden.law.case import VOCATIONAL, Case
from faden.law.days import plus_months
from faden.law.duldung import clarified_in_time, held_for
from faden.law.facts import Training
from faden.law.knowledge import german
from faden.law.livelihood import secured
from faden.law.outcome import (
    Binding,
    Claim,
    Outcome,
    State,
    decision,
    free_of,
    met,
    not_met,
    reached,
    said,
    unknown,
)  # fmt: skip
from faden.law.rules import Condition, Path, Test, Version

TITLE = Path("16g", "§ 16g AufenthG", (Version(Claim.CLAIM, since=date(2024, 3, 1)),))
DULDUNG = Path("60c", "§ 60c AufenthG", (Version(Claim.CLAIM, since=date(2020, 1, 1)),))

# G v. 23.4.2026 BGBl. 2026 I Nr. 111: other EU rules on the state responsible and on safe countries.
GEAS, BEFORE_GEAS = date(2026, 6, 12), date(2026, 6, 11)

# The title is there; it is there and the training is done, (8); number 1, begun as an asylum seeker. Else the paper of number 2.
HOLDER, FINISHED, ASYLUM = "holder_16g", "finished_16g", "as_asylum_seeker"
NOT_ASKED = frozenset({HOLDER, FINISHED, ASYLUM})  # what is asked "in cases of number 2" alone

Gate = Callable[[Case, SimpleNamespace, str], Outcome]


def _both(
    number: str, law: str, binding: Binding, *, dated: bool = False, until: date = date.max, since: date = date.min
) -> Callable[[Gate], Gate]:  # fmt: skip
    """One gate of both paths; it is told which of them asks."""

    def declared(gate: Gate) -> Gate:
        for path in (TITLE, DULDUNG):
            dates = {"since": max(since, path.versions[0].since), "until": until}
            law_there = f"§ {path.key} {law} AufenthG"
            path.condition(f"{path.key}.{number}", law_there, binding, dated=dated, **dates)(_asked_by(gate, path.key))
        return gate

    return declared


def _asked_by(gate: Gate, key: str) -> Test:
    return lambda case, p: gate(case, p, key)


def _applied(case: Case, key: str) -> date | None:
    row = case.apprenticeship
    applied = row.applied if row and row.applied and row.applied <= case.on else None
    return case.applied(key) or applied


def _begun_as_asylum_seeker(case: Case, row: Training) -> bool | None:
    """As said, or by the paper of the first day."""
    if row.begun_as_asylum_seeker is not None:
        return row.begun_as_asylum_seeker
    if row.start is None:
        return None
    paper = case.paper_on(row.start) if row.start <= case.on else None
    return paper is not None and paper.kind == kinds.GESTATTUNG


def _of_number_2(case: Case, base: Outcome) -> Outcome:
    """What is asked in cases of number 2 alone refuses nobody while nobody knows whether it is one of number 1."""
    row, stays, training = case.apprenticeship, case.facts.stays, case.facts.training
    if base.state is not State.NOT_MET:
        return base
    if stays is None or training is None:
        seeker = stays is None or any(one.kind == kinds.GESTATTUNG for one in stays)
        return unknown("training" if training is None else "stays") if seeker else base
    return unknown("training.begun_as_asylum_seeker") if row and _begun_as_asylum_seeker(case, row) is None else base


def _after_training(case: Case) -> bool:
    """The case of § 16g (8)."""
    return case.title == "ae_16g" and case.apprenticeship is None and _finished(case)


def _finished(case: Case) -> bool:
    return any(one.completed and one.completed <= case.on and one.kind in VOCATIONAL for one in case.facts.training or ())


def _route(case: Case, key: str) -> str | None:
    """HOLDER, FINISHED, ASYLUM or the kind of today's paper; None where no paper of today is known."""
    title, row = case.title, case.apprenticeship
    if key == "16g" and title == "ae_16g":
        return FINISHED if _after_training(case) else HOLDER
    refused = case.facts.asylum.state not in {"pending", "withdrawn", "none"}
    free = title is None or title in kinds.DULDUNGEN or title in {kinds.CLAIM, "unlawful"}
    if free and refused and row and case.facts.stays is not None and _begun_as_asylum_seeker(case, row):
        return ASYLUM
    return title


@_both("1.1", "Abs. 1 Satz 1", Binding.MUST)
def tolerated_or_refused(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Number 1 after the refusal of asylum, or number 2: a Duldung under § 60a, to which §§ 60c, 60d belong (§ 60a (2) S. 3)."""
    route = _route(case, key)
    if route is None:
        return unknown("stays", code="no_paper_today" if case.facts.stays else "")
    if route in {HOLDER, FINISHED}:
        return met(case.title, route)
    if route == ASYLUM:
        return met(case.title, ASYLUM, assumes=() if case.facts.asylum.state == "rejected" else ("asylum_refused",))
    if route in kinds.DULDUNGEN:
        return met(route)
    if route == kinds.CLAIM:
        return decision("claim", route)
    return not_met(route, "asylum_pending" if route == kinds.GESTATTUNG else "other_paper")


@_both("1.1.nr1", "Abs. 1 Satz 1 Nr. 1", Binding.MUST)
def vocational_training(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """a) two years at least (§ 2 (12a)), or b) an assistant's that leads on to an occupation in short supply, with a place promised."""
    row = case.apprenticeship
    if case.facts.training is None:
        return unknown("training")
    if row is None and (later := _but_after_training(case, key)):
        return later
    if row is None:
        rows = case.facts.training
        if any(one.completed and one.completed <= case.on for one in rows):
            return not_met(code="completed")
        return not_met(code="broken_off" if any(one.failed for one in rows) else "no_training")
    if row.kind == "qualified":
        return met(row.kind)
    follow = (said(row.shortage, "training.shortage"), said(row.follow_up_promised, "training.follow_up_promised"))
    if any(one.state is State.NOT_MET for one in follow):
        return not_met(row.kind, "leads_nowhere")
    missing = tuple(fact for one in follow for fact in one.missing)
    return unknown(*missing) if missing else met(row.kind)


@_both("1.2", "Abs. 1 Satz 2", Binding.HELD)
def no_abuse(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Obvious abuse "kann" lead to refusal."""
    return decision("abuse") if case.facts.held.abuse else free_of(case.facts.held.abuse, "held.abuse")


@_both("2.nr1.nr1", "Abs. 2 Nr. 1, § 60a Abs. 6 Satz 1 Nr. 1", Binding.HELD)
def no_benefit_motivated_entry(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    return _but_after_training(case, key) or duldung.no_benefit_motivated_entry(case)


@_both("2.nr1.nr2", "Abs. 2 Nr. 1, § 60a Abs. 6 Satz 1 Nr. 2", Binding.HELD)
def no_obstacle_of_ones_own(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    return _but_after_training(case, key) or duldung.no_obstacle_of_ones_own(case)


@_both("2.nr1.nr3", "Abs. 2 Nr. 1, § 60a Abs. 6 Satz 1 Nr. 3", Binding.BAR, until=BEFORE_GEAS)
@_both("2.nr1.nr3", "Abs. 2 Nr. 1, § 60a Abs. 6 Satz 1 Nr. 3", Binding.BAR, since=GEAS)
def no_safe_country(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    return _but_after_training(case, key) or duldung.no_safe_country(case, p)


def _but_after_training(case: Case, key: str) -> Outcome | None:
    """(8) asks for § 19d (1) Nr. 2, 3, 6, 7 alone; and nothing else refuses while nobody knows whether it is a case of (8)."""
    if key != "16g":
        return None
    if case.title == "ae_16g":
        return unknown("training") if case.facts.training is None else met(code=FINISHED) if _after_training(case) else None
    return unknown("stays") if case.title is None and case.apprenticeship is None and _finished(case) else None


@_both("2.nr2", "Abs. 2 Nr. 2", Binding.MUST, dated=True)
def three_months_of_duldung(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    route = _route(case, key)
    return met(code=route) if route in NOT_ASKED else _of_number_2(case, held_for(case, p.duldung_months, _applied(case, key)))


@_both("2.nr3", "Abs. 2 Nr. 3", Binding.MUST)
def identity_in_time(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Until when depends on the entry; missed, all reasonable measures still open the way to a "kann"."""
    if later := _but_after_training(case, key):
        return later
    entry, identity = case.facts.entry_date, case.facts.identity
    if entry is None:
        early = identity.state == "clarified" and identity.since and identity.since <= p.identity_fixed_day
        return met(identity.since) if early else unknown("entry_date", *(("identity.state",) if identity.state is None else ()))
    if entry <= p.identity_open_end_entry:
        last = None
    else:
        last = p.identity_fixed_day if entry <= p.identity_fixed_entry else plus_months(entry, p.identity_months)
    return clarified_in_time(case, last, _applied(case, key))


@_both("2.nr4.nr6", "Abs. 2 Nr. 4, § 19d Abs. 1 Nr. 6", Binding.HELD)
def no_extremism(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    return free_of(case.facts.held.extremism, "held.extremism")


@_both("2.nr4.nr7", "Abs. 2 Nr. 4, § 19d Abs. 1 Nr. 7", Binding.BAR)
def no_offence(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    return duldung.no_offence(case, ordinary=p.fines, foreigners_only=p.fines_foreigners_only)


@_both("2.nr4", "Abs. 2 Nr. 4", Binding.HELD)
def no_expulsion(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    return free_of(case.facts.held.expulsion_order, "held.expulsion_order")


@_both("2.nr5", "Abs. 2 Nr. 5", Binding.HELD, until=BEFORE_GEAS)
@_both("2.nr5", "Abs. 2 Nr. 5", Binding.HELD, since=GEAS)
def no_removal_under_way(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Only "in cases of number 2"."""
    route = _route(case, key)
    if route in NOT_ASKED:
        return met(code=route)
    return _of_number_2(case, free_of(case.facts.held.removal_measures, "held.removal_measures"))


@_both("3.1", "Abs. 3 Satz 1", Binding.MUST, dated=True)
def not_applied_too_early(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Seven months before the training begins at the earliest."""
    row = case.apprenticeship
    if row is None or row.start is None:
        return _but_after_training(case, key) or _no_start(case, row)
    day, applied = plus_months(row.start, -p.apply_months_before), _applied(case, key)
    return not_met(day, "applied_early") if applied and applied < day <= case.on else reached(day, case.on, row.start)


@_both("3.2", "Abs. 3 Satz 2", Binding.MUST, dated=True)
def not_granted_too_early(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Six months before the training begins at the earliest, in cases of number 2."""
    row, route = case.apprenticeship, _route(case, key)
    if route in NOT_ASKED:
        return met(code=route)
    if row is None or row.start is None:
        return _but_after_training(case, key) or _no_start(case, row)
    return _of_number_2(case, reached(plus_months(row.start, -p.grant_months_before), case.on, row.start))


def _no_start(case: Case, row: Training | None) -> Outcome:
    if row is None:
        return not_met(code="no_training") if case.facts.training is not None else unknown("training")
    return unknown("training.from")


@_both("3.3", "Abs. 3 Satz 3", Binding.MUST)
def contract_stands(case: Case, p: SimpleNamespace, key: str) -> Outcome:
    """Entered in the register or filed for entry; at a school its contract or consent."""
    row = case.apprenticeship
    if row is None:
        return _but_after_training(case, key) or _no_start(case, row)
    if row.contract_registered is None and row.start and row.start <= case.on:
        return met(row.start, "begun", assumes=("contract_registered",))
    return said(row.contract_registered, "training.contract_registered")


@TITLE.condition("16g.8", "§ 16g Abs. 8 AufenthG", Binding.MUST, since=TITLE.versions[0].since)
def matching_work(case: Case, p: SimpleNamespace) -> Outcome:
    """After the training: work that matches it, with the agency's consent."""
    if not _after_training(case):
        return met(code="none")
    offer = case.facts.job_offer
    today = {one.matches for one in case.jobs}
    if offer.agency_consent is False:
        return not_met(code="no_consent")
    if offer.matches or True in today:
        return met(assumes=() if offer.agency_consent else ("agency_consent",))
    return not_met(code="no_matching_work") if offer.matches is False or offer.exists is False else unknown("job_offer.matches")


@TITLE.condition("16g.8.nr2", "§ 16g Abs. 8, § 19d Abs. 1 Nr. 2 AufenthG", Binding.MUST, since=TITLE.versions[0].since)
def housing(case: Case, p: SimpleNamespace) -> Outcome:
    if not _after_training(case):
        return met(code="none")
    return said(case.facts.household.housing_sufficient, "household.housing_sufficient")


@TITLE.condition("16g.8.nr3", "§ 16g Abs. 8, § 19d Abs. 1 Nr. 3 AufenthG", Binding.MUST, since=TITLE.versions[0].since)
def speaks_german(case: Case, p: SimpleNamespace) -> Outcome:
    return german(case, "B1") if _after_training(case) else met(code="none")


def training_livelihood(case: Case, p: SimpleNamespace) -> Outcome:
    """§ 2 (3) S. 5: means as high as the needs of § 12 BAföG; § 16g (10) S. 3: benefits beside aid under SGB III do no harm."""
    living = case.facts.livelihood
    if _after_training(case):
        return secured(case)
    if living.training_needs_met is not None:
        return met(code="training_needs") if living.training_needs_met else not_met(code="training_needs_short")
    if living.benefits and {"bab", "sgb3_training"} & set(living.benefits):
        return met(code="sgb3")
    base = secured(case)
    if base.state is State.MET:
        return base
    return unknown("livelihood.training_needs_met", code="training_needs_ask", value=base.value)


def _no_expulsion_interest(case: Case, p: SimpleNamespace) -> Outcome:
    return duldung.no_interest_beyond_fines(case, ordinary=p.fines, foreigners_only=p.fines_foreigners_only)


TITLE.takes(Condition("5.1.nr1", "§ 5 Abs. 1 Nr. 1, § 2 Abs. 3 Satz 5 AufenthG", Binding.USUAL, training_livelihood))
TITLE.takes(Condition("5.1.nr2", "§ 5 Abs. 1 Nr. 2 AufenthG", Binding.USUAL, _no_expulsion_interest))
TITLE.takes(*general.EVERYWHERE)
DULDUNG.takes(Condition("79.5", "§ 79 Abs. 5 AufenthG", Binding.BAR, general.PROCEEDINGS.test))
