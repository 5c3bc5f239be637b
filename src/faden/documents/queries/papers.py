"""Papers of a case: the list by kind, person and words; one of them with its pages; found by the search."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.models import Case, Deadline
from faden.cases.queries.deadlines import row_of as deadline_row
from faden.cases.queries.deadlines import still_open
from faden.cases.queries.entries import MOST, Match, Place, containing
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.case import Scope
from faden.chains.models import ChainStep
from faden.chains.vocabulary import StepState
from faden.documents.models import Paper, StoredFile
from faden.documents.queries.files import FileShown, Preview, of_papers, shown
from faden.documents.rules.papers import is_fresh
from faden.documents.vocabulary import SEEN_NOT_STORED, FileState, PaperKind
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names

PAGE = 50
LONGEST_CHOICE = 100
# The worst of a paper's files says how it is.
_WORST = (FileState.INFECTED, FileState.QUARANTINE, FileState.UNSCANNED, FileState.CLEAN)


@dataclass(frozen=True)
class PaperRow:
    """One paper as lists show it."""

    id: UUID
    title: str
    kind: str
    issuer: str
    dated_on: date | None
    valid_until: date | None
    seen_on: date | None
    noted_at: datetime
    noted_by: str
    persons: tuple[str, ...]
    confidential: bool
    files: int
    state: FileState | None

    @property
    def says(self) -> tuple[str, ...]:
        """What the title does not say already."""
        return tuple(word for word in (self.kind, self.issuer) if word and word.lower() not in self.title.lower())

    def has_expired(self, today: date) -> bool:
        """Its last day is over."""
        return self.valid_until is not None and self.valid_until < today


@dataclass(frozen=True)
class PaperPage:
    """Fifty papers and whether there are more."""

    rows: list[PaperRow]
    number: int
    has_more: bool


@dataclass(frozen=True)
class PaperShown:
    """One paper with everything that is known of it, and its files in order."""

    paper: Paper
    kind: str
    noted_by: str
    persons: tuple[str, ...]
    files: list[FileShown]
    stored_by: dict[int, str]
    step: str
    deadline: str
    is_fresh: bool

    @property
    def is_unscanned(self) -> bool:
        """Somebody has to want to see it: nobody looked for malware."""
        return any(file.state == FileState.UNSCANNED and file.preview == Preview.READY for file in self.files)

    @property
    def drawn(self) -> list[FileShown]:
        """Files with something to look at."""
        return [file for file in self.files if file.preview == Preview.READY]

    @property
    def pages(self) -> int:
        """How many pages there are to look at."""
        return sum(len(file.pages) for file in self.drawn)

    @property
    def not_in_pdf(self) -> list[str]:
        """Files of which the PDF of all pages has nothing, or not all."""
        return [file.name for file in self.files if file.preview != Preview.READY or file.is_cut]

    @property
    def is_seen_only(self) -> bool:
        return self.paper.seen_on is not None

    @property
    def is_of_a_kind_to_be_seen(self) -> bool:
        return self.paper.kind in SEEN_NOT_STORED


def papers_of(
    case: Case, *, of: Of, kind: str = "", person: UUID | None = None, words: Sequence[str] = (), page: int = 1
) -> PaperPage:
    """The papers of a case that may stand there, newest first; four statements."""
    found = Paper.objects.filter(concerning(of), case=case)
    if kind:
        found = found.filter(kind=kind)
    if person:
        found = found.filter(persons__contains=[person])
    found = found.filter(_saying(words)).order_by("-noted_at", "-id")
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    return PaperPage(_rows(rows[:PAGE]), page, has_more=len(rows) > PAGE)


def kinds_in(case: Case, *, of: Of) -> list[tuple[str, str, int]]:
    """(code, label, how many) of what is there, in the order of the vocabulary; one statement."""
    found = Paper.objects.filter(concerning(of), case=case).order_by().values_list("kind").annotate(number=Count("id"))
    numbers = dict(found)
    return [(kind.value, str(kind.label), numbers[kind]) for kind in PaperKind if kind in numbers]


def _saying(words: Sequence[str]) -> Q:
    """Each word stands in the title or in the issuer."""
    found = Q()
    for word in words:
        found &= containing("title", [word]) | containing("issuer", [word])
    return found


def _rows(papers: list[Paper]) -> list[PaperRow]:
    staff = names_of({paper.noted_by for paper in papers})
    people = main_names(person for paper in papers for person in paper.persons)
    states: dict[UUID | None, list[str]] = {}
    for paper_id, state in of_papers([paper.id for paper in papers]).values_list("paper_id", "state"):
        states.setdefault(paper_id, []).append(state)
    return [
        PaperRow(
            paper.id, paper.title, str(PaperKind(paper.kind).label), paper.issuer, paper.dated_on, paper.valid_until,
            paper.seen_on, paper.noted_at, staff.get(paper.noted_by, ""), _people(paper, people), paper.confidential,
            len(states.get(paper.id, ())), _worst(states.get(paper.id, ())),
        )
        for paper in papers
    ]  # fmt: skip


def _worst(states: Collection[str]) -> FileState | None:
    return next((state for state in _WORST if state in states), None)


def _people(paper: Paper, names: dict[UUID, str]) -> tuple[str, ...]:
    return tuple(names[person] for person in paper.persons if person in names)


def paper_page(paper: Paper, *, now: datetime, today: date) -> PaperShown:
    """One paper of a case (`actions.papers.paper_of`); four statements."""
    files = shown(of_papers([paper.id]))
    staff = names_of({paper.noted_by, *(file.stored_by for file in files)})
    return PaperShown(
        paper=paper,
        kind=str(PaperKind(paper.kind).label),
        noted_by=staff.get(paper.noted_by, ""),
        persons=_people(paper, main_names(paper.persons)),
        files=files,
        stored_by=staff,
        # What became confidential since then is not named on a page that is not.
        step=paper.step.title if paper.step and (paper.confidential or not paper.step.chain.confidential) else "",
        deadline=_deadline(paper.deadline, today) if paper.deadline and (paper.confidential or not paper.deadline.confidential) else "",
        is_fresh=is_fresh(paper.noted_at, now),
    )


def _deadline(deadline: Deadline, today: date) -> str:
    row = deadline_row(deadline, today=today)
    return f"{' · '.join(filter(None, (row.title, row.detail)))}, {row.due_on:%d.%m.%Y}"


# ---------- what a paper can be for ----------


def steps_to_choose(case: Case, *, of: Of, also: UUID | None = None) -> list[tuple[str, str]]:
    """Steps of the running chains that may be named there, and the one that is chosen; two statements."""
    open_ = Q(chain__ended_at__isnull=True) & ~Q(state__in=[StepState.DROPPED])
    chains = _of_chain(of)
    found = ChainStep.objects.filter(chains & open_ | Q(id__in=[also]), case=case).select_related("chain")
    rows = list(found.order_by("chain__started_on", "chain_id", "position")[:LONGEST_CHOICE])
    names = _names_in(case, [person for step in rows for person in step.chain.persons])
    return [(str(step.id), _choice(f"{step.chain.title}: {step.title}", step.chain.persons, names)) for step in rows]


def _names_in(case: Case, persons: list[UUID]) -> dict[UUID, str]:
    """In a family's case it has to be said whose it is."""
    return main_names(persons) if case.scope == Scope.FAMILY else {}


def _choice(what: str, persons: Collection[UUID], names: dict[UUID, str]) -> str:
    whose = ", ".join(names[person] for person in persons if person in names)
    return f"{what} ({whose})" if whose else what


def _of_chain(of: Of) -> Q:
    if of.person is None:
        return Q(chain__confidential=False)
    hers = Q(chain__persons__contains=[of.person])
    return hers if of.confidential else hers & Q(chain__confidential=False)


def deadlines_to_choose(case: Case, *, of: Of, today: date, also: UUID | None = None) -> list[tuple[str, str]]:
    """Fristen that count and may be named there, and the one that is chosen; two statements."""
    counting = concerning(of) | concerning(Of(of.person)) if of.person else concerning(of)
    found = still_open([case.id]).filter(counting) | Deadline.objects.filter(id__in=[also], case=case)
    rows = list(found.order_by("due_on", "id")[:LONGEST_CHOICE])
    names = _names_in(case, [person for one in rows for person in one.persons])
    return [(str(one.id), _choice(_deadline(one, today), one.persons, names)) for one in rows]


def papers_to_choose(case: Case, *, of: Of, also: UUID | None = None) -> list[tuple[str, str]]:
    """Papers for a select, newest first; one statement."""
    found = Paper.objects.filter(concerning(of) | Q(id__in=[also]), case=case).order_by("-noted_at", "-id")
    rows = found.values_list("id", "title", "noted_at")[:LONGEST_CHOICE]
    return [(str(key), f"{title} ({noted_at:%d.%m.%Y})") for key, title, noted_at in rows]


def papers_for(case: Case, *, of: Of, step: UUID | None = None, deadline: UUID | None = None) -> list[tuple[UUID, str]]:
    """(paper, title) of what was put there for a step or a Frist and may be shown there; one statement."""
    whose = Q(step_id=step) if step else Q(deadline_id=deadline)
    found = Paper.objects.filter(whose, concerning(of), case=case).order_by("-noted_at", "-id")
    return list(found.values_list("id", "title")[:PAGE])


# ---------- in the search, in a history ----------


def papers_named(words: Sequence[str], place: Place) -> list[Match]:
    """Papers in whose title or issuer the words stand, newest first; one statement."""
    found = Paper.objects.filter(_saying(words), place.rows).order_by("-noted_at", "-id")
    return [
        Match(paper.id, paper.case_id, _named(paper), paper.noted_at, paper.persons, paper.confidential)
        for paper in found[: MOST + 1]
    ]


def _named(paper: Paper) -> str:
    return paper.title if not paper.issuer or paper.issuer in paper.title else f"{paper.title}, {paper.issuer}"


@dataclass(frozen=True)
class PaperTold:
    """What a line of the history says of a paper."""

    title: str
    by: str
    facts: tuple[str, ...]


def papers_told(paper_ids: Iterable[UUID]) -> dict[UUID, PaperTold]:
    """By id; two statements however many, none for none."""
    ids = list(paper_ids)
    if not ids:
        return {}
    # Of its own, not joined: the rows are grouped by their id, and their key is longer.
    files = StoredFile.objects.filter(paper=OuterRef("id")).order_by().values("paper").annotate(number=Count("id"))
    papers = list(Paper.objects.filter(id__in=ids).annotate(number=Subquery(files.values("number"))))
    staff = names_of({paper.noted_by for paper in papers})
    return {paper.id: PaperTold(paper.title, staff.get(paper.noted_by, ""), _facts(paper)) for paper in papers}


def _facts(paper: Paper) -> tuple[str, ...]:
    number = paper.number or 0  # type: ignore[attr-defined]
    if paper.seen_on:
        kept = _("gesehen am %(day)s, nicht gespeichert") % {"day": f"{paper.seen_on:%d.%m.%Y}"}
    else:
        kept = ngettext("%(number)d Datei", "%(number)d Dateien", number) % {"number": number}
    return str(PaperKind(paper.kind).label), kept
