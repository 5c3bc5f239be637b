"""The end of a Laufende Freigabe: the participant sees nothing of it any more, in the same transaction."""

from datetime import datetime

from faden.chains.models import ChainShare, ChainStep
from faden.chains.vocabulary import CHAIN_SHARE_ENDED, ShareEnd
from faden.consents.actions import releases
from faden.consents.vocabulary import ReleaseEnd
from faden.kernel import audit
from faden.kernel.actor import Actor

_RELEASE_ENDS = {
    ShareEnd.WITHDRAWN: ReleaseEnd.WITHDRAWN,
    ShareEnd.ENDED: ReleaseEnd.RECALLED,
    ShareEnd.EXPIRED: ReleaseEnd.EXPIRED,
    ShareEnd.CHAIN_OVER: ReleaseEnd.DONE,
    ShareEnd.HANDED_OVER: ReleaseEnd.DONE,
}


def end(share: ChainShare, because: ShareEnd, *, by: Actor, at: datetime) -> None:
    """Its steps stay with whom they lie, but nobody reports on them. Ending it twice changes nothing."""
    share = ChainShare.objects.select_for_update(of=("self",)).get(id=share.id)
    if share.ended_at:
        return
    share.ended_at, share.ended_by, share.ended_because = at, by.user_id, because
    share.save(update_fields=["ended_at", "ended_by", "ended_because"])
    ChainStep.objects.filter(case_id=share.case_id, held_by_share=share).update(held_by_share=None)
    if share.release:
        releases.end(share.release, _RELEASE_ENDS[because], by=by, at=at)
    audit.note(CHAIN_SHARE_ENDED, by=by, at=at, subject=share.case_id, share=str(share.id), because=because)
