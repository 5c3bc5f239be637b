"""Klärung: which access criteria hold and what was decided; each time adds a row."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.cases.actions.timeline import tell
from faden.cases.models import Case, Clarification
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.course import CLARIFIED
from faden.casework.rules import ClarificationGap, clarification_gap
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid


@dataclass(frozen=True)
class Clarified:
    """What the form takes."""

    criteria: tuple[str, ...]
    decision: str
    words: str
    decided_on: date


def clarify(clarified: Clarified, *, case: Case, by: Actor, on: date, at: datetime) -> Clarification:
    """Record the decision; what was decided before stays readable."""
    if clarified.decided_on > on:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "decided_on")
    _check(clarified)
    row = Clarification.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        criteria=list(clarified.criteria),
        decision=clarified.decision,
        words=clarified.words or None,
        decided_on=clarified.decided_on,
        decided_by=by.person,
    )
    tell(case, kind=EntryKind.CLARIFIED, about=row.id, at=at, persons=())
    audit.note(CLARIFIED, by=by, at=at, subject=case.id, decision=clarified.decision)
    return row


def _check(clarified: Clarified) -> None:
    match clarification_gap(clarified.criteria, clarified.decision, clarified.words):
        case ClarificationGap.CONSENT:
            raise Invalid(_("Case Management ist freiwillig: Es beginnt nur, wenn die Person es möchte."), "criteria")
        case ClarificationGap.WHY_NOT_ALL:
            raise Invalid(_("Nicht alle fünf Kriterien treffen zu. Warum trotzdem Case Management?"), "words")
        case ClarificationGap.WHERE:
            raise Invalid(_("Bitte schreiben Sie, wohin Sie verwiesen haben."), "words")
