"""Mein Plan: the goals of a person with their steps, what was agreed, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.life_areas import labels
from faden.cases.queries.members import Member, members_of
from faden.cases.rules.life_areas import Words
from faden.cases.vocabulary import DropReason
from faden.chains.models import Chain, ChainStep, Goal, GoalStep, Plan, PlanVersion
from faden.chains.rules import plan_versions as versions
from faden.chains.rules.weeks import window_in_words
from faden.chains.rules.wording import SENTENCES, Hands, gaps
from faden.chains.vocabulary import (
    GoalRating,
    HolderKind,
    PlanConfirmed,
    StepState,
)
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names
from faden.persons.vocabulary import language_name

# What goes on in a chain now; what waits for something else is not a next step.
_GOING_ON = (StepState.READY, StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON)


@dataclass(frozen=True)
class StepLine:
    """One step of a goal as it is shown."""

    id: UUID
    what: str
    who: str
    who_code: str
    when: str
    due_on: date | None
    settled: str
    is_done: bool
    is_overdue: bool
    version: int

    @property
    def is_open(self) -> bool:
        """Still to do."""
        return not self.settled


@dataclass(frozen=True)
class ChainLine:
    """What is next in the chain that leads to a goal."""

    id: UUID
    title: str
    has_ended: bool
    steps: tuple[tuple[str, str], ...]  # title and how it stands


@dataclass(frozen=True)
class GoalLine:
    """One goal as it is shown."""

    id: UUID
    words: str
    seen_by: str
    area: str
    area_code: str
    until: str
    until_on: date | None
    confidential: bool
    rating: str
    client_rating: str
    rating_words: str
    rated_on: date | None
    steps: tuple[StepLine, ...]
    chain: ChainLine | None
    hints: tuple[str, ...]
    is_overdue: bool
    version: int

    @property
    def is_open(self) -> bool:
        """Nobody has said yet what became of it."""
        return not self.rating

    @property
    def open_steps(self) -> list[StepLine]:
        """What is to do."""
        return [step for step in self.steps if step.is_open]


@dataclass(frozen=True)
class VersionLine:
    """What was agreed on a day, without its content."""

    number: int
    agreed_on: date
    language: str
    how: str
    interpreted_by: str
    by_whom: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class PlanPage:
    """The plan of one person: her open side, or her vertraulicher Faden."""

    version: int
    review_on: date | None
    important: str
    goals: tuple[GoalLine, ...]
    agreed: VersionLine | None
    changes: tuple[str, ...]
    content: versions.Content = field(repr=False)

    @property
    def open_goals(self) -> list[GoalLine]:
        """What she works towards."""
        return [goal for goal in self.goals if goal.is_open]

    @property
    def rated_goals(self) -> list[GoalLine]:
        """What is done with, one way or another."""
        return [goal for goal in self.goals if not goal.is_open]

    @property
    def seal(self) -> str:
        """A sign of what is shown: agreeing carries it."""
        return versions.seal_of(self.content)


def plan_of(case: Case, person_id: UUID, *, today: date, confidential: bool = False) -> PlanPage:
    """Her goals with steps and chains, what was agreed last and what has changed since; nine statements at most."""
    plan = Plan.objects.filter(case=case, person_id=person_id).first()
    rows = _goals([plan.id] if plan else [], Q(confidential=confidential))
    words = labels()
    content = _content(plan, rows, confidential=confidential)
    newest = _versions(plan, confidential=confidential).last()
    hidden = _other_side(plan, confidential=confidential)
    changes = versions.differences(_kept(newest, hidden), content, area=_area_words(words)) if newest else ()
    shown = _lines(rows, words, today)
    return PlanPage(
        version=plan.version if plan else 0,
        review_on=plan.review_on if plan and not confidential else None,
        important=(plan.important or "") if plan and not confidential else "",
        goals=tuple(shown),
        agreed=_version_lines([newest])[0] if newest else None,
        changes=changes,
        content=content,
    )


def goal_in(case: Case, person_id: UUID, goal_id: UUID) -> Goal:
    """A goal of this person in this case; everything else does not exist here."""
    found = Goal.objects.select_related("plan", "chain").filter(
        id=goal_id, plan__case=case, plan__person_id=person_id
    )
    if goal := found.first():
        return goal
    raise NotFound(_("Dieses Ziel gibt es hier nicht."))


def step_in(goal: Goal, step_id: UUID) -> GoalStep:
    """A step of this goal."""
    if step := GoalStep.objects.filter(goal=goal, id=step_id).first():
        return step
    raise NotFound(_("Diesen Schritt gibt es hier nicht."))


def chains_to_choose(case: Case, person_id: UUID, *, confidential: bool, also: UUID | None = None) -> list[tuple[UUID, str]]:
    """Her running chains of the same side, and the one that is linked already; one statement."""
    mine = Q(persons__contains=[person_id], confidential=confidential, ended_at__isnull=True)
    found = Chain.objects.filter(mine | Q(id=also), case=case).order_by("title", "id")
    return [(chain.id, chain.title) for chain in found]


# ---------- the whole case ----------


@dataclass(frozen=True)
class MemberPlan:
    """One member's goals on the page of the family."""

    member: Member
    goals: tuple[GoalLine, ...]
    review_on: date | None
    agreed_on: date | None

    @property
    def open_goals(self) -> list[GoalLine]:
        """What she works towards."""
        return [goal for goal in self.goals if goal.is_open]

    @property
    def rated(self) -> int:
        """How many are done with."""
        return len(self.goals) - len(self.open_goals)


def plans_of_family(case: Case, *, today: date) -> list[MemberPlan]:
    """All members side by side; nothing confidential. Seven statements."""
    members = members_of(case)
    agreed_on = PlanVersion.objects.filter(plan=OuterRef("id"), confidential=False).order_by("-number")
    plans = Plan.objects.filter(case=case).annotate(agreed_on=Subquery(agreed_on.values("agreed_on")[:1]))
    by_person = {plan.person_id: plan for plan in plans}
    rows = _goals([plan.id for plan in by_person.values()], Q(confidential=False))
    shown: dict[UUID, list[GoalLine]] = defaultdict(list)
    for row, line in zip(rows, _lines(rows, labels(), today), strict=True):
        shown[row.plan_id].append(line)
    found = []
    for member in members:
        plan = by_person.get(member.person_id)
        if plan or member.is_here:
            goals = tuple(shown[plan.id]) if plan else ()
            review, agreed = (plan.review_on, plan.agreed_on) if plan else (None, None)  # type: ignore[attr-defined]
            found.append(MemberPlan(member, goals, review, agreed))
    return found


@dataclass(frozen=True)
class PlanLine:
    """A line about the plans of a case."""

    open_goals: int
    rated_goals: int
    agreed_on: date | None
    review_on: date | None

    @property
    def is_there(self) -> bool:
        """Somebody has written a goal."""
        return bool(self.open_goals or self.rated_goals)


def line_of(case: Case, *, person: UUID | None = None) -> PlanLine:
    """How many goals, when agreed last, when looked at next; nothing confidential. One statement."""
    plans = Plan.objects.filter(case=case) if person is None else Plan.objects.filter(case=case, person_id=person)
    openly = Q(goal__confidential=False)
    found = plans.aggregate(
        open_goals=Count("goal", filter=openly & Q(goal__rating=""), distinct=True),
        rated_goals=Count("goal", filter=openly & ~Q(goal__rating=""), distinct=True),
        agreed_on=Max("planversion__agreed_on", filter=Q(planversion__confidential=False)),
        review_on=Min("review_on"),
    )
    return PlanLine(**found)


# ---------- versions ----------


@dataclass(frozen=True)
class Compared:
    """Two versions and what lies between them, in words; the newer may be the plan as it is now (None)."""

    lines: tuple[VersionLine, ...]
    old: VersionLine | None
    new: VersionLine | None
    differences: tuple[str, ...]


def compared(case: Case, person_id: UUID, *, old: int, new: int, confidential: bool = False) -> Compared:
    """All versions, and the difference between two of them; 0 for `new`: the plan as it is now."""
    plan = Plan.objects.filter(case=case, person_id=person_id).first()
    rows = list(_versions(plan, confidential=confidential))
    by_number = dict(zip((row.number for row in rows), _version_lines(rows), strict=True))
    contents = {row.number: row for row in rows}
    hidden = _other_side(plan, confidential=confidential)
    now = _content(plan, _goals([plan.id] if plan else [], Q(confidential=confidential)), confidential=confidential)
    area = _area_words(labels())
    old = old if old in contents else max((number for number in contents if number != new), default=0)
    found: tuple[str, ...] = ()
    if old in contents:
        after = _kept(contents[new], hidden) if new in contents else now
        found = versions.differences(_kept(contents[old], hidden), after, area=area)
    return Compared(tuple(reversed(by_number.values())), by_number.get(old), by_number.get(new), found)


def present_content(plan: Plan, *, confidential: bool) -> versions.Content:
    """The plan as it stands now, as it would be agreed; two statements."""
    return _content(plan, _goals([plan.id], Q(confidential=confidential)), confidential=confidential)


def _versions(plan: Plan | None, *, confidential: bool) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(plan=plan, confidential=confidential).order_by("number")


def _other_side(plan: Plan | None, *, confidential: bool) -> set[str]:
    """Goals that belong to the other side by now: what was agreed about them earlier is shown only there."""
    found = Goal.objects.filter(plan=plan, confidential=not confidential)
    return {str(goal_id) for goal_id in found.values_list("id", flat=True)}


def _kept(row: PlanVersion, hidden: set[str]) -> versions.Content:
    content = versions.from_json(row.content)
    goals = tuple(goal for goal in content.goals if goal.key not in hidden)
    return versions.Content(goals, content.important, content.review_on)


def _version_lines(rows: Sequence[PlanVersion]) -> list[VersionLine]:
    people = names_of({row.recorded_by for row in rows})
    givers = main_names(person for row in rows for person in row.represented_by)
    return [
        VersionLine(
            row.number,
            row.agreed_on,
            language_name(row.language),
            str(PlanConfirmed(row.confirmed).label),
            row.interpreted_by,
            _by_whom(row, givers),
            people.get(row.recorded_by, ""),
            row.recorded_at,
        )
        for row in rows
    ]


def _by_whom(row: PlanVersion, names: dict[UUID, str]) -> str:
    if not row.represented_by:
        return ""
    given = ", ".join(names.get(person, "–") for person in row.represented_by)
    return _("von ihr selbst und von %(names)s") % {"names": given} if row.herself else _("von %(names)s") % {"names": given}


# ---------- rows to lines ----------


def _goals(plan_ids: Iterable[UUID], side: Q) -> list[Goal]:
    """Goals with their steps, in order; two statements."""
    goals = list(Goal.objects.filter(side, plan_id__in=list(plan_ids)).select_related("chain").order_by("position", "id"))
    steps = defaultdict(list)
    for step in GoalStep.objects.filter(goal_id__in=[goal.id for goal in goals]).order_by("position", "id"):
        steps[step.goal_id].append(step)
    for goal in goals:
        goal.own_steps = steps[goal.id]  # type: ignore[attr-defined]
    return goals


def _lines(rows: Sequence[Goal], words: Words, today: date) -> list[GoalLine]:
    chains = _chain_steps({row.chain_id for row in rows if row.chain_id})
    return [_goal_line(row, words, chains, today) for row in rows]


def _chain_steps(chain_ids: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    going_on = ChainStep.objects.filter(chain_id__in=chain_ids, state__in=_GOING_ON, chain__ended_at__isnull=True)
    for step in going_on.order_by("position", "id"):
        found[step.chain_id].append((step.title, _standing(step)))
    return found


def _standing(step: ChainStep) -> str:
    state, holder = str(StepState(step.state).label), step.agency or str(HolderKind(step.holder).label)
    since = _("seit %(day)s") % {"day": f"{step.since_on:%d.%m.%Y}"}
    return f"{state}, {since}: {holder}" if step.state != StepState.READY else f"{state}: {holder}"


def _goal_line(row: Goal, words: Words, chains: dict[UUID, list[tuple[str, str]]], today: date) -> GoalLine:
    steps = tuple(_step_line(step, today) for step in row.own_steps)  # type: ignore[attr-defined]
    chain = None
    if row.chain:
        chain = ChainLine(row.chain.id, row.chain.title, row.chain.ended_at is not None, tuple(chains[row.chain.id]))
    hands = [Hands(step.who, step.who_name) for step in row.own_steps if _is_open(step)]  # type: ignore[attr-defined]
    missing = () if row.rating else gaps(row.until_on, hands, has_steps=bool(steps or chain))
    return GoalLine(
        id=row.id,
        words=row.words,
        seen_by=row.seen_by or "",
        area=words.get(row.life_area, row.life_area),
        area_code=row.life_area,
        until=window_in_words(row.until_from, row.until_on),
        until_on=row.until_on,
        confidential=row.confidential,
        rating=_rating(row.rating),
        client_rating=_rating(row.client_rating),
        rating_words=row.rating_words or "",
        rated_on=row.rated_on,
        steps=steps,
        chain=chain,
        hints=tuple(str(SENTENCES[gap]) for gap in missing),
        is_overdue=not row.rating and row.until_on is not None and row.until_on < today,
        version=row.version,
    )


def _rating(code: str) -> str:
    return str(GoalRating(code).label) if code else ""


def _is_open(step: GoalStep) -> bool:
    return step.done_on is None and not step.dropped_because


def _step_line(step: GoalStep, today: date) -> StepLine:
    settled = ""
    if step.done_on:
        settled = _("erledigt am %(day)s") % {"day": f"{step.done_on:%d.%m.%Y}"}
    elif step.dropped_because:
        settled = _("entfällt: %(why)s") % {"why": DropReason(step.dropped_because).label}
    return StepLine(
        id=step.id,
        what=step.what,
        who=versions.holder_in_words(step.who, step.who_name),
        who_code=step.who,
        when=window_in_words(step.due_from, step.due_on),
        due_on=step.due_on,
        settled=settled,
        is_done=step.done_on is not None,
        is_overdue=_is_open(step) and step.due_on is not None and step.due_on < today,
        version=step.version,
    )


def _content(plan: Plan | None, rows: Sequence[Goal], *, confidential: bool) -> versions.Content:
    goals = tuple(_goal_content(row) for row in rows)
    if plan is None or confidential:
        return versions.Content(goals)
    return versions.Content(goals, plan.important or "", plan.review_on)


def _goal_content(row: Goal) -> versions.Goal:
    return versions.Goal(
        key=str(row.id),
        words=row.words,
        seen_by=row.seen_by or "",
        area=row.life_area,
        until=(row.until_from, row.until_on),
        chain=row.chain.title if row.chain else "",
        rating=row.rating,
        client_rating=row.client_rating,
        rating_words=row.rating_words or "",
        steps=tuple(
            versions.Step(
                str(step.id),
                step.what,
                (step.who, step.who_name),
                (step.due_from, step.due_on),
                step.done_on,
                step.dropped_because,
            )
            for step in row.own_steps  # type: ignore[attr-defined]
        ),
    )


def _area_words(words: Words) -> versions.Words:
    return lambda code: words.get(code, code)
