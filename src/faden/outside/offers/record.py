"""One offer as a foreign file tells it: plain words and numbers, nothing of our tables."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

log = logging.getLogger(__name__)
# What unforeseen data may raise in whoever reads it.
UNFORESEEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError)
MOST_RECORDS = 50_000  # of one file


class Unread(Enum):
    """Why a record was not taken."""

    NO_OBJECT = "no_object"
    NO_TITLE = "no_title"
    NO_KEY = "no_key"
    TWICE = "twice"
    OTHER_LANGUAGE = "other_language"
    MACHINE = "machine"
    TOO_MANY_CELLS = "too_many_cells"
    BROKEN = "broken"


class Wrong(Enum):
    """Why a whole file was refused."""

    NO_FILE = "no_file"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    HTML = "html"
    BINARY = "binary"
    NO_JSON = "no_json"
    CUT_OFF = "cut_off"
    NO_LIST = "no_list"
    NO_RECORDS = "no_records"
    NOT_INTEGREAT = "not_integreat"
    NO_PLACES = "no_places"
    NOT_HSDS = "not_hsds"
    NO_SERVICES = "no_services"
    NO_TABLE = "no_table"
    NO_TITLE_COLUMN = "no_title_column"
    NO_SUCH_COLUMN = "no_such_column"


class NotWhatItClaims(Exception):
    """The file as a whole cannot be read as the format it was said to be; `detail` is a column or a position."""

    def __init__(self, wrong: Wrong, detail: str = "") -> None:
        super().__init__(wrong.value)
        self.wrong, self.detail = wrong, detail


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be read. `key` where it is known: what the source still has is not gone."""

    record: str
    reason: Unread
    key: str = ""
    detail: str = ""


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


@dataclass(frozen=True, slots=True)
class ReadFile:
    """All records of a file. `complete` is false for a page of many: then nothing can be missing from it."""

    records: tuple[OfferRecord, ...]
    rejected: tuple[Rejected, ...] = ()
    language: str = "de"
    complete: bool = True
    columns: tuple[str, ...] = field(default=())  # of a table

    @property
    def total(self) -> int:
        """How many records the file has."""
        return len(self.records) + len(self.rejected)


def sorted_out(rows: Iterable[Any], read: Callable[[int, Any], OfferRecord | Rejected], *, first: int = 1) -> tuple[tuple[OfferRecord, ...], tuple[Rejected, ...]]:
    """Each record by itself: what nobody foresaw in one of them costs this one only."""
    found: list[OfferRecord] = []
    rejected: list[Rejected] = []
    for number, row in enumerate(rows, start=first):
        if number - first >= MOST_RECORDS:
            raise NotWhatItClaims(Wrong.TOO_LARGE, str(MOST_RECORDS))
        try:
            one = read(number, row)
        except UNFORESEEN:
            log.exception("record %s of a directory cannot be read", number)
            one = Rejected(str(number), Unread.BROKEN)
        if isinstance(one, OfferRecord):
            found.append(one)
        else:
            rejected.append(one)
    return tuple(found), tuple(rejected)
