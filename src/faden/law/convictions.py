"""Sentences and what stays out of account. Asked in the conversation alone, they are used and never written."""

from collections.abc import Iterable
from dataclasses import replace

from faden.law.case import Case
from faden.law.facts import Conviction
from faden.law.outcome import Outcome, State, decision, met, not_met, unknown

FACT = "convictions"
OF_FOREIGNERS = "convictions.foreigners_only"
INTENT = "convictions.intentional"


def known(case: Case) -> tuple[Conviction, ...] | Outcome:
    """All of them, or the answer that stands for them: asked in the conversation, or nobody asked."""
    if case.was_asked(FACT):
        return met(code="asked", assumes=("asked_convictions",))
    return unknown(FACT) if case.facts.convictions is None else case.facts.convictions


def fines_up_to(case: Case, *, ordinary: int | None, foreigners_only: int) -> Outcome:
    """No intentional offence; fines up to these sums stay out of account ("grundsätzlich"), all of them added up.

    `ordinary=None`: only offences that foreigners alone can commit stay out (§ 60d). Offences are of intent unless the law
    says otherwise (§ 15 StGB), and ordinary ones unless told; what is taken for granted so is said.
    """
    found = known(case)
    if isinstance(found, Outcome):
        return found
    counted = [one for one in found if one.intentional is not False]
    if not counted:
        return met()
    if any(one.kind == "unspecified" for one in counted):
        return unknown(FACT, code="details")
    if jailed := [one for one in counted if one.kind not in {"fine", "youth_measure"}]:
        return unknown(INTENT) if all(_doubted(case, one, "intentional") for one in jailed) else not_met(code="prison", final=True)
    fines = [one for one in counted if one.kind == "fine"]
    if any(one.daily_rates is None for one in fines):
        return unknown(FACT, code="details")
    worst = _added_up(fines, ordinary, foreigners_only)
    if worst.state is State.MET:
        return worst
    best = _added_up([replace(one, foreigners_only=one.foreigners_only is not False) for one in fines], ordinary, foreigners_only)
    if best.state is not worst.state and OF_FOREIGNERS in case.facts.doubted:
        return unknown(OF_FOREIGNERS, value=worst.value)
    sure = _added_up([one for one in fines if one.intentional], ordinary, foreigners_only)
    if sure.state is not worst.state and INTENT in case.facts.doubted:
        return unknown(INTENT, value=worst.value)
    taken = [code for code, other in (("ordinary_offence", best), ("with_intent", sure)) if other.state is not worst.state]
    return worst._replace(assumes=tuple(taken)) if taken else worst


def _added_up(fines: list[Conviction], ordinary: int | None, foreigners_only: int) -> Outcome:
    """Both kinds, each within its own sum, and together above the lower one: seen differently, so the office weighs."""
    total, others = rates(fines), rates(one for one in fines if not one.foreigners_only)
    if others > (ordinary or 0) or total > foreigners_only:
        return not_met(total, "fines", final=True)
    if ordinary and others and total > ordinary:
        return decision("fines_of_both_kinds", total)
    return met(total, "fines")


def rates(fines: Iterable[Conviction]) -> int:
    """Daily rates added up."""
    return sum(one.daily_rates or 0 for one in fines)


def expulsion_weight(case: Case) -> Outcome:
    """§ 54 (1) or (2) Nr. 1, 2: prison of six months or more for intent, youth prison of a year unsuspended or of two in any case."""
    if case.facts.held.expulsion_interest:
        return not_met(final=True)
    found = known(case)
    if isinstance(found, Outcome):
        return found
    for one in found:
        if one.intentional is False:
            continue
        if one.kind in {"prison", "youth_prison"} and one.months is None:
            return unknown(FACT, code="details")
        if one.kind == "unspecified":
            return unknown(FACT, code="details")
        if _weighs_heavily(one, suspended=bool(one.suspended)):
            if _doubted(case, one, "intentional"):
                return unknown(INTENT)
            if _doubted(case, one, "suspended") and not _weighs_heavily(one, suspended=True):
                return unknown(f"{FACT}.suspended")
            return not_met(one.months, "prison", final=True)
    return met()


def _weighs_heavily(one: Conviction, *, suspended: bool) -> bool:
    least = {"prison": 6, "youth_prison": 24 if suspended else 12}.get(one.kind)
    return least is not None and (one.months or 0) >= least


def _doubted(case: Case, one: Conviction, name: str) -> bool:
    """Said to be unknown; left out it means the usual."""
    return getattr(one, name) is None and f"{FACT}.{name}" in case.facts.doubted
