"""Wo stehen wir, was fehlt noch, und wer? The phases of a case with what each still needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from faden.cases.models import Case, CriterionMark, PhaseChange
from faden.cases.vocabulary.case import Phase, SkipReason
from faden.cases.vocabulary.course import CriterionState
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
from faden.consents.queries.agreements import agreed
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
        by_hand=criterion.by_hand,
    )


def _sentence(missing: Missing) -> str:
    return str(SENTENCES[missing.gap] % {"number": missing.number})


# By hand: Django composes ten subqueries in 5 ms, which the server answers in half of one.
_COUNTED = """
WITH own AS (SELECT id, number, finished_on FROM cases_assessment WHERE case_id = %(case)s),
     viewed AS (
        SELECT v.client_words IS NOT NULL OR v.client_view <> '' AS in_words,
               v.worker_view <> '' OR v.need IS NOT NULL OR v.resources IS NOT NULL AS by_worker
          FROM own JOIN cases_areaview v ON v.assessment_id = own.id
     ),
     waiting AS (SELECT due_on FROM cases_task WHERE case_id = %(case)s AND done_at IS NULL),
     goal AS (
        SELECT g.id, g.rating, g.confidential, g.plan_id
          FROM chains_plan p JOIN chains_goal g ON g.plan_id = p.id WHERE p.case_id = %(case)s
     ),
     agreed AS (
        SELECT v.plan_id, max(v.agreed_on) AS agreed_on
          FROM chains_plan p JOIN chains_planversion v ON v.plan_id = p.id
         WHERE p.case_id = %(case)s AND NOT v.confidential GROUP BY v.plan_id
     ),
     step AS (
        SELECT s.state FROM chains_chainstep s JOIN chains_chain c ON c.id = s.chain_id
         WHERE s.case_id = %(case)s AND c.ended_at IS NULL AND s.state NOT IN ('done', 'dropped')
     )
SELECT coalesce((SELECT decision FROM cases_clarification WHERE case_id = %(case)s
                  ORDER BY decided_on DESC, id DESC LIMIT 1), '') AS decision,
       (SELECT count(*) FROM own WHERE finished_on IS NULL) AS assessing,
       (SELECT count(*) FROM own WHERE finished_on IS NOT NULL) AS assessed,
       (SELECT count(*) FROM own WHERE finished_on IS NOT NULL AND number > 1) AS reassessed,
       (SELECT count(*) FROM viewed WHERE in_words OR by_worker) AS areas,
       (SELECT count(*) FROM viewed WHERE in_words) AS areas_with_client_view,
       (SELECT count(*) FROM cases_networktie WHERE case_id = %(case)s AND until_on IS NULL) AS ties,
       (SELECT count(*) FROM waiting) AS open_tasks,
       (SELECT count(*) FROM waiting WHERE due_on < %(today)s) AS overdue_tasks,
       (SELECT count(*) FROM cases_appointment
         WHERE case_id = %(case)s AND starts_at >= %(now)s AND dropped_because = '') AS coming_appointments,
       (SELECT count(*) FROM step WHERE state IN ('ready', 'waiting_agency', 'waiting_person')) AS going_steps,
       (SELECT count(*) FROM step) AS unsettled_steps,
       (SELECT count(*) FROM goal) AS goals,
       (SELECT count(*) FROM goal WHERE rating = '') AS open_goals,
       (SELECT count(*) FROM goal JOIN chains_goalstep s ON s.goal_id = goal.id
         WHERE goal.rating = '' AND s.done_on IS NULL AND s.dropped_because = '') AS open_goal_steps,
       (SELECT count(DISTINCT plan_id) FROM goal WHERE NOT confidential) AS planned,
       (SELECT count(DISTINCT goal.plan_id) FROM goal JOIN agreed USING (plan_id) WHERE NOT goal.confidential) AS plans_agreed,
       coalesce((SELECT max(agreed_on) FROM agreed) >= (SELECT max(finished_on) FROM own), false) AS agreed_since
"""


def _facts(case: Case, member_ids: Collection[UUID], *, now: datetime, today: date) -> Facts:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"case": case.id, "today": today, "now": now})
        counted = dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
    return Facts(
        **counted,
        members=len(set(member_ids)),
        agreed=len(agreed(member_ids)),
        days_since_contact=_days_since(case.last_contact_at, today),
        is_closed=case.phase == Phase.CLOSED,
    )


def _days_since(moment: datetime | None, today: date) -> int | None:
    return (today - moment.astimezone(BERLIN).date()).days if moment else None
