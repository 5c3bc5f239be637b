"""How long ago an owner said that an offer is true, and when she is asked again."""

from datetime import date, timedelta
from enum import Enum

from django.utils.translation import gettext_lazy as _

from faden.directory.vocabulary import ASK_AGAIN_DAYS, ASK_BEFORE_DAYS, ASK_UNTIL_DAYS


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


def is_stale(confirmed_on: date, every: int, *, on: date) -> bool:
    """Nobody has confirmed it within its cycle: it may be true, but must not look fresh."""
    return on > stale_after(confirmed_on, every)


def freshness(confirmed_on: date, every: int, *, on: date) -> Freshness:
    """Where it stands in its cycle on a day."""
    if is_stale(confirmed_on, every, on=on):
        return Freshness.STALE
    return Freshness.SOON if on > stale_after(confirmed_on, every) - timedelta(days=ASK_BEFORE_DAYS) else Freshness.FRESH


def is_to_ask(confirmed_on: date, every: int, asked_on: date | None, *, on: date) -> bool:
    """Before it becomes stale and after, never twice within the interval, and not for ever."""
    last = stale_after(confirmed_on, every)
    if not last - timedelta(days=ASK_BEFORE_DAYS) < on <= last + timedelta(days=ASK_UNTIL_DAYS):
        return False
    return asked_on is None or on - asked_on >= timedelta(days=ASK_AGAIN_DAYS)
