"""Whether an offer runs, and when that last changed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from faden.directory.vocabulary import OfferEnd
from faden.kernel.clock import BERLIN


def status(offer: Any, today: date) -> str:
    if offer.ended_at:
        return "inactive" if offer.ended_because == OfferEnd.MISTAKE else "defunct"
    return running(offer.ends_on, today)


def running(ends_on: date | None, today: date) -> str:
    return "inactive" if ends_on and ends_on < today else "active"


def changed(offer: Any, today: date) -> datetime:
    """Who was told of a running offer hears that it ran out, although nobody wrote anything that night."""
    ran_out = datetime.combine(offer.ends_on + timedelta(days=1), time(), BERLIN) if running(offer.ends_on, today) == "inactive" else None
    return max(one for one in (offer.changed_at, offer.ended_at, ran_out) if one)
