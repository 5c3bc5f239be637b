"""Which sealed blocks of the logs may go."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from faden.kernel.models import AuditBlock, AuditExpiry
from faden.retention.vocabulary import LOGS_AT_LEAST_DAYS


def ended_blocks(stream: str, *, before: datetime) -> list[UUID]:
    """Blocks of one log whose newest row is older than `before`, oldest first."""
    gone = AuditExpiry.objects.filter(block_id=OuterRef("id"))
    # The database counts its year by its own clock; asking for less would only be refused.
    found = AuditBlock.objects.filter(
        ~Exists(gone), stream=stream, last_at__lt=before
    ).filter(last_at__lt=Now() - timedelta(days=LOGS_AT_LEAST_DAYS))
    return list(found.order_by("number").values_list("id", flat=True))
