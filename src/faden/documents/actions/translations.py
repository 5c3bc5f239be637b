"""What a worker writes for the paper of one person: another German wording, and a translation of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.documents.models import WorkerTranslation
from faden.documents.rules.take_along_paper import seal
from faden.documents.rules.words import GERMAN, LANGUAGES
from faden.documents.vocabulary import TRANSLATED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class Worded:
    """One free text: as it stands in the file, as it shall stand on the paper, and its translation.

    `holds`: a translation that was made for other German words still fits.
    """

    source: UUID
    original: str
    german: str
    words: str
    persons: tuple[UUID, ...]
    holds: bool = False


def keep(
    case: Case, texts: Sequence[Worded], *, language: str, confidential: bool, seen: str, by: Actor, at: datetime
) -> int:
    """Write what changed; returns how many rows. `seen`: the seal of the rows the form was filled from."""
    if language not in LANGUAGES:
        raise Invalid(_("Diese Sprache gibt es auf dem Blatt nicht."), "language")
    sources = [text.source for text in texts]
    found = WorkerTranslation.objects.filter(case=case, source__in=sources, language__in={language, GERMAN})
    # Two people at one paper: the later one waits and is told.
    rows = {(row.source, row.language): row for row in found.select_for_update(no_key=True)}
    if seal({key: (row.german, row.words) for key, row in rows.items()}) != seen:
        changes = tuple(
            (text.original, rows[key].words, text.words)
            for text in texts
            if (key := (text.source, language)) in rows and rows[key].words != text.words
        )
        raise Conflict(_("Diese Übersetzungen hat inzwischen jemand anderes geändert."), changes)
    written = 0
    for text in texts:
        concerned = checked(About(text.persons, confidential), case=case)
        wanted = [(GERMAN, text.original, _other_words(text))]
        if language != GERMAN and not _is_left(text, rows, language):
            wanted.append((language, text.german, text.words))
        for code, german, words in wanted:
            row = rows.get((text.source, code)) or WorkerTranslation(
                organisation_id=by.organisation_id, case=case, source=text.source, language=code
            )
            row.translated_at, row.translated_by = at, by.person
            written += _put(row, german, words, concerned)
    if written:
        audit.note(TRANSLATED, by=by, at=at, subject=case.id, language=language, number=written)
    return written


def _other_words(text: Worded) -> str:
    """The German wording for the paper, where it is not the one of the file."""
    return text.german if text.german != text.original else ""


def _is_left(text: Worded, rows: dict[tuple[UUID, str], WorkerTranslation], language: str) -> bool:
    """Its German has changed and nobody has said that the translation still fits: it waits as it is."""
    row = rows.get((text.source, language))
    return row is not None and row.words == text.words and row.german != text.german and not text.holds


def _put(row: WorkerTranslation, german: str, words: str, concerned: dict[str, object]) -> int:
    """Write, change or take away one row; how many that were."""
    if not words:
        return 0 if row._state.adding else row.delete()[0]
    if not row._state.adding and (row.german, row.words) == (german, words):
        return 0
    # Whom the text concerns may have changed since it was translated.
    for column, value in concerned.items():
        setattr(row, column, value)
    row.german, row.words = german, words
    row.save()
    return 1
