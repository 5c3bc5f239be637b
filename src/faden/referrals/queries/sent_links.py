"""The link of a sending, for who sent it: how it stands, never its code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.consents.models import LinkDelivery
from faden.consents.queries.links import link_of
from faden.consents.vocabulary import WRONG_CODES
from faden.kernel.errors import NotFound
from faden.referrals.models import Sending


@dataclass(frozen=True)
class SentLink:
    """A sending by link."""

    sending: Sending
    link: LinkDelivery
    email: str
    phone: str

    @property
    def tries_left(self) -> int:
        """Before it closes."""
        return WRONG_CODES - self.link.wrong_codes

    def is_over(self, at: datetime) -> bool:
        """Nobody can open it any more, whatever the code."""
        return self.link.ended_at is not None or self.link.expires_at <= at or self.sending.ended_at is not None


def sent_link(case: Case, sending_id: UUID) -> SentLink:
    """Of this case; two statements."""
    found = Sending.objects.select_related("referral", "agency").filter(case=case, id=sending_id, agency__isnull=False)
    sending = found.first()
    link = link_of(sending.release_id) if sending else None
    if sending is None or link is None or sending.agency is None:
        raise NotFound(_("Diesen Link gibt es hier nicht."))
    return SentLink(sending, link, sending.agency.email, sending.agency.phone)
