"""Reading a file of a foreign directory: what is refused whole, what is rejected by itself, and what was read."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from faden.outside.offers.record import OfferRecord

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
    TOO_FAR = "too_far"
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
class ReadFile:
    """All records of a file. `complete` is false for a page of many: then nothing can be missing from it."""

    records: tuple[OfferRecord, ...]
    rejected: tuple[Rejected, ...] = ()
    language: str = "de"
    complete: bool = True
    columns: tuple[str, ...] = ()  # of a table

    @property
    def total(self) -> int:
        """How many records the file has."""
        return len(self.records) + len(self.rejected)


class Gate:
    """What a record must have to be one of its file: a key, a title, and that nobody had this key before."""

    def __init__(self) -> None:
        self._seen = set[str]()

    def refusal(self, label: str, key: str, title: str) -> Rejected | None:
        """None: it may pass, and whoever comes with its key is the second."""
        if not title:
            return Rejected(label, Unread.NO_TITLE, key)
        if not key:
            return Rejected(label, Unread.NO_KEY)
        if key in self._seen:
            return Rejected(label, Unread.TWICE, key)
        self._seen.add(key)
        return None


def read_each(
    rows: Iterable[Any], read: Callable[[int, Any], OfferRecord | Rejected], *, language: str, complete: bool = True, columns: tuple[str, ...] = ()
) -> ReadFile:
    """Each record by itself: what nobody foresaw in one of them costs this one only."""
    found: list[OfferRecord] = []
    rejected: list[Rejected] = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_RECORDS:
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
    return ReadFile(tuple(found), tuple(rejected), language, complete, columns)
