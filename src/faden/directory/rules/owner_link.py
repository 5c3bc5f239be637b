"""The link to an offer's owner: the offer, the day it was asked on and to which address, signed; nothing about it is stored."""

import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from faden.directory.vocabulary import LINK_DAYS

_SALT = "faden.offer"


@dataclass(frozen=True)
class Named:
    """What a link says that we signed and that has not run out."""

    offer_id: UUID
    asked_on: date
    address: str  # the mark of it: who reads the link does not learn the address

    def went_to(self, address: str) -> bool:
        """Is this the address the link was sent to?"""
        return hmac.compare_digest(self.address.encode(), _mark(address).encode())


def token_of(offer_id: UUID, asked_on: date, *, address: str) -> str:
    """For the address in the mail; asking anew on another day ends it, so does another address."""
    return signing.Signer(salt=_SALT).sign_object([offer_id.hex, asked_on.isoformat(), _mark(address)])


def behind(token: str, *, on: date) -> Named | None:
    """What a link names; None for what we did not sign and what has run out."""
    try:
        offer_id, day, address = signing.Signer(salt=_SALT).unsign_object(token)
        asked_on = date.fromisoformat(day)
        return Named(UUID(offer_id), asked_on, str(address)) if asked_on <= on <= asked_on + timedelta(days=LINK_DAYS) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _mark(address: str) -> str:
    return salted_hmac("faden.offer.address", address).hexdigest()[:20]
