"""Fallübergabe: where an open part may go, what of it may be told on which consent, and how it is read back. Pure."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from faden.chains.rules.sharing import CLASS_OF_AREA
from faden.consents.rules.contents import Content, Fact, to_json
from faden.consents.vocabulary import DataClass
from faden.documents.rules.take_along import Entry, Part, Saying, Why, why_by_origin, why_in_words
from faden.referrals.vocabulary import GoesTo, LoosePartKind

_WHY = {Why.RESIDENCE: DataClass.RESIDENCE, Why.HEALTH: DataClass.SPECIAL}

_ANYWHERE = frozenset(GoesTo)
_NAMES_US = frozenset({GoesTo.US, GoesTo.ENDS})
# What somebody else can go on with; the rest rests on our name or lies in our cupboard.
_MAY_GO = {
    LoosePartKind.DECLARATION: _NAMES_US,
    LoosePartKind.SHARE: _NAMES_US,
    LoosePartKind.INTERPRETER: _NAMES_US,
    LoosePartKind.LETTER: _NAMES_US,
    LoosePartKind.CONFERENCE: _NAMES_US,
    LoosePartKind.ORIGINAL: frozenset({GoesTo.US, GoesTo.CLIENT}),
    LoosePartKind.DECISION: frozenset({GoesTo.THEM, GoesTo.US, GoesTo.ENDS}),
}


@dataclass(frozen=True)
class OpenPart:
    """One thing that is open in the case. `inside`: the row it is a piece of, which decides for it.

    `codes`: what the recipient needs besides the words to make a row of its own.
    """

    kind: LoosePartKind
    reference: UUID
    title: str
    persons: tuple[UUID, ...]  # nobody named: it is about all of the case
    confidential: bool = False
    due_on: date | None = None
    detail: str = ""
    data_class: str = ""  # "": a person says under which it is told
    names: tuple[str, ...] = ()  # others of the case who are named in it
    inside: UUID | None = None
    codes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, UUID]:
        """As a LoosePart names it."""
        return self.kind.value, self.reference


@dataclass(frozen=True)
class Placed:
    """Where a part goes; `because`: why it ends, or the words in which it is told."""

    goes_to: str = ""
    because: str = ""
    data_class: str = ""


def class_of(text: str, *, area: str = "", template: str = "", step: str = "", agency_kind: str = "", law: str = "", deadline: str = "") -> str:
    """Under which data class it is told, by where it comes from and by its words; "": not decided by the program."""
    entry = Entry(
        Part.MINE, Saying(text, code="" if not template else "template"), life_areas=(area,) if area else (),
        template=template, step=step, agency_kind=agency_kind, law=law, deadline=deadline,
    )  # fmt: skip
    why = why_by_origin(entry) or why_in_words(text)
    if why:
        return _WHY.get(why, "")
    # An area that is not listed is too wide: a person says what it is.
    return CLASS_OF_AREA.get(area, "")


def told_class(part: OpenPart, placed: Placed) -> str:
    """What it is told as: never less than its words and its origin tell."""
    if placed.because and (why := why_in_words(placed.because)):
        return _WHY.get(why, "")
    return part.data_class or placed.data_class


def may_go(part: OpenPart, *, goers: Mapping[UUID, Collection[str]], members: Collection[UUID]) -> frozenset[GoesTo]:
    """Where it may go. Over: only what concerns nobody but those who go, and may be told on their consents."""
    allowed = _MAY_GO.get(part.kind, _ANYWHERE)
    return allowed if _may_be_told(part, goers, members) else allowed - {GoesTo.THEM}


def _may_be_told(part: OpenPart, goers: Mapping[UUID, Collection[str]], members: Collection[UUID]) -> bool:
    whose = part.persons or tuple(members)
    if part.confidential or not set(whose) <= set(goers):
        return False
    return not part.data_class or all(part.data_class in goers[person] for person in whose)


def gap(part: OpenPart, placed: Placed, *, goers: Mapping[UUID, Collection[str]], members: Collection[UUID]) -> str:
    """What is missing or wrong about where it goes, as a code; "" when nothing is."""
    if not placed.goes_to:
        return "nowhere"
    if placed.goes_to not in may_go(part, goers=goers, members=members):
        return "not_there"
    if placed.goes_to == GoesTo.ENDS and not placed.because:
        return "no_reason"
    if placed.goes_to != GoesTo.THEM:
        return ""
    said_as = told_class(part, placed)
    if not said_as:
        return "no_class"
    if any(said_as not in goers[person] for person in part.persons or tuple(members)):
        return "class_not_named"
    return "names_others" if part.names and not placed.because else ""


# ---------- the summary ----------

Lines = tuple[tuple[str, str], ...]  # data class and what is said under it


@dataclass(frozen=True)
class Hers:
    """One person's part of a draft: the consent it rests on, and what is said in words."""

    consent: UUID | None = None
    lines: Lines = ()


def to_text(summary: Mapping[UUID, Hers]) -> str:
    """For the sealed column: in a family each has her own."""
    plain = {
        str(person): {"consent": str(hers.consent or ""), "lines": [list(line) for line in hers.lines]}
        for person, hers in summary.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def from_text(text: str | None) -> dict[UUID, Hers]:
    """What `to_text` wrote; nothing of a draft that is empty."""
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return {
        UUID(person): Hers(
            UUID(hers["consent"]) if hers["consent"] else None, tuple((code, words) for code, words in hers["lines"])
        )
        for person, hers in read.items()
    }


# ---------- what goes ----------


@dataclass(frozen=True)
class Item:
    """One line of the copy, and the codes by which the recipient makes a row of it."""

    data_class: str
    label: str
    value: str
    codes: tuple[str, ...] = ()


def content_of(
    title: str, items: Iterable[Item], *, parts: tuple[tuple[str, tuple[str, ...]], ...], sender: str, contact: str,
    extra: Mapping[str, str],
) -> Content:  # fmt: skip
    """The copy for one person."""
    told = [item for item in items if item.value]
    codes = {str(number): "|".join(item.codes) for number, item in enumerate(told) if item.codes}
    facts = tuple(Fact(item.data_class, item.label, item.value) for item in told)
    return Content(title, facts=facts, parts=parts, sender=sender, sender_contact=contact, extra={**extra, **codes})


def seal(contents: Mapping[UUID, Content], placed: Iterable[tuple[str, str, str, str, str]]) -> str:
    """What was on the page when somebody pressed send."""
    told = [to_json(contents[person]) for person in sorted(contents)]
    return hashlib.sha256(json.dumps([told, sorted(placed)]).encode()).hexdigest()[:32]


# ---------- what came ----------


@dataclass(frozen=True)
class Brought:
    """One line of a delivered copy, with its codes."""

    codes: tuple[str, ...]
    label: str
    value: str

    @property
    def kind(self) -> str:
        """What it becomes."""
        return self.codes[0]

    @property
    def words(self) -> str:
        """What it is called, without where it stood and until when."""
        length = self.codes[-1].removeprefix("#")
        return self.value[: int(length)] if self.codes[-1].startswith("#") and length.isdecimal() else self.value

    def code(self, place: int) -> str:
        """One of its codes; an older sender may have sent fewer."""
        return self.codes[place] if place < len(self.codes) else ""

    def day(self, place: int) -> date | None:
        """One of its codes as a day."""
        try:
            return date.fromisoformat(self.code(place))
        except ValueError:
            return None


@dataclass(frozen=True)
class Package:
    """One person's copy as the recipient's verbs read it."""

    transfer: str
    their_number: str
    overlap_until: date | None
    lines: tuple[Brought, ...]
    extra: Mapping[str, str] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[Brought]:
        """The lines that become such rows."""
        return [line for line in self.lines if line.kind in kinds]

    def value(self, kind: str) -> str:
        """The words of the first line of a kind."""
        return next((line.value for line in self.of(kind)), "")

    def listed(self, name: str) -> tuple[str, ...]:
        """Codes that stand beside the lines."""
        return tuple(filter(None, self.extra.get(name, "").split(",")))


def package_of(content: Content) -> Package:
    """What a copy brings; a line without codes is only read."""
    extra, until = content.extra, content.extra.get("overlap", "")
    lines = tuple(
        Brought(tuple(extra[str(number)].split("|")), fact.label, fact.value)
        for number, fact in enumerate(content.facts)
        if str(number) in extra
    )
    return Package(
        extra.get("transfer", ""), extra.get("number", ""), date.fromisoformat(until) if until else None, lines, extra
    )


def in_one_copy(persons: Sequence[UUID], goers: Sequence[UUID], members: Collection[UUID]) -> UUID | None:
    """In whose copy a part stands that concerns several: in that of the first of them, once."""
    whose = set(persons or members)
    return next((person for person in goers if person in whose), None)
