"""Files: one of a paper or of somebody's Scan-Eingang, its bytes, its pages; what waits for the scan or the drawing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.documents.models import PageImage, StoredFile
from faden.documents.rules.seal import place_of, place_of_page
from faden.documents.vocabulary import DRAWN_KINDS, FileKind, FileState
from faden.kernel.errors import NotFound
from faden.kernel.keys import keyring

_OPEN = (FileState.CLEAN, FileState.UNSCANNED)


class Preview(Enum):
    """What there is to see of a file before it is downloaded."""

    READY = "ready"
    COMING = "coming"  # looked at, not drawn yet
    BROKEN = "broken"  # cannot be drawn
    NONE = "none"  # text and office files, and what nobody may open


@dataclass(frozen=True)
class PageShown:
    """A page we drew; the picture comes from an address of its own."""

    id: UUID
    number: int
    width: int
    height: int


@dataclass(frozen=True)
class FileShown:
    """One file as pages show it; its content stays where it is."""

    id: UUID
    name: str
    kind: str
    size: int
    state: FileState
    preview: Preview
    pages: tuple[PageShown, ...]
    pages_in_file: int
    form_key: str
    stored_at: datetime
    stored_by: int

    @property
    def opens(self) -> bool:
        """It may be downloaded, with a warning perhaps."""
        return self.state in _OPEN

    @property
    def is_cut(self) -> bool:
        """It has more pages than we draw."""
        return bool(self.pages) and self.pages_in_file > len(self.pages)


def shown(files: Iterable[StoredFile]) -> list[FileShown]:
    """Files with their pages; one statement."""
    found = list(files)
    pages: dict[UUID, list[PageShown]] = {}
    drawn = PageImage.objects.filter(file_id__in=[file.id for file in found]).order_by("number")
    for row in drawn.values_list("file_id", "id", "number", "width", "height"):
        pages.setdefault(row[0], []).append(PageShown(*row[1:]))
    return [_shown(file, tuple(pages.get(file.id, ()))) for file in found]


def _shown(file: StoredFile, pages: tuple[PageShown, ...]) -> FileShown:
    return FileShown(
        id=file.id,
        name=file.name,
        kind=str(FileKind(file.content_type).label),
        size=file.size,
        state=FileState(file.state),
        preview=_preview(file, pages),
        pages=pages if file.state in _OPEN else (),
        pages_in_file=file.pages_in_file or 0,
        form_key=file.form_key,
        stored_at=file.stored_at,
        stored_by=file.stored_by,
    )


def _preview(file: StoredFile, pages: Collection[PageShown]) -> Preview:
    if file.content_type not in DRAWN_KINDS or file.state not in _OPEN:
        return Preview.NONE
    if pages:
        return Preview.READY
    return Preview.BROKEN if file.drawn_at else Preview.COMING


def of_papers(paper_ids: Collection[UUID]) -> QuerySet[StoredFile]:
    """Their files in order, without the content."""
    return StoredFile.objects.filter(paper_id__in=paper_ids).defer("content").order_by("position", "id")


def file_of(case: Case, paper_id: UUID, file_id: UUID) -> StoredFile:
    """A file of this paper, without its content."""
    file = StoredFile.objects.filter(id=file_id, paper_id=paper_id, paper__case=case).defer("content").first()
    if file is None:
        raise NotFound(_("Diese Datei gibt es hier nicht."))
    return file


def content_of(file_id: UUID) -> bytes | None:
    """The plain bytes; None when the file is gone."""
    sealed = StoredFile.objects.filter(id=file_id).values_list("content", flat=True).first()
    return None if sealed is None else keyring().open(bytes(sealed), bound_to=place_of(file_id))


def page_of(page_id: UUID, **where: object) -> tuple[bytes, FileState]:
    """One drawn page as JPEG, and the state of its file; `where` says whose it must be."""
    found = PageImage.objects.filter(id=page_id, **where).values_list("content", "file__state").first()
    if found is None:
        raise NotFound(_("Diese Seite gibt es hier nicht."))
    return keyring().open(bytes(found[0]), bound_to=place_of_page(page_id)), FileState(found[1])


def drawn_of(paper_id: UUID) -> list[tuple[bytes, FileState]]:
    """The pages of a paper that may be looked at, in order, with the state of their file; one statement."""
    drawn = PageImage.objects.filter(file__paper=paper_id, file__state__in=_OPEN)
    rows = drawn.order_by("file__position", "file_id", "number").values_list("id", "content", "file__state")
    return [
        (keyring().open(bytes(sealed), bound_to=place_of_page(key)), FileState(state)) for key, sealed, state in rows
    ]


def to_scan(file_id: UUID) -> bytes | None:
    """What the scan has to look at; None when there is nothing (any more)."""
    waiting = StoredFile.objects.filter(id=file_id, state__in=[FileState.QUARANTINE, FileState.UNSCANNED])
    return content_of(file_id) if waiting.exists() else None


def waiting_for_scan(*, limit: int = 100) -> list[UUID]:
    """Files that nobody has looked at, oldest first."""
    found = StoredFile.objects.filter(state__in=[FileState.QUARANTINE, FileState.UNSCANNED])
    return list(found.order_by("stored_at").values_list("id", flat=True)[:limit])


def to_draw(file_id: UUID) -> tuple[bytes, FileKind] | None:
    """What is to be drawn, and what it is; None when it is drawn already, must not be opened, or is gone."""
    kind = _not_drawn().filter(id=file_id).values_list("content_type", flat=True).first()
    if kind is None:
        return None
    content = content_of(file_id)
    return None if content is None else (content, FileKind(kind))


def waiting_to_be_drawn(*, limit: int = 100) -> list[UUID]:
    """Files that may be opened and have no pages yet, oldest first."""
    return list(_not_drawn().order_by("stored_at").values_list("id", flat=True)[:limit])


def _not_drawn() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(drawn_at__isnull=True, state__in=_OPEN, content_type__in=sorted(DRAWN_KINDS))
