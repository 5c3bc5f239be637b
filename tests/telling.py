"""Which secrets a text tells: for tests that search everything that leaves."""

import re
from collections.abc import Iterable


def told(text: str, words: Iterable[str]) -> list[str]:
    """The words that stand in the text; a number only by itself: random keys and clocks hold every number."""
    text = text.lower()
    return [word for word in words if re.search(_by_itself(word) if word.isdigit() else re.escape(word.lower()), text)]


def _by_itself(number: str) -> str:
    return rf"(?<![\w.]){number}(?!\w)"
