"""Files: stored sealed and in quarantine, judged by what the scan found, then drawn page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from faden.documents import policies
from faden.documents.errors import Empty, KindNotTaken, TooLarge, TooMany
from faden.documents.models import PageImage, Paper, StoredFile
from faden.documents.rules.contents import kind_of
from faden.documents.rules.names import clean_name
from faden.documents.rules.seal import place_of, place_of_page
from faden.documents.vocabulary import (
    DRAWN_KINDS,
    FILE_DRAWN,
    FILE_JUDGED,
    FILE_STORED,
    MAX_BYTES,
    MOST_FILES,
    FileKind,
    FileState,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.kernel.queue import enqueue

Sent = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class DrawnPage:
    """One page as we drew it: a JPEG and its size."""

    width: int
    height: int
    jpeg: bytes


def store(files: Sent, *, paper: Paper | None = None, after: int = 0, by: Actor, at: datetime) -> list[StoredFile]:
    """Files of a paper, at the positions after `after`; without a paper they lie in the actor's Scan-Eingang.

    Nobody can open them before they were looked at. One that is not taken refuses all.
    """
    if after + len(files) > MOST_FILES:
        raise TooMany
    kinds = [_accepted(name, content) for name, content in files]
    return [
        _stored(name, content, kind, paper=paper, position=after + number, by=by, at=at)
        for number, ((name, content), kind) in enumerate(zip(files, kinds, strict=True), start=1)
    ]


def _stored(
    name: str, content: bytes, kind: FileKind, *, paper: Paper | None, position: int, by: Actor, at: datetime
) -> StoredFile:
    file_id = uuid7()
    place = {"paper": paper} if paper else {"lies_with_id": UUID(by.membership_id)}
    file = StoredFile.objects.create(
        id=file_id, organisation_id=by.organisation_id, position=position, name=clean_name(name, kind),
        content_type=kind, size=len(content), state=FileState.QUARANTINE, stored_at=at, stored_by=by.person,
        content=keyring().seal(content, bound_to=place_of(file_id)), **place,
    )  # fmt: skip
    audit.note(
        FILE_STORED, by=by, at=at, subject=paper.case_id if paper else None, file=str(file_id), kind=kind.name
    )
    enqueue("documents.scan", by=by, key=f"scan-{file_id}", file_id=file_id)
    return file


def _accepted(name: str, content: bytes) -> FileKind:
    if not content:
        raise Empty(name)
    if len(content) > MAX_BYTES:
        raise TooLarge(name)
    kind = kind_of(content, name)
    if kind is None:
        raise KindNotTaken(name)
    return kind


def judge(file_id: UUID, *, state: FileState, finding: str = "", by: Actor, at: datetime) -> None:
    """Write down what the scan found; a file that is gone or judged already stays as it is.

    What may be opened is drawn next; of what is infected no page stays.
    """
    file = _locked(file_id)
    if file is None or file.state == state or not policies.may_judge(by, file.state):
        return
    StoredFile.objects.filter(id=file_id).update(state=state)
    if state == FileState.INFECTED:
        PageImage.objects.filter(file=file).delete()
    elif file.drawn_at is None and file.content_type in DRAWN_KINDS:
        enqueue("documents.draw", by=by, key=f"draw-{file_id}", file_id=file_id)
    audit.note(
        FILE_JUDGED, by=by, at=at, subject=_case_of(file), file=str(file_id), state=state, finding=finding[:100]
    )


def keep_pages(
    file_id: UUID, pages: Sequence[DrawnPage], *, pages_in_file: int, form_key: str = "", by: Actor, at: datetime
) -> None:
    """The pages as the job drew them, sealed; none: the file cannot be drawn. Once per file, never of an infected one."""
    file = _locked(file_id)
    if file is None or file.drawn_at or not policies.may_open(file.state):
        return
    for number, page in enumerate(pages, start=1):
        page_id = uuid7()
        PageImage.objects.create(
            id=page_id, organisation_id=by.organisation_id, file=file, number=number, width=page.width,
            height=page.height, content=keyring().seal(page.jpeg, bound_to=place_of_page(page_id)),
        )  # fmt: skip
    StoredFile.objects.filter(id=file_id).update(drawn_at=at, pages_in_file=pages_in_file, form_key=form_key[:32])
    audit.note(FILE_DRAWN, by=by, at=at, subject=_case_of(file), file=str(file_id), pages=len(pages))


def remove(files: Sequence[UUID]) -> None:
    """The rows of these files and of their pages; whose verb this is notes why."""
    PageImage.objects.filter(file_id__in=files).delete()
    StoredFile.objects.filter(id__in=files).delete()


def _locked(file_id: UUID) -> StoredFile | None:
    found = StoredFile.objects.select_for_update(of=("self",)).select_related("paper").defer("content")
    return found.filter(id=file_id).first()


def _case_of(file: StoredFile) -> UUID | None:
    return file.paper.case_id if file.paper else None
