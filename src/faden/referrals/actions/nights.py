"""What the night does to a Vermittlung: remind, end the waiting, have the client asked. Each once, each on its own."""

from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.cases.vocabulary.case import Phase
from faden.consents.queries.links import to_mail
from faden.consents.vocabulary import Channel
from faden.kernel.actor import Actor
from faden.kernel.queue import enqueue
from faden.referrals.actions import referrals
from faden.referrals.models import Referral, Sending
from faden.referrals.queries.nights import is_told, waiting_of
from faden.referrals.rules.nights import is_over, is_silent, is_to_remind
from faden.referrals.rules.states import ask_on
from faden.referrals.vocabulary import ReferralState

TITLE = 200


def remind(sending_id: UUID, *, by: Actor, on: date, at: datetime) -> bool:
    """The mail is queued with the mark that says so: none is lost and none goes twice."""
    sending = _locked(sending_id)
    if sending is None or not is_to_remind(waiting_of(sending), on=on):
        return False
    if sending.channel == Channel.LINK and to_mail(sending.release.id, at=at) is None:
        return False  # locked by wrong codes: reminded once somebody there can open it again
    referrals.remind(sending, by=by, at=at)
    if sending.channel == Channel.LINK:
        enqueue("referrals.remind_by_link", by=by, key=f"remind-{sending.id}", release_id=sending.release.id)
    elif sending.recipient_id and sending.release.delivery_id:
        # Who works there is the recipient's own to know: its job writes to its people.
        there = Actor.system(sending.recipient_id)
        enqueue("deliveries.remind", by=there, key=f"remind-{sending.id}", delivery_id=sending.release.delivery_id)
    return True


def expire(sending_id: UUID, *, by: Actor, on: date, at: datetime) -> bool:
    """The last day has passed without an answer."""
    sending = _locked(sending_id)
    if sending is None or not is_over(waiting_of(sending), on=on):
        return False
    referrals.expire(sending, by=by, at=at)
    return True


def call(sending_id: UUID, *, by: Actor, on: date, at: datetime) -> bool:
    """They said that it arrived, and can open it no longer: a task to call them; where it stands is left to a person."""
    sending = _locked(sending_id)
    if sending is None or not is_silent(waiting_of(sending), on=on) or is_told(sending):
        return False
    referral = sending.referral
    case = Case.objects.get(id=referral.case_id)
    if case.phase == Phase.CLOSED:
        return False
    # A job has no reader whose language could be asked.
    with translation.override("de"):
        title = _("Nachfragen bei %(recipient)s, Antwort fehlt noch: %(wish)s")
        title %= {"recipient": sending.recipient_name, "wish": referral.wish}
    about = About(tuple(referral.persons), referral.confidential)
    tasks.make(tasks.Wanted(title[:TITLE], on, case.lead_id, about), case=case, by=by, at=at)
    referrals.note_silent(sending, by=by, at=at)
    return True


def ask(referral_id: UUID, *, by: Actor, on: date, at: datetime) -> bool:
    """Two weeks later: a task for whoever leads the case, to ask the client whether it helped."""
    found = Referral.objects.select_for_update(of=("self",)).select_related("case")
    referral = found.filter(id=referral_id, state=ReferralState.FINISHED, asked_on__isnull=True).first()
    if referral is None or referral.case.phase == Phase.CLOSED:
        return False
    due = ask_on(referral.ended_on, referral.helped)
    if due is None or due > on:
        return False
    # A job has no reader whose language could be asked.
    with translation.override("de"):
        title = _("Nachfragen, ob es geholfen hat: %(wish)s") % {"wish": referral.wish}
    about = About(tuple(referral.persons), referral.confidential)
    tasks.make(tasks.Wanted(title[:TITLE], on, referral.case.lead_id, about), case=referral.case, by=by, at=at)
    referral.asked_on = on
    referral.save(update_fields=["asked_on"])
    return True


def _locked(sending_id: UUID) -> Sending | None:
    """First the Vermittlung, as every answer does: who answers in this moment is waited for."""
    sending = Sending.objects.filter(id=sending_id).first()
    if sending is None:
        return None
    Referral.objects.select_for_update().get(id=sending.referral_id)
    found = Sending.objects.select_for_update(of=("self",)).select_related("referral", "release")
    return found.filter(id=sending_id, ended_at__isnull=True).first()
