"""When a recipient is reminded, when waiting for it ends, and when the client is asked. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from faden.consents.vocabulary import LINK_DAYS, Channel
from faden.referrals.vocabulary import REMINDED_AFTER, ReferralState

# Reminded by us are only those we can write to; whoever got paper or a call is called by a person.
BY_MAIL = frozenset({Channel.INBOX, Channel.LINK})
# An answer is still missing: "eingegangen" is none yet.
_WAITED_FOR = frozenset({ReferralState.SENT, ReferralState.RECEIVED})
_BEFORE = timedelta(days=2)


@dataclass(frozen=True)
class Waiting:
    """A sending without an answer, as the night sees it; `received`: it said that it arrived, and no more."""

    channel: str
    sent_on: date
    answer_by: date | None
    valid_until: date
    state: str
    received: bool = False
    reminded: bool = False


def last_day(waiting: Waiting) -> date:
    """The last day on which an answer can come: the one we asked for, the link's, or that of the Weitergabe."""
    days = [last_readable(waiting)]
    if waiting.answer_by:
        days.append(waiting.answer_by)
    return min(days)


def last_readable(waiting: Waiting) -> date:
    """The last day on which the recipient can open it: the link's, or that of the Weitergabe."""
    if waiting.channel == Channel.LINK:
        return min(waiting.valid_until, waiting.sent_on + LINK_DAYS)
    return waiting.valid_until


def is_to_remind(waiting: Waiting, *, on: date) -> bool:
    """Once, a week after the sending, or two days before the last day where that is sooner; never on the first."""
    if waiting.reminded or waiting.channel not in BY_MAIL or waiting.state not in _WAITED_FOR:
        return False
    due = min(waiting.sent_on + REMINDED_AFTER, max(waiting.sent_on + timedelta(days=1), last_day(waiting) - _BEFORE))
    return due <= on <= last_day(waiting)


def is_over(waiting: Waiting, *, on: date) -> bool:
    """The whole last day belongs to the recipient; who said that it arrived is not taken it away again."""
    return not waiting.received and last_day(waiting) < on


def is_silent(waiting: Waiting, *, on: date) -> bool:
    """It said that it arrived and no more, and can open it no longer: by itself no answer comes now."""
    return waiting.received and waiting.channel in BY_MAIL and waiting.state == ReferralState.RECEIVED and last_readable(waiting) < on
