"""What stands in an offer and with a provider, as forms, importers and examples hand it to the verbs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from faden.directory.vocabulary import CONFIRM_DAYS_BY_DEFAULT


@dataclass(frozen=True)
class PlaceValues:
    """One place; the town by its AGS where it lies in NRW, by its name elsewhere."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    municipality: str = ""  # AGS
    latitude: float | None = None
    longitude: float | None = None
    barrier_free: bool | None = None

    @property
    def says_something(self) -> bool:
        """An empty row of a form is no place."""
        return bool(self.name or self.street or self.postcode or self.town or self.municipality or self.latitude is not None)


@dataclass(frozen=True)
class OfferValues:
    """All that can be written; the names are the row's. `description` is HTML and is cleaned by the verb."""

    provider: UUID | None  # none: `new_provider` is noted with it
    title: str
    summary: str = ""
    description: str = ""
    texts: Mapping[str, Mapping[str, Any]] | None = None  # None: as they are
    life_areas: tuple[str, ...] = ()
    category: str = ""
    target_group: str = ""
    languages: tuple[str, ...] = ()
    online: bool = False
    schedules: tuple[Mapping[str, Any], ...] = ()
    cost_words: str = ""
    is_free: bool | None = None
    documents: tuple[str, ...] = ()
    places_free: int | None = None
    places_on: date | None = None
    waiting_days: int | None = None
    next_start: date | None = None
    ends_on: date | None = None
    certifies: str = ""
    contact_role: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    papers: tuple[str, ...] = ()
    german_from: str = ""
    german_to: str = ""
    german_proof: bool = False
    age_from: int | None = None
    age_to: int | None = None
    gender: str = ""
    towns: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    childcare: str = ""
    silent: tuple[str, ...] = ()
    condition_words: str = ""
    keeper_email: str = ""
    confirm_every_days: int = CONFIRM_DAYS_BY_DEFAULT
    places: tuple[PlaceValues, ...] = ()
    new_provider: str = ""


@dataclass(frozen=True)
class ProviderValues:
    """A provider as the form takes it; `account` is the organisation whose inbox it has here."""

    name: str
    kind: str = ""
    description: str = ""
    website: str = ""
    phone: str = ""
    email: str = ""
    account: int | None = None
