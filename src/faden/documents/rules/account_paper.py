"""Two papers for the person, in German and her language: the receipt of an end, and who has seen her data and why. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from faden.consents.vocabulary import DataClass, Erasure, Fate, Ground
from faden.documents.rules.take_along_paper import Contact, Group, Line, Pair, Section, Setter, Sheet
from faden.documents.rules.words import Words

_FATES = {
    Fate.VIEW_ENDED: "fate.ended", Fate.FILED: "fate.filed", Fate.LINK_UNREAD: "fate.unread", Fate.LINK_READ: "fate.read",
    Fate.PAPER: "fate.paper", Fate.SPOKEN: "fate.spoken", Fate.OVER: "fate.over",
}  # fmt: skip
_CLASSES = {
    DataClass.CONTACT: "class.contact", DataClass.LANGUAGE: "class.language", DataClass.FAMILY: "class.family",
    DataClass.SCHOOL_WORK: "class.work", DataClass.BENEFITS_HOUSING: "class.benefits",
    DataClass.RESIDENCE: "class.residence", DataClass.SPECIAL: "class.special",
}  # fmt: skip
_ROLES = {"case_manager": "role.manager", "team_lead": "role.lead", "dpo": "role.dpo"}
_REASONS = frozenset({"caseload", "substitution", "supervision", "complaint", "emergency", "oversight"})


@dataclass(frozen=True)
class GoneOut:
    """One Weitergabe as the person reads it; without a fate it is open until its day."""

    recipient: str
    on: date
    purpose: str
    data_classes: tuple[str, ...]
    ground: Ground
    norm: str = ""  # of one by law
    until: date | None = None
    fate: Fate | None = None
    erasure: Erasure | None = None
    letter_ground: str = ""  # of a letter without a Weitergabe of its own


@dataclass(frozen=True)
class Looked:
    """In one function, for one reason: how often, and when last. Never who."""

    role: str
    reason: str
    times: int
    last: date


@dataclass(frozen=True)
class Ended:
    """What ended: to whom, what for, why (a code of this paper) and when."""

    recipient: str
    purpose: str
    because: str
    on: date


def receipt(
    ended: Ended, gone: Sequence[GoneOut], *, german: Words, other: Words, name: str, contact: Contact, today: date
) -> Sheet:
    """What became of each Weitergabe, truthfully."""
    setter = Setter(german, other, {})
    said = (
        setter.fixed(f"receipt.{ended.because}", day=f"{ended.on:%d.%m.%Y}"),
        setter.fixed("account.purpose", purpose=ended.purpose), setter.fixed("receipt.over"),
    )  # fmt: skip
    allowed = Line(setter.same(ended.recipient), said)
    sections = (
        Section(setter.fixed("receipt.allowed"), (Group(None, (allowed,)),)),
        _section(setter, "receipt.each", [_outcome(setter, one) for one in gone], nothing="receipt.nothing"),
    )
    return _sheet(setter, "receipt.title", sections, name=name, contact=contact, today=today)


def account(
    gone: Sequence[GoneOut], looked: Sequence[Looked], *, german: Words, other: Words, name: str, contact: Contact, today: date
) -> Sheet:
    """Organisations and functions, never names of staff."""
    setter = Setter(german, other, {})
    sections = (
        _section(setter, "account.outside", [_gone(setter, one) for one in gone]),
        _section(setter, "account.inside", [_looked(setter, one) for one in looked]),
    )
    return _sheet(setter, "account.title", sections, name=name, contact=contact, today=today, notes=("account.names",))


def _outcome(setter: Setter, one: GoneOut) -> Line:
    """First what became of it: that is what she asks."""
    classes = [setter.fixed(_CLASSES[DataClass(code)]) for code in one.data_classes]
    told = [setter.fixed("account.on", day=f"{one.on:%d.%m.%Y}"), *classes]
    answer = [setter.fixed(f"erasure.{one.erasure}")] if one.erasure else []
    return Line(_state(setter, one), (*told, *answer))


def _gone(setter: Setter, one: GoneOut) -> Line:
    classes = [setter.fixed(_CLASSES[DataClass(code)]) for code in one.data_classes]
    details = [setter.fixed("account.on", day=f"{one.on:%d.%m.%Y}")]
    if one.purpose:
        details.append(setter.fixed("account.purpose", purpose=one.purpose))
    details += [*classes, _ground(setter, one), _state(setter, one)]
    if one.erasure:
        details.append(setter.fixed(f"erasure.{one.erasure}"))
    return Line(setter.same(one.recipient), tuple(details))


def _ground(setter: Setter, one: GoneOut) -> Pair:
    if one.letter_ground:
        return setter.fixed("ground.letter", ground=one.letter_ground)
    if one.ground == Ground.LAW:
        return setter.fixed("ground.law", norm=one.norm)
    return setter.fixed("ground.consent" if one.ground == Ground.CONSENT else "ground.carried")


def _state(setter: Setter, one: GoneOut) -> Pair:
    if one.fate is None and one.until:
        return setter.fixed("fate.open", day=f"{one.until:%d.%m.%Y}")
    return setter.fixed(_FATES[one.fate or Fate.PAPER])


def _looked(setter: Setter, one: Looked) -> Line:
    reason = one.reason if one.reason in _REASONS else "list"
    return Line(
        setter.fixed(_ROLES.get(one.role, "role.other")),
        (
            setter.fixed(f"reason.{reason}"),
            setter.fixed("account.times", count=one.times, day=f"{one.last:%d.%m.%Y}"),
        ),
    )


def _section(setter: Setter, title: str, lines: Iterable[Line], *, nothing: str = "sheet.nothing") -> Section:
    found = tuple(lines)
    if found:
        return Section(setter.fixed(title), (Group(None, found),))
    return Section(setter.fixed(title), (), setter.fixed(nothing))


def _sheet(
    setter: Setter, title: str, sections: tuple[Section, ...], *, name: str, contact: Contact, today: date,
    notes: tuple[str, ...] = (),
) -> Sheet:  # fmt: skip
    labelled = (("sheet.person", contact.person), ("sheet.phone", contact.phone), ("sheet.mail", contact.mail))
    words = {
        "title": setter.fixed(title), "as_of": setter.fixed("sheet.as_of", day=f"{today:%d.%m.%Y}"),
        "contact_title": setter.fixed("sheet.contact"),
        "contact": tuple((setter.fixed(code), value) for code, value in labelled if value),
        "notes": tuple(map(setter.fixed, (*notes, "note.ask_us", "note.keep_safe"))),
    }  # fmt: skip
    drafted = setter.drafted
    return Sheet(
        language=setter.other.language.code, rtl=setter.other.language.rtl, name=name, sections=sections,
        service=contact.service, address=contact.address, machine=setter.fixed("note.machine") if drafted else None,
        german_only="", drafted=drafted, untranslated=0, **words,  # type: ignore[arg-type]
    )  # fmt: skip
