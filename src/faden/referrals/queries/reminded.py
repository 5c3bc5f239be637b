"""At the recipient: whom a notice or a reminder goes to."""

from datetime import date
from uuid import UUID

from faden.consents.models import Delivery
from faden.consents.queries.deliveries import delivery, standing_copy
from faden.consents.vocabulary import DeliveryKind
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import colleagues
from faden.referrals.models import GivenAnswer
from faden.referrals.queries.received import assignment_of
from faden.referrals.rules.received import roles_reading
from faden.referrals.vocabulary import AnswerKind

# Without somebody named: who answers for an agency, or who shares out the work of a desk.
_ANSWERABLE = ("partner", "residence_officer", "team_lead")


def readers_of(delivery_id: UUID, *, on: date) -> list[UUID]:
    """Memberships; nobody once it was answered, has ended, or may not be seen any more. Four statements."""
    copy = Delivery.objects.defer("content").filter(id=delivery_id, ended_at__isnull=True).first()
    if copy is None:
        return []
    if GivenAnswer.objects.filter(series_id=copy.series_id).exclude(kind=AnswerKind.RECEIVED).exists():
        return []
    return _whom(copy.kind, copy.series_id, on=on)


def readers_to_tell(delivery_id: UUID, *, on: date) -> list[UUID]:
    """Whom a notice goes to: something new lies there, or a decision about erasure waits. Not each step of a shared chain."""
    try:
        copy = delivery(standing_copy(delivery_id, kinds=DeliveryKind))
    except NotFound:
        return []
    is_new = copy.ended_at is None and (copy.number == 1 or copy.kind != DeliveryKind.CHAIN)
    return _whom(copy.kind, copy.series_id, on=on) if is_new or copy.waits_for_erasure else []


def _whom(kind: str, series_id: UUID, *, on: date) -> list[UUID]:
    newest = assignment_of(series_id)
    here = dict(colleagues(on=on, roles=roles_reading(kind)).values_list("id", "role"))
    if newest and newest.member_id in here:
        return [newest.member_id]
    named = [member_id for member_id, role in here.items() if role in _ANSWERABLE]
    return named or [member_id for member_id, role in here.items() if role == "case_manager"]
