"""Lets go of what the policy says has had its time; one record class at a time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from faden.cases.actions.inquiries import forget_texts
from faden.cases.actions.working_notes import destroy_due
from faden.documents.actions import inbox
from faden.kernel import audit, drafts, submissions
from faden.kernel.actor import Actor
from faden.kernel.expiry import expire
from faden.retention.policy import policy
from faden.retention.queries import ended_blocks
from faden.retention.vocabulary import LET_GO

Step = Callable[[Actor, date, datetime, datetime], int]


def _expire(stream: str, before: datetime, by: Actor, at: datetime) -> int:
    """Whole blocks only: single rows would leave a log that nobody can check."""
    return sum(expire(block_id, by=by, at=at) for block_id in ended_blocks(stream, before=before))


# Record class to what lets go of it: (by, today, now, the moment its period reaches back to) -> how many.
STEPS: dict[str, Step] = {
    "anfragetext": lambda by, on, at, _before: forget_texts(by=by, on=on, at=at),
    "arbeitsnotiz": lambda by, on, at, _before: destroy_due(by=by, on=on, at=at),
    "entwurf": lambda _by, _on, _at, before: drafts.forget_before(before),
    "formularschluessel": lambda _by, _on, _at, before: submissions.forget_before(before),
    "scaneingang": lambda _by, _on, _at, before: inbox.let_go(before=before),
    "vorgaenge": lambda by, _on, at, before: _expire("deeds", before, by, at),
    "zugriffe": lambda by, _on, at, before: _expire("looks", before, by, at),
}


def let_go(record_class: str, *, by: Actor, on: date, at: datetime) -> int:
    """Everything of this class in one service whose period is over; returns how many rows."""
    before = at - timedelta(days=policy().days(record_class))
    gone = STEPS[record_class](by, on, at, before)
    if gone:
        audit.note(LET_GO, by=by, at=at, record_class=record_class, rows=gone)
    return gone


def forget_sessions(*, at: datetime) -> int:
    """Ended sign-ins of the whole installation, with address and browser; they belong to no service."""
    gone = Session.objects.filter(expire_date__lt=at - timedelta(days=policy().days("anmeldung"))).delete()[0]
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone
