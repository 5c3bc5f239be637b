"""A team lead opens a case with a reason, for the rest of the day."""

from datetime import date, datetime

from faden.cases.models import Case, CaseOpening
from faden.cases.vocabulary.case import CASE_LOOKED_INTO, OpeningReason
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission


def open_with_reason(
    case: Case, *, reason: OpeningReason, words: str, by: Actor, on: date, at: datetime
) -> CaseOpening:
    """Record the reason; the door then lets this person in until the day ends."""
    may(by, Permission.OPEN_CASES_WITH_REASON).require()
    opening = CaseOpening.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        opened_by=by.person,
        opened_at=at,
        until=on,
        reason=reason,
        words=words,
    )
    audit.note(CASE_LOOKED_INTO, by=by, at=at, subject=case.id, reason=reason)
    return opening
