"""What a letter that leaves must be able to say: the ground fits the way, the recipient, and what is in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from faden.documents.rules.spelling import folded
from faden.documents.vocabulary import LetterGround, LetterWay

_OUT = (LetterWay.POST, LetterWay.REGISTERED, LetterWay.DELIVERED, LetterWay.MAIL, LetterWay.PORTAL)
WAYS: Mapping[str, tuple[LetterWay, ...]] = {
    LetterGround.TO_PERSON: (LetterWay.HANDED, LetterWay.POST, LetterWay.REGISTERED, LetterWay.MAIL),
    LetterGround.CARRIED: (LetterWay.HANDED,),
    LetterGround.POWER: _OUT,
    LetterGround.SECRECY: _OUT,
    LetterGround.CONSENT: _OUT,
    LetterGround.LAW: _OUT,
    LetterGround.NO_PERSON: _OUT,
}
SHORTEST_NAME = 3
# Words of an office's name that tell it from no other.
_COMMON = frozenset("der die das des dem den im in am an zu zum zur fur und von vom bei beim e v ev".split())
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Known:
    """By which words somebody of the case would be recognised in a text."""

    label: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # case number, telephone, mail
    born_on: date | None = None


def ways_for(ground: str) -> tuple[LetterWay, ...]:
    """How a letter can go on this ground; none for a ground that is not there."""
    return WAYS.get(ground, ())


def names_recipient(named: str, recipient: str) -> bool:
    """Whether the office that a declaration names is the one a letter goes to: all its own words stand there."""
    own, theirs = _own_words(named), _own_words(recipient)
    return bool(own) and own <= theirs


def is_person(recipient: str, names: Iterable[tuple[str, str]]) -> bool:
    """Whether a letter goes to one of these people, by (given, family) names: at least one of each stands there."""
    told = set(_words(recipient))
    return any(_words(given + family) and _some(given, told) and _some(family, told) for given, family in names)


def found_in(text: str, people: Iterable[Known]) -> list[str]:
    """By what somebody can be recognised in a text, as it was looked for; [] if by nothing."""
    words = _words(text)
    told, plain, numbers = set(words), "".join(words), [word.lstrip("0") for word in words]
    found: list[str] = []
    for person in people:
        found += [name for name in person.names if _stands(name, told, plain)]
        found += [number for number in person.numbers if len(number) >= SHORTEST_NAME and _plain(number) in plain]
        if person.born_on and any(_follow(written, numbers) for written in _dates(person.born_on)):
            found.append(f"{person.born_on:%d.%m.%Y}")
    return list(dict.fromkeys(found))


def street_in(text: str, streets: Iterable[str]) -> str:
    """A street of these that stands in the text, however it is spelled; "" if none does."""
    told = _street(text)
    return next((street for street in streets if len(_street(street)) > SHORTEST_NAME and _street(street) in told), "")


def with_whom_in(text: str, names: Iterable[str]) -> str:
    """One of these names (a shelter, who she stays with) whose words stand in the text in a row; "" if none does."""
    told = _words(text)
    return next((name for name in names if len(_plain(name)) > SHORTEST_NAME and _follow(tuple(_words(name)), told)), "")


def _own_words(text: str) -> set[str]:
    return {word for word in _words(text) if word not in _COMMON}


def _some(name: str, told: set[str]) -> bool:
    """One part of the name, or it has none (people with one name)."""
    words = _words(name)
    return not words or any(word in told for word in words)


def _stands(name: str, told: set[str], plain: str) -> bool:
    """Each part of a name counts; parts of one or two letters ("Li") only beside the others."""
    words = _words(name)
    if any(len(word) >= SHORTEST_NAME and word in told for word in words):
        return True
    return len(words) > 1 and "".join(words) in plain


def _words(text: str) -> list[str]:
    return _LETTERS.findall(folded(text))


def _plain(text: str) -> str:
    return "".join(_words(text))


def _dates(day: date) -> tuple[tuple[str, ...], ...]:
    """14.5.1990, 14.05.90, 1990-05-14."""
    year, short, month, number = str(day.year), f"{day:%y}".lstrip("0"), str(day.month), str(day.day)
    return (number, month, year), (number, month, short), (year, month, number)


def _follow(written: tuple[str, ...], words: list[str]) -> bool:
    """Whether these words stand in the text one after the other."""
    return any(tuple(words[at : at + len(written)]) == written for at in range(len(words)))


def _street(text: str) -> str:
    """Straße, Strasse and Str. are one."""
    return re.sub(r"strasse|str", "str", _plain(text))
