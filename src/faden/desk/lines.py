"""Lines of a history with what only the modules above cases know: files, chains, plans."""

from dataclasses import replace

from faden.cases.queries.timeline import Line
from faden.cases.vocabulary import EntryKind
from faden.chains.queries.lines import Told, told
from faden.documents.queries import rows_by_id

_OF_CHAINS = (EntryKind.CHAIN, EntryKind.STEP, EntryKind.PLAN, EntryKind.GOAL)


def from_above(lines: list[Line]) -> list[Line]:
    """A file's name and a goal's words in their lines; one whose row is gone keeps its kind and day."""
    files = rows_by_id([line.id for line in lines if line.kind == EntryKind.DOCUMENT])
    said = told((line.id, line.kind) for line in lines if line.kind in _OF_CHAINS)
    known = said | {row: Told(file.name, file.stored_by, (file.kind,)) for row, file in files.items()}
    return [_filled(line, known[line.id]) if line.id in known else line for line in lines]


def _filled(line: Line, said: Told) -> Line:
    return replace(line, title=said.title, by=said.by, facts=said.facts)
