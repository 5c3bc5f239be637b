"""Files of a case: the list, one of them, its content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.entries import MOST, Match, Place, containing
from faden.cases.queries.timeline import Of, concerning
from faden.documents.models import StoredFile
from faden.documents.rules.seal import place_of
from faden.documents.vocabulary import FileKind, FileState
from faden.kernel.errors import NotFound
from faden.kernel.keys import keyring
from faden.organisations.queries.memberships import names_of

PAGE = 50


@dataclass(frozen=True)
class FileRow:
    """One file as lists show it; its content stays where it is."""

    id: UUID
    name: str
    kind: str
    size: int
    state: FileState
    stored_at: datetime
    stored_by: str


@dataclass(frozen=True)
class FilePage:
    """Fifty files and whether there are more."""

    rows: list[FileRow]
    number: int
    has_more: bool


def files_of(case: Case, *, page: int = 1) -> FilePage:
    """The files of a case, newest first, without those of a vertraulicher Faden; two statements."""
    found = StoredFile.objects.filter(concerning(Of()), case=case).defer("content").order_by("-stored_at", "-id")
    rows = _rows(list(found[(page - 1) * PAGE : page * PAGE + 1]))
    return FilePage(rows[:PAGE], page, has_more=len(rows) > PAGE)


def files_named(words: Sequence[str], place: Place) -> list[Match]:
    """Files in whose names the words stand, newest first; one statement."""
    found = StoredFile.objects.filter(containing("name", words), place.rows).defer("content")
    return [
        Match(file.id, file.case_id, file.name, file.stored_at, file.persons, file.confidential)
        for file in found.order_by("-stored_at", "-id")[: MOST + 1]
    ]


def rows_by_id(file_ids: list[UUID]) -> dict[UUID, FileRow]:
    """Files a timeline tells about; two statements however many."""
    return {row.id: row for row in _rows(list(StoredFile.objects.filter(id__in=file_ids).defer("content")))}


def _rows(files: list[StoredFile]) -> list[FileRow]:
    names = names_of({file.stored_by for file in files})
    return [
        FileRow(
            file.id, file.name, str(FileKind(file.content_type).label), file.size, FileState(file.state),
            file.stored_at, names.get(file.stored_by, ""),
        )
        for file in files
    ]


def file_of(case: Case, file_id: UUID) -> StoredFile:
    """A file of this case, without its content."""
    file = StoredFile.objects.filter(id=file_id, case=case).defer("content").first()
    if file is None:
        raise NotFound(_("Diese Datei gibt es hier nicht."))
    return file


def content_of(file_id: UUID) -> bytes | None:
    """The plain bytes; None when the file is gone."""
    sealed = StoredFile.objects.filter(id=file_id).values_list("content", flat=True).first()
    return None if sealed is None else keyring().open(bytes(sealed), bound_to=place_of(file_id))


def to_scan(file_id: UUID) -> bytes | None:
    """What the scan has to look at; None when there is nothing (any more)."""
    waiting = StoredFile.objects.filter(id=file_id, state__in=[FileState.QUARANTINE, FileState.UNSCANNED])
    return content_of(file_id) if waiting.exists() else None


def waiting_for_scan(*, limit: int = 100) -> list[UUID]:
    """Files that nobody has looked at, oldest first."""
    found = StoredFile.objects.filter(state__in=[FileState.QUARANTINE, FileState.UNSCANNED])
    return list(found.order_by("stored_at").values_list("id", flat=True)[:limit])
