"""At 18 what the parents agreed to ends; what a young person agreed to herself goes on."""

from datetime import date, datetime
from uuid import UUID

from faden.consents.actions.declarations import ended
from faden.consents.models import DECLARED, CounsellingAgreement
from faden.consents.vocabulary import AGREEMENT_ENDED, DeclarationEnd, EndReason
from faden.kernel import audit
from faden.kernel.actor import Actor


def end_what_parents_gave(person_id: UUID, *, by: Actor, at: datetime) -> int:
    """Agreements to counselling given by representatives alone; how many."""
    agreements = list(
        CounsellingAgreement.objects.filter(person_id=person_id, own_agreement=False, ended_at__isnull=True)
    )
    for agreement in agreements:
        agreement.ended_at, agreement.ended_because = at, EndReason.OF_AGE
        agreement.save(update_fields=["ended_at", "ended_because"])
        audit.note(AGREEMENT_ENDED, by=by, at=at, subject=agreement.id)
    return len(agreements)


def end_declarations(person_id: UUID, *, by: Actor, on: date, at: datetime) -> list[UUID]:
    """What representatives alone signed, or were to sign, with all that went out on it; which ended."""
    found = []
    for model in DECLARED:
        for declared in model.objects.filter(person_id=person_id, own_agreement=False, ended_on__isnull=True):
            ended(declared, DeclarationEnd.OF_AGE, ended_on=on, by=by, at=at)
            found.append(declared.id)
    return found
