"""One offer as a foreign file tells it: plain words and numbers, nothing of our tables."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Unclear:
    """What stands in the file and could not be read as what it should be; `field` is named as a table's fields are."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """Where it happens."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    barrier_free: bool | None = None


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """When it happens; `by_appointment` and `closed` are words that we say in our language."""

    rrule: str = ""
    first: date | None = None
    until: date | None = None
    opens: str = ""
    closes: str = ""
    words: str = ""
    by_appointment: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ProviderRecord:
    """Who offers it; the key is unique inside the file."""

    key: str
    name: str
    description: str = ""
    website: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A function with its ways to be reached; never a person's name."""

    role: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """What the source says about one offer; empty or None where it says nothing."""

    key: str
    title: str
    provider: ProviderRecord
    language: str = "de"
    summary: str = ""
    description: str = ""  # cleaned HTML
    category: str = ""
    keywords: tuple[str, ...] = ()
    life_areas: tuple[str, ...] = ()  # the source's words for our areas, where a table has them
    target_group: str = ""
    languages: tuple[str, ...] = ()  # codes or names
    online: bool = False
    schedules: tuple[ScheduleRecord, ...] = ()
    cost_words: str = ""
    is_free: bool | None = None
    documents: tuple[str, ...] = ()
    places_free: int | None = None
    places_on: date | None = None
    waiting_days: int | None = None
    next_start: date | None = None
    ends_on: date | None = None
    contacts: tuple[ContactRecord, ...] = ()  # the first one stands with the offer, the others in its text
    website: str = ""
    appointment_url: str = ""
    age_from: int | None = None
    age_to: int | None = None
    age_words: str = ""  # where no number could be read
    german_from: str = ""
    german_to: str = ""
    gender: str = ""
    childcare: str = ""
    areas: tuple[str, ...] = ()  # towns whose people it is for
    condition_words: str = ""
    is_over: bool = False  # the source itself says that it is closed for good
    url: str = ""
    updated_on: date | None = None
    places: tuple[PlaceRecord, ...] = ()
    unclear: tuple[Unclear, ...] = ()
