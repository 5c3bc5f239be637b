"""Words as they are compared: how somebody spelled them makes no difference."""

import unicodedata

_SIGNS = {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "aa", "đ": "d", "ð": "d", "ł": "l", "ı": "i"}
# Marks upon letters, and what nobody sees inside a word (a hyphen for the line's end), are no end of it.
_UPON = "".join(sign for sign in map(chr, range(0x300, 0x20000)) if unicodedata.category(sign) in ("Mn", "Mc"))
WORD = rf"[^\W\d_](?:[^\W\d_]|[{_UPON}\u00ad\u200b-\u200d\u2060\ufeff])*"


def folded(text: str) -> str:
    """Small, without marks, ä as ae; what nobody sees (a hyphen for the line's end only) is not there."""
    small = unicodedata.normalize("NFC", text).casefold()
    return bare("".join(_SIGNS.get(sign, sign) for sign in small))


def bare(text: str) -> str:
    """Small and without marks, ä as a: as who lacks the key types it."""
    return unmarked(text.casefold())


def unmarked(text: str) -> str:
    """Capital letters stay."""
    signs = unicodedata.normalize("NFKD", text)
    return "".join(s for s in signs if not unicodedata.combining(s) and unicodedata.category(s) != "Cf")
