"""The case moves on; skipping a phase takes one of four reasons."""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.cases import rules
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, PhaseChange
from faden.cases.vocabulary import PHASE_CHANGED, EntryKind, Phase
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid


def move(case: Case, phase: Phase, *, skip_reason: str, by: Actor, at: datetime) -> PhaseChange:
    """Put the case into a phase; what came before stays in its history."""
    if phase == case.phase:
        raise Invalid(_("Der Fall ist schon in dieser Phase."), "phase")
    if rules.skipped(Phase(case.phase), phase) and not skip_reason:
        raise Invalid(_("Sie überspringen eine Phase. Bitte wählen Sie einen Grund."), "skip_reason")
    change = PhaseChange.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        phase=phase,
        changed_at=at,
        changed_by=by.person,
        skip_reason=skip_reason,
    )
    Case.objects.filter(id=case.id).update(phase=phase)
    tell(case, kind=EntryKind.PHASE, about=change.id, at=at)
    audit.note(PHASE_CHANGED, by=by, at=at, subject=case.id, phase=phase)
    return change
