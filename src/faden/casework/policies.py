"""Who decides about the course of a case and about who leads it."""

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


def leads(actor: Actor, case: Case) -> bool:
    """Is it her own case? Who stands in for the lead works in it and does not give it away."""
    return bool(may(actor, Permission.WORK_ON_CASES)) and str(case.lead_id) == actor.membership_id


def may_hand_over(actor: Actor, case: Case) -> Verdict:
    """Its lead, or who plans the work of the team."""
    if leads(actor, case):
        return yes()
    plans = may(actor, Permission.PLAN_WORK)
    return plans if plans else no(_("Einen Fall übergibt, wer ihn führt, oder die Teamleitung."))


def may_weigh(actor: Actor, case: Case) -> Verdict:
    """Only who leads it knows how much work it is."""
    return yes() if leads(actor, case) else no(_("Das Gewicht trägt ein, wer den Fall führt."))
