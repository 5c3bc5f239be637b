"""What the night looks at: sendings without an answer, and what ended two weeks ago."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from faden.cases.rules import TEXT_DAYS
from faden.cases.vocabulary.case import Phase
from faden.kernel.clock import BERLIN
from faden.referrals.models import Answer, IncomingRequest, Referral, ReferralChange, Sending
from faden.referrals.rules.nights import Waiting, is_over, is_silent, is_to_remind
from faden.referrals.vocabulary import ASKED_AFTER, AnswerKind, ChangeKind, Helped, ReferralState


def to_remind(*, on: date) -> list[UUID]:
    """Sendings whose recipient gets a reminder today; two statements."""
    return [sending_id for sending_id, waiting in _waiting() if is_to_remind(waiting, on=on)]


def to_expire(*, on: date) -> list[UUID]:
    """Sendings whose last day has passed without an answer; two statements."""
    return [sending_id for sending_id, waiting in _waiting() if is_over(waiting, on=on)]


def to_call(*, on: date) -> list[UUID]:
    """Sendings of which only "eingegangen" came before their copy ended, and whose case lead was not told; three statements."""
    silent = [sending_id for sending_id, waiting in _waiting() if is_silent(waiting, on=on)]
    rows = Sending.objects.filter(id__in=silent).exclude(case__phase=Phase.CLOSED).exclude(_told())
    return list(rows.order_by("sent_at", "id").values_list("id", flat=True))


def is_told(sending: Sending) -> bool:
    """Whoever leads the case has the task already; one statement."""
    return Sending.objects.filter(_told(), id=sending.id).exists()


def _told() -> Exists:
    lines = ReferralChange.objects.filter(referral=OuterRef("referral"), kind=ChangeKind.SILENT)
    return Exists(lines.filter(changed_at__gte=OuterRef("sent_at")))


def to_ask(*, on: date) -> list[UUID]:
    """Vermittlungen that were finished two weeks ago and whose client nobody was told to ask; one statement."""
    ended = Referral.objects.filter(state=ReferralState.FINISHED, ended_on__lte=on - ASKED_AFTER, asked_on__isnull=True)
    unsaid = ended.filter(Q(helped="") | Q(helped=Helped.NOT_REACHED)).exclude(case__phase=Phase.CLOSED)
    return list(unsaid.order_by("ended_on", "id").values_list("id", flat=True))


def to_forget(*, at: datetime) -> list[UUID]:
    """Anfragen of others that still hold how to reach somebody, after 90 days; one statement."""
    old = IncomingRequest.objects.filter(arrived_at__lt=at - timedelta(days=TEXT_DAYS), forgotten_on__isnull=True)
    return list(old.order_by("arrived_at", "id").values_list("id", flat=True))


def waiting_of(sending: Sending) -> Waiting:
    """One of them, whose row is locked; one statement."""
    kinds = Answer.objects.filter(sending=sending, undone_at__isnull=True).values_list("kind", flat=True)
    return _as_waiting(sending, set(kinds))


def _waiting() -> list[tuple[UUID, Waiting]]:
    """Sent, not ended, and nobody said more than "eingegangen"."""
    open_ones = Sending.objects.filter(ended_at__isnull=True).select_related("referral", "release")
    said: dict[UUID, set[str]] = {}
    answers = Answer.objects.filter(sending__ended_at__isnull=True, undone_at__isnull=True)
    for sending_id, kind in answers.values_list("sending_id", "kind"):
        said.setdefault(sending_id, set()).add(kind)
    rows = [(sending, said.get(sending.id, set())) for sending in open_ones.defer("release__content").order_by("sent_at", "id")]
    return [(sending.id, _as_waiting(sending, kinds)) for sending, kinds in rows if kinds <= {AnswerKind.RECEIVED}]


def _as_waiting(sending: Sending, kinds: set[str]) -> Waiting:
    # More than "eingegangen" came in this moment: nothing is waited for any more.
    state = sending.referral.state if kinds <= {AnswerKind.RECEIVED} else ReferralState.ACCEPTED
    return Waiting(
        sending.channel, sending.sent_at.astimezone(BERLIN).date(), sending.answer_by, sending.release.valid_until, state,
        received=bool(kinds), reminded=sending.reminded_at is not None,
    )  # fmt: skip
