"""A name taken apart: which words are parts, which are articles, particles or glued together."""

import re
import unicodedata
from typing import NamedTuple

from faden.persons.rules.latin import LONGEST_NAME, SEARCH_FORM, SEQUENCE, normalise

MOST_PARTS = 12
LONGEST_PART = 40

ARTICLES = frozenset({"al", "el", "ul", "il", "ال"})
# The l of the article takes the sound of the next letter: ar-Rashid, asch-Schami, ad-Din.
ASSIMILATED = re.compile(r"([aeu])(d|n|r|s|t|z|sh|sch|th|dh)")
# Servant of, father of: with the next word they make one name, written in many ways.
# Opening -> (before Allah, before another word, or "" when nothing stands between).
OPENING = {
    **dict.fromkeys(("abd", "abdal", "абд"), ("abd", "abdal")),
    **dict.fromkeys(("abdel", "abder"), ("abd", "abdel")),
    **dict.fromkeys(("abdul", "abdoul", "abdur", "abdus", "абдул"), ("abd", "abdul")),
    **dict.fromkeys(("abu", "abou", "abo", "aboo", "абу"), ("abu", "")),
    **dict.fromkeys(("ابو", "أبو"), ("ابو", "")),
    "عبد": ("عبد", ""),
}
# Of God, of the faith: they belong to the word before.
CLOSING = {
    **dict.fromkeys(("allah", "ullah", "ollah", "olah"), "ullah"),
    **dict.fromkeys(("eddin", "eddine", "uddin", "aldin", "eldin", "aldeen", "eldeen"), "eddin"),
    **dict.fromkeys(("الدين", "الدین"), "الدين"),
    "الله": "الله",
}
FAITH = frozenset({"din", "deen", "dine"})  # only after an article: Din is a family name too
SMALL_WORDS = (
    "von vom zu zur zum van der den ter ten te de del della di da dos das do du des la le les "
    "af av bin ibn bint ben ould und y e dr prof herr frau "
    "بن ابن بنت"
)
PARTICLES = frozenset(SMALL_WORDS.split())
SILENT = frozenset("'’`´ʹʾʿʼ‘ʻ′ـ·")
WORD = re.compile(r"([^\s-]+)(-?)")
PERHAPS_WITH_ARTICLE = re.compile("[ae]l[bcdfghjkmnpqrstvwyz].{3}")


class Part(NamedTuple):
    """One part of a name as lower case letters of its own script.

    bare: without its article ("alhassan" -> "hassan"), or "". inside: the second half of a
    compound ("abdalrahman" -> "rahman"), or "". glued: whether the article was written
    together, so that it may be no article at all (Alhassan, but also Albert).
    """

    word: str
    bare: str = ""
    inside: str = ""
    glued: bool = False

    @property
    def is_particle(self) -> bool:
        return self.word in PARTICLES


class _Word(NamedTuple):
    text: str
    hyphen: bool  # whether a hyphen follows


def parts_of(name: str) -> tuple[Part, ...]:
    """Given names first: "al-Masri, Abd el Karim" -> abdelkarim (karim), almasri (masri)."""
    given, family = given_and_family(name)
    return (given + family)[:MOST_PARTS]


def given_and_family(name: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Parts of the given and of the family name; without a comma all count as family name."""
    family, _, given = name[:LONGEST_NAME].partition(",")
    return _grouped(_words(given)), _grouped(_words(family))


def _words(text: str) -> list[_Word]:
    found = WORD.findall(_letters(text))[: 2 * MOST_PARTS]
    return [_Word(word[:LONGEST_PART], bool(end)) for word, end in found]


def _letters(text: str) -> str:
    """Lower case letters, hyphens and spaces; marks that belong to no letter are dropped."""
    if text.isascii():
        return text.translate(LETTERS)
    # İ first: its lower case is an i with a dot on top. Then ı, whose capital is everybody's I.
    lower = unicodedata.normalize("NFC", normalise(text).replace("İ", "i").lower().replace("ı", "i"))
    plain = SEQUENCE.sub(lambda found: SEARCH_FORM[found[0]].lower(), lower)
    return unicodedata.normalize("NFKC", plain)[:LONGEST_NAME].translate(LETTERS)


class _Letters(dict[int, str]):
    """Code point -> what it is in a part; worked out once for each that occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = _letter(chr(code))
        return self[code]


def _letter(character: str) -> str:
    if character in SILENT or unicodedata.combining(character):
        return ""
    if character == "-":
        return character
    # The zero width joiners of Persian stand inside one word.
    kind = unicodedata.category(character)
    return character.lower() if kind[0] in "LM" else "" if kind == "Cf" else " "


LETTERS = _Letters()


def _grouped(words: list[_Word]) -> tuple[Part, ...]:
    found: list[Part] = []
    at = 0
    while at < len(words):
        part, taken = _part(words[at:])
        closing = CLOSING.get(part.word) if found else None
        if closing and not found[-1].is_particle:
            found[-1] = Part(found[-1].word + closing)
        else:
            found.append(part)
        at += taken
    return tuple(found)


def _part(words: list[_Word]) -> tuple[Part, int]:
    """The part that begins here, and how many words it takes."""
    if len(words) > 1 and words[0].text in OPENING:
        return _compound(words[0].text, words[1:])
    return _simple(words)


def _simple(words: list[_Word]) -> tuple[Part, int]:
    if len(words) > 1 and _is_article(words[0], words[1].text):
        return _with_article(words[0].text, words[1].text), 2
    return _alone(words[0].text), 1


def _is_article(word: _Word, after: str) -> bool:
    if word.text in ARTICLES:
        return True
    sound = ASSIMILATED.fullmatch(word.text)
    # Only with a hyphen: "An Nguyen" and "Ed Dorn" are names of people.
    return bool(sound and word.hyphen and after.startswith(sound[2]))


def _with_article(article: str, word: str) -> Part:
    return Part("eddin") if word in FAITH else Part(article + word, bare=word)


def _compound(opening: str, words: list[_Word]) -> tuple[Part, int]:
    stem, linked = OPENING[opening]
    if words[0].text in CLOSING:
        return Part(stem + CLOSING[words[0].text]), 2
    part, taken = _simple(words)
    joint = stem if part.bare or not linked else linked
    return Part(joint + part.word, inside=part.bare or part.word), taken + 1


def _alone(word: str) -> Part:
    if word.startswith("ال") and len(word) > 4:
        return Part(word, bare=word[2:])
    if PERHAPS_WITH_ARTICLE.match(word):
        return Part(word, bare=word[2:], glued=True)
    return Part(word)
