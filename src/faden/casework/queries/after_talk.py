"""What a talk may have settled, and when the next one could be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Appointment, Attended, Case, Task
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.appointment import AppointmentKind
from faden.casework.rules import Proposal, next_meeting
from faden.chains.models import Chain, ChainStep, Goal, GoalStep
from faden.chains.queries.holders import holder_label
from faden.chains.vocabulary import StepState
from faden.kernel.clock import BERLIN

SHOWN, MOST = 12, 100
TEN, HOUR = time(10), 60
TASK, GOAL_STEP, CHAIN_STEP = "task", "goal", "step"
# With the person or with us; then what lies with an agency. What is still open waits for another step.
_NEAR = (StepState.READY, StepState.WAITING_PERSON)
_MAY_BE_DONE = (*_NEAR, StepState.WAITING_AGENCY, StepState.BLOCKED)


@dataclass(frozen=True)
class OpenStep:
    """A task, a step of the plan or a step of a chain that may be ticked off."""

    kind: str
    id: UUID
    version: int
    title: str
    holder: str
    due_on: date | None
    life_area: str
    persons: tuple[UUID, ...]
    is_near: bool = True

    @property
    def key(self) -> str:
        """As the form names it: with the version that was seen."""
        return f"{self.kind}:{self.id}:{self.version}"


@dataclass(frozen=True)
class AfterTalk:
    """What the form of a contact note shows besides the note."""

    steps: list[OpenStep]
    more: int  # open steps that are not shown here
    meeting: Appointment | None  # today's, or the one that was asked for
    attended: dict[UUID, str]
    proposal: Proposal


def after_talk(case: Case, *, of: Of, meeting_id: UUID | None, now: datetime) -> AfterTalk:
    """Four statements, and one more where somebody may be noted as present."""
    steps = _open_steps(case, of)
    today = now.astimezone(BERLIN).date()
    last = _last_meeting(case, of, meeting_id, today)
    is_this = last and (last.id == meeting_id or last.starts_at.astimezone(BERLIN).date() == today)
    meeting = last if is_this else None
    return AfterTalk(
        steps=steps[:SHOWN],
        more=len(steps[SHOWN:]),
        meeting=meeting,
        attended=dict(Attended.objects.filter(appointment=meeting).values_list("person_id", "state"))
        if meeting
        else {},
        proposal=_proposal(case, last, today),
    )


def goal_step_of(case: Case, step_id: UUID) -> GoalStep | None:
    """A step of a plan of this case."""
    return GoalStep.objects.select_related("goal").filter(id=step_id, goal__plan__case=case).first()


def _last_meeting(case: Case, of: Of, meeting_id: UUID | None, today: date) -> Appointment | None:
    """The one that is asked for, else the newest that has begun by tonight."""
    own = Appointment.objects.filter(concerning(of), case=case, dropped_because="")
    tonight = datetime.combine(today + timedelta(days=1), time(), tzinfo=BERLIN)
    begun = own.filter(starts_at__lt=tonight).order_by("-starts_at", "-id")
    if meeting_id is None:
        return begun.first()
    return own.filter(id=meeting_id).first() or begun.first()


def _proposal(case: Case, last: Appointment | None, today: date) -> Proposal:
    spoken = case.person.interpreter_language
    if last is None:
        return next_meeting(
            today, TEN, HOUR, subject=_("Gespräch"), kind=AppointmentKind.OFFICE, language=spoken
        )
    starts, length = last.starts_at.astimezone(BERLIN), last.ends_at - last.starts_at
    return next_meeting(
        starts.date() if starts.date() >= today else _same_weekday(starts.date(), today),
        starts.time(),
        int(length.total_seconds() // 60),
        subject=last.subject,
        kind=last.kind,
        place=last.place,
        language=last.interpreter_language or spoken,
    )


def _same_weekday(day: date, today: date) -> date:
    """Her usual day of the week, the nearest one to today."""
    return today + timedelta(days=(day.weekday() - today.weekday() + 3) % 7 - 3)


def _open_steps(case: Case, of: Of) -> list[OpenStep]:
    """What lies with the person or with us before what lies with an agency, then by day; three statements."""
    steps = [*_tasks(case, of), *_goal_steps(case, of), *_chain_steps(case, of)]
    return sorted(steps, key=lambda step: (not step.is_near, step.due_on or date.max, step.kind, step.id))


def _tasks(case: Case, of: Of) -> Iterator[OpenStep]:
    found = Task.objects.filter(concerning(of), case=case, done_at__isnull=True).order_by("due_on", "id")
    for key, version, title, who, due_on, persons in found.values_list(
        "id", "version", "title", "assignee__name", "due_on", "persons"
    )[:MOST]:
        yield OpenStep(TASK, key, version, title, who, due_on, "", tuple(persons))


def _goal_steps(case: Case, of: Of) -> Iterator[OpenStep]:
    goals = Goal.objects.filter(concerning(of), plan__case=case, rating="")
    found = GoalStep.objects.filter(goal__in=goals, done_on__isnull=True, dropped_because="").order_by(
        "due_on", "id"
    )
    # The goal's own words are sealed, and not asked for.
    for key, version, what, who, name, due_on, area, persons in found.values_list(
        "id", "version", "what", "who", "who_name", "due_on", "goal__life_area", "goal__persons"
    )[:MOST]:
        yield OpenStep(GOAL_STEP, key, version, what, name or holder_label(who), due_on, area, tuple(persons))


def _chain_steps(case: Case, of: Of) -> Iterator[OpenStep]:
    chains = Chain.objects.filter(concerning(of), case=case, ended_at__isnull=True)
    found = ChainStep.objects.filter(case=case, chain__in=chains, state__in=_MAY_BE_DONE).order_by(
        "due_on", "id"
    )
    for key, version, title, who, kind, agency, due_on, clock_on, area, state, persons in found.values_list(
        "id", "version", "title", "holder", "agency_kind", "agency", "due_on", "clock_due_on", "life_area", "state", "chain__persons"
    )[:MOST]:  # fmt: skip
        holder = holder_label(who, agency_kind=kind, agency=agency)
        near = state in _NEAR
        yield OpenStep(
            CHAIN_STEP, key, version, title, holder, due_on or clock_on, area, tuple(persons), is_near=near
        )
