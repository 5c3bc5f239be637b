"""How long ago an owner said that an offer is true, and when she is asked again."""

from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext_lazy as _

from faden.directory.vocabulary import ASK_AGAIN_DAYS, ASK_BEFORE_DAYS, ASK_UNTIL_DAYS, LINK_DAYS

_SALT = "faden.offer"


class Freshness(Enum):
    """As the lists mark it."""

    FRESH = "fresh"
    SOON = "soon"
    STALE = "stale"

    @property
    def label(self) -> str:
        """As the page says it."""
        return str(_LABELS[self])

    @property
    def badge(self) -> str:
        """The colour of its mark."""
        return {"fresh": "success", "soon": "info", "stale": "warning"}[self.value]


_LABELS = {Freshness.FRESH: _("frisch"), Freshness.SOON: _("bald prüfen"), Freshness.STALE: _("veraltet")}


def stale_after(confirmed_on: date, every: int) -> date:
    """The last day on which it counts as confirmed."""
    return confirmed_on + timedelta(days=every)


def freshness(confirmed_on: date, every: int, *, on: date) -> Freshness:
    """Where it stands in its cycle on a day."""
    last = stale_after(confirmed_on, every)
    if on > last:
        return Freshness.STALE
    return Freshness.SOON if on > last - timedelta(days=ASK_BEFORE_DAYS) else Freshness.FRESH


def is_to_ask(confirmed_on: date, every: int, asked_on: date | None, *, on: date) -> bool:
    """Before it becomes stale and after, never twice within the interval, and not for ever."""
    last = stale_after(confirmed_on, every)
    if not last - timedelta(days=ASK_BEFORE_DAYS) < on <= last + timedelta(days=ASK_UNTIL_DAYS):
        return False
    return asked_on is None or on - asked_on >= timedelta(days=ASK_AGAIN_DAYS)


# ---------- the link: the offer and the day it was asked on, signed; nothing about it is stored ----------


def token_of(offer_id: UUID, asked_on: date) -> str:
    """For the address in the mail; asking anew on another day ends it."""
    return signing.Signer(salt=_SALT).sign_object([offer_id.hex, asked_on.isoformat()])


def behind(token: str, *, on: date) -> tuple[UUID, date] | None:
    """Which offer a link names and when it was asked; None for what we did not sign and what has run out."""
    try:
        offer_id, day = signing.Signer(salt=_SALT).unsign_object(token)
        asked_on = date.fromisoformat(day)
        return (UUID(offer_id), asked_on) if asked_on <= on <= asked_on + timedelta(days=LINK_DAYS) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None
