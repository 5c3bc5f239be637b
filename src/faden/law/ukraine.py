"""§ 2 UkraineAufenthFGV: a title under § 24 of Ukrainians goes on by law beyond the day printed on it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from faden.law.facts import Stay
from faden.law.parameters import Parameter, parameters

UKRAINE, TITLE = "UKR", "ae_24"


@cache
def _regulations() -> Parameter:
    return next(one for one in parameters() if (one.path, one.name) == ("24", "continuations"))


def carried_to(start: date, printed: date | None, regulations: Iterable[tuple[date, date]]) -> date | None:
    """The day to which one regulation after the other carried it; None where it was not valid on a key day."""
    until = printed
    for valid_on, on_until in regulations:
        if until is not None and start <= valid_on <= until:
            until = max(until, on_until)
    return until if until != printed else None


def gone_on(last: Stay, nationality: str | None, on: date) -> Stay:
    """The last paper, with the end the law gives it."""
    if last.kind != TITLE or last.end is None or nationality != UKRAINE:
        return last
    until = carried_to(last.start, last.end, _regulations().on(on))
    return last if until is None else replace(last, end=until, valid_until=last.valid_until or last.end)
