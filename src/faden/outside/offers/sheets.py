"""From bytes to lines of text: a text file of any separator and encoding, or the first sheet of a workbook."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faden.outside.offers import values
from faden.outside.offers.files import refuse_markup
from faden.outside.offers.reading import NotWhatItClaims, Wrong
from faden.outside.offers.workbook import MOST_COLUMNS, MOST_LINES

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SECONDS = 60.0
_UNPACKED = 300 * 1024 * 1024
_SOURCE = Path(__file__).parents[3]
# Isolated: nothing of our environment reaches it, and what it imports does not depend on where we stand.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from faden.outside.offers.workbook import main; main()"
_SEPARATORS = ";,\t|"
_LONGEST_LINE = 1_000_000
Line = tuple[int, list[str]]  # where it stood, and its cells; empty ones are left out


@dataclass(frozen=True)
class Table:
    """The columns' names, each once, and the lines below them as text; `numbers` say where each stood."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def samples(self, column: str) -> tuple[str, ...]:
        """The first three different values of a column."""
        at = self.columns.index(column)
        found = dict.fromkeys(row[at] for row in self.rows if at < len(row) and row[at])
        return tuple(found)[:3]


def table(data: bytes) -> Table:
    """A first line of names, and the lines below it."""
    lines = _of_workbook(data) if data.startswith(_WORKBOOKS) else _of_text(data)
    if not lines:
        raise NotWhatItClaims(Wrong.EMPTY)
    head = lines[0][1]
    while head and not head[-1]:
        head.pop()
    if len(head) > MOST_COLUMNS:
        raise NotWhatItClaims(Wrong.TOO_LARGE, str(MOST_COLUMNS))
    if len(lines) < 2:
        raise NotWhatItClaims(Wrong.NO_RECORDS)
    return Table(_named(head), tuple(tuple(line) for _number, line in lines[1:]), tuple(number for number, _line in lines[1:]))


def _named(head: list[str]) -> tuple[str, ...]:
    """Each name once; what has none is called by its place, like a sheet's column."""
    found: list[str] = []
    for place, name in enumerate(head, start=1):
        plain, times = values.text(name, 100) or f"#{place}", 1
        again = plain
        while again in found:
            times += 1
            again = f"{plain} ({times})"
        found.append(again)
    return tuple(found)


# ---------- a workbook ----------


def _of_workbook(data: bytes) -> list[Line]:
    _refuse_what_unpacks_to_much(data)
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_SOURCE)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        raise NotWhatItClaims(Wrong.TOO_FAR) from None
    if done.returncode:
        raise NotWhatItClaims(Wrong.TOO_FAR)
    answer = json.loads(done.stdout)
    if "broken" in answer:
        raise NotWhatItClaims(Wrong.NO_TABLE)
    if "far" in answer:
        raise NotWhatItClaims(Wrong.TOO_FAR, " × ".join(map(str, answer["far"])))
    return [(number, cells) for number, cells in answer["lines"]]


def _refuse_what_unpacks_to_much(data: bytes) -> None:
    """By the sizes it claims; what lies about them meets the limits of the process."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                size = sum(part.file_size for part in packed.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise NotWhatItClaims(Wrong.NO_TABLE) from None
        if size > _UNPACKED:
            raise NotWhatItClaims(Wrong.TOO_LARGE, f"{_UNPACKED // 1024 // 1024} MB")


# ---------- a text file ----------


def _of_text(data: bytes) -> list[Line]:
    refuse_markup(data)
    words = _decoded(data)
    if not words.strip():
        raise NotWhatItClaims(Wrong.EMPTY)
    if words.lstrip()[:1] in ("{", "["):
        raise NotWhatItClaims(Wrong.NO_TABLE)
    begin = len(words) - len(words.lstrip("\r\n"))
    head = next(_physical(words, begin)).rstrip("\r\n")
    if head.casefold().startswith("sep=") and len(head) == 5:  # a line that Excel writes for itself
        separator, begin = head[4], begin + len(head)
    else:
        separator = max(_SEPARATORS, key=head.count)
    try:
        return _cells(words, begin, separator, strict=True)
    except csv.Error as error:
        if "end of data" in str(error):
            raise NotWhatItClaims(Wrong.CUT_OFF) from None
    try:
        return _cells(words, begin, separator, strict=False)  # one stray quotation mark costs its own line only
    except csv.Error:
        raise NotWhatItClaims(Wrong.NO_TABLE) from None


def _cells(words: str, begin: int, separator: str, *, strict: bool) -> list[Line]:
    found: list[Line] = []
    skipped = len(re.findall(r"\r\n|\r|\n", words[:begin]))
    for number, line in enumerate(csv.reader(_physical(words, begin), delimiter=separator, strict=strict), start=1 + skipped):
        cells = [one.strip() for one in line]
        if any(cells):
            found.append((number, cells))
        if len(found) > MOST_LINES:
            raise NotWhatItClaims(Wrong.TOO_LARGE, str(MOST_LINES))
    return found


def _physical(words: str, begin: int) -> Iterator[str]:
    """Line by line: the cells of a line of a hundred megabytes fill the memory of a server."""
    lines = io.StringIO(words, newline="")
    lines.seek(begin)
    for line in lines:
        if len(line) > _LONGEST_LINE:
            raise NotWhatItClaims(Wrong.NO_TABLE)
        yield line


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\x00" in data or sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > 8:
        raise NotWhatItClaims(Wrong.BINARY)
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in words:
            return words
    raise NotWhatItClaims(Wrong.BINARY)
