"""Notzugriff: a case that is not one's own, for some hours, with words; two others look at it afterwards."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases import policies
from faden.cases.models import Case, CaseOpening, EmergencyReview
from faden.cases.vocabulary.case import (
    EMERGENCY_ENDED,
    EMERGENCY_HOURS,
    EMERGENCY_OPENED,
    EMERGENCY_REVIEWED,
    EmergencyVerdict,
    OpeningReason,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.queue import enqueue
from faden.organisations.queries.memberships import colleagues
from faden.organisations.vocabulary import ROLES, Permission

_REVIEWERS = tuple(code for code, role in ROLES.items() if Permission.REVIEW_EMERGENCIES in role.permissions)


def break_glass(case: Case, *, words: str, hours: int, by: Actor, at: datetime) -> CaseOpening:
    """Open it now; team lead and data protection officer are written to in the same transaction."""
    policies.may_break_glass(by, case).require()
    if not words.strip():
        raise Invalid(_("Bitte schreiben Sie, warum es ohne diesen Fall jetzt nicht geht."), "words")
    if hours not in EMERGENCY_HOURS:
        raise Invalid(_("Ein Notzugriff dauert höchstens acht Stunden."), "hours")
    until = at + timedelta(hours=hours)
    opening = CaseOpening.objects.create(
        organisation_id=by.organisation_id, case=case, opened_by=by.person, opened_at=at, until_at=until,
        until=until.astimezone(BERLIN).date(), reason=OpeningReason.EMERGENCY, words=words,
    )  # fmt: skip
    audit.note(EMERGENCY_OPENED, by=by, at=at, subject=case.id, hours=hours)
    for membership in colleagues(on=at.astimezone(BERLIN).date(), roles=_REVIEWERS):
        if membership.user_id != by.person:
            key = f"emergency-{opening.id}-{membership.id}"
            enqueue("emergencies.letter", by=by, key=key, membership_id=membership.id)
    return opening


def give_back(case: Case, *, by: Actor, at: datetime) -> None:
    """No longer needed: over from this moment on."""
    running = CaseOpening.objects.filter(
        case=case, opened_by=by.person, reason=OpeningReason.EMERGENCY, until_at__gt=at
    )
    if not running.update(until_at=at, until=at.astimezone(BERLIN).date()):
        raise NotFound(_("Hier läuft kein Notzugriff."))
    audit.note(EMERGENCY_ENDED, by=by, at=at, subject=case.id)


def review(opening_id: UUID, verdict: EmergencyVerdict, *, words: str, by: Actor, at: datetime) -> EmergencyReview:
    """What team lead or data protection officer say; once for each of the two."""
    opening = CaseOpening.objects.select_for_update().filter(id=opening_id, reason=OpeningReason.EMERGENCY).first()
    if opening is None:
        raise NotFound(_("Diesen Notzugriff gibt es hier nicht."))
    policies.may_review(by, opening).require()
    if verdict != EmergencyVerdict.JUSTIFIED and not words.strip():
        raise Invalid(_("Bitte schreiben Sie, was nicht in Ordnung ist oder was Sie wissen wollen."), "words")
    if EmergencyReview.objects.filter(opening=opening, role=by.role).exists():
        raise Conflict(_("Aus Ihrer Rolle ist dieser Notzugriff schon geprüft."))
    made = EmergencyReview.objects.create(
        organisation_id=by.organisation_id, opening=opening, role=by.role, verdict=verdict, words=words,
        reviewed_at=at, reviewed_by=by.person,
    )  # fmt: skip
    audit.note(EMERGENCY_REVIEWED, by=by, at=at, subject=opening.case_id, verdict=verdict)
    return made
