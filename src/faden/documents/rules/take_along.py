"""What may stand on the paper a person takes along: everything of hers, or nothing of residence, health and others.

Such a paper is shown at the school, left on the bus, read by the brother. What tells residence or health is
decided by life area, office, law and template, and in free texts by their words; a text that names somebody else
of the case stays off too. Rather one line too few: each can be worded anew for the paper.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from uuid import UUID, uuid5

from faden.cases.vocabulary.deadline import DeadlineKind
from faden.cases.vocabulary.life_area import LifeArea
from faden.documents.rules.spelling import bare, folded, unmarked
from faden.organisations.vocabulary import AgencyKind


class Part(Enum):
    """Where an entry stands on the paper, in its order."""

    GOAL = "goal"
    MINE = "mine"
    OURS = "ours"
    OTHERS = "others"
    IMPORTANT = "important"
    DATE = "date"
    BRING = "bring"


class Why(Enum):
    """Why something stays off."""

    RESIDENCE = "residence"
    HEALTH = "health"
    NAME = "name"
    ANYTHING = "anything"  # a box that may hold anything
    PROTECTED = "protected"  # says where she goes, or may


@dataclass(frozen=True, slots=True)
class Saying:
    """A text: one of the fixed words (`code`), or a free text with the row it stands in (`source`).

    `original`: as it stands in the file, where somebody worded it anew for the paper. `is_name`: a place, the same
    in every language.
    """

    german: str = ""
    code: str = ""
    source: UUID | None = None
    original: str = ""
    is_name: bool = False

    @property
    def is_free(self) -> bool:
        """Written by somebody, in German."""
        return not self.code


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the paper, with all that decides whether it may stand there."""

    part: Part
    text: Saying
    more: tuple[Saying, ...] = ()  # stays off alone: a subject, a place, by what one sees it
    by: Saying | None = None  # at whom it lies, as a kind
    named: str = ""  # names of offices and people: only on the full print
    state: str = ""  # code
    until: date | None = None
    from_on: date | None = None
    clock: date | None = None  # a last day by law
    at: datetime | None = None
    life_areas: tuple[str, ...] = ()  # as the programme counts them
    template: str = ""
    step: str = ""
    agency_kind: str = ""
    law: str = ""
    deadline: str = ""
    persons: tuple[UUID, ...] = ()  # whom the row concerns: so does its translation


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Somebody of the case beside the person: the parts of the names, as they may stand in a text."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """What stays off, and why; `names`: the words in it that name somebody."""

    entry: Entry
    saying: Saying
    why: Why
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """What stands on the paper, and what does not."""

    kept: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...] = field(default=())


# ---------- what tells residence, what tells health ----------

_AREAS = {LifeArea.RESIDENCE: Why.RESIDENCE, LifeArea.DOCUMENTS: Why.RESIDENCE, LifeArea.HEALTH: Why.HEALTH}
_AGENCIES = {
    AgencyKind.ABH: Why.RESIDENCE,
    AgencyKind.EINBUERGERUNG: Why.RESIDENCE,
    AgencyKind.BAMF: Why.RESIDENCE,
    AgencyKind.ALLOCATION: Why.RESIDENCE,
    AgencyKind.VERTRETUNG: Why.RESIDENCE,
    AgencyKind.GESUNDHEIT: Why.HEALTH,
}
_DEADLINES = (
    DeadlineKind.TITLE,
    DeadlineKind.BRIDGE_104C,
    DeadlineKind.AGE_27,
    DeadlineKind.PASSPORT,
    DeadlineKind.SGB2_74,  # only with a title under § 24 AufenthG
)
# That somebody is on this way tells her status, and each step says how far she is: "Zwölf Monate Arbeit" is a
# Beschäftigungsduldung. These steps stand in other people's chains too and tell nothing.
_TEMPLATES = {
    "asyl": Why.RESIDENCE,
    "bleiberecht": Why.RESIDENCE,
    "spurwechsel": Why.RESIDENCE,
    "ukraine": Why.RESIDENCE,
    "zuzug": Why.RESIDENCE,
    "gesundheit": Why.HEALTH,
}
_HARMLESS = frozenset(
    {
        ("asyl", "anmeldung"),
        ("ukraine", "anmeldung"),
        ("ukraine", "antragshilfe-leistung"),
        ("ukraine", "schule"),
        ("ukraine", "arbeit"),
        ("spurwechsel", "ausbildungsplatz"),
        ("zuzug", "anerkennung"),
        ("zuzug", "wohnung"),
        ("zuzug", "anmeldung"),
        ("zuzug", "kinder"),
        ("zuzug", "sprache"),
    }
)
# The right to a course is in the residence law and tells nothing: §§ 43 to 45a AufenthG.
_COURSE_LAW = re.compile(r"§§? ?4[345][ab]?\b[^,§]*AufenthG")
_RESIDENCE_LAW = re.compile(r"AufenthG|AufenthV|AsylG|AsylbLG|StAG|BVFG|UkraineAufenthFGV|FreizügG")

_RESIDENCE_WORDS = re.compile(
    r"aufenthalt|duld(?:ung|et)|asyl|ausländer|visum|visa\b|einbürger|staatsangehör|abschieb|abgeschoben|ausreise"
    r"|einreise|gestattung|fiktionsbesch|niederlassung|bleiberecht|chancen-?\s?aufenth|flücht|geflücht|subsidiär"
    r"|schutzstatus|anerkannt\w* flü|\btitels?\b|bamf|aufenthg|asylg|stag\b|botschaft|konsulat|zuweisung\w*(?!.*schul)"
    r"|wohnsitz(?:regel|auflage)|ankunftsnachweis|dublin|identität\w* klären|passbeschaff|pass beschaffen|spurwechsel"
    r"|härtefall|anhörung|\babh\b|\bzue\b|\beae\b|rückkehr|illegal|papierlos|§\s*(?:18|19|23|24|25|26|28|29|30|32|36|60|104)\s?[a-d]?\b"
)
# Die Krankenkasse hat jeder; what follows "krank" otherwise does not belong here.
_HEALTH_WORDS = re.compile(
    r"krank(?!enkass|enversich)|erkrank|diagnos|therap|psych|trauma|depress|\bptbs\b|arzt|ärzt|\bdr\. ?med|klinik|praxis(?! und)"
    r"|behandl|medika|(?<!ko)operation|(?<!ko)operier|\bop\b|schwanger|hebamme|behinder|schwerbehind|\bgdb\b|pflegegrad|pflegebedürf"
    r"|sucht(?!e)\w*|alkohol|drogen|\bhiv\b|\baids\b|hepatit|tuberkul|krebs|tumor|diabet|epilep|impf|gesundheit|attest"
    r"|\breha\b|\bkur\b|schmerz|überweisung|suizid|selbstmord|chronisch|autis|\badhs\b"
)


def why_in_words(text: str) -> Why | None:
    """What a German text tells; None: neither residence nor health."""
    lower = text.casefold()
    if _HEALTH_WORDS.search(lower):
        return Why.HEALTH
    return Why.RESIDENCE if _RESIDENCE_WORDS.search(lower) else None


def why_by_origin(entry: Entry) -> Why | None:
    """What an entry tells by where it comes from, whatever its words are."""
    if entry.part is Part.IMPORTANT:
        return Why.ANYTHING
    if entry.deadline in _DEADLINES:
        return Why.RESIDENCE
    if (entry.template, entry.step) in _HARMLESS and not entry.text.is_free:
        return None
    found = (
        _TEMPLATES.get(entry.template),
        *(_AREAS.get(LifeArea(area)) for area in entry.life_areas if area in LifeArea.values),
        _AGENCIES.get(AgencyKind(entry.agency_kind)) if entry.agency_kind else None,
        Why.RESIDENCE if _RESIDENCE_LAW.search(_COURSE_LAW.sub("", entry.law)) else None,
    )
    return next((why for why in found if why), None)


# ---------- names ----------

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def parts_of(*names: str) -> tuple[str, ...]:
    """The words of names that can be found in a text again."""
    return tuple(dict.fromkeys(word for name in names for word in _words(name) if len(word) > 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


# Who somebody is to her is no name.
_ROLES = frozenset(
    "mutter vater eltern bruder schwester sohn tochter kind kinder oma opa tante onkel frau mann herr ehemann ehefrau"
    " partner partnerin familie cousin cousine freund freundin nachbar nachbarin kollege kollegin verein".split()
)


def named(text: str) -> tuple[str, ...]:
    """The names in a field that was typed freely: "Schwester Leyla und Karim"."""
    return tuple(part for part in parts_of(text) if not part[0].islower() and part.casefold() not in _ROLES)


def others(all_parts: Iterable[Sequence[str]], own: Iterable[str]) -> list[OtherPerson]:
    """Each with what is not the person's own name: a family has one in common."""
    mine = {folded(part) for part in own}
    found = (tuple(part for part in parts if folded(part) not in mine) for parts in all_parts)
    return [OtherPerson(parts) for parts in found if parts]


def names_in(text: str, people: Iterable[OtherPerson]) -> tuple[str, ...]:
    """The words of a text that name one of them, as they stand there."""
    # "Abdul Rahman" is written in one word too.
    wanted = [part for one in people for part in (*one.parts, *map("".join, pairwise(one.parts)))]
    found = (word for word in _words(text) if any(_is_name(word, part) for part in wanted))
    return tuple(dict.fromkeys(found))


def _is_name(word: str, part: str) -> bool:
    """Short ones only as they are written: "An" is a name and "an" is none."""
    if len(part) <= 3 and (short := unmarked(part)).isascii():
        return unmarked(word) in (short, f"{short}s", f"{short}’s", f"{short}'s")
    # Müller is Mueller and Muller, Şahin is Sahin.
    return any(_says(spelled(word), spelled(part)) for spelled in (folded, bare))


def _says(low: str, name: str) -> bool:
    told = {low, *_pieces(low)}
    # Of "Al-Hassan" the second part alone is a name too.
    names = {name, *(piece for piece in _pieces(name) if len(piece) > 3)}
    if any(one.startswith(each) and len(one) - len(each) <= 2 for one in told for each in names):
        return True  # Yusufs, Yusuf's
    if not name.isascii() and not _is_latin(name):
        # Declined at its end in Cyrillic, joined to small words in Arabic and Ethiopic.
        stem = name[:-1] if len(name) > 3 else name
        return stem in low and len(low) - len(stem) <= 4
    return False


def _pieces(word: str) -> list[str]:
    """A hyphenated word in one, and its parts."""
    parts = re.split(r"['’-]", word)
    return ["".join(parts), *parts]


def _is_latin(part: str) -> bool:
    return all(ord(letter) < 0x250 for letter in part)


# ---------- the two prints ----------


def reduced(entries: Iterable[Entry], people: Sequence[OtherPerson]) -> Chosen:
    """Without residence, health and names of others; of an appointment its day always stays."""
    kept: list[Entry] = []
    left_out: list[LeftOut] = []
    for entry in entries:
        why = why_by_origin(entry) or _why_in(entry.text)
        if why is None and entry.text.is_free and (names := names_in(entry.text.german, people)):
            left_out.append(LeftOut(entry, entry.text, Why.NAME, names))
            continue
        if why:
            left_out.append(LeftOut(entry, entry.text, why))
            continue
        more = []
        for saying in entry.more:
            names = names_in(saying.german, people) if saying.is_free else ()
            if found := _why_in(saying) or (Why.NAME if names else None):
                left_out.append(LeftOut(entry, saying, found, names))
            else:
                more.append(saying)
        kept.append(replace(entry, more=tuple(more), named=""))
    return Chosen(tuple(kept), tuple(left_out))


def discreet(chosen: Chosen) -> Chosen:
    """For a Schutzvermerk: only fixed words, and nothing that says where she goes."""
    kept: list[Entry] = []
    left_out = list(chosen.left_out)
    for entry in chosen.kept:
        tells = entry.text.is_free or entry.agency_kind or entry.by
        if tells and entry.part is not Part.DATE:
            left_out.append(LeftOut(entry, entry.text, Why.PROTECTED))
            continue
        left_out += [LeftOut(entry, saying, Why.PROTECTED) for saying in entry.more]
        text = entry.text if not entry.at else Saying(code=AN_APPOINTMENT)
        kept.append(replace(entry, text=text, more=(), by=None, named=""))
    return Chosen(tuple(kept), tuple(left_out))


def complete(entries: Iterable[Entry]) -> Chosen:
    """Everything of hers."""
    return Chosen(tuple(entries))


# An appointment of which nothing may be told but its day.
AN_APPOINTMENT = "reminder.text"


def _why_in(saying: Saying) -> Why | None:
    # A fixed text was decided by its origin; its German is read all the same where it is a title of a template.
    return why_in_words(saying.german)


def part_of_row(row: UUID, name: str) -> UUID:
    """The key of one text among several of a row, or of a text without a row of its own."""
    return uuid5(row, name)
