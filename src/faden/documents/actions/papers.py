"""Papers of a case: taken with their pages, or seen and not stored; described, arranged, mended while fresh."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell, untell
from faden.cases.models import Case, Deadline
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.chains.models import ChainStep
from faden.documents import policies
from faden.documents.actions import files as stored
from faden.documents.actions.files import Sent
from faden.documents.actions.passports import follow, unfollow
from faden.documents.models import Decision, Letter, Paper, PrintedForm, StoredFile
from faden.documents.rules import papers as rules
from faden.documents.rules.described import Described, differences
from faden.documents.vocabulary import (
    FILE_REMOVED,
    PAPER_ARRANGED,
    PAPER_CHANGED,
    PAPER_DISCARDED,
    PAPER_NOTED,
    SEEN_NOT_STORED,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound

__all__ = ["Described", "add_pages", "arrange", "begun", "change", "discard", "paper_of", "remove_page", "seen", "take"]


def take(
    case: Case,
    *,
    described: Described,
    files: Sent,
    about: About = About(),  # noqa: B008 -- frozen
    because: str = "",
    by: Actor,
    at: datetime,
) -> Paper:
    """A paper with its pages, in the order they come; some kinds are kept only with a reason (`because`)."""
    if not files:
        raise Invalid(_("Bitte wählen Sie mindestens eine Datei."), "uploads")
    paper = begun(case, described=described, about=about, because=because, by=by, at=at)
    stored.store(files, paper=paper, by=by, at=at)
    return paper


def seen(
    case: Case, *, described: Described, seen_on: date, about: About = About(), by: Actor, at: datetime  # noqa: B008 -- frozen
) -> Paper:
    """A paper that somebody looked at; nothing of it is kept but that."""
    if seen_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "seen_on")
    return _noted(case, described, {"seen_on": seen_on}, about=about, by=by, at=at)


def begun(
    case: Case, *, described: Described, about: About, because: str = "", by: Actor, at: datetime
) -> Paper:
    """The paper alone; its pages come in the same transaction."""
    if described.kind in SEEN_NOT_STORED and not because.strip():
        raise Invalid(_("Bitte schreiben Sie in einem Satz, warum dieses Papier gespeichert werden muss."), "because")
    kept = {"stored_because": because.strip()} if described.kind in SEEN_NOT_STORED else {}
    return _noted(case, described, kept, about=about, by=by, at=at)


def _noted(
    case: Case, described: Described, kept: Mapping[str, object], *, about: About, by: Actor, at: datetime
) -> Paper:
    tags = checked(about, case=case)
    _check(described, at)
    paper = Paper.objects.create(
        organisation_id=by.organisation_id, case=case, noted_at=at, noted_by=by.person, **kept, **tags,
        **_columns(described, case, tags),
    )  # fmt: skip
    _tell(paper)
    follow(paper, at=at)
    audit.note(
        PAPER_NOTED, by=by, at=at, subject=case.id, paper=str(paper.id), kind=paper.kind, stored=paper.seen_on is None
    )
    return paper


def change(
    paper: Paper, described: Described, *, about: About, because: str = "", seen_version: int, by: Actor, at: datetime
) -> Paper:
    """Say something else about it; its pages stay. One that becomes of a kind to be seen only needs its reason."""
    paper, case = _locked(paper), paper.case
    tags = checked(about, case=case)
    if paper.version != seen_version:
        raise Conflict(_("Dieses Dokument wurde inzwischen geändert."), _differences(paper, described))
    _check(described, at)
    if described.kind not in SEEN_NOT_STORED:
        paper.stored_because = None
    elif because.strip():
        paper.stored_because = because.strip()
    elif paper.seen_on is None and not paper.stored_because:
        raise Invalid(_("Bitte schreiben Sie in einem Satz, warum dieses Papier gespeichert werden muss."), "because")
    _write(paper, {**_columns(described, case, tags), **tags})
    _tell(paper)
    follow(paper, at=at)
    audit.note(PAPER_CHANGED, by=by, at=at, subject=case.id, paper=str(paper.id), version=paper.version)
    return paper


def add_pages(paper: Paper, files: Sent, *, by: Actor, at: datetime) -> list[StoredFile]:
    """More pages at the end."""
    if not files:
        raise Invalid(_("Bitte wählen Sie mindestens eine Datei."), "uploads")
    paper = _locked(paper)
    policies.may_add_pages(seen_only=paper.seen_on is not None).require()
    last = StoredFile.objects.filter(paper=paper).order_by("-position").values_list("position", flat=True).first() or 0
    _write(paper, {})
    audit.note(PAPER_CHANGED, by=by, at=at, subject=paper.case_id, paper=str(paper.id), version=paper.version)
    return stored.store(files, paper=paper, after=last, by=by, at=at)


def arrange(paper: Paper, wanted: Mapping[UUID, int], *, seen_version: int, by: Actor, at: datetime) -> None:
    """Another order of the pages; the numbers as they were typed."""
    paper = _locked(paper)
    if paper.version != seen_version:
        raise Conflict(_("Dieses Dokument wurde inzwischen geändert."))
    present = list(StoredFile.objects.filter(paper=paper).order_by("position", "id").values_list("id", flat=True))
    for position, file_id in enumerate(rules.in_order(present, wanted), start=1):
        StoredFile.objects.filter(id=file_id).update(position=position)
    _write(paper, {})
    audit.note(PAPER_ARRANGED, by=by, at=at, subject=paper.case_id, paper=str(paper.id), version=paper.version)


def remove_page(paper: Paper, file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a file out of a fresh paper; the last one stays."""
    paper = _locked(paper)
    policies.may_mend(paper.noted_at, now=at).require()
    present = set(StoredFile.objects.filter(paper=paper).values_list("id", flat=True))
    if file_id not in present:
        raise NotFound(_("Diese Datei gibt es hier nicht."))
    if len(present) == 1:
        raise Invalid(_("Ein Dokument hat mindestens eine Seite. Löschen Sie das ganze Dokument."))
    stored.remove([file_id])
    _write(paper, {})
    audit.note(FILE_REMOVED, by=by, at=at, subject=paper.case_id, paper=str(paper.id), file=str(file_id))


def discard(paper: Paper, *, by: Actor, at: datetime) -> None:
    """A fresh paper goes again, all of it: it was the wrong case, or put there twice."""
    paper = _locked(paper)
    policies.may_mend(paper.noted_at, now=at).require()
    for model in (Decision, Letter, PrintedForm):
        if model.objects.filter(paper=paper).exists():
            raise Invalid(_("Zu diesem Dokument gibt es einen Bescheid, einen Brief oder eine Erklärung. Es bleibt."))
    stored.remove(list(StoredFile.objects.filter(paper=paper).values_list("id", flat=True)))
    untell(paper.id)
    unfollow(paper, at=at)
    Paper.objects.filter(id=paper.id).delete()
    audit.note(PAPER_DISCARDED, by=by, at=at, subject=paper.case_id, paper=str(paper.id), kind=paper.kind)


def paper_of(case: Case, paper_id: UUID) -> Paper:
    """A paper of this case."""
    paper = Paper.objects.filter(id=paper_id, case=case).select_related("case", "step__chain", "deadline").first()
    if paper is None:
        raise NotFound(_("Dieses Dokument gibt es hier nicht."))
    return paper


def _locked(paper: Paper) -> Paper:
    return Paper.objects.select_for_update(of=("self",)).select_related("case").get(id=paper.id)


def _write(paper: Paper, columns: Mapping[str, object]) -> None:
    for name, value in columns.items():
        setattr(paper, name, value)
    paper.version += 1
    paper.save()


def _check(described: Described, at: datetime) -> None:
    today = at.astimezone(BERLIN).date()
    for name in ("dated_on", "received_on"):
        day = getattr(described, name)
        if day and day > today:
            raise Invalid(_("Dieser Tag liegt in der Zukunft."), name)
    if described.dated_on and described.received_on and described.received_on < described.dated_on:
        raise Invalid(_("Das Papier kann nicht eingegangen sein, bevor es geschrieben wurde."), "received_on")


def _columns(described: Described, case: Case, tags: Mapping[str, object]) -> dict[str, object]:
    """The columns; the step and the Frist are of this case and fit to whom the paper concerns."""
    values = {field.name: getattr(described, field.name) for field in fields(described)}
    values["title"] = described.title or rules.proposed_title(described.kind, described.issuer)
    whose = (tags["persons"], tags["confidential"])
    if described.step_id:
        step = _of_case(ChainStep.objects.select_related("chain"), case, described.step_id, "step_id")
        _fit(whose, (step.chain.persons, step.chain.confidential), "step_id")
    if described.deadline_id:
        deadline = _of_case(Deadline.objects.all(), case, described.deadline_id, "deadline_id")
        _fit(whose, (deadline.persons, deadline.confidential), "deadline_id")
    return values


def _of_case(rows: QuerySet[Any], case: Case, row_id: UUID, field: str) -> Any:
    found = rows.filter(case=case, id=row_id).first()
    if found is None:
        raise Invalid(_("Bitte wählen Sie einen Eintrag aus der Liste."), field)
    return found


def _fit(whose: Any, others: tuple[Collection[UUID], bool], field: str) -> None:
    if problem := rules.fits(whose, others):
        raise Invalid(problem, field)


def _tell(paper: Paper) -> None:
    tell(
        paper.case, kind=EntryKind.DOCUMENT, about=paper.id, at=paper.noted_at, persons=paper.persons,
        confidential=paper.confidential,
    )  # fmt: skip


def said_of(paper: Paper) -> Described:
    """What the paper says now."""
    return Described(**{field.name: getattr(paper, field.name) for field in fields(Described)})


def _differences(paper: Paper, yours: Described) -> tuple[tuple[str, str, str], ...]:
    steps = ChainStep.objects.filter(id__in=[paper.step_id, yours.step_id]).values_list("id", "title")
    deadlines = Deadline.objects.filter(id__in=[paper.deadline_id, yours.deadline_id]).values_list("id", "kind")
    names = {**dict(steps), **{key: str(DeadlineKind(kind).label) for key, kind in deadlines}}
    titled = replace(yours, title=yours.title or rules.proposed_title(yours.kind, yours.issuer))
    return differences(said_of(paper), titled, names)
