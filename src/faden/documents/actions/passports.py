"""A Frist follows each passport that runs out, from the paper to the list; a renewed one is a paper and a Frist of its own."""

from datetime import datetime

from faden.cases.actions import deadlines
from faden.cases.rules.deadline_law import PASSPORT_LAW
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.documents.models import Paper
from faden.documents.rules.papers import runs_out
from faden.kernel.clock import BERLIN


def follow(paper: Paper, *, at: datetime) -> None:
    """After anything that was said about a paper: its last day stands among the Fristen, or no longer."""
    noted_on = paper.noted_at.astimezone(BERLIN).date()
    if paper.valid_until and runs_out(paper.kind, paper.valid_until, noted_on=noted_on):
        deadlines.note(
            paper.case, kind=DeadlineKind.PASSPORT, reference=paper.id, due_on=paper.valid_until, persons=paper.persons,
            confidential=paper.confidential, law=PASSPORT_LAW, subject=paper.title, at=at,
        )  # fmt: skip
    elif paper.version > 1:
        unfollow(paper, at=at)


def unfollow(paper: Paper, *, at: datetime) -> None:
    """It is no passport after all, has no last day, or is gone."""
    deadlines.end_for(paper.id, kind=DeadlineKind.PASSPORT, at=at)
