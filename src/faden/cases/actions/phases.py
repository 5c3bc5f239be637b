"""The case moves on; skipping a phase takes one of four reasons. What closes and reopens is in casework."""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.cases import rules
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, PhaseChange
from faden.cases.vocabulary.case import PHASE_CHANGED, EntryKind, Phase
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid


def move(case: Case, phase: Phase, *, skip_reason: str, by: Actor, at: datetime) -> PhaseChange:
    """Put the case into a phase, forward or back; what came before stays in its history."""
    if phase == case.phase:
        raise Invalid(_("Der Fall ist schon in dieser Phase."), "phase")
    if Phase.CLOSED in (phase, case.phase):
        raise Invalid(_("Abschließen und wieder aufnehmen hat eine eigene Seite."), "phase")
    if rules.skipped(Phase(case.phase), phase) and not skip_reason:
        raise Invalid(_("Sie überspringen eine Phase. Bitte wählen Sie einen Grund."), "skip_reason")
    change = _enter(case, phase, skip_reason=skip_reason, by=by, at=at)
    tell(case, kind=EntryKind.PHASE, about=change.id, at=at, persons=())
    return change


def end(case: Case, *, by: Actor, at: datetime) -> PhaseChange:
    """Into the last phase; the line in the timeline is the closing's own."""
    return _enter(case, Phase.CLOSED, skip_reason="", by=by, at=at)


def put_back(case: Case, *, by: Actor, at: datetime) -> PhaseChange:
    """Out of the last phase, into the one before it."""
    before = PhaseChange.objects.filter(case=case).exclude(phase=Phase.CLOSED).order_by("-changed_at", "-id").first()
    change = _enter(case, Phase(before.phase) if before else Phase.CLARIFICATION, skip_reason="", by=by, at=at)
    tell(case, kind=EntryKind.PHASE, about=change.id, at=at, persons=())
    return change


def _enter(case: Case, phase: Phase, *, skip_reason: str, by: Actor, at: datetime) -> PhaseChange:
    change = PhaseChange.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        phase=phase,
        changed_at=at,
        changed_by=by.person,
        skip_reason=skip_reason,
    )
    Case.objects.filter(id=case.id).update(phase=phase)
    case.phase = phase
    audit.note(PHASE_CHANGED, by=by, at=at, subject=case.id, phase=phase)
    return change
