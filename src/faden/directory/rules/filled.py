"""What a source filled in a row of ours: it may change that and take it back, and nothing that was noted here."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TEXT = "texts."  # before a language: the words of the source in it


@dataclass(frozen=True, slots=True)
class Outcome:
    """By column or condition: where the source says something new, where it says nothing any more, and what to remember of it."""

    written: frozenset[str]
    withdrawn: frozenset[str]
    marks: dict[str, str]


def mark(value: Any) -> str:
    """Enough to know a value again; the value itself would be kept twice."""
    told = json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def outcome(marks: Mapping[str, str], said: Mapping[str, Any], standing: Callable[[str], tuple[Any, ...]]) -> Outcome:
    """`standing` are the forms in which the source may have said what stands there: what was changed here is in none of them."""
    now = {name: mark(value) for name, value in said.items()}
    silent = [name for name in marks if name not in now and not name.startswith(TEXT)]
    return Outcome(
        written=frozenset(name for name in now if now[name] != marks.get(name)),
        withdrawn=frozenset(name for name in silent if marks[name] in map(mark, standing(name))),
        marks=now | {name: value for name, value in marks.items() if name.startswith(TEXT)},
    )


def words_mark(text: Mapping[str, Any]) -> str:
    """Of a translation: its words, whoever has looked through them."""
    return mark([text.get(name, "") for name in ("title", "summary", "description")])
