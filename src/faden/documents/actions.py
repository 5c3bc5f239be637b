"""Files of a case: stored sealed and in quarantine, then judged by what the scan found."""

from datetime import datetime
from uuid import UUID

from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary import EntryKind
from faden.documents import policies
from faden.documents.errors import Empty, KindNotTaken, TooLarge
from faden.documents.models import StoredFile
from faden.documents.rules.contents import kind_of
from faden.documents.rules.names import clean_name
from faden.documents.rules.seal import place_of
from faden.documents.vocabulary import FILE_JUDGED, FILE_STORED, MAX_BYTES, FileKind, FileState
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.identifiers import uuid7
from faden.kernel.keys import keyring
from faden.kernel.queue import enqueue


def store(
    case: Case, *, name: str, content: bytes, about: About = About(), by: Actor, at: datetime  # noqa: B008 -- frozen
) -> StoredFile:
    """Take a file into the case; nobody can open it before it was looked at."""
    kind, file_id = _accepted(name, content), uuid7()
    file = StoredFile.objects.create(
        id=file_id, organisation_id=by.organisation_id, case=case, name=clean_name(name, kind),
        content_type=kind, size=len(content), state=FileState.QUARANTINE, stored_at=at, stored_by=by.person,
        content=keyring().seal(content, bound_to=place_of(file_id)), **checked(about, case=case),
    )
    tell(
        case, kind=EntryKind.DOCUMENT, about=file_id, at=at, persons=file.persons, confidential=file.confidential
    )
    audit.note(FILE_STORED, by=by, at=at, subject=case.id, file=str(file_id), kind=kind.name)
    enqueue("documents.scan", by=by, key=f"scan-{file_id}", file_id=file_id)
    return file


def _accepted(name: str, content: bytes) -> FileKind:
    if not content:
        raise Empty
    if len(content) > MAX_BYTES:
        raise TooLarge
    kind = kind_of(content, name)
    if kind is None:
        raise KindNotTaken
    return kind


def judge(file_id: UUID, *, state: FileState, finding: str = "", by: Actor, at: datetime) -> None:
    """Write down what the scan found; a file that is gone or judged already stays as it is."""
    file = StoredFile.objects.select_for_update().defer("content").filter(id=file_id).first()
    if file is None or file.state == state or not policies.may_judge(by, file.state):
        return
    StoredFile.objects.filter(id=file_id).update(state=state)
    audit.note(
        FILE_JUDGED, by=by, at=at, subject=file.case_id, file=str(file_id), state=state, finding=finding[:100]
    )
