"""What a Weitergabe says, self-contained: what the recipient reads is exactly what the sender was shown. Pure."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from faden.consents.vocabulary import DataClass

FORM = 1


@dataclass(frozen=True)
class Fact:
    """One thing that is told, with the data class a consent has to name for it."""

    data_class: str
    label: str
    value: str


@dataclass(frozen=True)
class Step:
    """A step of a shared chain: never a note, only where it stands."""

    code: str
    title: str
    holder: str
    state: str  # code
    state_words: str
    since: str  # ISO day
    due: str = ""
    block: str = ""
    is_yours: bool = False
    talk: tuple[str, ...] = ()  # questions and answers, "Wer, wann: was"

    @property
    def since_day(self) -> date:
        """For a template."""
        return date.fromisoformat(self.since)

    @property
    def due_day(self) -> date | None:
        """For a template."""
        return date.fromisoformat(self.due) if self.due else None


@dataclass(frozen=True)
class Change:
    """What is different from the copy before; `what` is "new", "changed", "gone" or "moved" (a step)."""

    what: str
    label: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Content:
    """The copy as data: `message` in the sender's words, facts, and what the kind brings besides."""

    title: str
    message: str = ""
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()  # further headed lists: open tasks, Fristen, agreements
    sender: str = ""
    sender_contact: str = ""
    extra: dict[str, str] = field(default_factory=dict)  # for the module that reads it: codes and days, no content
    changes: tuple[Change, ...] = ()  # against the copy before, which the recipient can no longer read
    part_classes: tuple[str, ...] = ()  # what the parts tell of a person, for the consent to name

    @property
    def data_classes(self) -> tuple[str, ...]:
        """What a consent has to name for it, in the order of the vocabulary."""
        told = {fact.data_class for fact in self.facts} | set(self.part_classes)
        return tuple(code for code in DataClass.values if code in told)

    @property
    def words(self) -> str:
        """All that somebody may have typed, to look through before it leaves."""
        facts, parts = (f"{fact.label} {fact.value}" for fact in self.facts), (line for _title, lines in self.parts for line in lines)
        steps = (line for step in self.steps for line in (step.title, *step.talk))
        return "\n".join([self.title, self.message, *facts, *steps, *parts])


def to_json(content: Content) -> str:
    """For the sealed column."""
    plain = {
        "form": FORM,
        "title": content.title,
        "message": content.message,
        "facts": [[fact.data_class, fact.label, fact.value] for fact in content.facts],
        "steps": [asdict(step) for step in content.steps],
        "parts": [[title, list(lines)] for title, lines in content.parts],
        "sender": content.sender,
        "sender_contact": content.sender_contact,
        "extra": content.extra,
        "changes": [asdict(change) for change in content.changes],
        "part_classes": list(content.part_classes),
    }
    return json.dumps(plain, ensure_ascii=False)


def from_json(text: str) -> Content:
    """What `to_json` wrote; a copy from before it (words and values) is read as facts of no class."""
    read: dict[str, Any] = json.loads(text)
    if read.get("form") != FORM:
        return Content("", facts=tuple(Fact("", word, ", ".join(_lines(value))) for word, value in read.items()))
    return Content(
        read["title"],
        read["message"],
        tuple(Fact(*fact) for fact in read["facts"]),
        tuple(Step(**{**step, "talk": tuple(step["talk"])}) for step in read["steps"]),
        tuple((title, tuple(lines)) for title, lines in read["parts"]),
        read["sender"],
        read["sender_contact"],
        read["extra"],
        tuple(Change(**change) for change in read.get("changes", ())),
        tuple(read.get("part_classes", ())),
    )


def _lines(value: object) -> list[str]:
    if isinstance(value, dict):
        return [f"{word}: {', '.join(_lines(part))}" for word, part in value.items()]
    if isinstance(value, list):
        return [", ".join(_lines(part)) for part in value]
    return ["" if value is None else str(value)]
