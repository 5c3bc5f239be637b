"""Who may do what about somebody's stay. Each refusal is a sentence."""

from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


def may_answer_clients(actor: Actor) -> Verdict:
    """At the office: building block 3 alone."""
    return may(actor, Permission.ANSWER_CLIENTS)


def may_read_rules(actor: Actor) -> Verdict:
    """Who works with the rules, at a desk or in building block 3 of an office."""
    return may(actor, Permission.READ_RULES)
