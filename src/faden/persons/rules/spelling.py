"""Search keys: what is stored for a name, and what is looked up for a typed one.

Row-level security lets only = and ranges reach an index, so likeness must become equality:
each name is stored under its spelling, its sound and its bones, and found under any of them.
"""

from typing import NamedTuple

from faden.persons.rules import cologne
from faden.persons.rules.hearing import Heard, hear
from faden.persons.rules.parts import Part, parts_of

# "m", "al": so many names begin like this that a range over them would read half the table.
FEWEST_CONSONANTS = 2
LONGEST_VALUE = 80


class Key(NamedTuple):
    """One stored row: kind "form" | "sound" | "bones", value a-z or digits, COLLATE "C"."""

    kind: str
    value: str


class Sought(NamedTuple):
    """One condition: value = `value`, or `value` <= value < `until` for a beginning."""

    kind: str
    value: str
    beginning: bool = False

    @property
    def until(self) -> str:
        """First value that no longer begins with it: "moh" -> "moi", "az" -> "a{"."""
        return self.value[:-1] + chr(ord(self.value[-1]) + 1)


def keys_of(text: str) -> frozenset[Key]:
    """All keys of a name "Family, Given" or "Given Family" in any script."""
    return frozenset(key for part in parts_of(text) for key in _keys_of_part(part))


def search_keys(query: str) -> tuple[tuple[Sought, ...], ...]:
    """One inner tuple per typed part; a person fits when each has a stored key in it.

    The last part may be incomplete: "Hassan, Moh" -> form hassan or sound 086 or bones hsn,
    and form from moh to moi ….
    """
    parts = _worth_seeking(query)
    last = len(parts) - 1
    return tuple(_sought(part, beginning=at == last) for at, part in enumerate(parts))


def _worth_seeking(query: str) -> list[Part]:
    """Parts as they were typed; "von" and "bin" only if nothing else was."""
    # A comma would put the given name first, but typed last is what may be incomplete.
    parts = list(parts_of(query.replace(",", " ")))
    return [part for part in parts if not part.is_particle] or parts


def _keys_of_part(part: Part) -> set[Key]:
    found = _keys(hear(part.word), sounds=not part.is_particle)
    # Albert is no Bert: what may be an article is cut off for the bones only.
    for half in filter(None, (part.bare, part.inside)):
        keys = _keys(hear(half))
        found |= {key for key in keys if key.kind == "bones"} if part.glued else keys
    return found


def _keys(heard: Heard, sounds: bool = True) -> set[Key]:
    found = {Key("form", form[:LONGEST_VALUE]) for form in heard.forms}
    if sounds:
        codes = {cologne.code(form)[:LONGEST_VALUE] for form in heard.forms}
        found |= {Key("sound", code) for code in codes if code}
        found |= {Key("bones", bones[:LONGEST_VALUE]) for bones in heard.bones}
    return found


def _sought(part: Part, beginning: bool) -> tuple[Sought, ...]:
    words = (part.word, part.bare) if part.bare and not part.glued else (part.word,)
    found = {s for word in words for s in _sought_word(hear(word), beginning)}
    return tuple(sorted(found))


def _sought_word(heard: Heard, beginning: bool) -> set[Sought]:
    found = {Sought(key.kind, key.value) for key in _keys(heard)}
    if beginning:
        found = {s for s in found if s.kind != "form"}
        found |= {Sought("form", form[:LONGEST_VALUE], True) for form in heard.forms}
        found |= {Sought("bones", b, True) for b in heard.bones if _is_telling(b)}
    return found


def _is_telling(bones: str) -> bool:
    return len(bones.removeprefix("a")) >= FEWEST_CONSONANTS
