"""Links for agencies without an account: what one opens, and how it stands at the sender."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from faden.consents.models import LinkDelivery
from faden.consents.rules.contents import Content, from_json
from faden.consents.vocabulary import WRONG_CODES, DeliveryKind
from faden.kernel.errors import NotFound
from faden.organisations.models import Organisation

_LENGTH = 43  # 32 bytes in base64 without padding


@dataclass(frozen=True)
class Link:
    """A link as its page shows it before the code: nothing of anybody, and not what it is for."""

    id: UUID
    organisation_id: int
    sender: str
    kind: DeliveryKind
    expires_at: datetime
    tries_left: int
    code_hash: bytes  # who entered a code is let in by this code only: another code asks again


def behind(token: str) -> UUID | None:
    """The link an address names, while it counts; before any service is known."""
    try:
        raw = base64.b64decode(f"{token}=", altchars=b"-_", validate=True) if len(token) == _LENGTH else b""
    except (binascii.Error, ValueError):
        raw = b""
    # What is no token is looked up like one: no answer takes another way than the next.
    with connection.cursor() as cursor:
        cursor.execute("SELECT resolve_link(%s)", [hashlib.sha256(raw).digest()])
        found: UUID | None = cursor.fetchone()[0]
    return found


def opened(link_id: UUID) -> Link | None:
    """Inside the link's own door; two statements."""
    row = LinkDelivery.objects.filter(id=link_id).defer("content", "purpose").first()
    if row is None:
        return None
    sender = Organisation.objects.values_list("name", flat=True).get(id=row.organisation_id)
    return Link(
        row.id, row.organisation_id, sender, DeliveryKind(row.kind), row.expires_at, WRONG_CODES - row.wrong_codes,
        bytes(row.code_hash),
    )  # fmt: skip


def told_by(link_id: UUID) -> tuple[str, Content]:
    """Purpose and content, behind the code; one statement."""
    row = LinkDelivery.objects.only("organisation_id", "purpose", "content").filter(id=link_id).first()
    if row is None:
        raise NotFound(_("Dieser Link gilt nicht mehr."))  # withdrawn in this moment
    return row.purpose, from_json(row.content)


# ---------- at the sender ----------


@dataclass(frozen=True)
class Addressed:
    """To whom a link's mail goes; nothing of what it is about."""

    link_id: UUID
    sender: str
    contact: str
    email: str
    expires_at: datetime


def to_mail(release_id: UUID, *, at: datetime) -> Addressed | None:
    """None where the link is over, closed, or the agency has no address any more; one statement."""
    counting = LinkDelivery.objects.filter(
        release_id=release_id, ended_at__isnull=True, expires_at__gt=at, wrong_codes__lt=WRONG_CODES
    )
    row = counting.defer("content").select_related("release__agency", "organisation").first()
    if row is None or row.release.agency is None or not row.release.agency.email:
        return None
    return Addressed(row.id, row.organisation.name, row.organisation.contact, row.release.agency.email, row.expires_at)


def link_of(release_id: UUID) -> LinkDelivery | None:
    """How the link of a Weitergabe stands, for its sender; one statement."""
    return LinkDelivery.objects.filter(release_id=release_id).defer("content").first()
