"""Lines of a history with what only the modules above cases know: the names of files."""

from dataclasses import replace

from faden.cases.queries.timeline import Line
from faden.cases.vocabulary import EntryKind
from faden.documents.queries import rows_by_id


def with_files(lines: list[Line]) -> list[Line]:
    """A file's name in its line; a line whose file is gone keeps its kind and day. Two statements."""
    files = rows_by_id([line.id for line in lines if line.kind == EntryKind.DOCUMENT])
    return [
        replace(line, title=file.name, by=file.stored_by, facts=(file.kind,)) if (file := files.get(line.id)) else line
        for line in lines
    ]
