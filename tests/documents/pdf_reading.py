"""Reads a PDF as an eye does: letters by where they stand."""

import ctypes
from typing import Any

import pypdfium2
from pypdfium2 import raw


def words_of(pdf: bytes) -> str:
    """The text as it is extracted, on one line; in lines with Arabic its order is the reader's, not the writer's."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


def lines_of(pdf: bytes, *, from_right: bool = False) -> list[str]:
    """The letters of each line by their place, without spaces; what one glyph says twice counts once."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        rows: dict[int, list[tuple[float, str]]] = {}
        text = page.get_textpage()
        for number in range(text.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(text.raw, number))
            if letter.isspace() or letter in "\u2068\u2069\ufffe":
                continue
            x, y = _origin(text, number)
            rows.setdefault(round(y / 3), []).append((x, letter))
        for _place, letters in sorted(rows.items(), reverse=True):
            ordered = sorted(letters, key=lambda one: -one[0] if from_right else one[0])
            found.append("".join(_once(ordered)))
    return found


def place_of(pdf: bytes, letter: str, page: int = 0) -> tuple[float, float]:
    """Where a letter stands first on a page, from the left and from below, in points."""
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    number = next(n for n in range(text.count_chars()) if chr(raw.FPDFText_GetUnicode(text.raw, n)) == letter)
    return _origin(text, number)


def edges_of(pdf: bytes) -> tuple[float, float]:
    """The leftmost and the rightmost letter of all pages, in points."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        found += [
            text.get_charbox(number)
            for number in range(text.count_chars())
            if not chr(raw.FPDFText_GetUnicode(text.raw, number)).isspace()
        ]
    return min(box[0] for box in found), max(box[2] for box in found)


def _origin(text: Any, number: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text.raw, number, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _once(letters: list[tuple[float, str]]) -> list[str]:
    """Arabic letters are joined of two marks, and both say the letter."""
    return [letter for n, (_x, letter) in enumerate(letters) if n == 0 or letters[n - 1][1] != letter]
