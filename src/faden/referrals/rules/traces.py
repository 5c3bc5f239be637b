"""What in a text may tell who it is about: the case's own words, and what looks like a day, number or place. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from faden.documents.rules.spelling import WORD, folded
from faden.persons.rules.spelling import Key, keys_of


class TraceKind(StrEnum):
    """What a find is."""

    NAME = "name"
    LIKE_NAME = "like_name"
    BODY = "body"
    DAY = "day"
    NUMBER = "number"
    PLACE = "place"
    ADDRESS = "address"
    CONTACT = "contact"


# A worker may have looked at these and left them; a name, street or number of the case itself has to go.
MAY_STAY = frozenset({TraceKind.LIKE_NAME, TraceKind.BODY, TraceKind.NUMBER, TraceKind.PLACE})
_MONTHS = (
    "januar|jänner|februar|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    "|jan|feb|mär|apr|jun|jul|aug|sept|sep|okt|nov|dez"
)
_DAY = re.compile(
    rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.(?:\s?\d{{2,4}})?|(?:{_MONTHS})\b\.?(?:\s?\d{{2,4}})?)|\b\d{{4}}-\d{{1,2}}-\d{{1,2}}\b"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\S+@\S+|\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)
# Four digits and more, also with what stands between them; and what mixes letters with digits.
_NUMBER = re.compile(r"\+?\d(?:[\s./()-]{0,2}\d){3,}|\b(?=[\w/.-]*\d)(?=[\w/.-]*[^\W\d_])[\w]+(?:[/.-][\w]+)*\b")
_MONTH_BEFORE = re.compile(rf"(?:{_MONTHS})\.?\s$", re.IGNORECASE)
_STREET = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:stra(?:ß|ss)e|str\.|allee|gasse)\b(?:\s\d+\w?)?|\b[A-ZÄÖÜ][\wäöüß-]*(?:weg|platz|ring|ufer|damm|hof)\s\d+\w?\b"
)
_WORD = re.compile(rf"{WORD}(?:['’]{WORD})*")
# Words every such text has: they sound like somebody's name now and then.
_OUR_OWN = frozenset(
    folded(word) for word in (
        "mutter vater sohn tochter kind frau mann eltern person familie arbeitgeber schule kita kurs stelle amt monat seit"
        " alter jahre bruder schwester oma opa partner angehörige jobcenter termin platz"
    ).split()
)  # fmt: skip

_SHORT = 3
_OF_MANY = ("kreis", "landkreis")  # a whole county: many live there
_TITLES = _OUR_OWN | frozenset(
    "herr dr prof nachbarin nachbar freundin freund tante onkel cousin cousine lehrerin lehrer kollegin kollege chef chefin".split()
)


@dataclass(frozen=True)
class Known:
    """A word of the case that tells who it is: names, towns, agencies, numbers."""

    kind: TraceKind
    words: str


@dataclass(frozen=True)
class Trace:
    """One find in the text."""

    kind: TraceKind
    start: int
    end: int
    words: str

    @property
    def key(self) -> str:
        """How a worker's word "das bleibt" remembers it."""
        return folded(" ".join(self.words.split()))

    @property
    def may_stay(self) -> bool:
        return self.kind in MAY_STAY


def without_titles(name: str) -> str:
    """A neighbour's or contact's name without "Frau" and "Nachbarin", which are nobody's."""
    return " ".join(word for word in name.split() if folded(word.strip(",.()")) not in _TITLES)


def traces(text: str, known: Iterable[Known]) -> list[Trace]:
    """All finds in the order of the text; where several lie upon each other the graver one."""
    words = list(known)
    found = [*_known_words(text, words), *_known_numbers(text, words), *_shapes(text)]
    found.sort(key=lambda one: (one.may_stay, one.start - one.end))
    kept: list[Trace] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def standing(found: Iterable[Trace], harmless: Iterable[str]) -> list[Trace]:
    """Those nobody has looked at, and those that have to go."""
    left = set(harmless)
    return [one for one in found if not (one.may_stay and one.key in left)]


def cleaned(text: str, known: Sequence[Known]) -> str:
    """With "…" for all that tells; for words somebody typed, as titles are."""
    pieces, at = [], 0
    for one in traces(text, known):
        pieces += [text[at : one.start], "…"]
        at = one.end
    return "".join([*pieces, text[at:]])


def _known_words(text: str, known: Sequence[Known]) -> list[Trace]:
    tokens = [(match.start(), match.end(), _plain(match.group())) for match in _WORD.finditer(text)]
    exact: dict[str, list[tuple[list[str], TraceKind]]] = {}
    sounds: set[Key] = set()
    for one in known:
        if one.kind not in (TraceKind.NAME, TraceKind.PLACE, TraceKind.ADDRESS, TraceKind.BODY):
            continue
        parts = [_plain(word) for word in _WORD.findall(one.words)]
        if not parts:
            continue
        for wanted in _wanted(one, parts):
            exact.setdefault(wanted[0], []).append((wanted, one.kind))
        if one.kind == TraceKind.NAME:
            sounds |= {key for key in keys_of(one.words) if _is_telling(key)}
    return list(chain(_exact(text, tokens, exact), _alike(text, tokens, sounds)))


def _wanted(one: Known, parts: list[str]) -> list[list[str]]:
    """A name is found by each of its parts; a body or place only by all of it, a street also as "…str."."""
    if one.kind == TraceKind.NAME:
        return [[part] for part in _parts_of_name(one.words)]
    short = [part.removesuffix("asse") if part.endswith("strasse") else part for part in parts]
    return [parts, short] if one.kind == TraceKind.ADDRESS and short != parts else [parts]


def _parts_of_name(name: str) -> list[str]:
    """Folded; "im" and "von" among capital letters ("Nachbarin im dritten Stock") are nobody's name."""
    words = [word for word in _WORD.findall(name) if len(word) > 1]
    capital = any(word[0].isupper() for word in words)
    return [_plain(word) for word in words if not (capital and word[0].islower())]


def _plain(word: str) -> str:
    return folded(word).replace("’", "'")


def _exact(
    text: str, tokens: list[tuple[int, int, str]], exact: dict[str, list[tuple[list[str], TraceKind]]]
) -> Iterable[Trace]:
    for number, (start, _end, token) in enumerate(tokens):
        for spelled in _undeclined(token):
            for wanted, kind in exact.get(spelled, ()):
                if kind == TraceKind.PLACE and number and tokens[number - 1][2] in _OF_MANY:
                    continue
                if len(token) < _SHORT and text[start].islower():
                    continue  # "An" and "Le" are names, "an" stands in every text
                said = [word for _s, _e, word in tokens[number : number + len(wanted)]]
                if said == wanted or (len(wanted) == 1 and spelled == wanted[0]) or _but_the_ending(said, wanted):
                    end = tokens[number + len(wanted) - 1][1]
                    yield Trace(kind, start, end, text[start:end])


def _undeclined(word: str) -> set[str]:
    """ "Oleksandras", "Rima's", "Ahauser", "Yilmazens", "die Darwisch'sche Wohnung"; and as it stands."""
    short = next((word[: -len(end)] for end in ("ers", "er", "s") if word.endswith(end) and len(word) > len(end) + 2), word)
    found = {word, short}
    stem, apostrophe, ending = word.rpartition("'")
    if apostrophe and ending.startswith("s"):
        found.add(stem)
    if word.endswith(("sens", "xens", "zens")):
        found.add(word.removesuffix("ens"))
    return found


def _but_the_ending(said: list[str], wanted: list[str]) -> bool:
    return len(said) == len(wanted) and said[:-1] == wanted[:-1] and wanted[-1] in _undeclined(said[-1])


def _alike(text: str, tokens: list[tuple[int, int, str]], sounds: set[Key]) -> Iterable[Trace]:
    """Another spelling, or what sounds the same; German small words are not names."""
    if not sounds:
        return
    for start, end, token in tokens:
        word = text[start:end]
        if len(token) > 3 and word[:1].isupper() and token not in _OUR_OWN and sounds & keys_of(word):
            yield Trace(TraceKind.LIKE_NAME, start, end, word)


def _is_telling(key: Key) -> bool:
    """Consonants alone, or a short sound, are shared with half the dictionary."""
    return (key.kind == "form" and len(key.value) > 3) or (key.kind == "sound" and len(key.value) > 4)


def _known_numbers(text: str, known: Sequence[Known]) -> Iterable[Trace]:
    wanted = {digits for one in known if one.kind in (TraceKind.NUMBER, TraceKind.CONTACT) and len(digits := _digits(one.words)) > 2}
    for one in known:
        if one.kind == TraceKind.DAY:
            found = re.finditer(rf"\b{re.escape(one.words)}\b", text, re.IGNORECASE)
            yield from (Trace(TraceKind.DAY, match.start(), match.end(), match.group()) for match in found)
    for match in re.finditer(r"\+?\d(?:[\s./()-]{0,2}\d)*", text):
        if any(_same_number(_digits(match.group()), number) for number in wanted):
            yield Trace(TraceKind.CONTACT, match.start(), match.end(), match.group())


def _same_number(found: str, wanted: str) -> bool:
    """With or without the country's prefix."""
    found, wanted = found.removeprefix("0049").removeprefix("49").lstrip("0"), wanted.removeprefix("0049").removeprefix("49").lstrip("0")
    return bool(found) and (found == wanted or (len(found) > 4 and found in wanted) or (len(wanted) > 4 and wanted in found))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _shapes(text: str) -> Iterable[Trace]:
    for kind, shape in ((TraceKind.DAY, _DAY), (TraceKind.CONTACT, _CONTACT), (TraceKind.PLACE, _STREET), (TraceKind.NUMBER, _NUMBER)):
        for match in shape.finditer(text):
            if kind == TraceKind.NUMBER and _is_a_month_s_year(text, match):
                continue
            yield Trace(kind, match.start(), match.end(), match.group())


def _is_a_month_s_year(text: str, match: re.Match[str]) -> bool:
    """ "März 2026" may stand."""
    year = match.group()
    return bool(re.fullmatch(r"(?:19|20)\d\d", year) and _MONTH_BEFORE.search(text[: match.start()]))
