"""What goes to the office: only what was ticked, put together as it will be read; and what to talk about before. Pure.

The result of a check is not known here: nothing in this module takes one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from faden.consents.rules.contents import Content, Fact
from faden.law import kinds, words
from faden.residence.vocabulary import RequestKind

# Answered in the conversation: used on one screen, told to nobody.
SETTLED_IN_TALK = "asked_in_conversation"
_NEVER_TOLD = ("convictions", "held", "identity.deception", "identity.no_cooperation")
RUNS_OUT_WITHIN = timedelta(days=90)
RECEIPT_WITHIN = timedelta(days=14)
_RUNS_ON = (kinds.TITLES - kinds.UNLIMITED) | {kinds.FIKTION, kinds.FIKTION_3}
BRIDGE = "ae_104c"


@dataclass(frozen=True)
class Tellable:
    """One thing that could be ticked, with the data class a consent has to name for it."""

    key: str
    data_class: str
    label: str
    value: str


@dataclass(frozen=True)
class Document:
    """A paper somebody has seen; `choice` is for the worker alone, `line` is what would be told: never the file, never its title."""

    key: str
    data_class: str
    choice: str
    line: str
    about_others: bool = False


@dataclass(frozen=True)
class Chosen:
    """What was ticked and written."""

    kind: RequestKind
    paths: tuple[str, ...]
    lines: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    message: str = ""
    filed_on: date | None = None


@dataclass(frozen=True)
class Caution:
    """What to talk about before it leaves."""

    code: str
    words: str


@dataclass(frozen=True)
class RunsOut:
    """Her title, or the paper that stands for it, ends soon or has ended."""

    on: date
    is_over: bool
    is_bridge: bool


# ---------- what it says ----------


def law_of(path: str) -> str:
    """ "25a_2": "§ 25a Abs. 2 AufenthG"."""
    group, _sign, rest = path.partition("_")
    by_citizenship = group == "stag"
    section, _sign, paragraph = (rest if group in {"stag", "course"} else path).partition("_")
    law = "StAG" if by_citizenship else "AufenthG"
    if paragraph:
        return _("§ %(section)s Abs. %(paragraph)s %(law)s") % {"section": section, "paragraph": paragraph, "law": law}
    return f"§ {section} {law}"


def is_naturalisation(paths: Collection[str]) -> bool:
    """These go to the naturalisation office."""
    return bool(paths) and all(path.startswith("stag_") for path in paths)


def is_mixed(paths: Collection[str]) -> bool:
    """One office decides about some of them, another about the others."""
    return any(path.startswith("stag_") for path in paths) and not is_naturalisation(paths)


def title_of(kind: RequestKind, paths: Iterable[str]) -> str:
    """ "Voranfrage § 25b AufenthG"."""
    said = ", ".join(law_of(path) for path in paths)
    if kind == RequestKind.COVER:
        return _("Begleitschreiben zum Antrag %(law)s") % {"law": said}
    return _("Voranfrage %(law)s") % {"law": said}


def not_an_application() -> str:
    """What stands on every page of a Voranfrage."""
    return _("Dies ist kein Antrag. Fristen laufen weiter.")


def question(kind: RequestKind) -> str:
    """With what the message begins: in German, as the office reads it."""
    if kind == RequestKind.COVER:
        return gettext_noop("Bitte bestätigen Sie den Eingang des Antrags. Welche Unterlagen fehlen noch?")
    return gettext_noop("Welche Unterlagen fehlen noch für einen Antrag? Ist ein Termin möglich?")


def composed(chosen: Chosen, lines: Iterable[Tellable], documents: Iterable[Document], *, sender: str, contact: str) -> Content:
    """The copy; what was not offered cannot be told."""
    told = [one for one in lines if one.key in chosen.lines]
    shown = [one for one in documents if one.key in chosen.documents]
    return Content(
        title_of(chosen.kind, chosen.paths),
        chosen.message,
        tuple(Fact(one.data_class, one.label, one.value) for one in told),
        parts=tuple(_parts(chosen, shown)),
        sender=sender,
        sender_contact=contact,
        extra={
            "kind": chosen.kind.value,
            "paths": ",".join(chosen.paths),
            "filed_on": chosen.filed_on.isoformat() if chosen.filed_on else "",
        },
        part_classes=tuple(sorted({one.data_class for one in shown})),
    )


def _parts(chosen: Chosen, documents: Sequence[Document]) -> Iterable[tuple[str, tuple[str, ...]]]:
    if chosen.kind == RequestKind.PRELIMINARY:
        yield _("Hinweis"), (not_an_application(),)
    yield _("Worum es geht"), tuple(words.of("paths", path) for path in chosen.paths)
    if chosen.kind == RequestKind.COVER and chosen.filed_on:
        yield _("Antrag gestellt am"), (f"{chosen.filed_on:%d.%m.%Y}",)
    if documents:
        title = _("Anlagen") if chosen.kind == RequestKind.COVER else _("Unterlagen, die vorliegen")
        yield title, tuple(one.line for one in documents)


def may_be_told(key: str) -> bool:
    """Convictions, what only offices hold, and what only accuses are never offered."""
    return not key.startswith(_NEVER_TOLD)


def without_settled(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was settled in the conversation, at any depth."""
    kept: dict[str, Any] = {}
    for name, value in facts.items():
        if value == SETTLED_IN_TALK:
            continue
        if isinstance(value, Mapping):
            kept[name] = without_settled(value)
        elif isinstance(value, list):
            kept[name] = [without_settled(row) if isinstance(row, Mapping) else row for row in value if row != SETTLED_IN_TALK]
        else:
            kept[name] = value
    return kept


# ---------- what to talk about before ----------


def runs_out(stays: Iterable[Mapping[str, Any]], *, on: date) -> RunsOut | None:
    """Whether the paper she has now is a title, or stands for one, that ends within 90 days or has ended.

    A paper without its paragraph is a title: only those are noted by a group of paragraphs.
    """
    begun = sorted((str(row["from"]), number, row) for number, row in enumerate(stays) if row.get("from") and str(row["from"]) <= on.isoformat())
    if not begun:
        return None
    last = begun[-1][2]
    ends = last.get("valid_until") or last.get("to")
    if last.get("kind", BRIDGE) not in _RUNS_ON or not ends:
        return None
    day = date.fromisoformat(str(ends))
    return RunsOut(day, day < on, last.get("kind") == BRIDGE) if day <= on + RUNS_OUT_WITHIN else None


def cautions(chosen: Chosen, facts: Mapping[str, Any], documents: Iterable[Document], *, names: Sequence[str], on: date) -> list[Caution]:
    """One sentence each, for what is among the ticked; `names`: of others in the case, found in the message."""
    ticked = chosen.lines
    found = [
        ("no_name", "person.name" not in ticked),
        ("identity", _any(ticked, "identity") and _get(facts, "identity", "state") in {"efforts", "open"}),
        ("gaps", _any(ticked, "stays[") and _has_gaps(facts.get("stays", []), on)),
        ("trips", _any(ticked, "absences[")),
        ("work", _any(ticked, "work[")),
        ("benefits", "livelihood.benefits" in ticked and _get(facts, "livelihood", "benefits") not in (None, [], "none")),
        ("others", _any(ticked, "household") or any(one.about_others for one in documents if one.key in chosen.documents)),
        ("names", bool(names)),
    ]
    said = _sentences(names)
    return [Caution(code, said[code]) for code, counts in found if counts]


def _sentences(names: Sequence[str]) -> dict[str, str]:
    in_message = ngettext(
        "In der Nachricht steht ein Name aus diesem Fall: %(names)s. Hat diese Person zugestimmt?",
        "In der Nachricht stehen Namen aus diesem Fall: %(names)s. Haben diese Personen zugestimmt?",
        len(names),
    ) % {"names": ", ".join(names)}
    return {
        "no_name": _("Der Name ist nicht angekreuzt. Ohne ihn kann die Behörde die Anfrage niemandem zuordnen."),
        "identity": _("Die Identität ist nicht geklärt. Sprechen Sie zuerst darüber, was die Person selbst dafür getan hat: Die Behörde wird danach fragen."),
        "gaps": _("In den Papieren ist eine Zeit ohne Papier, oder eine, die nicht überall zählt. Sprechen Sie zuerst darüber, was damals war: Es kann ihr vorgehalten werden."),
        "trips": _("Reisen stehen darin. Sprechen Sie zuerst darüber, wohin und warum: Eine Reise in das Herkunftsland kann den Schutz oder den Titel gefährden."),
        "work": _("Arbeit steht darin. Sprechen Sie zuerst darüber, ob sie in der ganzen Zeit erlaubt war: Arbeit ohne Erlaubnis ist eine Ordnungswidrigkeit."),
        "benefits": _("Leistungen stehen darin. Sprechen Sie zuerst darüber, wie es weitergeht: Die Behörde prüft daran, ob der Lebensunterhalt gesichert ist."),
        "others": _("Angaben über die Familie stehen darin. Sprechen Sie zuerst mit denen, um die es geht; für Kinder mit beiden Eltern, die sie vertreten."),
        "names": in_message,
    }  # fmt: skip


def _any(keys: Iterable[str], begins: str) -> bool:
    return any(key.startswith(begins) for key in keys)


def _get(facts: Mapping[str, Any], group: str, name: str) -> Any:
    found = facts.get(group)
    return found.get(name) if isinstance(found, Mapping) else None


def _has_gaps(stays: Any, on: date) -> bool:
    """A time without a paper between two of them or up to today, or one with a paper that does not count everywhere."""
    rows = [row for row in stays if isinstance(row, Mapping) and row.get("from")] if isinstance(stays, list) else []
    if any(row.get("kind") in {"unlawful", kinds.DULDUNG_60B} for row in rows):
        return True
    covered: date | None = None
    for row in sorted(rows, key=lambda row: str(row["from"])):
        begins = date.fromisoformat(str(row["from"]))
        if covered and begins > covered + timedelta(days=1):
            return True
        ends = row.get("to")
        last = date.fromisoformat(str(ends)) if ends else date.max - timedelta(days=1)
        covered = max(covered, last) if covered else last
    return covered is not None and covered < on


def is_receipt_missing(kind: str, filed_on: date | None, receipt: str, *, on: date) -> bool:
    """An application was filed, and two weeks later nothing shows that it arrived."""
    return kind == RequestKind.COVER and not receipt and filed_on is not None and filed_on + RECEIPT_WITHIN < on
