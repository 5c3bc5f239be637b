"""Birth dates as people know them: to the day, the month, the year, or about."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

OLDEST_AGE = 125
LONGEST_TEXT = 60
# "Etwa 1998" is taken as two years earlier or later.
ESTIMATE_MARGIN = 2
FIRST_YEAR, LAST_YEAR = 1000, 2999

SENTENCES = {
    "future": "Das Geburtsdatum liegt in der Zukunft.",
    "unreadable": "Bitte das Geburtsdatum so schreiben: 12.04.1998, 04/1998, 1998 oder etwa 1998.",
    "impossible": "Diesen Tag gibt es im Kalender nicht.",
    "too_old": "Das Geburtsdatum liegt mehr als 125 Jahre zurück. Stammt es aus einem anderen Kalender?",
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan jänner", "februar feb", "märz mär maerz mrz", "april apr", "mai",
            "juni jun", "juli jul", "august aug", "september sep sept", "oktober okt",
            "november nov", "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

ABOUT = re.compile(r"(?:ca\.?|circa|etwa|ungefähr|um|ungef\.?|geschätzt|gesch\.?|~|≈)\s*(\d{4})")
YEAR = re.compile(r"(\d{4})")
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
# Unknown days and months stand as 00 or XX in passports and in the register of foreigners.
NUMBERS = re.compile(r"(?:(?P<day>\d{1,2}|xx)\s*[./-]\s*)?(?P<month>\d{1,2}|xx)\s*[./-]\s*(?P<year>\d{4})")
WORDS = re.compile(r"(?:(?P<day>\d{1,2})\s*\.\s*)?(?P<month>[a-zä]+)\.?\s+(?P<year>\d{4})")


class BirthDateProblem(ValueError):
    """`code` is future, unreadable, impossible or too_old; the text is a German sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


@dataclass(frozen=True)
class BirthDate:
    """What is known: year, year and month, or all three; `estimated` years are "about"."""

    year: int
    month: int | None = None
    day: int | None = None
    estimated: bool = False

    def __post_init__(self) -> None:
        if (self.day and not self.month) or (self.estimated and self.month):
            raise BirthDateProblem("unreadable")
        if not FIRST_YEAR <= self.year <= LAST_YEAR or not _exists(self):
            raise BirthDateProblem("impossible")

    @property
    def precision(self) -> str:
        """ "day" | "month" | "year" | "estimated": the values of vocabulary.Precision."""
        if self.estimated:
            return "estimated"
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        if self.estimated:
            return date(self.year - ESTIMATE_MARGIN, 1, 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        if self.estimated:
            return date(self.year + ESTIMATE_MARGIN, 12, 31)
        if self.day:
            return self.earliest
        if self.month:
            return _first_of_next_month(self.year, self.month) - timedelta(days=1)
        return date(self.year, 12, 31)

    def overlaps(self, other: "BirthDate") -> bool:
        """Whether both can be true of one person."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def age_on(self, day: date) -> tuple[int, int]:
        """Youngest and oldest possible age in whole years; never below 0."""
        return _age(self.latest, day), _age(self.earliest, day)

    def __str__(self) -> str:
        if self.day:
            return f"{self.day:02}.{self.month:02}.{self.year}"
        if self.month:
            return f"{self.month:02}/{self.year}"
        return f"etwa {self.year}" if self.estimated else f"{self.year}"


def of_span(earliest: date, precision: str) -> BirthDate:
    """The stored columns birth_earliest and birth_precision back into a BirthDate."""
    if precision == "estimated":
        return BirthDate(earliest.year + ESTIMATE_MARGIN, estimated=True)
    month = earliest.month if precision in {"day", "month"} else None
    return BirthDate(earliest.year, month, earliest.day if precision == "day" else None)


def parse(text: str, today: date) -> BirthDate:
    """12.4.1998, 4/1998, 1998, ca. 1998, 1998-04-12, 12. April 1998, 00.00.1998."""
    born = _read(unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).strip().casefold())
    if date(born.year, born.month or 1, born.day or 1) > today:
        raise BirthDateProblem("future")
    if _age(born.latest, today) > OLDEST_AGE:
        raise BirthDateProblem("too_old")
    return born


def _read(text: str) -> BirthDate:
    if found := ABOUT.fullmatch(text):
        return BirthDate(int(found[1]), estimated=True)
    if found := YEAR.fullmatch(text):
        return BirthDate(int(found[1]))
    for shape in (ISO, NUMBERS, WORDS):
        if found := shape.fullmatch(text):
            return _from_fields(**found.groupdict())
    raise BirthDateProblem("unreadable")


def _from_fields(year: str, month: str, day: str | None) -> BirthDate:
    number = _month(month)
    if number is None and day and _number(day):
        raise BirthDateProblem("unreadable")
    return BirthDate(int(year), number, _number(day or ""))


def _month(text: str) -> int | None:
    if text.isdecimal() or text == "xx":
        return _number(text)
    if text not in MONTHS:
        raise BirthDateProblem("unreadable")
    return MONTHS[text]


def _number(text: str) -> int | None:
    """None for what is unknown: "", "00", "xx"."""
    return int(text) or None if text.isdecimal() else None


def _exists(born: BirthDate) -> bool:
    try:
        date(born.year, born.month or 1, born.day or 1)
    except ValueError:
        return False
    return True


def _first_of_next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _age(born: date, day: date) -> int:
    # Somebody born on 29 February is a year older on 1 March (§ 187 BGB counts that way).
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return max(0, day.year - born.year - before_birthday)
