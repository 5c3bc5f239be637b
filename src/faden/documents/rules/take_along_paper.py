"""The paper a person takes along, laid out: German beside her language, line by line; the same for screen and PDF."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from faden.chains.rules.weeks import is_week
from faden.documents.rules.take_along import Chosen, Entry, Part, Saying
from faden.documents.rules.words import GERMAN, Words
from faden.kernel.clock import BERLIN

# Under which heading each part stands; a part without lines is left out, the first three are not.
_SECTIONS: Sequence[tuple[str, Sequence[tuple[str, Part]]]] = (
    ("sheet.goals", (("", Part.GOAL),)),
    ("sheet.steps", (("plan.mine", Part.MINE), ("plan.ours", Part.OURS), ("plan.others", Part.OTHERS))),
    ("sheet.dates", (("", Part.DATE),)),
    ("sheet.bring", (("", Part.BRING),)),
    ("plan.important", (("", Part.IMPORTANT),)),
)
_ALWAYS = ("sheet.goals", "sheet.steps", "sheet.dates")


@dataclass(frozen=True)
class Pair:
    """German, and the same in her language; empty: there is no translation."""

    german: str
    other: str = ""


@dataclass(frozen=True)
class Line:
    """One entry with what is said to it in small letters."""

    text: Pair
    details: tuple[Pair, ...] = ()

    @property
    def others(self) -> list[str]:
        """What is said to it in her language."""
        return [detail.other for detail in self.details if detail.other]


@dataclass(frozen=True)
class Group:
    """Lines under one small heading, or under none."""

    title: Pair | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """A heading with its lines."""

    title: Pair
    groups: tuple[Group, ...]
    nothing: Pair | None = None


@dataclass(frozen=True)
class Contact:
    """Who prints it and where she is reached; names and numbers are the same in every language."""

    service: str
    person: str
    phone: str = ""
    mail: str = ""
    address: str = ""


@dataclass(frozen=True)
class Sheet:
    """The whole paper. `drafted`: how many of its fixed texts nobody has reviewed."""

    language: str
    rtl: bool
    name: str
    title: Pair
    as_of: Pair
    sections: tuple[Section, ...]
    contact_title: Pair
    contact: tuple[tuple[Pair, str], ...]
    service: str
    address: str
    notes: tuple[Pair, ...]
    machine: Pair | None
    german_only: str
    drafted: int
    untranslated: int

    @property
    def is_bilingual(self) -> bool:
        """German stands beside another language."""
        return self.language != GERMAN

    def data(self) -> dict[str, object]:
        """As the typesetter takes it."""
        return {**asdict(self), "bilingual": self.is_bilingual}


# What a worker wrote for the paper: (row, language) to (the German it goes with, the words).
Own = Mapping[tuple[UUID, str], tuple[str, str]]


def seal(own: Own) -> str:
    """A sign of what was written: the form carries it, so that a change since is noticed."""
    told = sorted((str(source), language, *said) for (source, language), said in own.items())
    return sha256(repr(told).encode()).hexdigest()[:32]


def worded(saying: Saying, own: Own) -> Saying:
    """A free text as it was worded anew for the paper, as long as the text in the file is still the same."""
    if not saying.is_free or saying.source is None:
        return saying
    german, words = own.get((saying.source, GERMAN), ("", ""))
    return replace(saying, german=words if german == saying.german else saying.german, original=saying.german)


def translated(saying: Saying, own: Own, language: str) -> str:
    """The worker's translation of a free text; "" where there is none of the words that stand on the paper."""
    if saying.source is None:
        return ""
    german, words = own.get((saying.source, language), ("", ""))
    return words if german == saying.german else ""


@dataclass
class Setter:
    """Puts pairs together and remembers which of the fixed words were used."""

    german: Words
    other: Words
    own: Own
    used: set[str] = field(default_factory=set)
    untranslated: int = 0

    @property
    def is_bilingual(self) -> bool:
        return self.other.language.code != GERMAN

    @property
    def drafted(self) -> int:
        """How many of the fixed texts nobody has reviewed, with the sentence that says so."""
        found = sum(not self.other.is_reviewed(code) for code in self.used)
        return found + (not self.other.is_reviewed("note.machine")) if found else 0

    def fixed(self, code: str, **values: object) -> Pair:
        """A fixed text in both languages."""
        self.used.add(code)
        return Pair(self.german(code, **values), self.other(code, **values) if self.is_bilingual else "")

    def day(self, day: date) -> Pair:
        self.used |= {"date.day", f"weekday.{day.isoweekday()}", f"month.{day.month}"}
        return Pair(self.german.day(day), self.other.day(day) if self.is_bilingual else "")

    def said(self, saying: Saying) -> Pair:
        if not saying.is_free:
            return self.fixed(saying.code)
        other = translated(saying, self.own, self.other.language.code) if self.is_bilingual else ""
        if saying.is_name and not other:
            return self.same(saying.german)
        self.untranslated += self.is_bilingual and not other
        return Pair(saying.german, other)

    def same(self, text: str) -> Pair:
        """A name or a number: no translation is missing."""
        return Pair(text, text if self.is_bilingual else "")

    def line(self, entry: Entry) -> Line:
        details: list[Pair] = []
        text = self.said(entry.text)
        if entry.at:
            # When is what she looks for first.
            local = entry.at.astimezone(BERLIN)
            day, time = self.day(local.date()), self.fixed("date.time", time=f"{local:%H:%M}")
            details.append(text)
            text = Pair(f"{day.german} · {time.german}", f"{day.other} · {time.other}" if day.other else "")
        if entry.state:
            details.append(self.fixed(entry.state))
        if entry.until:
            code = "date.week" if is_week(entry.from_on, entry.until) else "date.until"
            details.append(self.fixed(code, day=f"{entry.until:%d.%m.%Y}"))
        if entry.clock:
            details += [self.fixed("deadline.step_clock"), self.fixed("date.until", day=f"{entry.clock:%d.%m.%Y}")]
        if entry.by:
            details.append(self.said(entry.by))
        if entry.named:
            details.append(self.same(entry.named))
        details += [self.said(saying) for saying in entry.more]
        return Line(text, tuple(details))


def laid_out(
    chosen: Chosen, *, german: Words, other: Words, own: Own, name: str, contact: Contact, today: date
) -> Sheet:
    """The paper of what was chosen."""
    setter = Setter(german, other, own)
    sections = tuple(filter(None, (_section(setter, title, parts, chosen.kept) for title, parts in _SECTIONS)))
    labelled = (("sheet.person", contact.person), ("sheet.phone", contact.phone), ("sheet.mail", contact.mail))
    sheet = {
        "title": setter.fixed("sheet.title"),
        "as_of": setter.fixed("sheet.as_of", day=f"{today:%d.%m.%Y}"),
        "contact_title": setter.fixed("sheet.contact"),
        "contact": tuple((setter.fixed(code), value) for code, value in labelled if value),
        "notes": tuple(map(setter.fixed, ("note.no_decision", "note.ask_us", "note.keep_safe"))),
    }
    german_only = other("note.german_only") if setter.untranslated else ""
    setter.used |= {"note.german_only"} if german_only else set()
    drafted = setter.drafted
    machine = setter.fixed("note.machine") if drafted else None
    return Sheet(
        language=other.language.code,
        rtl=other.language.rtl,
        name=name,
        sections=sections,
        service=contact.service,
        address=contact.address,
        machine=machine,
        german_only=german_only,
        drafted=drafted,
        untranslated=setter.untranslated,
        **sheet,  # type: ignore[arg-type]
    )


def _section(setter: Setter, title: str, parts: Sequence[tuple[str, Part]], kept: Iterable[Entry]) -> Section | None:
    found = list(kept)
    groups = []
    for heading, part in parts:
        if lines := tuple(setter.line(entry) for entry in found if entry.part is part):
            groups.append(Group(setter.fixed(heading) if heading else None, lines))
    if groups:
        return Section(setter.fixed(title), tuple(groups))
    return Section(setter.fixed(title), (), setter.fixed("sheet.nothing")) if title in _ALWAYS else None
