"""What a new file of a source changes; pure, so that a dry run and the real one cannot tell two stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from faden.directory.rules.filled import TEXT, words_mark
from faden.directory.rules.intake import Intake, main_language
from faden.directory.vocabulary import OfferEnd


class Earlier(Protocol):
    """What has to be known of an offer that came before."""

    @property
    def title(self) -> str: ...
    @property
    def source_hash(self) -> str: ...
    @property
    def ended_at(self) -> object: ...
    @property
    def ended_because(self) -> str: ...
    @property
    def texts(self) -> Mapping[str, object]: ...
    @property
    def from_source(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Differences:
    """Each record of the file once, by what becomes of it; `gone` are keys that the file no longer has."""

    new: tuple[Intake, ...] = ()
    back: tuple[Intake, ...] = ()  # was gone, and is there again
    changed: tuple[Intake, ...] = ()
    translated: tuple[Intake, ...] = ()  # the same offer in another language than its own text: only that text
    unchanged: tuple[Intake, ...] = ()
    gone: tuple[str, ...] = ()
    text_gone: tuple[str, ...] = ()  # only its text in the file's language
    before: int = field(default=0)  # how many of this language there were

    @property
    def lost(self) -> int:
        """How many the file no longer has."""
        return len(self.gone) + len(self.text_gone)

    @property
    def loses_many(self) -> bool:
        """More than half of what was there: perhaps only a part of the file came."""
        return self.lost * 2 > self.before


def differences(intakes: tuple[Intake, ...], known: Mapping[str, Earlier], *, language: str, kept: frozenset[str], complete: bool) -> Differences:
    """`kept` are keys of records that are in the file, but could not be read: they are not gone."""
    found: dict[str, list[Intake]] = {name: [] for name in ("new", "back", "changed", "translated", "unchanged")}
    for intake in intakes:
        found[_kind(intake, known.get(intake.key))].append(intake)
    there = {intake.key for intake in intakes} | kept
    own = [key for key, one in known.items() if one.ended_at is None and main_language(one.source_hash) == language]
    told = [key for key, one in known.items() if main_language(one.source_hash) != language and _is_told(one, language)]
    missing = (lambda keys: tuple(key for key in keys if key not in there)) if complete else (lambda _keys: ())
    return Differences(
        **{name: tuple(rows) for name, rows in found.items()}, gone=missing(own), text_gone=missing(told), before=len(own) + len(told)
    )


def _is_told(earlier: Earlier, language: str) -> bool:
    """A translation that somebody wrote here is not the source's to take away."""
    return language in earlier.texts and TEXT + language in earlier.from_source


def _kind(intake: Intake, earlier: Earlier | None) -> str:
    if earlier is None:
        return "new"
    theirs = main_language(earlier.source_hash)
    # The German text becomes an offer's own whenever it comes; every other language stays beside it.
    if intake.language not in (theirs, "de"):
        return "unchanged" if earlier.from_source.get(TEXT + intake.language) == words_mark(intake.text) else "translated"
    if earlier.ended_because == OfferEnd.GONE and not intake.is_over:
        return "back"
    return "unchanged" if earlier.source_hash == intake.digest else "changed"
