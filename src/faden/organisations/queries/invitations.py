"""Questions about invitations: who is behind a link, which ones are open."""

import base64
import binascii
import hashlib
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from faden.organisations.models import Invitation, User

_LENGTH = 43  # 32 bytes in base64 without padding


def behind(token: str) -> tuple[UUID, int] | None:
    """The open invitation of a link and its service, before any service is known; None for all others."""
    if len(token) != _LENGTH:
        return None
    try:
        raw = base64.b64decode(f"{token}=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT invitation, organisation FROM resolve_invitation(%s)", [hashlib.sha256(raw).digest()]
        )
        return cursor.fetchone()


def open_one(invitation_id: UUID, *, at: datetime) -> Invitation | None:
    """The invitation with its service, while it counts."""
    return (
        Invitation.objects.select_related("organisation")
        .filter(id=invitation_id, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
        .first()
    )


def waiting() -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn, the newest first; the page tells which have run out."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-invited_at")


def has_account(invitation: Invitation) -> bool:
    """Is there an account with the invited address?"""
    return User.objects.filter(email=invitation.email).exists()


def account_to_be(invitation: Invitation) -> User:
    """The account as it would be made: a password must not resemble its address."""
    return User(email=invitation.email, name=invitation.name)
