"""The letters a German register can hold (DIN 91379), their search form and their sort order."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from anyascii import anyascii

DIN_91379 = Path(__file__).parents[1] / "data" / "din-91379"

# Python sorts the marks of one letter in quadratic time: 200,000 stacked accents would take
# minutes. So every text is cut to this length before it is normalised.
LONGEST_NAME = 300
LONGEST_SORT_KEY = 200

# What a keyboard or Word makes of an apostrophe or hyphen; DIN 91379 knows only ’ and -.
AS_IN_DIN = str.maketrans({"‘": "’", "ʼ": "’", "ʻ": "’", "＇": "’", "‐": "-", "‑": "-", "\0": " "})


def _table(name: str) -> list[list[str]]:
    lines = (DIN_91379 / name).read_text(encoding="utf-8").splitlines()
    return [[field.strip() for field in line.split(";")] for line in lines if line.strip()]


def _text(code_points: str) -> str:
    return "".join(chr(int(point, 16)) for point in code_points.split())


def _search_forms() -> dict[str, str]:
    """Letter or sequence -> its letters A-Z (latin_list_search_form_1.3.txt)."""
    return {_text(row[2]): _text(row[5]) for row in _table("latin_list_search_form_1.3.txt")}


def _name_characters() -> frozenset[str]:
    """Letters and non-letters N1: data type A, names of natural persons (latin_list_1.3.txt)."""
    rows = _table("latin_list_1.3.txt")
    return frozenset(_text(row[2]) for row in rows if row[0] in {"bll", "bnlreq"})


SEARCH_FORM = _search_forms()
NAME_CHARACTERS = _name_characters()

# DIN 5007-2 spells out only ä ö ü, the ligatures and ß; the search form also å and ø.
SORT_FORM = SEARCH_FORM | {"Å": "A", "å": "A", "Ǻ": "A", "ǻ": "A"} | dict.fromkeys("ØøǾǿ", "O")

_SEQUENCES = sorted((s for s in NAME_CHARACTERS if len(s) > 1), key=len, reverse=True)


def _clusters(text: str) -> list[str]:
    """The text as letters with their marks; K͟H is one although it ends in a letter."""
    found: list[str] = []
    at = 0
    while at < len(text):
        sequence = next((s for s in _starting_with(text[at]) if text.startswith(s, at)), text[at])
        end = at + len(sequence)
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        found.append(text[at:end])
        at = end
    return found


@cache
def _starting_with(letter: str) -> tuple[str, ...]:
    return tuple(s for s in _SEQUENCES if s[0] == letter)


def offending(text: str) -> list[str]:
    """What a register cannot hold, each once, in order: "Ωmar 王" -> ["Ω", "王"]; [] is good."""
    found: dict[str, None] = {}
    for start in range(0, len(text), LONGEST_NAME):
        piece = unicodedata.normalize("NFC", text[start : start + LONGEST_NAME])
        found |= dict.fromkeys(c for c in _clusters(piece) if c not in NAME_CHARACTERS)
    return list(found)


def normalise(text: str) -> str:
    """As it is stored: NFC, trimmed, single spaces, apostrophes and hyphens as in DIN 91379."""
    cut = unicodedata.normalize("NFC", text[:LONGEST_NAME])[:LONGEST_NAME]
    return " ".join(cut.translate(AS_IN_DIN).split())


# Every sequence has a mark in second place; asking for it first spares 149 comparisons a letter.
SEQUENCE = re.compile("(?=.[\u0300-\u036f])(?:" + "|".join(map(re.escape, _SEQUENCES)) + ")")


def spelled(text: str, table: dict[str, str]) -> str:
    """The letters of any script as lower case a-z by `table`, else by anyascii; the rest stays."""
    whole = SEQUENCE.sub(lambda found: table.get(found[0], found[0]), text)
    return "".join(_one(letter, table) for letter in whole).lower()


def _one(letter: str, table: dict[str, str]) -> str:
    if letter.isascii() or unicodedata.combining(letter):
        return letter if letter.isascii() else ""
    return table.get(letter) or anyascii(letter)


def search_form(text: str) -> str:
    """The normative search form in lower case: "Müller-Łoś" -> "mueller-los"."""
    return spelled(normalise(text), SEARCH_FORM)


def sort_key(family: str, given: str) -> str:
    """DIN 5007-2 as lower case ASCII for COLLATE "C": ("von Öz", "Ali") -> "von-oez ali".

    Words of one name are joined by "-" and the two names by " ", which sorts before it:
    so all of the Bergs come before the first Berg-Meier, and she before Bergmann.
    """
    return f"{_words(family)} {_words(given)}".strip()[:LONGEST_SORT_KEY]


def _words(name: str) -> str:
    plain = spelled(normalise(name), SORT_FORM)
    return "-".join(re.findall(r"[a-z0-9]+", re.sub("['’`´ʹʾʿ]", "", plain)))
