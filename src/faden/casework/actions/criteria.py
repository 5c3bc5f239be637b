"""What a worker says about an exit criterion that no row can prove; the newest word counts."""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.cases.models import Case, CriterionMark
from faden.cases.vocabulary.course import CRITERION_MARKED, CriterionState
from faden.casework.rules import BY_CODE, Criterion
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound


def criterion_of(code: str) -> Criterion:
    """One of the list."""
    if code not in BY_CODE:
        raise NotFound(_("Dieses Kriterium gibt es nicht."))
    return BY_CODE[code]


def mark(code: str, state: CriterionState, *, reason: str, case: Case, by: Actor, at: datetime) -> CriterionMark:
    """Say how it stands; "noch nicht" and "nicht nötig" say why."""
    criterion = criterion_of(code)
    if state == CriterionState.DONE and not criterion.by_hand:
        raise Invalid(_("Das ergibt sich aus dem, was im Fall steht. Hier ist es noch nicht zu sehen."), "state")
    if state != CriterionState.DONE and not reason:
        raise Invalid(_("Bitte schreiben Sie kurz, warum."), "reason")
    row = CriterionMark.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        phase=criterion.phase,
        criterion=code,
        state=state,
        reason=reason if state != CriterionState.DONE else "",
        marked_at=at,
        marked_by=by.person,
    )
    audit.note(CRITERION_MARKED, by=by, at=at, subject=case.id, criterion=code, state=state)
    return row
