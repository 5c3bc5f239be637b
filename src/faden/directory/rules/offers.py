"""An offer as search and matching take it: plain values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.directory.rules import freshness


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an offer; `point` is latitude and longitude in degrees, of the town where the house is not known."""

    name: str
    street: str
    postcode: str
    town: str
    ags: str  # empty: outside NRW or not known
    point: tuple[float, float] | None
    barrier_free: bool | None


@dataclass(frozen=True, slots=True)
class ShelfOffer:
    """All of an offer but its long description. Empty conditions ask for nothing, unless `silent` names them."""

    id: UUID
    organisation_id: int
    provider_id: UUID
    provider: str
    account_id: int | None  # the provider's inbox here
    title: str
    summary: str
    text_languages: tuple[str, ...]  # in which, besides German, its text can be read
    life_areas: frozenset[str]
    category: str
    target_group: str
    languages: tuple[str, ...]
    online: bool
    is_free: bool | None
    places_free: int | None
    places_on: date | None
    waiting_days: int | None
    next_start: date | None
    ends_on: date | None
    certifies: str
    papers: frozenset[str]
    german_from: str
    german_to: str
    german_proof: bool
    age_from: int | None
    age_to: int | None
    gender: str
    towns: frozenset[str]
    regimes: frozenset[str]
    childcare: str
    silent: frozenset[str]
    confirmed_on: date
    confirm_every_days: int
    source: str  # empty: entered here
    is_example: bool
    spots: tuple[Spot, ...]

    def is_stale(self, on: date) -> bool:
        """Nobody has confirmed it within its cycle."""
        return freshness.is_stale(self.confirmed_on, self.confirm_every_days, on=on)

    def is_over(self, on: date) -> bool:
        """Its last day has passed."""
        return self.ends_on is not None and self.ends_on < on
