"""Fallübergaben for the walk over all pages: a draft in a family, one that was accepted, and a case that came from elsewhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID


def handed_over(by: Any, case_id: UUID, family_id: UUID, member: UUID, delivery: UUID, *, typed: str) -> dict[str, UUID]:
    """Through rows where the other service would have to act."""
    from faden.cases.queries.access import case_or_not_found
    from faden.consents.models import Delivery
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Organisation
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions import transfers
    from faden.referrals.models import CaseTransfer, TakenOver

    at, on = clock.now(), clock.today()
    with opened_for(by, write=True):
        other = Organisation.objects.filter(kind="migration_service").exclude(id=by.organisation_id).order_by("id")[0]
        family, case = case_or_not_found(family_id), case_or_not_found(case_id)
        frame = transfers.Frame(as_recipient(other), "moved", (member,), on + timedelta(days=10), on + timedelta(days=3))
        draft = transfers.prepare(frame, case=family, by=by, on=on, at=at)
        accepted = CaseTransfer.objects.create(
            organisation_id=by.organisation_id, case=case, persons=[case.person_id], recipient=other, reason="benefits",
            overlap_until=on + timedelta(days=5), state="accepted", prepared_at=at, prepared_by=by.person, sent_at=at,
            sent_by=by.person, answered_at=at, answer_words=typed[:300], their_number="GR-2026-0007",
        )  # fmt: skip
        copy = Delivery.objects.select_related("sender").get(id=delivery)
        taken = TakenOver.objects.create(
            organisation_id=by.organisation_id, case=family, person_id=member, delivery=copy, sender=copy.sender,
            their_number="BOH-1", taken_at=at, taken_by=by.person,
        )  # fmt: skip
    return {"transfer": draft.id, "accepted_transfer": accepted.id, "taken": taken.id}
