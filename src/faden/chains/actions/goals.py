"""Goals and their steps: written, changed without overwriting each other, put in order, settled, rated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from faden.cases.actions import deadlines
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.policies import may_document
from faden.cases.queries.life_areas import areas
from faden.cases.vocabulary.case import EntryKind, Scope
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.cases.vocabulary.task import DropReason
from faden.chains.actions.plans import area_in_words, plan_for
from faden.chains.models import Chain, Goal, GoalStep, Plan
from faden.chains.queries.rating import open_goals
from faden.chains.rules.plan_versions import holder_in_words
from faden.chains.rules.weeks import window_in_words
from faden.chains.vocabulary import (
    GOAL_CHANGED,
    GOAL_MADE,
    GOAL_RATED,
    GOAL_STEP_CHANGED,
    GoalRating,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class Wanted:
    """A goal as it is wanted; only its words are a must."""

    words: str
    life_area: str
    seen_by: str = ""
    until_from: date | None = None
    until_on: date | None = None
    chain_id: UUID | None = None
    confidential: bool = False


@dataclass(frozen=True)
class StepWanted:
    """What one side does, and until when."""

    what: str
    who: str
    who_name: str = ""
    due_from: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Rated:
    """What became of a goal: the worker's view, the client's own, and words."""

    rating: str
    client_rating: str = ""
    words: str = ""


def make(case: Case, person_id: UUID, wanted: Wanted, *, by: Actor, on: date, at: datetime) -> Goal:
    """A new goal at the end of her plan."""
    plan = plan_for(case, person_id, by=by, at=at)
    goal = Goal(organisation_id=by.organisation_id, plan=plan, persons=[person_id], made_at=at, made_by=by.person)
    last = Goal.objects.filter(plan=plan).aggregate(last=Max("position"))["last"]
    goal.position = 0 if last is None else last + 1
    _fill(goal, wanted, case, on=on)
    goal.save(force_insert=True)
    _make_known(goal, case, at=at)
    audit.note(GOAL_MADE, by=by, at=at, **_about(goal))
    return goal


def change(goal: Goal, wanted: Wanted, *, seen_version: int, by: Actor, on: date, at: datetime) -> Goal:
    """Say it otherwise, unless somebody else did since the page was opened."""
    goal = _locked(goal)
    _must_take_words(goal)
    if goal.version != seen_version:
        raise Conflict(_("Dieses Ziel wurde inzwischen von jemand anderem geändert."), _differences(goal, wanted))
    _fill(goal, wanted, goal.plan.case, on=on)
    _save(goal)
    _make_known(goal, goal.plan.case, at=at)
    audit.note(GOAL_CHANGED, by=by, at=at, **_about(goal))
    return goal


def move(goal: Goal, *, up: bool, by: Actor, at: datetime) -> None:
    """One place up or down among the open goals of its side; at the end it stays where it is."""
    goal = _locked(goal)
    siblings = Goal.objects.filter(plan=goal.plan_id, confidential=goal.confidential, rating="")
    if _swap(list(siblings.order_by("position", "id")), goal.id, up=up):
        audit.note(GOAL_CHANGED, by=by, at=at, **_about(goal))


def rate(goal: Goal, rated: Rated, *, by: Actor, on: date, at: datetime) -> Goal:
    """Say what became of it; from then on it stands among what is done with. Saying it again corrects it."""
    goal = _locked(goal)
    goal.rating, goal.client_rating = GoalRating(rated.rating), rated.client_rating
    goal.rating_words = rated.words or None
    goal.rated_on, goal.rated_by = on, by.person
    _save(goal)
    _make_known(goal, goal.plan.case, at=at)
    audit.note(GOAL_RATED, by=by, at=at, **_about(goal), rating=rated.rating)
    return goal


def take_up(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """It is worked on again: its rating goes, what was agreed and done stays."""
    goal = _locked(goal)
    if not goal.rating:
        return goal
    goal.rating, goal.client_rating, goal.rating_words = "", "", None
    goal.rated_on, goal.rated_by = None, None
    _save(goal)
    _make_known(goal, goal.plan.case, at=at)
    audit.note(GOAL_RATED, by=by, at=at, **_about(goal), rating="")
    return goal


def rate_open(
    case: Case, ratings: Mapping[UUID, str], *, for_all: str, by: Actor, on: date, at: datetime
) -> int:
    """At the end of a case: every open goal of every member; returns how many were rated."""
    found = open_goals(case)
    for goal in found:
        rating = ratings.get(goal.id) or for_all
        if not rating:
            raise Invalid(_("Bitte bewerten Sie die offenen Ziele."), "rate_all")
        rate(goal, Rated(rating), by=by, on=on, at=at)
    return len(found)


# ---------- steps ----------


def add_step(goal: Goal, wanted: StepWanted, *, by: Actor, at: datetime) -> GoalStep:
    """One more step at the end of the goal."""
    goal = _locked(goal)
    _must_take_words(goal)
    last = GoalStep.objects.filter(goal=goal).aggregate(last=Max("position"))["last"]
    step = GoalStep.objects.create(
        organisation_id=by.organisation_id, goal=goal, position=0 if last is None else last + 1, **vars(wanted)
    )
    _note_step(step, goal, by=by, at=at)
    return step


def change_step(
    step: GoalStep, wanted: StepWanted, *, seen_version: int, by: Actor, at: datetime
) -> GoalStep:
    """Another what, who or when, unless somebody else changed it since the page was opened."""
    step, goal = _locked_step(step)
    _must_take_words(goal)
    if step.version != seen_version:
        raise Conflict(
            _("Dieser Schritt wurde inzwischen von jemand anderem geändert."), _step_differences(step, wanted)
        )
    return _save_step(step, goal, vars(wanted), by=by, at=at)


def finish_step(step: GoalStep, *, on: date, by: Actor, at: datetime) -> GoalStep:
    """Done on this day. Doing it twice changes nothing."""
    step, goal = _locked_step(step)
    if step.done_on or step.dropped_because:
        return step
    return _save_step(step, goal, {"done_on": on, "settled_by": by.person}, by=by, at=at)


def drop_step(step: GoalStep, because: DropReason, *, by: Actor, at: datetime) -> GoalStep:
    """Not needed or not possible any more; the plan says why."""
    step, goal = _locked_step(step)
    values = {"dropped_because": because, "done_on": None, "settled_by": by.person}
    return _save_step(step, goal, values, by=by, at=at)


def reopen_step(step: GoalStep, *, by: Actor, at: datetime) -> GoalStep:
    """Still to do after all."""
    step, goal = _locked_step(step)
    return _save_step(step, goal, {"done_on": None, "dropped_because": "", "settled_by": None}, by=by, at=at)


def move_step(step: GoalStep, *, up: bool, by: Actor, at: datetime) -> None:
    """One place up or down within its goal."""
    step, goal = _locked_step(step)
    if _swap(list(GoalStep.objects.filter(goal=goal).order_by("position", "id")), step.id, up=up):
        _note_step(step, goal, by=by, at=at)


# ---------- what they have in common ----------


def _locked(goal: Goal) -> Goal:
    """With its plan, so that order and agreement never see half a change."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("case").get(id=goal.plan_id)
    goal = Goal.objects.select_for_update(of=("self",)).select_related("chain").get(id=goal.id)
    goal.plan = plan
    return goal


def _locked_step(step: GoalStep) -> tuple[GoalStep, Goal]:
    goal = _locked(step.goal)
    return GoalStep.objects.select_for_update(of=("self",)).get(id=step.id), goal


def _must_take_words(goal: Goal) -> None:
    """New words need her agreement; to settle and rate what stands there never does."""
    may_document(goal.plan.person_id).require()
    if goal.rating:
        raise Invalid(_("Dieses Ziel ist schon bewertet. Nehmen Sie es zuerst wieder auf."))


def _fill(goal: Goal, wanted: Wanted, case: Case, *, on: date) -> None:
    if not wanted.words:
        raise Invalid(_("Bitte schreiben Sie das Ziel in einem Satz."), "words")
    if wanted.life_area not in {area.code for area in areas(on, also=[goal.life_area])}:
        raise Invalid(_("Diesen Lebensbereich gibt es hier nicht."), "life_area")
    if wanted.confidential and case.scope == Scope.PERSON:
        raise Invalid(_("Ein vertraulicher Faden steht nur in einem Fall mit mehreren Personen."), "confidential")
    chain = _chain(case, goal, wanted)
    goal.words, goal.seen_by = wanted.words, wanted.seen_by or None
    goal.life_area, goal.confidential = wanted.life_area, wanted.confidential
    goal.until_from, goal.until_on = wanted.until_from, wanted.until_on
    goal.chain = chain


def _chain(case: Case, goal: Goal, wanted: Wanted) -> Chain | None:
    """Her own, and of the same side: a goal everybody in the family sees must not name a confidential chain."""
    if wanted.chain_id is None:
        return None
    found = Chain.objects.filter(id=wanted.chain_id, case=case, persons=goal.persons, confidential=wanted.confidential)
    if chain := found.first():
        return chain
    raise Invalid(_("Diese Integrationskette passt nicht zu diesem Ziel."), "chain_id")


def _save(goal: Goal) -> None:
    goal.version += 1
    goal.save()


def _make_known(goal: Goal, case: Case, *, at: datetime) -> None:
    """Its line in the history, and its day among the Fristen."""
    moment = at if goal.rating else goal.made_at
    tell(case, kind=EntryKind.GOAL, about=goal.id, at=moment, persons=goal.persons, confidential=goal.confidential)
    if goal.until_on and not goal.rating:
        deadlines.note(
            case,
            kind=DeadlineKind.GOAL,
            reference=goal.id,
            due_on=goal.until_on,
            persons=goal.persons,
            confidential=goal.confidential,
            at=at,
        )
    else:
        deadlines.end_for(goal.id, at=at)


def _swap(rows: list[Any], key: UUID, *, up: bool) -> bool:
    """Change places with the neighbour; positions are written anew only for these two."""
    here = next((at for at, row in enumerate(rows) if row.id == key), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(rows):
        return False
    one, other = rows[here], rows[there]
    one.position, other.position = other.position, one.position
    for row in (one, other):
        row.save(update_fields=["position"])
    return True


def _save_step(
    step: GoalStep, goal: Goal, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> GoalStep:
    for name, value in values.items():
        setattr(step, name, value)
    step.version += 1
    step.save()
    _note_step(step, goal, by=by, at=at)
    return step


def _about(goal: Goal) -> dict[str, Any]:
    """What every deed at a goal is noted with: the case, the goal, its version."""
    return {"subject": goal.plan.case_id, "goal": str(goal.id), "version": goal.version}


def _note_step(step: GoalStep, goal: Goal, *, by: Actor, at: datetime) -> None:
    about = {**_about(goal), "step": str(step.id), "version": step.version}
    audit.note(GOAL_STEP_CHANGED, by=by, at=at, **about)


def _differences(goal: Goal, yours: Wanted) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each part that differs."""
    pairs = (
        (_("Ziel"), goal.words, yours.words),
        (_("Woran wir es merken"), goal.seen_by or "", yours.seen_by),
        (_("Lebensbereich"), area_in_words(goal.life_area), area_in_words(yours.life_area)),
        (_("Bis wann"), window_in_words(goal.until_from, goal.until_on), window_in_words(yours.until_from, yours.until_on)),
        (_("Integrationskette"), _title(goal.chain_id), _title(yours.chain_id)),
        (_("Vertraulicher Faden"), _yes_no(goal.confidential), _yes_no(yours.confidential)),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _title(chain_id: UUID | None) -> str:
    found = Chain.objects.filter(id=chain_id).first() if chain_id else None
    return found.title if found else "–"


def _yes_no(said: bool) -> str:
    return _("ja") if said else _("nein")


def _step_differences(step: GoalStep, yours: StepWanted) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        (_("Schritt"), step.what, yours.what),
        (_("Wer"), holder_in_words(step.who, step.who_name), holder_in_words(yours.who, yours.who_name)),
        (_("Bis wann"), window_in_words(step.due_from, step.due_on), window_in_words(yours.due_from, yours.due_on)),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
