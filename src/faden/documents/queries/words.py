"""The words of client papers: what the software ships, what the service has reviewed of them, and how far that is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from faden.chains.queries.templates import shipped as shipped_templates
from faden.documents.models import ReviewedWords
from faden.documents.rules.words import GERMAN, LANGUAGES, Language, Words
from faden.kernel.errors import NotFound
from faden.law import words as law_words

_FOLDER = files("faden.documents").joinpath("words")


@cache
def labels() -> Mapping[str, str]:
    """The fixed labels in German, by code; without the titles of templates and steps."""
    return _read(GERMAN)


@cache
def german() -> Mapping[str, str]:
    """Everything that is translated: the labels, the paths and proofs of the rules of residence, the titles of the shipped chains."""
    found = dict(labels())
    for kind in ("path", "proof"):
        found |= {f"{kind}.{key}": law_words.of(f"{kind}s", key) for key in law_words.told(f"{kind}s")}
    for offered in shipped_templates():
        template = offered.template
        found[f"template.{template.code}"] = template.title
        found |= {step_code(template.code, step.code): step.title for step in template.steps}
    return MappingProxyType(found)


@cache
def shipped(language: str) -> Mapping[str, str]:
    """What the software brings in one language, machine-drafted; only codes that there are."""
    if language == GERMAN:
        return german()
    return MappingProxyType({code: text for code, text in _read(language).items() if code in german()})


def step_code(template: str, step: str) -> str:
    """Under which code the title of a template's step stands."""
    return f"step.{template}.{step}"


def words_in(language: str) -> Words:
    """The words of a language as this service prints them; one statement, none for German."""
    rows = ReviewedWords.objects.filter(language=language) if language != GERMAN else ()
    reviewed = {row.code: row.words for row in rows if german().get(row.code) == row.german}
    return Words(LANGUAGES[language], german(), shipped(language), reviewed)


@dataclass(frozen=True)
class Coverage:
    """How many of the words of a language somebody has reviewed."""

    language: Language
    reviewed: int
    total: int

    @property
    def left(self) -> int:
        """How many are as the machine wrote them."""
        return self.total - self.reviewed


def coverage() -> list[Coverage]:
    """Every language but German; one statement."""
    rows = ReviewedWords.objects.values_list("language", "code", "german")
    counted = Counter(language for language, code, text in rows if german().get(code) == text)
    total = len(german())
    return [Coverage(language, counted[code], total) for code, language in LANGUAGES.items() if code != GERMAN]


@dataclass(frozen=True)
class Wording:
    """One text beside its German, with who reviewed it."""

    code: str
    german: str
    words: str
    shipped: str
    reviewed_by: str = ""
    reviewed_on: date | None = None
    # Reviewed once, but the German has changed since.
    outdated: bool = False

    @property
    def is_reviewed(self) -> bool:
        """The review counts."""
        return self.reviewed_on is not None and not self.outdated


def wordings(language: str) -> list[Wording]:
    """All texts of a language in the order of the list; one statement."""
    rows = {row.code: row for row in ReviewedWords.objects.filter(language=translated(language).code)}
    return [_wording(code, text, shipped(language).get(code, ""), rows.get(code)) for code, text in german().items()]


def translated(language: str) -> Language:
    """A language that words are translated into; every other address does not exist."""
    if language == GERMAN or language not in LANGUAGES:
        raise NotFound
    return LANGUAGES[language]


def _wording(code: str, text: str, drafted: str, row: ReviewedWords | None) -> Wording:
    if row is None:
        return Wording(code, text, drafted or text, drafted)
    outdated = row.german != text
    # What was right for another German text is shown to go on from, and not printed.
    return Wording(code, text, row.words, drafted, row.reviewed_by, row.reviewed_on, outdated)


def _read(language: str) -> Mapping[str, str]:
    file = _FOLDER.joinpath(f"{language}.yaml")
    found = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return MappingProxyType({str(code): str(text) for code, text in found.items()})
