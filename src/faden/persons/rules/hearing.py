"""What one part of a name sounds like, whatever the script: spelling, sounds, bones."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from anyascii import anyascii

from faden.persons.rules import letters
from faden.persons.rules.latin import SEARCH_FORM, spelled
from faden.persons.rules.namesakes import ONE_NAME, VOWELLED

# A name like "Chajchyc" could be read in dozens of ways; beyond these few none is a real one.
MOST_READINGS = 8
WITHOUT_VOWELS = ("ARABIC", "HEBREW", "ETHIOPIC", "SYRIAC")
ARABIC_ALIKE = str.maketrans(dict.fromkeys("أإآٱ", "ا") | dict.fromkeys("ىی", "ي") | {"ک": "ك", "ة": "ه"})

# Sounds that papers of one person mix up (Ahmad, Ahmet; Parwin, Barwin; Şahin, Sahin).
BONE = str.maketrans(
    {"p": "b", "t": "d", "z": "s", "S": "s", "C": "j", "J": "j", "Z": "j"} | dict.fromkeys("yWYAE", "")
)
DOUBLED = re.compile(r"(.)\1+")
VOWELS = frozenset("aeiou")


class Heard(NamedTuple):
    """One part of a name, heard: "Хассан" -> ("khassan",), ("hasan",), {"hsn"}, vowels known."""

    forms: tuple[str, ...]
    readings: tuple[str, ...]
    bones: frozenset[str]
    vowels: bool
    script: str


class _Rules(NamedTuple):
    pattern: re.Pattern[str]
    spellings: tuple[tuple[str, ...], ...]
    sounds: tuple[tuple[str, ...], ...]


def _rules(*tables: str) -> _Rules:
    rows = [line.split() for table in tables for line in table.strip().splitlines()]
    pattern = re.compile("|".join(f"({row[0]})" for row in rows))
    silent = [[field.replace("-", "") for field in row] for row in rows]
    return _Rules(
        pattern,
        tuple(tuple(row[1].split("/")) for row in silent),
        tuple(tuple(row[-1].split("/")) for row in silent),
    )


LATIN = _rules(letters.LATIN)
OTHERS = {
    "CYRILLIC": _rules(letters.CYRILLIC),
    "GREEK": _rules(letters.GREEK),
    "ARABIC": _rules(letters.ARABIC),
    "HEBREW": _rules(letters.HEBREW),
}
SPECIAL = frozenset(c for c in letters.LATIN if c.isalpha() and not c.isascii())
# Their search form has an e more, which is written and not heard.
SPECIAL_VOWELS = {"ü": "u", "ö": "o", "ø": "o", "ä": "e", "å": "a"}
SAME_NAME = {name: line.split()[0] for line in ONE_NAME.strip().splitlines() for name in line.split()}
KNOWN_VOWELS = dict(line.split() for line in VOWELLED.strip().splitlines())


# Parts of names, not names of persons: one entry tells nothing about anybody.
@lru_cache(maxsize=20_000)
def hear(word: str) -> Heard:
    """Read one lower case part as `parts_of` gives it."""
    script = script_of(word)
    known = KNOWN_VOWELS.get(word.translate(ARABIC_ALIKE)) if script == "ARABIC" else None
    spellings, readings = _read(word, script)
    vowels = bool(known) or script not in WITHOUT_VOWELS
    if known:
        spellings, readings = (known, *spellings), _latin_readings(known)
    if vowels:
        readings = tuple(dict.fromkeys(DOUBLED.sub(r"\1", reading) for reading in readings))
    bones = frozenset(filter(None, (skeleton(reading, script) for reading in readings)))
    return Heard(_forms(spellings), readings, bones | _shared_bones(spellings), vowels, script)


def script_of(word: str) -> str:
    """LATIN, CYRILLIC, ARABIC …: the first word of the first letter's Unicode name."""
    if not word or word[0].isascii():
        return "LATIN"
    return unicodedata.name(word[0], "UNKNOWN").split()[0]


def _read(word: str, script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """-> spellings a-z, readings in the alphabet of sounds."""
    if script == "LATIN":
        return (spelled(word, SEARCH_FORM),), _latin_readings(word)
    if script not in OTHERS:
        plain = "".join(c for c in anyascii(word).lower() if c.isalpha())
        return (plain,), _latin_readings(plain)
    return _other(_without_accents(word) if script == "GREEK" else word, OTHERS[script])


def _other(word: str, rules: _Rules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = _rows(word, rules)
    columns = [rules.spellings[row] for row in found]
    # Russian is the first way to spell a letter and Ukrainian the last: never mixed in a word.
    spellings = dict.fromkeys(("".join(c[0] for c in columns), "".join(c[-1] for c in columns)))
    return tuple(spellings), _readings([rules.sounds[row] for row in found])


def _rows(word: str, rules: _Rules) -> list[int]:
    """Which row of the table fits, letter by letter; letters no row knows are passed over."""
    return [(match.lastindex or 1) - 1 for match in rules.pattern.finditer(word)]


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _latin_readings(word: str) -> tuple[str, ...]:
    known = (SPECIAL_VOWELS.get(c, c) for c in word)
    plain = "".join(c if c.isascii() or c in SPECIAL else spelled(c, SEARCH_FORM) for c in known)
    return _readings([LATIN.sounds[row] for row in _rows(plain, LATIN)])


def _readings(sounds: list[tuple[str, ...]]) -> tuple[str, ...]:
    found = islice(product(*reversed(sounds)), MOST_READINGS)
    return tuple(dict.fromkeys("".join(reversed(reading)) for reading in found))


def skeleton(reading: str, script: str = "LATIN") -> str:
    """Consonants in classes; any vowel or glide at the start is "a": "yusuf" -> "asf"."""
    first = "a" if reading[:1] and reading[0] in "aeiouyAEY" else ""
    bones: list[str] = []
    after_vowel = True
    for sound in reading:
        bone = "" if sound in VOWELS else sound.translate(BONE)
        # Two m of محمد have an unwritten vowel between them, the two of Mohammed have none.
        if bone and (after_vowel or bones[-1] != bone or script in WITHOUT_VOWELS):
            bones.append(bone)
        after_vowel = not bone
    return _plain_servant(first + "".join(bones))


def _plain_servant(bones: str) -> str:
    """Abdulrahman, Abdurrahman and Nuraldin, Nureddin: the article's l may be swallowed."""
    return re.sub("ld(?=n$)", "d", re.sub("^abdl(?=[rsnd])", "abd", bones))


def _forms(spellings: tuple[str, ...]) -> tuple[str, ...]:
    """Each spelling, and as people type it who have no ä, ø, đ: "mueller" also as "muller"."""
    return tuple(dict.fromkeys(f for s in spellings if s for f in (s, folded(s))))


def folded(form: str) -> str:
    """Cut from left to right only, so that the fold of a beginning begins the fold."""
    return re.sub("(?<=[aou])e|(?<=a)a|(?<=d)j|(?<=s)s", "", form)


def _shared_bones(spellings: tuple[str, ...]) -> frozenset[str]:
    """The bones of the name's first namesake, so that Ihor is found as Igor."""
    names = {SAME_NAME[s] for s in spellings if s in SAME_NAME}
    return frozenset(skeleton(_latin_readings(name)[0]) for name in names)
