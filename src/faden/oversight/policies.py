"""May I ask for, confirm, refuse or end an evaluation? Four eyes are two people, not two roles."""

from datetime import date

from django.utils.translation import gettext as _

from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission
from faden.oversight.models import OversightMatter
from faden.oversight.queries.matters import state_of
from faden.oversight.vocabulary import MatterState


def may_ask(actor: Actor) -> Verdict:
    """The data protection officer asks."""
    return may(actor, Permission.SEE_LOOKS)


def may_decide(actor: Actor, matter: OversightMatter, *, on: date) -> Verdict:
    """Confirm or refuse: team lead or administration, another person, once."""
    allowed = may(actor, Permission.CONFIRM_OVERSIGHT)
    if not allowed:
        return allowed
    # By user, not by role: the same person may hold both.
    if actor.user_id == matter.asked_by:
        return no(_("Sie haben diese Auswertung selbst beantragt. Darüber entscheidet eine andere Person."))
    if state_of(matter, on=on) != MatterState.ASKED:
        return no(_("Über diese Auswertung ist schon entschieden."))
    return yes()


def may_end(actor: Actor, matter: OversightMatter, *, on: date) -> Verdict:
    """Who asked may stop early, or take the request back."""
    allowed = may(actor, Permission.SEE_LOOKS)
    if not allowed:
        return allowed
    if actor.user_id != matter.asked_by:
        return no(_("Beenden kann sie nur, wer sie beantragt hat."))
    if state_of(matter, on=on) not in (MatterState.ASKED, MatterState.OPEN):
        return no(_("Diese Auswertung ist schon zu Ende."))
    return yes()


def may_see_names(actor: Actor, matter: OversightMatter, *, on: date) -> Verdict:
    """The looks with names: for the officer who asked, while it is open."""
    if not may(actor, Permission.SEE_LOOKS) or actor.user_id != matter.asked_by:
        return no(_("Die Namen sieht nur, wer die Auswertung beantragt hat."))
    if state_of(matter, on=on) != MatterState.OPEN:
        return no(_("Namen und Fall sind nur zu sehen, solange die Auswertung offen ist."))
    return yes()
