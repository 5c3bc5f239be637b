"""Lines of a history with what only the modules above cases know: papers, Bescheide, chains, plans."""

from dataclasses import replace

from faden.cases.queries.timeline import Line
from faden.cases.vocabulary.case import EntryKind
from faden.chains.queries.lines import Told, told
from faden.documents.queries.decisions import lines_told
from faden.documents.queries.papers import papers_told

_OF_CHAINS = (EntryKind.CHAIN, EntryKind.STEP, EntryKind.PLAN, EntryKind.GOAL)


def from_above(lines: list[Line]) -> list[Line]:
    """A paper's title and a goal's words in their lines; one whose row is gone keeps its kind and day."""
    papers = papers_told([line.id for line in lines if line.kind == EntryKind.DOCUMENT])
    said = told((line.id, line.kind) for line in lines if line.kind in _OF_CHAINS)
    decisions = lines_told([line.id for line in lines if line.kind == EntryKind.DECISION])
    said |= {row: Told(one.title, one.by, one.facts) for row, one in decisions.items()}
    known = said | {row: Told(paper.title, paper.by, paper.facts) for row, paper in papers.items()}
    return [_filled(line, known[line.id]) if line.id in known else line for line in lines]


def _filled(line: Line, said: Told) -> Line:
    return replace(line, title=said.title, by=said.by, facts=said.facts)
