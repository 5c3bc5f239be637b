"""Foreign HTML and foreign text, made harmless."""

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape

import nh3

TAGS = frozenset({"p", "br", "ul", "ol", "li", "a", "strong", "em", "h3", "h4"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_HTML = 60_000
_DEEPEST = 6  # empty elements inside each other that are taken away
# Before anything else: a pattern that looks for spaces around a line would try each of a million of them.
_SPACES = re.compile(r"[^\S\n]+")

# What may not stay even as text.
_DROPPED = {"script", "style", "title", "noscript", "iframe", "object", "svg", "math", "template", "textarea", "select", "button"}
_SAME = (
    (re.compile(r"<(/?)b(?=[\s>/])", re.IGNORECASE), r"<\1strong"),
    (re.compile(r"<(/?)i(?=[\s>/])", re.IGNORECASE), r"<\1em"),
    (re.compile(r"<(/?)h[12](?=[\s>/])", re.IGNORECASE), r"<\1h3"),
    (re.compile(r"<(/?)h[56](?=[\s>/])", re.IGNORECASE), r"<\1h4"),
    # Their ends separate words and lines: without one "Montag</div><div>Dienstag" would become one word.
    (re.compile(r"<(/?)(div|section|article|tr|table|figure|blockquote)(?=[\s>/])", re.IGNORECASE), r"<\1p"),
    (re.compile(r"</t[dh]\s*>", re.IGNORECASE), " "),
)
_EMPTY = re.compile(r"<(p|li|ul|ol|a|strong|em|h3|h4)\b[^>]*>(?:\s|&nbsp;|<br\s*/?>)*</\1>")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h3|h4|ul|ol)>", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^>]*>|&(?:[a-zA-Z]+|#\d+);")
# Directions that a text forces on what follows it; the marks that Arabic and Persian need stay.
_FORCED = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\ufeff\ufffc\ufffd"), None)


def plain(value: str) -> str:
    """One line of text: no tags, no entities, no control characters."""
    if _LOOKS_LIKE_HTML.search(value):
        value = unescape(_TAG.sub(" ", nh3.clean(_BREAK.sub(" ", value), tags=set(), clean_content_tags=_DROPPED)))
    return " ".join(storable(value).split())


def storable(value: str) -> str:
    """Without what a database or a page cannot hold: NUL, half surrogates, control and forced-direction characters."""
    value = value.encode("utf-8", "ignore").decode("utf-8")
    value = unicodedata.normalize("NFC", value.translate(_FORCED))
    return "".join(char for char in value if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co"))


@lru_cache(maxsize=64)  # an organisation's description comes once with each of its services
def cleaned(value: str) -> str:
    """Only what a description needs: no pictures, scripts, styles, and links that lead nowhere harmful."""
    value = _SPACES.sub(" ", storable(value[:LONGEST_HTML].replace("\r\n", "\n").replace("\r", "\n")))
    if not _LOOKS_LIKE_HTML.search(value):
        return paragraphs(value)
    for found, instead in _SAME:
        value = found.sub(instead, value)
    value = _allowed(value)
    for _round in range(_DEEPEST):
        value = _EMPTY.sub(" ", value)
    return re.sub(r"\s*\n\s*", "\n", _allowed(value)).strip()


def _allowed(value: str) -> str:
    return nh3.clean(
        value, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes=set(SCHEMES), clean_content_tags=_DROPPED, link_rel=None
    )


def paragraphs(value: str) -> str:
    """Plain text as paragraphs."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", value) if block.strip()]
    return "".join(f"<p>{'<br>'.join(escape(line.strip(), quote=False) for line in block.splitlines())}</p>" for block in blocks)


def clipped(value: str, most: int) -> str:
    """Not longer than this, cut between words."""
    if len(value) <= most:
        return value
    short = value[: most - 1]
    cut = short.rfind(" ")
    return (short[:cut] if cut > most // 2 else short).rstrip(" ,;:–-") + "…"
