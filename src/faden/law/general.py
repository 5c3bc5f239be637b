"""Conditions many paths share: § 5, § 10 (3), § 11, § 79 AufenthG."""

from types import SimpleNamespace

from faden.law.case import Case
from faden.law.convictions import known
from faden.law.facts import Conviction
from faden.law.livelihood import secured
from faden.law.outcome import Binding, Outcome, decision, free_of, met, not_met, unknown
from faden.law.rules import Condition


def _livelihood(case: Case, p: SimpleNamespace) -> Outcome:
    return secured(case)


def identity_clear(case: Case) -> Outcome:
    """Clarified; efforts and an open one are named apart."""
    identity = case.facts.identity
    if identity.state is None and case.was_asked("identity"):
        return met(code="asked", assumes=("asked_identity",))
    if identity.state == "clarified" and not (identity.since and identity.since > case.on):
        return met(identity.since)
    return unknown("identity.state") if identity.state is None else not_met(identity.state, identity.state)


def _identity(case: Case, p: SimpleNamespace) -> Outcome:
    return identity_clear(case)


def interest_or_sentences(case: Case) -> Outcome | tuple[Conviction, ...]:
    """What the office said of an interest in expulsion; where it said nothing, the sentences it could come from."""
    held = case.facts.held.expulsion_interest
    return known(case) if held is None else free_of(held, "held.expulsion_interest")


def _no_expulsion_interest(case: Case, p: SimpleNamespace) -> Outcome:
    found = interest_or_sentences(case)
    if isinstance(found, Outcome):
        return found
    counted = [one for one in found if one.intentional is not False or one.kind in {"prison", "youth_prison"}]
    return decision("weighed", len(counted)) if counted else met()


def _passport(case: Case, p: SimpleNamespace) -> Outcome:
    passport = case.facts.identity.passport
    return unknown("identity.passport") if passport is None else met() if passport else not_met()


def _security(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.security_ground, "held.security_ground")


def _entry_ban(case: Case, p: SimpleNamespace) -> Outcome:
    return free_of(case.facts.held.entry_ban, "held.entry_ban")


def _proceedings(case: Case, p: SimpleNamespace) -> Outcome:
    running = case.facts.held.proceedings
    if running:
        return unknown("held.proceedings", code="pending")
    return met() if running is False else met(assumes=("no_proceedings",))


LIVELIHOOD = Condition("5.1.nr1", "§ 5 Abs. 1 Nr. 1 AufenthG", Binding.USUAL, _livelihood, shared=True)
IDENTITY = Condition("5.1.nr1a", "§ 5 Abs. 1 Nr. 1a AufenthG", Binding.USUAL, _identity, shared=True)
EXPULSION = Condition("5.1.nr2", "§ 5 Abs. 1 Nr. 2 AufenthG", Binding.USUAL, _no_expulsion_interest, shared=True)
PASSPORT = Condition("5.1.nr4", "§ 5 Abs. 1 Nr. 4 AufenthG", Binding.ASSUMED, _passport, shared=True)
SECURITY = Condition("5.4", "§ 5 Abs. 4 AufenthG", Binding.HELD, _security, shared=True)
ENTRY_BAN = Condition("11.1", "§ 11 Abs. 1 AufenthG", Binding.HELD, _entry_ban, shared=True)
PROCEEDINGS = Condition("79.2", "§ 79 Abs. 2 AufenthG", Binding.BAR, _proceedings, shared=True)
EVERYWHERE = (PASSPORT, SECURITY, ENTRY_BAN, PROCEEDINGS)
OF_A_TITLE = (IDENTITY, EXPULSION, *EVERYWHERE)


def after_asylum(case: Case, *, section_5: bool = False, claim: bool = False) -> Outcome:
    """§ 10 (3) S. 1 and 2: after a final refusal or a withdrawal no title before departure but one of Section 5 or a claim."""
    asylum = case.facts.asylum
    if asylum.state is None:
        return unknown("asylum.state")
    if asylum.state not in {"rejected", "withdrawn"} or claim:
        return met(asylum.state)
    if asylum.state == "rejected" and asylum.manifestly_unfounded:
        return not_met(asylum.state, "manifestly_unfounded", final=True)
    return met(asylum.state) if section_5 else not_met(asylum.state, "after_asylum", final=True)


