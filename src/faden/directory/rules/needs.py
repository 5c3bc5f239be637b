"""What somebody needs and what is known about her, as the matching takes it: no names, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from faden.directory.vocabulary import Condition


@dataclass(frozen=True)
class Need:
    """One need in a life area. None means: not known, and never "no".

    `on` is the day from which it is sought (a future arrival's lies ahead); `born` the earliest and latest birth
    date; `certified` the level a certificate surely proves and the highest one that may be proved ("none": nothing);
    `point` latitude and longitude of the home town in degrees; `regimes` all she lives from (an empty set:
    own income); `said` the words of the fact each condition is held against, with its source ("Duldung § 60a,
    Papier gesehen").
    """

    life_area: str
    on: date
    paper: str | None = None  # ResidencePaper
    german: str | None = None  # Level, as it was noted last
    certified: tuple[str, str] | None = None  # Levels
    born: tuple[date, date] | None = None
    gender: str | None = None  # Gender; asked for one search, stored nowhere
    town: str | None = None  # AGS
    point: tuple[float, float] | None = None
    regimes: frozenset[str] | None = None  # BenefitRegime
    needs_childcare: bool | None = None
    said: Mapping[Condition, str] = field(default_factory=dict)
