"""Wo stehen wir, was fehlt noch, und wer? The phases of a case with what each still needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from faden.cases.models import (
    Appointment,
    AreaView,
    Assessment,
    Case,
    Clarification,
    CriterionMark,
    NetworkTie,
    PhaseChange,
    Task,
)
from faden.cases.vocabulary import CriterionState, Phase, SkipReason
from faden.casework.queries.counting import number_of
from faden.casework.rules import (
    CRITERIA,
    Change,
    Criterion,
    Facts,
    Judged,
    Mark,
    Missing,
    Place,
    course,
    following,
    judged,
)
from faden.casework.vocabulary import SENTENCES
from faden.consents.queries import agreed
from faden.kernel.clock import BERLIN


@dataclass(frozen=True)
class Item:
    """One exit criterion as it is shown."""

    code: str
    title: str
    who: str
    state: CriterionState
    why: str
    by_hand: bool

    @property
    def is_open(self) -> bool:
        """Somebody still has something to do."""
        return self.state == CriterionState.NOT_YET

    @property
    def word(self) -> str:
        """erfüllt, noch nicht, hier nicht nötig."""
        return str(self.state.label)


@dataclass(frozen=True)
class Step:
    """One phase: where it stands, since when, what it needs."""

    code: str
    title: str
    place: str
    skipped_because: str
    since: date | None
    items: tuple[Item, ...]

    @property
    def open_items(self) -> list[Item]:
        """What is missing."""
        return [item for item in self.items if item.is_open]


@dataclass(frozen=True)
class Progress:
    """The whole course; `skipping` is the phase one click leads to when the next one is left out."""

    steps: tuple[Step, ...]
    following: str
    skipping: str

    @property
    def now(self) -> Step:
        """The present phase."""
        return next(step for step in self.steps if step.place == Place.NOW.value)

    @property
    def next_step(self) -> Step | None:
        """The phase that usually follows."""
        return next((step for step in self.steps if step.code == self.following), None)

    @property
    def coming(self) -> list[Step]:
        """What is still ahead."""
        return [step for step in self.steps if step.place == Place.COMING.value]

    @property
    def left_open(self) -> list[Step]:
        """Phases that are over with something missing; no phase blocks work, but it is not forgotten."""
        if self.now.code == Phase.CLOSED:
            return []
        return [step for step in self.steps if step.place == Place.PAST.value and step.open_items]


def progress_of(case: Case, *, member_ids: Collection[UUID], now: datetime, today: date) -> Progress:
    """Four statements, whatever is there. `member_ids`: who belongs to the case today."""
    facts = _facts(case, member_ids, now=now, today=today)
    marks = {m.criterion: Mark(m.state, m.reason) for m in CriterionMark.objects.filter(case=case).order_by("id")}
    changes = list(PhaseChange.objects.filter(case=case).order_by("changed_at", "id"))
    places = course((Change(Phase(c.phase), c.skip_reason) for c in changes), Phase(case.phase))
    since = {c.phase: c.changed_at.astimezone(BERLIN).date() for c in changes}
    steps = tuple(
        Step(
            code=phase.value,
            title=str(phase.label),
            place=place.value,
            skipped_because=str(SkipReason(reason).label) if reason else "",
            since=since.get(phase),
            items=tuple(
                _item(criterion, judged(criterion, facts, marks.get(criterion.code)))
                for criterion in CRITERIA
                if criterion.phase == phase
            ),
        )
        for phase, (place, reason) in places.items()
    )
    after = following(Phase(case.phase))
    beyond = following(after) if after else None
    return Progress(steps, after.value if after else "", beyond.value if beyond else "")


def _item(criterion: Criterion, found: Judged) -> Item:
    said = found.reason
    shown = _sentence(found.missing) if found.missing else ""
    return Item(
        code=criterion.code.value,
        title=str(criterion.code.label),
        who=str(criterion.who.label),
        state=found.state,
        why=said or shown,
        by_hand=criterion.proof is None,
    )


def _sentence(missing: Missing) -> str:
    return str(SENTENCES[missing.gap] % {"number": missing.number})


def _facts(case: Case, member_ids: Collection[UUID], *, now: datetime, today: date) -> Facts:
    here = Q(case_id=OuterRef("id"))
    viewed = AreaView.objects.filter(assessment__case_id=OuterRef("id"))
    in_words = Q(client_words__isnull=False) | ~Q(client_view="")
    looked_at = in_words | ~Q(worker_view="") | Q(need__isnull=False) | Q(resources__isnull=False)
    open_tasks = Task.objects.filter(here, done_at__isnull=True)
    assessments = Assessment.objects.filter(here)
    decision = Clarification.objects.filter(here).order_by("-decided_on", "-id").values("decision")[:1]
    row = (
        Case.objects.filter(id=case.id)
        .values(
            decision=Coalesce(Subquery(decision), Value("")),
            assessing=number_of(assessments.filter(finished_on__isnull=True)),
            assessed=number_of(assessments.filter(finished_on__isnull=False)),
            reassessed=number_of(assessments.filter(finished_on__isnull=False, number__gt=1)),
            areas=number_of(viewed.filter(looked_at)),
            areas_with_client_view=number_of(viewed.filter(in_words)),
            ties=number_of(NetworkTie.objects.filter(here, until_on__isnull=True)),
            open_tasks=number_of(open_tasks),
            overdue_tasks=number_of(open_tasks.filter(due_on__lt=today)),
            coming_appointments=number_of(Appointment.objects.filter(here, starts_at__gte=now, dropped_because="")),
        )
        .get()
    )
    return Facts(
        **row,
        members=len(set(member_ids)),
        agreed=len(agreed(member_ids)),
        days_since_contact=_days_since(case.last_contact_at, today),
        is_closed=case.phase == Phase.CLOSED,
    )


def _days_since(moment: datetime | None, today: date) -> int | None:
    return (today - moment.astimezone(BERLIN).date()).days if moment else None
