"""The words somebody searches for, and the piece of a text around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

AROUND = 70
SHORTEST = 3
MOST_WORDS = 6


@dataclass(frozen=True)
class Snippet:
    """What stands before the word, the word as it is written there, what stands after it."""

    before: str
    word: str
    after: str


def words_of(typed: str) -> list[str]:
    """What must all stand in a text; nothing for less than three letters, which would be everywhere."""
    words = list(dict.fromkeys(typed.split()))[:MOST_WORDS]
    return words if sum(len(word) for word in words) >= SHORTEST else []


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """The first of the words with what stands around it, on one line."""
    line = " ".join(text.split())
    found = re.search("|".join(re.escape(word) for word in words), line, re.IGNORECASE) if words else None
    if found is None:
        # The database folds a few letters otherwise: then the beginning.
        return Snippet("", "", _end(line, 2 * AROUND))
    start, end = found.span()
    return Snippet(_beginning(line[:start]), line[start:end], _end(line[end:], AROUND))


def _beginning(text: str) -> str:
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _end(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
