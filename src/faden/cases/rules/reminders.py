"""Erinnerungen: who is reminded, how, and who not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from faden.cases.vocabulary.appointment import ReminderState, ReminderWay
from faden.kernel.clock import BERLIN
from faden.kernel.holidays import working_days_before

WORKING_DAYS = 2
# Whoever was spoken with so lately knows of the appointment.
JUST = timedelta(days=2)


@dataclass(frozen=True)
class Facts:
    """What decides about one person and one appointment."""

    starts_at: datetime
    made_at: datetime
    way: str = ""  # nothing said: by mail, where she has an address
    has_address: bool = False
    is_protected: bool = False
    is_confidential: bool = False
    has_answered: bool = False
    last_contact: datetime | None = None


def remind_on(starts_at: datetime) -> date:
    """Two working days before."""
    return working_days_before(starts_at.astimezone(BERLIN).date(), WORKING_DAYS)


def what_happens(facts: Facts, *, now: datetime) -> ReminderState | None:
    """None: nothing, and nothing to note; SENT: a mail goes out now.

    From the second working day before until the evening before: on the day itself it comes too late.
    """
    today = now.astimezone(BERLIN).date()
    if not remind_on(facts.starts_at) <= today < facts.starts_at.astimezone(BERLIN).date():
        return None
    if facts.way == ReminderWay.NONE:
        return None
    if facts.has_answered or _is_recent(facts.made_at, now) or _is_recent(facts.last_contact, now):
        return ReminderState.ANSWERED
    if facts.way == ReminderWay.PRINT:
        return ReminderState.TO_PRINT
    return _by_mail(facts)


def _by_mail(facts: Facts) -> ReminderState | None:
    if facts.is_protected:
        return ReminderState.PROTECTED
    if facts.is_confidential and facts.way != ReminderWay.MAIL:
        return None  # the family may read the same mailbox: only who asked for mails gets one of her vertraulicher Faden
    if facts.has_address:
        return ReminderState.SENT
    # Nobody asked for a mail: that there is no address is nothing a worker has to see to.
    return ReminderState.NO_ADDRESS if facts.way == ReminderWay.MAIL else None


def _is_recent(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - JUST <= at <= now
