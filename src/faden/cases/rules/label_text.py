"""How much room a text takes in a picture that is drawn without seeing it: never less than it will need."""

import re
import unicodedata

FONT, LINE = 14, 18
MOST_LINES = 3
# Noto Sans, measured: the bolder of both weights, rounded up, in parts of the size of the letters.
_MEASURED = {
    char: width
    for width, chars in (
        (0.31, " ijlı.,:;!'|"),
        (0.47, "frtIJ-()/“?"),
        (0.53, "csz–„"),
        (0.62, "aevxykEFLSYZT0123456789"),
        (0.70, "bdghnopqußKPRABVCX"),
        (0.81, "DGHNOQU&"),
        (0.87, "w…"),
        (1.0, "mMW@%—"),
    )
    for char in chars
}


def width_of(text: str) -> float:
    """Upper bound of the width at `FONT`, in any script; combining signs take none."""
    return sum(_width(char) for char in text) * FONT


def _width(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.1
    letter = unicodedata.normalize("NFD", char)[0]
    return _MEASURED.get(letter, 0.81 if letter.isascii() else 0.95)


def wrapped(text: str, width: float) -> list[str]:
    """At most three lines of that width; what is longer ends with three dots."""
    lines = [""]
    for word, glue in _pieces(text, width):
        joined = f"{lines[-1]}{glue}{word}".strip()
        if width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    lines = [line for line in lines if line] or ["–"]
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], _shortened(lines[MOST_LINES - 1], width)]


def _pieces(text: str, width: float) -> list[tuple[str, str]]:
    """Words, parts at a hyphen, and what is still too long cut where it must be; each with what stands before it."""
    pieces = []
    for word in text.split():
        parts = [piece for part in re.findall(r"[^-]*-+|[^-]+", word) for piece in _cut(part, width)]
        pieces += [(part, "" if n else " ") for n, part in enumerate(parts)]
    return pieces


def _cut(word: str, width: float) -> list[str]:
    """Never between a letter and its signs."""
    cut = [""]
    for char in word:
        if _width(char) and width_of(cut[-1] + char) > width:
            cut.append("")
        cut[-1] += char
    return cut


def _shortened(line: str, width: float) -> str:
    while line and width_of(line + "…") > width:
        line = line[:-1]
    return line.rstrip() + "…"
