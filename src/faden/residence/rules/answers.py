"""What the file says and what was answered, brought together in the form of the law's facts. Pure.

Rows (papers, courses, jobs, children) belong to the file: an answer adds what the file has no column for, or a row
of its own; what the file says is put right in the file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from faden.law.schema import Fact, Group, tree

Value = str | bool | int | float | list[str]
Row = dict[str, Value]

# Asked in the conversation and used at once, never kept: convictions, what offices hold, what only accuses (Art. 10 DSGVO).
NEVER_KEPT = frozenset({
    "convictions", "identity.deception", "identity.no_cooperation", "household.spouse.convictions_clear", "absences.permitted", "civics.doubts",
})  # fmt: skip
NONE = "none"
OWN = "n"  # begins the name of a row that stands only here


@dataclass(frozen=True)
class FileRow:
    """A row as the file has it; `source`: "Papier gesehen, notiert am 03.05.2026"."""

    ref: str
    values: Row
    source: str


@dataclass(frozen=True)
class Filed:
    """What the file says of one person: single facts with their source, and rows by group."""

    facts: Mapping[str, tuple[Value, str]] = field(default_factory=dict)
    rows: Mapping[str, tuple[FileRow, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What was answered beyond it: single facts, and columns of rows by the row's name."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, text: str | None) -> "Answers":
        """As `to_json` wrote it; nothing at first."""
        told = json.loads(text) if text else {}
        return cls(told.get("facts", {}), told.get("rows", {}))

    def to_json(self) -> str:
        """To be kept: without what is never kept, whoever put it in."""
        rows = {group: {ref: _kept_row(group, row) for ref, row in rows.items()} for group, rows in self.rows.items() if is_kept(group)}
        facts = {key: value for key, value in self.facts.items() if is_kept(key)}
        return json.dumps({"facts": facts, "rows": rows}, ensure_ascii=False, sort_keys=True)

    def with_more(self, other: "Answers") -> "Answers":
        """Both; where both say something the other counts."""
        groups = {**self.rows, **{group: {**self.rows.get(group, {}), **rows} for group, rows in other.rows.items()}}
        return Answers({**self.facts, **other.facts}, groups)


@dataclass(frozen=True)
class Told:
    """Facts as `faden.law.reading.facts_from` takes them; `incomplete`: groups with a row whose paper or day is missing."""

    facts: dict[str, Any]
    sources: dict[str, str]
    incomplete: tuple[str, ...] = ()


def is_kept(key: str) -> bool:
    """Whether an answer to it may be written down at all."""
    return key not in NEVER_KEPT and not key.startswith("held.")


def _kept_row(group: str, row: Row) -> Row:
    return {name: value for name, value in row.items() if is_kept(f"{group}.{name}")}


def told(filed: Filed, answers: Answers) -> Told:
    """Together; an answered single fact counts more than the file's, as it was given for this."""
    facts: dict[str, Any] = {}
    sources: dict[str, str] = {}
    incomplete = []
    for key, (value, source) in filed.facts.items():
        if key not in answers.facts:
            _put(facts, key, value)
            sources[key] = source
    for group in dict.fromkeys((*filed.rows, *answers.rows)):
        rows = list(rows_of(group, filed, answers))
        required = required_in(group)
        if any(required - row.keys() for _, row in rows):
            incomplete.append(group)  # a paper left out would read as a gap: then nothing is known of the whole
        elif rows:
            _put(facts, group, [row for _, row in rows])
            sources[group] = "; ".join(dict.fromkeys(one.source for one in filed.rows.get(group, ()) if one.source))
    for key, value in answers.facts.items():
        if not (value == NONE and _has(facts, key)):
            _put(facts, key, value)
    return Told(facts, {key: source for key, source in sources.items() if source}, tuple(incomplete))


def rows_of(group: str, filed: Filed, answers: Answers) -> Iterable[tuple[str, Row]]:
    """The file's rows with what was answered to them, then those that stand only here."""
    answered = answers.rows.get(group, {})
    for one in filed.rows.get(group, ()):
        yield one.ref, {**answered.get(one.ref, {}), **one.values}
    for ref, row in answered.items():
        if ref.startswith(OWN) and row:
            yield ref, dict(row)


def group_at(key: str) -> Group | None:
    """The rows of which this is the name; None where it is none."""
    here: Fact | Group = tree()
    for name in key.split("."):
        if not isinstance(here, Group) or name not in here.below:
            return None
        here = here.below[name]
    return here if isinstance(here, Group) and here.rows else None


def required_in(group: str) -> frozenset[str]:
    """The columns without which a row says nothing."""
    found = group_at(group)
    return frozenset(name for name, one in found.below.items() if isinstance(one, Fact) and one.required) if found else frozenset()


def _put(facts: dict[str, Any], key: str, value: Any) -> None:
    *groups, name = key.split(".")
    for group in groups:
        facts = facts.setdefault(group, {})
    facts[name] = value


def _has(facts: Mapping[str, Any], key: str) -> bool:
    here: Any = facts
    for name in key.split("."):
        if not isinstance(here, Mapping) or name not in here:
            return False
        here = here[name]
    return True
