"""After a talk: the note and what else came of it, in one go. Each deed is its own verb, and is taken back where it always is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import appointments, attendance, contact_notes, tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Appointment, Case, ContactNote
from faden.casework.queries.after_talk import CHAIN_STEP, TASK, OpenStep, goal_step_of
from faden.chains.actions import goals
from faden.chains.actions import steps as chain_steps
from faden.documents.actions import letters
from faden.documents.models import Letter
from faden.documents.queries.letter_values import written
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rehearsal import undivided


@dataclass(frozen=True)
class Talk:
    """What is written down, and what came of it; only the note is a must."""

    contact: contact_notes.Contact
    done: tuple[OpenStep, ...] = ()
    meeting: Appointment | None = None
    attended: Mapping[UUID, str] = field(default_factory=dict)
    next: appointments.Planned | None = None
    letter: str = ""  # the text it begins with


@dataclass(frozen=True)
class Recorded:
    """What there is now."""

    note: ContactNote
    next: Appointment | None
    letter: Letter | None


def record(talk: Talk, *, case: Case, by: Actor, on: date, at: datetime) -> Recorded:
    """All of it or nothing. A refusal names the part of the form it belongs to (`done`, `came_…`, `next_…`, `letter`)."""
    return undivided(lambda: _record(talk, case=case, by=by, on=on, at=at))


def _record(talk: Talk, *, case: Case, by: Actor, on: date, at: datetime) -> Recorded:
    note = contact_notes.record(talk.contact, case=case, by=by, at=at)
    talked_on = talk.contact.happened_at.astimezone(BERLIN).date()
    for step in talk.done:
        with _refused_at("done", step.title):
            _finish(step, case=case, by=by, on=talked_on, at=at)
    if talk.meeting:
        for person_id, state in talk.attended.items():
            with _refused_at(f"came_{person_id}"):
                attendance.note(talk.meeting, person_id, state, by=by, at=at)
    made = drafted = None
    if talk.next:
        with _refused_at("next_make", "", "next_"):
            made = appointments.make(talk.next, case=case, by=by, at=at)
    if talk.letter:
        with _refused_at("letter"):
            drafted = letters.draft(case, planned=_letter(talk, note, by=by, on=on), by=by, at=at)
    return Recorded(note, made, drafted)


def _letter(talk: Talk, note: ContactNote, *, by: Actor, on: date) -> letters.Planned:
    """The chosen text, filled for whom the note is about; to whom it goes is said in the draft."""
    begun = written(note.case, talk.letter, note.persons, by=by, on=on)
    about = About(tuple(note.persons), note.confidential)
    return letters.Planned(
        recipient="", subject=begun.subject, body=begun.body, shipped_code=talk.letter, about=about
    )


def _finish(step: OpenStep, *, case: Case, by: Actor, on: date, at: datetime) -> None:
    """Steps are done on the day of the talk, a task when that is said."""
    if step.kind == TASK:
        tasks.finish(tasks.task_of(case, step.id), by=by, at=at)
    elif step.kind == CHAIN_STEP:
        chain_steps.finish(step.id, since=on, case=case, seen_version=step.version, by=by, at=at)
    elif found := goal_step_of(case, step.id):
        goals.finish_step(found, on=on, by=by, at=at)
    else:
        raise NotFound(_("Diesen Schritt gibt es hier nicht."))


@contextmanager
def _refused_at(part: str, about: str = "", prefix: str = "") -> Iterator[None]:
    """A verb below knows its own fields; here its refusal goes to the part of this form, and names the step."""
    try:
        yield
    except (Invalid, Conflict, NotFound) as error:
        own = getattr(error, "field", "")
        # Whom it is about is asked once for all.
        where = own if own == "persons" else f"{prefix}{own}" if prefix and own else part
        raise Invalid(f"{about}: {error}" if about else str(error), where) from error
