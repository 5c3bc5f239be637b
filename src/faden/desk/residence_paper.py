"""The result of a Vorprüfung for the client: each line in plain German, beside it in her language."""

from collections.abc import Iterator
from dataclasses import dataclass

from faden.documents.rules.words import GERMAN, Words
from faden.law import words as law_words
from faden.law.decide import PathResult, Result
from faden.residence.rules.answers import is_kept


@dataclass(frozen=True)
class Pair:
    """One line in both languages."""

    german: str
    other: str


@dataclass(frozen=True)
class PathPart:
    """One path: what it is, how it stands, which days count, which papers are missing."""

    title: Pair
    state: Pair
    days: tuple[Pair, ...]
    missing: tuple[Pair, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole paper; `drafted`: something on it is as the machine translated it."""

    title: Pair
    notes: tuple[Pair, ...]
    missing: Pair
    parts: tuple[PathPart, ...]
    language: str
    rtl: bool
    is_bilingual: bool
    drafted: str


def laid_out(result: Result, *, german: Words, other: Words) -> Sheet:
    """All paths that were looked at."""
    both = _Both(german, other)
    parts = tuple(_part(path, both) for path in result.paths.values())
    notes = (
        both("residence.no_advice"), both("residence.ask_first"), both("residence.running"),
        both("residence.law_state", day=f"{result.law_state:%d.%m.%Y}"),
    )  # fmt: skip
    drafted = "" if other.all_reviewed(both.used) else other("note.machine")
    return Sheet(
        both("residence.title"), notes, both("residence.missing"), parts, other.language.code, other.language.rtl,
        other.language.code != GERMAN, drafted,
    )  # fmt: skip


class _Both:
    """Says a code in both languages and remembers which were said."""

    def __init__(self, german: Words, other: Words) -> None:
        self.german, self.other = german, other
        self.used: set[str] = set()

    def __call__(self, code: str, **values: object) -> Pair:
        self.used.add(code)
        return Pair(self.german(code, **values), self.other(code, **values))


def _part(path: PathResult, both: _Both) -> PathPart:
    state = "not_yet" if path.code == "not_yet" else path.state.value
    return PathPart(both(f"path.{path.key}"), both(f"residence.{state}"), tuple(_days(path, both)), tuple(_missing(path, both)))


def _days(path: PathResult, both: _Both) -> Iterator[Pair]:
    if path.earliest_date:
        yield both("residence.earliest", day=f"{path.earliest_date:%d.%m.%Y}")
    if path.latest_date:
        yield both("residence.latest", day=f"{path.latest_date:%d.%m.%Y}")


def _missing(path: PathResult, both: _Both) -> Iterator[Pair]:
    told = law_words.told("facts")
    # What is only asked in the conversation stands on no paper.
    proofs = (proof for key in path.missing if is_kept(key) for proof in told.get(key.removesuffix(".proof"), {}).get("proofs", ())[:1])
    for proof in dict.fromkeys(proofs):
        yield both(f"proof.{proof}")
