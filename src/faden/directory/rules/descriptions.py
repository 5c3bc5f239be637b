"""A description: typed as plain text, kept as a little cleaned HTML, given back as plain text to be changed."""

import re
import unicodedata
from html import escape, unescape

import nh3

from faden.outside.offers.html import SCHEMES, TAGS

_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
_SPACES = re.compile(r"[^\S\n]+")  # a run of them makes the patterns below quadratic
_BULLET = re.compile(r"[-*•]\s+")
_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def cleaned(html: str) -> str:
    """Only what a description needs; scripts, pictures, styles and what runs on a click are gone."""
    return nh3.clean(html, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes=set(SCHEMES)).strip()


def from_plain(text: str) -> str:
    """Paragraphs at empty lines, a list where lines begin with a dash, addresses as links."""
    blocks = re.split(r"\n\s*\n", _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip())
    return "".join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    found, said, points = [], list[str](), list[str]()
    for line in [*lines, ""]:
        is_point = bool(_BULLET.match(line))
        if points and not is_point:
            found.append(f"<ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>")
            points = []
        if said and (is_point or not line):
            found.append(f"<p>{'<br>'.join(said)}</p>")
            said = []
        if is_point:
            points.append(_linked(_BULLET.sub("", line, count=1)))
        elif line:
            said.append(_linked(line))
    return "".join(found)


def _linked(line: str) -> str:
    parts, end = [], 0
    for match in _URL.finditer(line):
        url = escape(match.group())
        parts += [escape(line[end : match.start()]), f'<a href="{url}">{url}</a>']
        end = match.end()
    return "".join([*parts, escape(line[end:])])


def to_plain(html: str) -> str:
    """The words to be read or changed; a link keeps its address in brackets."""
    text = _SPACES.sub(" ", _LINK.sub(_spoken, html))
    text = re.sub(r"\s*\n\s*", " ", text)
    text = re.sub(r"<br\s*/?>", "\n", text)
    text = re.sub(r"<li>", "\n- ", text)
    text = re.sub(r"</(p|ul|ol|h3|h4)>", "\n\n", text)
    text = "".join(char for char in unicodedata.normalize("NFC", unescape(re.sub(r"<[^>]*>", "", text))) if _is_typed(char))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def _is_typed(char: str) -> bool:
    """What a form takes back: no control character that stood as a number in foreign HTML."""
    return char in "\n\t" or (char != "\ufffd" and unicodedata.category(char) not in ("Cc", "Cs"))


def _spoken(match: re.Match[str]) -> str:
    address, words = match.group(1), re.sub(r"<[^>]*>", "", match.group(2))
    return words if words == address else f"{words} ({address})"
