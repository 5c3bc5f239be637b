"""Texts to be signed as they are written: one paragraph a line, "# " a heading, "[code] " only if it was chosen.

{fields} are filled in. A translation has the same headings, codes and fields in the same places as the German text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from faden.consents.vocabulary import DataClass, FormKind, PowerScope, SpecialCategory

_LINE = re.compile(r"(?:(?P<heading># *)|\[(?P<code>[a-z_]{1,30})\] *)?(?P<words>.*)")
_FIELD = re.compile(r"\{([a-z_]+)\}")

# What a text of each kind has to say, whatever its wording.
FIELDS = {
    FormKind.POWER: ("person", "deputies", "authority", "procedure", "until"),
    FormKind.SECRECY: ("person", "discloser", "service", "purpose", "information", "until"),
    FormKind.CONSENT: ("person", "service", "recipient", "purpose", "information", "until"),
    FormKind.OWN_SECRECY: ("person", "service", "recipient", "purpose", "information", "until"),
}
DIRECTIONS = ("one_way", "mutual")
CODES: dict[FormKind, tuple[str, ...]] = {
    FormKind.POWER: tuple(PowerScope.values),
    FormKind.SECRECY: (*DIRECTIONS, *DataClass.values, *SpecialCategory.values),
    FormKind.CONSENT: (*DIRECTIONS, *DataClass.values, *SpecialCategory.values),
    FormKind.OWN_SECRECY: (*DIRECTIONS, *DataClass.values, *SpecialCategory.values),
}
MOST_PARAGRAPHS = 80


class Wrong(Enum):
    """What can be wrong with a wording."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    FIELD_MISSING = "field_missing"
    FIELD_UNKNOWN = "field_unknown"
    CODE_MISSING = "code_missing"
    CODE_UNKNOWN = "code_unknown"
    CODE_TWICE = "code_twice"
    OTHER_SHAPE = "other_shape"


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, and where: a field, a code or the number of a paragraph."""

    what: Wrong
    where: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One line of a text: what it is and what it says."""

    words: str
    is_heading: bool = False
    code: str = ""

    @property
    def fields(self) -> Counter[str]:
        """The fields in it, with how often."""
        return Counter(_FIELD.findall(self.words))


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """The lines of a text; empty ones only divide."""
    found = (_LINE.fullmatch(line.strip()) for line in body.split("\n") if line.strip())
    return tuple(Paragraph(m["words"].strip(), bool(m["heading"]), m["code"] or "") for m in found if m)


def filled(body: str, values: Mapping[str, str], chosen: Collection[str]) -> tuple[Paragraph, ...]:
    """The text as it is printed: fields filled in, without what was not chosen."""
    return tuple(
        Paragraph(_FIELD.sub(lambda m: values.get(m[1], m[0]), one.words), one.is_heading, one.code)
        for one in paragraphs(body)
        if not one.code or one.code in chosen
    )


def mistakes(kind: FormKind, body: str, german: str = "") -> tuple[Mistake, ...]:
    """Everything that is wrong with a wording; `german`: what it translates."""
    found = paragraphs(body)
    if not found:
        return (Mistake(Wrong.EMPTY),)
    if len(found) > MOST_PARAGRAPHS:
        return (Mistake(Wrong.TOO_LONG),)
    if german:
        return _shape(found, paragraphs(german))
    fields, codes = Counter[str](), Counter(one.code for one in found if one.code)
    for one in found:
        fields += one.fields
    return (
        *_compared(fields, FIELDS[kind], Wrong.FIELD_MISSING, Wrong.FIELD_UNKNOWN),
        *_compared(codes, CODES[kind], Wrong.CODE_MISSING, Wrong.CODE_UNKNOWN),
        *(Mistake(Wrong.CODE_TWICE, code) for code, times in codes.items() if times > 1),
    )


def _compared(
    found: Collection[str], wanted: Iterable[str], missing: Wrong, unknown: Wrong
) -> Iterable[Mistake]:
    names = list(wanted)
    yield from (Mistake(missing, name) for name in names if name not in found)
    yield from (Mistake(unknown, name) for name in found if name not in names)


def _shape(found: tuple[Paragraph, ...], german: tuple[Paragraph, ...]) -> tuple[Mistake, ...]:
    """The first paragraph that is not what stands at its place in German."""
    for number, (one, source) in enumerate(zip(found, german, strict=False), 1):
        same = (one.is_heading, one.code, one.fields) == (source.is_heading, source.code, source.fields)
        if not same or not one.words:
            return (Mistake(Wrong.OTHER_SHAPE, str(number)),)
    shorter = min(len(found), len(german))
    return () if len(found) == len(german) else (Mistake(Wrong.OTHER_SHAPE, str(shorter + 1)),)
