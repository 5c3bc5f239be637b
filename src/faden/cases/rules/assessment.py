"""Two views of one life area: what moved between two looks, and where worker and client see it differently.

Steps are compared one by one and said in words. Nothing is added up: there is no score of a person.
"""

from dataclasses import dataclass
from enum import Enum

from faden.cases.vocabulary.assessment import Strength


class Trend(Enum):
    """What became of one view between two looks."""

    NONE = "none"  # not said now
    FIRST = "first"  # said now, not before
    SAME = "same"
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True)
class Views:
    """What both say about an area, as steps of `Strength`; "" is not said."""

    worker: str = ""
    client: str = ""

    @property
    def differ(self) -> bool:
        """Both have said something, and not the same: worth a talk."""
        return bool(self.worker and self.client) and self.worker != self.client


def trend(before: str, now: str) -> Trend:
    """One view, then and now."""
    if not now:
        return Trend.NONE
    if not before:
        return Trend.FIRST
    step, earlier = step_of(now), step_of(before)
    if step == earlier:
        return Trend.SAME
    return Trend.BETTER if step > earlier else Trend.WORSE


def step_of(strength: str) -> int:
    """1 to 5; 0 when nothing is said."""
    return int(Strength(strength)) if strength else 0
