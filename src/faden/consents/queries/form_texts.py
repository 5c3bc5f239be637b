"""Texts to be signed: which wording counts now in each language, shipped or the service's own, and its state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

import yaml
from django.utils.translation import gettext as _

from faden.consents.models import FormText
from faden.consents.vocabulary import TEXT_LANGUAGES, FormKind
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.vocabulary import language_name

_SHIPPED = files("faden.consents") / "shipped"


@dataclass(frozen=True)
class ShippedText:
    """A draft that the software brings; of a translation `version` is that of the German text it translates."""

    kind: FormKind
    language: str
    version: int
    title: str
    body: str


@dataclass(frozen=True)
class TextShown:
    """One wording: the service's row, or (version 0) a draft that only lies in the software."""

    kind: FormKind
    language: str
    version: int
    title: str
    body: str
    id: UUID | None = None
    of_version: int = 0
    shipped_version: int | None = None
    made_at: datetime | None = None
    made_by: str = ""
    reviewed_on: date | None = None
    reviewed_by: str = ""
    withdrawn_on: date | None = None

    @property
    def is_reviewed(self) -> bool:
        """Somebody has reviewed it, and nobody has withdrawn it since."""
        return self.reviewed_on is not None and self.withdrawn_on is None

    @property
    def is_own(self) -> bool:
        """Written by the service."""
        return self.shipped_version is None

    @property
    def is_german(self) -> bool:
        return self.language == "de"

    @property
    def language_name(self) -> str:
        return name_of_language(self.language)


@dataclass(frozen=True)
class TextState:
    """One kind in one language, as the list shows it: the wording that counts, and one that waits for review."""

    kind: FormKind
    language: str
    counts: TextShown | None
    waiting: TextShown | None = None

    @property
    def language_name(self) -> str:
        return name_of_language(self.language)

    @property
    def can_be_signed(self) -> bool:
        return self.counts is not None and self.counts.is_reviewed


def name_of_language(code: str) -> str:
    """What a language of our papers is called; our Kurdish is Kurmanji."""
    return language_name("kmr" if code == "ku" else code)


@cache
def shipped(kind: FormKind, language: str) -> ShippedText | None:
    """The draft that the software brings in this language, if it brings one."""
    file = _SHIPPED / f"{kind}.{language}.yaml"
    if not file.is_file():
        return None
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return ShippedText(kind, language, int(read["version"]), read["title"], "\n".join(read["paragraphs"]))


@cache
def labels(language: str) -> dict[str, str]:
    """What stands around a text on paper; German where the language has none."""
    file = _SHIPPED / f"labels.{language}.yaml"
    own = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {**(labels("de") if language != "de" else {}), **own}


@cache
def sheet_words() -> dict[str, str]:
    """What stands on every sheet in German only, for the service and the offices."""
    return dict(yaml.safe_load((_SHIPPED / "sheet.de.yaml").read_text(encoding="utf-8")))


class Texts:
    """All wordings of the service, read once; what counts is decided here."""

    def __init__(self, rows: Iterable[FormText], names: dict[int, str] | None = None) -> None:
        self._rows = [as_shown(row, names or {}) for row in rows]

    def of(self, kind: FormKind, language: str) -> list[TextShown]:
        """Everything there is in this language, the newest first; a shipped draft last."""
        rows = [row for row in self._rows if (row.kind, row.language) == (kind, language)]
        draft = shipped(kind, language)
        if draft and draft.version not in {row.shipped_version for row in rows}:
            rows.append(TextShown(kind, language, 0, draft.title, draft.body, shipped_version=draft.version))
        return rows

    def german(self, kind: FormKind) -> TextShown | None:
        """The newest reviewed wording; while there is none, the newest draft."""
        return _counting(self.of(kind, "de"))

    def translation(self, kind: FormKind, language: str) -> TextShown | None:
        """The wording that translates the German one that counts."""
        german = self.german(kind)
        return _counting(row for row in self.of(kind, language) if german and _translates(row, german))

    def counting(self, kind: FormKind, language: str) -> TextShown | None:
        """What is printed in this language now."""
        return self.german(kind) if language == "de" else self.translation(kind, language)

    def signed_in(self, kind: FormKind, language: str) -> TextShown | None:
        """What is signed when this language stands on the paper: its text if it is reviewed, else the German one."""
        german, other = self.german(kind), self.counting(kind, language) if language else None
        reviewed = german is not None and german.is_reviewed and other is not None and other.is_reviewed
        return other if reviewed else german

    def state(self, kind: FormKind, language: str) -> TextState:
        """For the list: what counts, and a newer wording that waits for its review."""
        counts = self.counting(kind, language)
        newer = [row for row in self.of(kind, language) if _waits(row) and row != counts and row.version]
        return TextState(kind, language, counts, newer[0] if newer else None)


def _counting(rows: Iterable[TextShown]) -> TextShown | None:
    """Reviewed before draft, newest before older; what was withdrawn is neither."""
    standing = [row for row in rows if row.withdrawn_on is None]
    return max(standing, key=lambda row: (row.reviewed_on is not None, row.version), default=None)


def _waits(row: TextShown) -> bool:
    return row.reviewed_on is None and row.withdrawn_on is None


def _translates(row: TextShown, german: TextShown) -> bool:
    if row.version:
        return row.of_version == german.version
    return row.shipped_version == german.shipped_version


def texts() -> Texts:
    """All of them; one statement."""
    return Texts(FormText.objects.order_by("-version"))


def states() -> list[tuple[FormKind, list[TextState]]]:
    """Every kind in every language; one statement."""
    found = texts()
    return [(kind, [found.state(kind, language) for language in TEXT_LANGUAGES]) for kind in FormKind]


@dataclass(frozen=True)
class TextPage:
    """One wording among the others of its language, with the German one it translates."""

    shown: TextShown
    versions: list[TextShown]
    counts: TextShown | None
    german: TextShown | None  # None: it is German itself

    @property
    def is_counting(self) -> bool:
        return self.shown == self.counts

    @property
    def may_be_reviewed(self) -> bool:
        """It waits for its review; of a translation only while its German wording counts."""
        return _waits(self.shown) and (self.german is None or _translates(self.shown, self.german))


def text_page(kind: str, language: str, version: int | None = None) -> TextPage:
    """What counts, or one version; two statements."""
    if kind not in FormKind.values or language not in TEXT_LANGUAGES:
        raise NotFound(_("Diesen Text gibt es hier nicht."))
    which = FormKind(kind)
    rows = list(FormText.objects.filter(kind=which, language__in=("de", language)).order_by("-version"))
    found = Texts(rows, names_of({row.made_by for row in rows}))
    counts, versions = found.counting(which, language), found.of(which, language)
    if version is None:
        shown = counts or next(iter(versions), None)
    else:
        shown = next((row for row in versions if row.version == version), None)
    if shown is None:
        raise NotFound(_("Diesen Text gibt es hier nicht."))
    return TextPage(shown, versions, counts, None if language == "de" else found.german(which))


def as_shown(row: FormText, names: dict[int, str] | None = None) -> TextShown:
    """A row as pages and paper show it."""
    return TextShown(
        FormKind(row.kind), row.language, row.version, row.title, row.body, row.id, row.of_version, row.shipped_version,
        row.made_at, (names or {}).get(row.made_by, ""), row.reviewed_on, row.reviewed_by,
        row.withdrawn_at.astimezone(BERLIN).date() if row.withdrawn_at else None,
    )  # fmt: skip
