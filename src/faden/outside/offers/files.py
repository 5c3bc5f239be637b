"""From bytes to JSON: a file that is none is refused with the reason."""

import json
import re
from pathlib import Path
from typing import Any

from faden.outside.offers.reading import NotWhatItClaims, Wrong

LARGEST = 100 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """All of it, if it is a file and not too large; a device says that it has no size, and never ends."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise NotWhatItClaims(Wrong.NO_FILE, error.strerror or "") from None
    if len(data) > LARGEST:
        raise NotWhatItClaims(Wrong.TOO_LARGE, f"{LARGEST // 1024 // 1024} MB")
    return data


def parsed(data: bytes) -> Any:
    """The JSON in it."""
    refuse_markup(data)
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotWhatItClaims(Wrong.BINARY)
    try:
        words = data.decode(json.detect_encoding(data[:64]))
        return json.loads(words.lstrip("\ufeff"), parse_constant=lambda _name: None, parse_int=_whole)
    except UnicodeDecodeError:
        raise NotWhatItClaims(Wrong.BINARY) from None
    except json.JSONDecodeError as error:
        wrong = Wrong.CUT_OFF if error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated") else Wrong.NO_JSON
        raise NotWhatItClaims(wrong, f"{error.lineno}:{error.colno}") from None
    except RecursionError:
        raise NotWhatItClaims(Wrong.NO_JSON) from None


def refuse_markup(data: bytes) -> None:
    """Nothing at all, or a page where a file was expected: most often an error or a sign-in page that was saved."""
    begin = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begin:
        raise NotWhatItClaims(Wrong.EMPTY)
    if re.match(rb"<(!doctype|html|head|body|\?xml|!--|[a-z])", begin, re.IGNORECASE):
        raise NotWhatItClaims(Wrong.HTML)


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= 20 else None
