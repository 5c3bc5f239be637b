"""Pure rules of evaluations: how long one is open, and where it stands."""

from datetime import date, timedelta

from faden.oversight.vocabulary import OPEN_DAYS, MatterState


def last_day(confirmed_on: date) -> date:
    """Seven days; as in § 187 BGB the day of the confirmation itself is not counted."""
    return confirmed_on + timedelta(days=OPEN_DAYS)


def state(*, asked_by: int, until: date | None, ended_by: int | None, on: date) -> MatterState:
    """`until` is set by the confirmation; who ends an unconfirmed one takes it back or refuses it."""
    if ended_by is not None and until is not None:
        return MatterState.ENDED
    if ended_by is not None:
        return MatterState.WITHDRAWN if ended_by == asked_by else MatterState.REFUSED
    if until is None:
        return MatterState.ASKED
    return MatterState.OPEN if on <= until else MatterState.OVER
