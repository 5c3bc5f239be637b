"""Draws the pages of a file in a process of its own: bytes in, plain JPEG pages out; and one PDF of such pages.

What people photograph and agencies send is read by large C libraries. They run in a child without our environment, with little
memory and time, and what comes back is only what a page looks like: no camera data, no script, no link.
"""

import json
import struct
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2

SECONDS = 90.0
MOST_PAGES = 40
MOST_BYTES = 64 * 1024 * 1024
_DRAWER = Path(__file__).with_name("page_drawer.py")
# A page of the PDF is as wide as A4, whatever the picture's size.
_A4_POINTS = 595.0
_ONE_AT_A_TIME = Lock()  # PDFium knows no threads


class NotDrawn(Exception):
    """Broken, protected by a password, too large or too slow; the words are for the log."""


@dataclass(frozen=True)
class Page:
    """One page, upright."""

    width: int
    height: int
    jpeg: bytes


@dataclass(frozen=True)
class Drawing:
    """The pages, how many the file has in all, and what stands in QR codes on them."""

    pages: tuple[Page, ...]
    pages_in_file: int
    codes: tuple[str, ...]


def draw(content: bytes, media_type: str, *, seconds: float = SECONDS) -> Drawing:
    """The first forty pages of a PDF, JPEG, PNG, HEIC or TIFF."""
    command = [sys.executable, "-I", "-B", str(_DRAWER), media_type, str(MOST_PAGES)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, check=False, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired as problem:
        raise NotDrawn(f"slower than {seconds:.0f} seconds") from problem
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit {done.returncode}"]
        raise NotDrawn(last[0][:200])
    return _read(done.stdout)


def _read(answer: bytes) -> Drawing:
    """A line of JSON, then the pages as it says; anything else is no drawing."""
    try:
        if len(answer) > MOST_BYTES:
            raise ValueError("too many bytes")
        (length,) = struct.unpack_from("!I", answer)
        told, place = json.loads(answer[4 : 4 + length]), 4 + length
        pages = []
        for width, height, size in told["pages"]:
            jpeg = answer[place : place + size]
            if len(jpeg) != size or not jpeg.startswith(b"\xff\xd8\xff"):
                raise ValueError("a page is no JPEG")
            pages.append(Page(int(width), int(height), jpeg))
            place += size
        return Drawing(tuple(pages), int(told["pages_in_file"]), tuple(map(str, told["codes"])))
    except (ValueError, KeyError, TypeError, struct.error) as problem:
        raise NotDrawn(f"{type(problem).__name__}: {problem}") from problem


def as_pdf(jpegs: Iterable[bytes]) -> bytes:
    """One PDF of pages that we drew; the pictures go in as they are."""
    with _ONE_AT_A_TIME:
        return _as_pdf(jpegs)


def _as_pdf(jpegs: Iterable[bytes]) -> bytes:
    made, kept = pypdfium2.PdfDocument.new(), BytesIO()
    for jpeg in jpegs:
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(BytesIO(jpeg), inline=True, autoclose=True)
        width, height = image.get_px_size()
        size = _A4_POINTS, _A4_POINTS * height / width
        image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        page = made.new_page(*size)
        page.insert_obj(image)
        page.gen_content()
    made.save(kept)
    made.close()
    return kept.getvalue()
