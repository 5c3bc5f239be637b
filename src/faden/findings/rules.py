"""Does a text name somebody? Strukturhinweise say where the system breaks, never for whom."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum

from faden.persons.rules.parts import ARTICLES, PARTICLES

_WORDS = re.compile(r"[^\W\d_]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_NUMBER = re.compile(r"\b[A-Z]{1,5}-\d{4}-\d{4,}\b", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d\s/().-]{4,}\d")
_DAY = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_IN_WORDS = re.compile(r"\b(\d{1,2})\.\s?([^\W\d_]+)\s(\d{4})\b")
_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember"
).split()
_DIVIDED = re.compile(r"(?<=[^\W\d_])-\r?\n\s*(?=[^\W\d_])")
_UMLAUT = re.compile("([aou])e")
_BETWEEN = re.compile(r"[\s/().–-]+")

SHORTEST_NAME = 3
SHORTEST_PHONE = 6
# Long enough that two more letters are an ending ("Schewtschenkos") and not another word.
LONG_NAME = 5
ENDING = 2
# So long that whatever begins with it is made of it ("Quittenbaumkinder").
VERY_LONG_NAME = 9
# Names that are everyday words as well: they count only when the whole name stands there.
EVERYDAY = frozenset(
    "alle als also alt am amt an auch auf aus bei bis dank dann das dem den denn der des die doch du ein eine er es"
    " für gut hat her hier ihm ihn ihr im in ist ja kein mai man mehr mit nach nein neu nicht noch nun nur ob oder ohne"
    " rat rein sehr sein seit sie sind so tag um und uns vom von vor was weg weil wer wie wir wo zu zum zur".split()
)


class Trace(Enum):
    """By what a person would be recognised."""

    NAME = "name"
    PHONE = "phone"
    MAIL = "mail"
    BIRTH = "birth"
    NUMBER = "number"


@dataclass(frozen=True)
class Marks:
    """What a text must not contain: everything by which the persons of one case are known."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    births: tuple[date, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What gives somebody away, and the place in the text."""

    trace: Trace
    words: str


def found_in(text: str, marks: Marks) -> Found | None:
    """The first thing that gives somebody away; a mail address and a case number do so by themselves."""
    text = _as_read(text)
    if mail := _MAIL.search(text):
        return Found(Trace.MAIL, mail[0])
    if number := _number_in(text, marks):
        return Found(Trace.NUMBER, number)
    if phone := _phone_in(text, marks):
        return Found(Trace.PHONE, phone)
    if birth := _birth_in(text, marks):
        return Found(Trace.BIRTH, birth)
    name = _name_in(text, marks)
    return Found(Trace.NAME, name) if name else None


def _as_read(text: str) -> str:
    """Without signs nobody sees (soft hyphens, zero-width spaces), and with words divided at a line's end made whole."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _DIVIDED.sub("", seen)


def _number_in(text: str, marks: Marks) -> str:
    if written := _NUMBER.search(text):
        return written[0]
    plain = _BETWEEN.sub("", text).casefold()
    return next((number for number in marks.numbers if _BETWEEN.sub("", number).casefold() in plain), "")


def _phone_in(text: str, marks: Marks) -> str:
    known = [digits for phone in marks.phones if len(digits := _national(phone)) >= SHORTEST_PHONE]
    for written in _PHONE.findall(text):
        digits = _national(written)
        if len(digits) >= SHORTEST_PHONE and any(digits.endswith(k) or k.endswith(digits) for k in known):
            return str(written).strip()
    return ""


def _national(phone: str) -> str:
    """Digits without the country and the leading noughts: +49 2561 12345 and 02561/12345 are one."""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith(("+", "00")):
        digits = digits.lstrip("0").removeprefix("49")
    return digits.lstrip("0")


def _birth_in(text: str, marks: Marks) -> str:
    for match in _DAY.finditer(text):
        day, month, year, iso_year, iso_month, iso_day = match.groups()
        parts = (iso_year, iso_month, iso_day) if iso_year else (year, month, day)
        if any(_is_day(birth, *parts) for birth in marks.births):
            return match[0]
    for match in _DAY_IN_WORDS.finditer(text):
        day, month, year = match.groups()
        number = _MONTHS.index(month.casefold()) + 1 if month.casefold() in _MONTHS else 0
        if any(_is_day(birth, year, str(number), day) for birth in marks.births):
            return match[0]
    return ""


def _is_day(birth: date, year: str, month: str, day: str) -> bool:
    same_year = birth.year % 100 == int(year) if len(year) == 2 else birth.year == int(year)
    return same_year and (birth.month, birth.day) == (int(month), int(day))


def _name_in(text: str, marks: Marks) -> str:
    written = _WORDS.findall(text)
    folded = [_fold(word) for word in written]
    for name in marks.names:
        parts = [_fold(part) for part in _WORDS.findall(name)]
        for at, word in enumerate(folded):
            if any(_is_part(word, part) for part in parts if _tells(part)):
                return written[at]
        if len(parts) > 1 and (at := _place_of(folded, parts)) >= 0:
            return " ".join(written[at : at + len(parts)])
    return ""


def _tells(part: str) -> bool:
    """Short parts, articles and everyday words are no sign of anybody by themselves."""
    return len(part) >= SHORTEST_NAME and part not in _EVERYDAY


def _is_part(word: str, part: str) -> bool:
    if len(part) >= LONG_NAME and word.startswith(part):
        return len(part) >= VERY_LONG_NAME or len(word) - len(part) <= ENDING
    return word == part


def _place_of(words: list[str], parts: list[str]) -> int:
    """Where the whole name stands, in either order; -1 when it does not."""
    size = len(parts)
    wanted = sorted(parts)
    return next((at for at in range(len(words) - size + 1) if sorted(words[at : at + size]) == wanted), -1)


def _fold(word: str) -> str:
    """Without case and accents, so that Müller is found in MUELLER and Çelik in celik."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _UMLAUT.sub(r"\1", bare.casefold())


_EVERYDAY = frozenset(map(_fold, EVERYDAY | PARTICLES | ARTICLES))
