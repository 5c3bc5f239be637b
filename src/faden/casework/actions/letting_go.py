"""Closing a case ends what others still have of it; whoever can still read or answer needs somebody who waits."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseMember
from faden.casework.queries.outside import outside, readable_minutes, seal_of
from faden.consents.actions import releases
from faden.consents.models import Reply
from faden.consents.vocabulary import ReleaseEnd
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.referrals.actions import referrals, transfer_ends, watches
from faden.referrals.models import CaseTransfer, Referral, Sending
from faden.referrals.rules.states import is_withdrawn_at_closing
from faden.referrals.vocabulary import ReferralState, TransferState
from faden.residence.actions import outlooks, requests

_ASKING = [state for state in ReferralState if is_withdrawn_at_closing(state)]


def check_seen(case: Case, seen: str, *, at: datetime) -> None:
    """What ends is what the worker has read: an answer that came meanwhile she reads first."""
    if seal_of(outside(case, now=at)) != seen:
        raise Invalid(_("Bei dem, was bei anderen läuft, hat sich inzwischen etwas geändert. Bitte sehen Sie es noch einmal an."))


def let_go(case: Case, *, by: Actor, at: datetime) -> None:
    """Fallübergaben nobody has accepted, Vermittlungen, minutes, what the night looks for. Laufende Freigaben end with their chains."""
    for transfer in CaseTransfer.objects.filter(case=case).order_by("prepared_at"):
        if transfer.state == TransferState.ACCEPTED:
            raise Invalid(_("Dieser Fall ist übergeben. Bitte schließen Sie zuerst die Fallübergabe ab."))
        transfer_ends.withdraw(transfer, by=by, at=at)
    standing = Exists(Sending.objects.filter(referral=OuterRef("id"), ended_at__isnull=True))
    to_end = Referral.objects.filter(Q(state__in=_ASKING) | standing, case=case).order_by("begun_at", "id")
    for referral_id in list(to_end.values_list("id", flat=True)):
        referrals.end_with_case(referral_id, by=by, at=at)
    for minutes, _confidential in readable_minutes(case, now=at):
        releases.end(minutes, ReleaseEnd.DONE, by=by, at=at)
    watches.end_all_for(case, by=by, at=at)
    outlooks.end_all_for(case, by=by, at=at)
    requests.end_all_for(case, by=by, at=at)


def check_nobody_answers(case: Case) -> None:
    """An answer has crossed and its job has not come: it counts before the case closes. Asked after all copies have ended."""
    of_them = Q(release__person_id__in=CaseMember.objects.filter(case=case).values("person_id"))
    of_it = Q(release_id__in=Sending.objects.filter(case=case).values("release_id"))
    if Reply.objects.filter(of_them | of_it, taken_at__isnull=True).exists():
        raise Invalid(_("Zu diesem Fall kommt gerade eine Antwort an. Bitte versuchen Sie es in einer Minute noch einmal."))
