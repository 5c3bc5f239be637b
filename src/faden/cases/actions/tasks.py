"""Tasks: made, changed without overwriting each other, done, opened again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell, untell
from faden.cases.models import Case, Task
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.task import (
    TASK_CHANGED,
    TASK_DONE,
    TASK_DROPPED,
    TASK_MADE,
    TASK_REOPENED,
    DropReason,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations.models import Membership


@dataclass(frozen=True)
class Wanted:
    """What, until when, who."""

    title: str
    due_on: date | None
    assignee: UUID
    about: About = About()


def make(wanted: Wanted, *, case: Case, by: Actor, at: datetime) -> Task:
    """A task in a case."""
    task = Task.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        title=wanted.title,
        due_on=wanted.due_on,
        assignee=_assignee(wanted),
        made_at=at,
        made_by=by.user_id,
        **checked(wanted.about, case=case),
    )
    audit.note(TASK_MADE, by=by, at=at, subject=case.id, task=str(task.id))
    return task


def _assignee(wanted: Wanted) -> Membership:
    found = Membership.objects.filter(id=wanted.assignee).first()
    if found is None:
        raise Invalid(_("Bitte wählen Sie, wer die Aufgabe übernimmt."), "assignee")
    return found


def task_of(case: Case, task_id: UUID) -> Task:
    """A task of this case."""
    task = Task.objects.filter(id=task_id, case=case).select_related("assignee").first()
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es hier nicht."))
    return task


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("assignee", "case").get(id=task.id)


def change(task: Task, wanted: Wanted, *, seen_version: int, by: Actor, at: datetime) -> Task:
    """Change what a task says, unless somebody else did since the page was opened."""
    task = _locked(task)
    assignee = _assignee(wanted)
    if task.version != seen_version:
        raise Conflict(
            _("Diese Aufgabe wurde inzwischen von jemand anderem geändert."),
            _differences(task, wanted, assignee),
        )
    task.title, task.due_on, task.assignee = wanted.title, wanted.due_on, assignee
    if task.case:
        for name, value in checked(wanted.about, case=task.case).items():
            setattr(task, name, value)
    task.version += 1
    task.save()
    if task.done_at:
        _tell(task, at=task.done_at)
    audit.note(TASK_CHANGED, by=by, at=at, subject=task.case_id, task=str(task.id), version=task.version)
    return task


def _differences(task: Task, wanted: Wanted, assignee: Membership) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each field that differs."""
    pairs = (
        (_("Aufgabe"), task.title, wanted.title),
        (_("Fällig am"), _day(task.due_on), _day(wanted.due_on)),
        (_("Wer"), task.assignee.name, assignee.name),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else "–"


def finish(task: Task, *, by: Actor, at: datetime) -> None:
    """Done; it stands in the timeline from then on. Doing it twice changes nothing."""
    task = _locked(task)
    if not task.done_at:
        _end(task, "", by=by, at=at)
        audit.note(TASK_DONE, by=by, at=at, subject=task.case_id, task=str(task.id))


def drop(task: Task, because: DropReason, *, by: Actor, at: datetime) -> None:
    """Closed without being done; the timeline says why."""
    task = _locked(task)
    if not task.done_at:
        _end(task, because, by=by, at=at)
        audit.note(TASK_DROPPED, by=by, at=at, subject=task.case_id, task=str(task.id), because=because)


def _end(task: Task, dropped_because: str, *, by: Actor, at: datetime) -> None:
    task.done_at, task.done_by, task.version = at, by.person, task.version + 1
    task.dropped_because = dropped_because
    task.save()
    _tell(task, at=at)


def _tell(task: Task, *, at: datetime) -> None:
    if task.case:
        tell(
            task.case,
            kind=EntryKind.TASK,
            about=task.id,
            at=at,
            persons=task.persons,
            confidential=task.confidential,
        )


def reopen(task: Task, *, by: Actor, at: datetime) -> None:
    """Not done after all."""
    task = _locked(task)
    task.done_at, task.done_by, task.dropped_because, task.version = None, None, "", task.version + 1
    task.save()
    # Its line would go on telling what it is called now, to whom it concerned then.
    untell(task.id)
    audit.note(TASK_REOPENED, by=by, at=at, subject=task.case_id, task=str(task.id))
