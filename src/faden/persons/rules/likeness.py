"""How likely two entries are one person, and the facts that speak for and against it."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from faden.persons.rules.birth import BirthDate
from faden.persons.rules.names import (
    NOTHING_ALIKE,
    Name,
    NameLikeness,
    name_likeness,
    name_of,
    typed_likeness,
)
from faden.persons.rules.reasons import WORDS, Reason

__all__ = ["CANDIDATE", "WORDS", "Asked", "Known", "Likeness", "Reason", "compare", "rank", "same_phone"]

# From here on a person is shown as perhaps the same one. The same name alone reaches it, a
# name that sounds alike does too; birth date, phone and e-mail without a name never do.
CANDIDATE = 0.6
# In a search box more than half of what was typed must fit; the reader sees why and decides.
SHOWN = 0.4

NAME_POINTS = 0.7
NAME_FITS = 0.75
CONTACT_POINTS = 0.08
NEW_FAMILY_NAME_POINTS = 0.1
BIRTH_POINTS = {
    Reason.SAME_BIRTH_DAY: 0.3,
    Reason.SAME_BIRTH_MONTH: 0.22,
    Reason.SAME_BIRTH_YEAR: 0.15,
    Reason.BIRTH_MISTYPED: 0.12,
    Reason.BIRTH_POSSIBLE: 0.08,
    Reason.BIRTH_DIFFERS: -0.3,
}

LONGEST_PHONE = 40
NO_DIGIT = re.compile(r"[^+0-9]")
DIALLED = re.compile(r"^(?:\+49|0049|0)0?")


@dataclass(frozen=True)
class Asked:
    """Whom one looks for. names: "Family, Given", or any order without a comma, any script.

    typed: it stands in a search box, so parts may be missing and the last one incomplete.
    """

    names: list[str]
    birth: BirthDate | None = None
    phone: str | None = None
    email: str | None = None
    typed: bool = False


@dataclass(frozen=True)
class Known:
    """An entry with all its recorded spellings."""

    id: Hashable
    names: list[str]
    birth: BirthDate | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


class Likeness(NamedTuple):
    """score 0 … 1; reasons in the order of the enum."""

    score: float
    reasons: tuple[Reason, ...]


class _Prepared(NamedTuple):
    """What is asked, taken apart once for hundreds of comparisons."""

    names: tuple[Name, ...]
    birth: BirthDate | None
    phone: str
    email: str
    typed: bool


def compare(asked: Asked, known: Known) -> Likeness:
    """Score of one entry."""
    return _compare(_prepared(asked), known)


def rank(
    asked: Asked, known: Iterable[Known], limit: int, at_least: float | None = None
) -> list[tuple[Known, Likeness]]:
    """The likeliest from CANDIDATE on (typed: from SHOWN on); equals by id, always in one order."""
    if at_least is None:
        at_least = SHOWN if asked.typed else CANDIDATE
    prepared = _prepared(asked)
    scored = [(entry, _compare(prepared, entry)) for entry in known]
    fit = [found for found in scored if found[1].score >= at_least]
    fit.sort(key=lambda found: (-found[1].score, str(found[0].id)))
    return fit[:limit]


def _prepared(asked: Asked) -> _Prepared:
    # The part typed last may be incomplete, so the halves keep the order they were typed in.
    texts = [name.replace(",", " ") for name in asked.names] if asked.typed else asked.names
    return _Prepared(
        tuple(map(name_of, texts)),
        asked.birth,
        _number(asked.phone or ""),
        _address(asked.email or ""),
        asked.typed,
    )


def _compare(asked: _Prepared, known: Known) -> Likeness:
    name = _best_name(asked, [name_of(name) for name in known.names])
    birth = birth_reason(asked.birth, known.birth)
    contact = _contact(asked, known)
    points = NAME_POINTS * name.value + (BIRTH_POINTS[birth] if birth else 0.0)
    # Spouses share phone and e-mail, twins the birthday too: they only strengthen a name.
    if name.value >= NAME_FITS:
        points += CONTACT_POINTS * len(contact)
    # Who marries keeps the given name and the birthday.
    if birth is Reason.SAME_BIRTH_DAY and Reason.OTHER_FAMILY_NAME in name.reasons:
        points += NEW_FAMILY_NAME_POINTS
    reasons = name.reasons + ((birth,) if birth else ()) + contact
    return Likeness(round(min(1.0, max(0.0, points)), 4), reasons)


def _best_name(asked: _Prepared, known: Sequence[Name]) -> NameLikeness:
    alike = typed_likeness if asked.typed else name_likeness
    # The reasons decide between equals, so that the order of the spellings tells nothing.
    return max((alike(one, two) for one in asked.names for two in known), default=NOTHING_ALIKE)


def birth_reason(one: BirthDate | None, two: BirthDate | None) -> Reason | None:
    """What two birth dates say about each other; None if one is not known."""
    if one is None or two is None:
        return None
    same_year = one.year == two.year and not (one.estimated or two.estimated)
    if same_year and (_stands_for_the_year(one) or _stands_for_the_year(two)):
        return Reason.SAME_BIRTH_YEAR
    if one.day and two.day:
        return _two_days(one, two)
    if not one.overlaps(two):
        return Reason.BIRTH_DIFFERS
    if same_year and one.month and one.month == two.month:
        return Reason.SAME_BIRTH_MONTH
    return Reason.SAME_BIRTH_YEAR if same_year else Reason.BIRTH_POSSIBLE


def _stands_for_the_year(born: BirthDate) -> bool:
    """Authorities write 1 January where only the year is known: thousands share this day."""
    return (born.month, born.day) == (1, 1)


def _two_days(one: BirthDate, two: BirthDate) -> Reason:
    if one == two:
        return Reason.SAME_BIRTH_DAY
    return Reason.BIRTH_MISTYPED if _is_mistyped(one, two) else Reason.BIRTH_DIFFERS


def _is_mistyped(one: BirthDate, two: BirthDate) -> bool:
    if one.year != two.year and (one.month, one.day) != (two.month, two.day):
        return False
    swapped = one.year == two.year and (one.month, one.day) == (two.day, two.month)
    # Equal length, so distance 1 is one wrong digit or two neighbours swapped.
    return swapped or OSA.distance(str(one), str(two)) == 1


def _contact(asked: _Prepared, known: Known) -> tuple[Reason, ...]:
    phone = asked.phone and asked.phone in map(_number, known.phones)
    email = asked.email and asked.email in map(_address, known.emails)
    return (Reason.SAME_PHONE,) * bool(phone) + (Reason.SAME_EMAIL,) * bool(email)


def same_phone(one: str, two: str) -> bool:
    """One line, however it is dialled."""
    return bool(_number(one)) and _number(one) == _number(two)


def _number(phone: str) -> str:
    """Digits without the ways to dial Germany: "0171 23" and "+49 171 23" are one."""
    return DIALLED.sub("", NO_DIGIT.sub("", phone[:LONGEST_PHONE]))


def _address(email: str) -> str:
    return email.strip().casefold()
