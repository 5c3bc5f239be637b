"""One value out of a foreign record: whatever stands there, a clean value of the right type or nothing."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from faden.outside.offers.html import clipped, plain
from faden.outside.offers.record import Unclear

Record = dict[str, Any]
T = TypeVar("T")
_BERLIN = ZoneInfo("Europe/Berlin")
_EMAIL = re.compile(r"[^\s@<>,;:()\[\]\"']+@[^\s@<>,;:()\[\]\"']+\.[a-zA-Z]{2,}")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec jan feb mar apr mai jun jul aug sep okt nov dez".split()
_NAMED_DAY = re.compile(r"(\d{1,2})\.?\s?(jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zä]*\.?\s(\d{4})(?!\d)", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(?:Uhr|h)?$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d{1,12}(?:[.,]\d{1,18})?")
_TO = r"\s*(?:[-–—]|bis|to)\s*"
_LENGTH = re.compile(rf"(\d{{1,4}})(?:{_TO}(\d{{1,4}}))?[\s-]*(tag|day|woche|week|monat|month|jahr|year)", re.IGNORECASE)
_DAYS_OF = {"tag": 1, "day": 1, "woche": 7, "week": 7, "monat": 30, "month": 30, "jahr": 365, "year": 365}
_AT_ONCE = re.compile(r"(sofort|keine|ohne|none|no|immediate)(\s+(wartezeit|wait\w*))?", re.IGNORECASE)
_MOST_DAYS, _MOST_YEARS = 3650, 120
_FROM_AGE, _TO_AGE = r"ab|von|mind\.?|mindestens|from|at least", r"bis|höchstens|max\.?|maximal|up to"
_AGES = re.compile(
    rf"(?:({_FROM_AGE})|({_TO_AGE}))?\s*(?<!\d)(\d{{1,3}})(?:\.0*)?(?:{_TO}(\d{{1,3}}))?\s*(?:(\+)|j\.?|jahren?|years?(?: old)?)?", re.IGNORECASE
)
YES = {"true", "yes", "y", "ja", "j", "1", "x", "wahr"}
NO = {"false", "no", "n", "nein", "0", "falsch"}
# Coordinates of Germany, generously: a pair that fits only the other way round was swapped.
_LATITUDES, _LONGITUDES = (46.0, 56.0), (4.0, 17.0)


def record(value: Any) -> Record:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> Iterator[Record]:
    """The objects in a list; one alone counts as a list of one."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one


def text(value: Any, most: int = 200) -> str:
    """One line of plain text; a number is its digits, everything else is nothing."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        value = int(value) if value.is_integer() else value
    if not isinstance(value, str | int):
        return ""
    return clipped(plain(str(value)[: 20 * most + 1000]), most)


def key(value: Any) -> str:
    """An identifier: a number and its digits as text are the same one."""
    found = text(value, most=1000)
    return found if len(found) <= 200 else ""


def number(value: Any) -> float | None:
    """A finite number, also when it was written as text or with a comma."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        match = _NUMBER.fullmatch(value.strip())
        value = float(match.group().replace(",", ".")) if match else None
    if isinstance(value, int) and abs(value) > 10**15:
        return None
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def whole(value: Any, most: int) -> int | None:
    """A whole number from 0 to `most`; what lies beyond says nothing."""
    found = number(value)
    return int(found) if found is not None and 0 <= found <= most else None


def flag(value: Any) -> bool | None:
    """Yes, no, or not said."""
    if isinstance(value, bool):
        return value
    words = text(value).casefold()
    return True if words in YES else False if words in NO else None


def day(value: Any) -> date | None:
    """The calendar day in Germany of a date or a moment in any usual form."""
    if isinstance(value, datetime):
        return _german(value)
    if isinstance(value, date):
        return value if 1900 <= value.year <= 2200 else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_seconds(float(value))
    words = text(value, most=60)
    if match := _NAMED_DAY.match(words):
        return _date(int(match[3]), _MONTHS.index(match[2].casefold()[:3].replace("ä", "a")) % 12 + 1, int(match[1]))
    if match := _GERMAN_DAY.match(words):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        return _date(year, int(match[2]), int(match[1]))
    try:
        return _german(datetime.fromisoformat(words)) if words else None
    except (ValueError, OverflowError):
        match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
        return _date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _german(moment: datetime) -> date | None:
    if not 1900 <= moment.year <= 2200:
        return None
    return moment.astimezone(_BERLIN).date() if moment.tzinfo else moment.date()


def _of_seconds(seconds: float) -> date | None:
    seconds = seconds / 1000 if seconds > 10**11 else seconds
    if not 10**8 < seconds < 7 * 10**9:
        return None
    return _german(datetime.fromtimestamp(seconds, tz=UTC))


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


def days(value: Any) -> int | None:
    """How many days "3 Wochen", "2–3 months" or "14" are; of several the longest."""
    words = text(value)
    if _AT_ONCE.fullmatch(words):
        return 0
    found = [int(match[2] or match[1]) * _DAYS_OF[match[3].casefold()] for match in _LENGTH.finditer(words)]
    longest = max(found) if found else whole(words, _MOST_DAYS)
    return longest if longest is not None and longest <= _MOST_DAYS else None


@dataclass(frozen=True, slots=True)
class Ages:
    """From and up to which age; `words` are what no number could be read in."""

    first: int | None = None
    last: int | None = None
    words: str = ""


def ages(first: Any, last: Any) -> Ages:
    """Of two cells, or of one that names both: "16–25 Jahre"."""
    low, high = _age(first, is_first=True), _age(last, is_first=False)
    unread = [words for value, found in ((first, low), (last, high)) if found is None and (words := shown(value))]
    from_low, to_low = low or (None, None)
    from_high, to_high = high or (None, None)
    begin, end = from_low if from_low is not None else from_high, to_high if to_high is not None else to_low
    if begin is not None and end is not None and begin > end:
        return Ages(words=f"{shown(first)} – {shown(last)}")
    return Ages(begin or None, end, " – ".join(unread))


def _age(value: Any, *, is_first: bool) -> tuple[int | None, int | None] | None:
    if isinstance(value, int | float):
        found = whole(value, _MOST_YEARS)
        return None if found is None else (found, None) if is_first else (None, found)
    match = _AGES.fullmatch(text(value).strip())
    if not match or max(int(match[3]), int(match[4] or 0)) > _MOST_YEARS:
        return None
    number = int(match[3])
    if match[4]:
        return number, int(match[4])
    if match[1] or match[5]:
        return number, None
    return (None, number) if match[2] or not is_first else (number, None)


def shown(value: Any) -> str:
    """What stands there, to be read by a person; empty where nothing does."""
    if value is None or value in ("", [], {}):
        return ""
    return text(value, 120) or clipped(plain(str(value)[:1000]), 120)


class Notes:
    """What of one record stood there and could not be read."""

    def __init__(self) -> None:
        self.unclear: list[Unclear] = []

    def read(self, field: str, value: Any, how: Callable[[Any], T]) -> T:
        """What `how` makes of it; what it can make nothing of is noted."""
        found = how(value)
        if found is None or found == "":
            self.note(field, shown(value))
        return found

    def note(self, field: str, words: str) -> None:
        """Nothing is noted where nothing stands."""
        if words:
            self.unclear.append(Unclear(field, words))


def clock_time(value: Any) -> str:
    """"9:00:00", "9.30 Uhr" or "09" as "09:00"; empty where it is none."""
    match = _TIME.match(text(value, most=40).removesuffix("Z").strip())
    if not match:
        return ""
    hour, minute = int(match[1]), int(match[2] or 0)
    if (hour, minute) == (24, 0):
        return "23:59"
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def hours(opens: Any, closes: Any) -> tuple[str, str]:
    """From and to; what ends at midnight ends with the day, what ends earlier than it begins ends on the next one."""
    begin, end = clock_time(opens), clock_time(closes)
    if end == "00:00":
        end = "23:59"
    return ("", "") if begin == end else (begin, end)


def email(value: Any) -> str:
    """The first address in it, as a mail can go to."""
    words = text(value, most=600).removeprefix("mailto:")
    match = _EMAIL.search(words)
    found = match.group().strip(".") if match else ""
    return found if found.isascii() and len(found) <= 254 and ".." not in found else ""


def phone(value: Any) -> str:
    """A number to be dialled, with its words; nothing without a digit."""
    words = clipped(text(value, most=200).strip("\"' "), 60)
    return words if re.search(r"\d", words) else ""


def website(value: Any) -> str:
    """A page's address with http or https; anything else is none."""
    words = text(value, most=2000)
    if words and "://" not in words and re.match(r"[\w-]+(\.[\w-]+)+([/?#]|$)", words):
        words = f"https://{words}"
    if " " in words or len(words) > 500:
        return ""
    try:
        parts = urlsplit(words)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host or parts.username:
        return ""
    safe = quote(words, safe=":/?#[]@!$&'()*+,;=%~")
    return safe if len(safe) <= 500 else words


def point(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    """A place on the ground; 0/0 is nobody's, and what fits only the other way round was swapped."""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or (north == 0 and east == 0):
        return None
    if _LONGITUDES[0] <= north <= _LONGITUDES[1] and _LATITUDES[0] <= east <= _LATITUDES[1]:
        north, east = east, north
    return (north, east) if -90 <= north <= 90 and -180 <= east <= 180 else None


def label(index: int, *names: Any) -> str:
    """How a record is called in a report: its number in the file and its title or id."""
    said = next((words for name in names if (words := text(name, most=80))), "")
    return f"{index}: {said}" if said else str(index)
