"""The fixed words of client papers: the languages there are, and one language's words with what is reviewed of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from faden.kernel.clock import BERLIN

GERMAN = "de"
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of client papers; `read_as`: codes of persons who read it, beside its own."""

    code: str
    own_name: str
    rtl: bool = False
    read_as: tuple[str, ...] = ()


# Who speaks an Arabic dialect reads standard Arabic; Dari and Hazaragi are written as Farsi is. Sorani has an
# alphabet of its own and is not among them.
LANGUAGES: Mapping[str, Language] = {
    language.code: language
    for language in (
        Language(GERMAN, "Deutsch"),
        Language("en", "English"),
        Language("uk", "Українська"),
        Language("ru", "Русский"),
        Language("ar", "العربية", rtl=True, read_as=("acm", "apc", "arq", "ary", "arz", "ayl")),
        Language("fa", "فارسی", rtl=True, read_as=("prs", "haz")),
        Language("tr", "Türkçe"),
        Language("fr", "Français"),
        Language("ti", "ትግርኛ"),
        Language("ku", "Kurmancî", read_as=("kmr",)),
    )
}
_READ_AS = {spoken: code for code, language in LANGUAGES.items() for spoken in (code, *language.read_as)}


def paper_language(spoken: Iterable[str]) -> str:
    """The first of a person's languages that papers are printed in; German, if none is."""
    return next((_READ_AS[code] for code in spoken if code in _READ_AS), GERMAN)


def placeholders(text: str) -> list[str]:
    """The {names} a text stands open for, sorted."""
    return sorted(_PLACEHOLDER.findall(text))


@dataclass(frozen=True)
class Words:
    """The words of one language: what was reviewed here goes before what is shipped, German comes last.

    `reviewed` has only reviews of the German text of today.
    """

    language: Language
    german: Mapping[str, str]
    shipped: Mapping[str, str] = field(default_factory=dict)
    reviewed: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, code: str, **values: object) -> str:
        """The text with its values put in. Put in, not formatted: a text may be typed by somebody."""
        text = self.reviewed.get(code) or self.shipped.get(code) or self.german[code]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def is_reviewed(self, code: str) -> bool:
        """Somebody has looked at it; the German text is the one that was agreed on."""
        return self.language.code == GERMAN or code in self.reviewed

    def all_reviewed(self, codes: Iterable[str]) -> bool:
        """None of them is as the machine wrote it."""
        return all(self.is_reviewed(code) for code in codes)

    def day(self, day: date) -> str:
        """ "Dienstag, 12. Mai 2026", in the order of the language."""
        return self(
            "date.day", weekday=self(f"weekday.{day.isoweekday()}"), day=day.day, month=self(f"month.{day.month}"), year=day.year
        )

    def time(self, at: datetime) -> str:
        """ "10:30 Uhr", as clocks show it here."""
        return self("date.time", time=f"{at.astimezone(BERLIN):%H:%M}")
