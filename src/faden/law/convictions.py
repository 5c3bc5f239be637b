"""Sentences and what stays out of account. Asked in the conversation alone, they are used and never written."""

from collections.abc import Iterable

from faden.law.case import Case
from faden.law.facts import Conviction
from faden.law.outcome import Outcome, met, not_met, unknown

FACT = "convictions"


def known(case: Case) -> tuple[Conviction, ...] | Outcome:
    """All of them, or the answer that stands for them: asked in the conversation, or nobody asked."""
    if case.was_asked(FACT):
        return met(code="asked", assumes=("asked_convictions",))
    return unknown(FACT) if case.facts.convictions is None else case.facts.convictions


def fines_up_to(case: Case, *, ordinary: int | None, foreigners_only: int) -> Outcome:
    """No intentional offence; fines up to these sums stay out of account ("grundsätzlich"), all of them added up.

    `ordinary=None`: only offences that foreigners alone can commit stay out (§ 60d).
    """
    found = known(case)
    if isinstance(found, Outcome):
        return found
    counted = [one for one in found if one.intentional is not False]
    if not counted:
        return met()
    if any(one.kind == "unspecified" for one in counted):
        return unknown(FACT, code="details")
    if any(one.kind not in {"fine", "youth_measure"} for one in counted):
        return not_met(code="prison", final=True)
    fines = [one for one in counted if one.kind == "fine"]
    if any(one.daily_rates is None for one in fines):
        return unknown(FACT, code="details")
    total, others = rates(fines), rates(one for one in fines if not one.foreigners_only)
    if ordinary is None:
        bad = others > 0 or total > foreigners_only
    else:
        bad = total > (foreigners_only if others == 0 else ordinary)
    return not_met(total, "fines", final=True) if bad else met(total, "fines")


def rates(fines: Iterable[Conviction]) -> int:
    """Daily rates added up."""
    return sum(one.daily_rates or 0 for one in fines)


def expulsion_weight(case: Case) -> Outcome:
    """§ 54 (1) or (2) Nr. 1, 2: prison of six months or more for intent, youth prison of a year unsuspended."""
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
        if one.kind == "prison" and (one.months or 0) >= 6:
            return not_met(one.months, "prison", final=True)
        if one.kind == "youth_prison" and (one.months or 0) >= 12 and not one.suspended:
            return not_met(one.months, "prison", final=True)
    return met()
