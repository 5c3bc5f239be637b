"""Lines of a history with what only the modules above cases know: papers, Bescheide, chains, plans."""

from dataclasses import replace

from faden.cases.queries.by_law import release_lines
from faden.cases.queries.timeline import Line
from faden.cases.vocabulary.case import EntryKind
from faden.chains.queries.lines import Told, told
from faden.documents.queries.decisions import lines_told
from faden.documents.queries.papers import papers_told
from faden.referrals.queries.conference_lines import conferences_told
from faden.referrals.queries.lines import referrals_told
from faden.referrals.queries.transfer_lines import transfers_told
from faden.residence.queries.requests import requests_told

_OF_CHAINS = (EntryKind.CHAIN, EntryKind.STEP, EntryKind.PLAN, EntryKind.GOAL)


def from_above(lines: list[Line]) -> list[Line]:
    """A paper's title and a goal's words in their lines; one whose row is gone keeps its kind and day."""
    papers = papers_told([line.id for line in lines if line.kind == EntryKind.DOCUMENT])
    said = told((line.id, line.kind) for line in lines if line.kind in _OF_CHAINS)
    decisions = lines_told([line.id for line in lines if line.kind == EntryKind.DECISION])
    said |= {row: Told(one.title, one.by, one.facts) for row, one in decisions.items()}
    gone = release_lines([line.id for line in lines if line.kind == EntryKind.RELEASE])
    said |= {row: Told(one.title, one.by, one.facts) for row, one in gone.items()}
    said |= requests_told({row: said[row] for row in gone})
    said |= referrals_told([line.id for line in lines if line.kind == EntryKind.REFERRAL])
    said |= conferences_told([line.id for line in lines if line.kind == EntryKind.CONFERENCE])
    said |= transfers_told([line.id for line in lines if line.kind == EntryKind.TRANSFER])
    known = said | {row: Told(paper.title, paper.by, paper.facts) for row, paper in papers.items()}
    return [_filled(line, known[line.id]) if line.id in known else line for line in lines]


def _filled(line: Line, said: Told) -> Line:
    return replace(line, title=said.title, by=said.by, facts=said.facts)
