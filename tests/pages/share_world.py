"""A chain two services work along: one share that runs with reports and questions, one that has ended."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.cast import CEM, KARIN
from tests.desk_client import actor_of


def shared(by: Any, case_id: UUID, chain_id: UUID, *, typed: str) -> dict[str, Any]:
    """Ids for the addresses; inside no door."""
    from faden.cases.queries.access import case_or_not_found
    from faden.chains.actions import sharing
    from faden.chains.models import ChainStep
    from faden.chains.vocabulary import ReportKind, ShareEnd
    from faden.consents.actions import replies
    from faden.consents.models import Delivery
    from faden.jobs.deliveries import replied
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Organisation
    from faden.organisations.queries.recipients import as_recipient
    from tests.releasing import consented

    them, others = actor_of(CEM.email), actor_of(KARIN.email)
    now, until = clock.now(), clock.today() + timedelta(days=90)
    with opened_for(by, write=True):
        case = case_or_not_found(case_id)
        held = ChainStep.objects.filter(chain_id=chain_id).order_by("position").last()

        def begin(whom: Any, *holds: UUID) -> Any:
            place = Organisation.objects.get(id=whom.organisation_id)
            classes = ("contact", "benefits_housing")
            consent = consented(case.person, place, by=by, purpose=typed[:150], data_classes=classes, days=120)
            to = as_recipient(place)
            return sharing.share(chain_id, recipient=to, consent=consent, until=until, holds=holds, case=case, by=by, at=now)

        share, ended = begin(them, held.id), begin(others)
        sharing.end(ended, ShareEnd.ENDED, by=by, at=now)
        sharing.ask(share, held.id, words=typed, kind=ReportKind.QUESTION, by=by, at=now)
    told = (
        {"step": held.code, "kind": "state", "state": "waiting_agency", "due": until.isoformat(), "words": typed},
        {"step": held.code, "kind": "state", "state": "", "words": typed},
        {"step": held.code, "kind": "question", "words": typed},
    )
    for said in told:
        with opened_for(them, write=True):
            copy = Delivery.objects.filter(kind="chain").order_by("-number").first()
            reply_id = replies.reply(copy.id, {"what": "step", **said}, by=them, at=clock.now())
        replied(by.organisation_id, str(reply_id))
    return {"share": share.id, "ended_share": ended.id}
