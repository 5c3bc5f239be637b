"""Mein Plan: the goals of a person with their steps, what was agreed, and what became of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery

from faden.cases.models import Case
from faden.cases.queries.life_areas import labels
from faden.cases.queries.members import Member, members_of
from faden.chains.models import Plan, PlanVersion
from faden.chains.queries.goals import GoalLine, goal_lines, goal_rows
from faden.chains.queries.plan_versions import VersionLine, content_of, since_agreed
from faden.chains.rules import plan_versions as versions


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
    rows = goal_rows([plan.id] if plan else [], confidential=confidential)
    words = labels()
    content = content_of(plan, rows, confidential=confidential)
    agreed, changes = since_agreed(plan, content, words, confidential=confidential)
    return PlanPage(
        version=plan.version if plan else 0,
        review_on=plan.review_on if plan and not confidential else None,
        important=(plan.important or "") if plan and not confidential else "",
        goals=tuple(goal_lines(rows, words, today)),
        agreed=agreed,
        changes=changes,
        content=content,
    )


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
    rows = goal_rows([plan.id for plan in by_person.values()], confidential=False)
    shown: dict[UUID, list[GoalLine]] = defaultdict(list)
    for row, line in zip(rows, goal_lines(rows, labels(), today), strict=True):
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
    plans = Plan.objects.filter(case=case)
    if person is not None:
        plans = plans.filter(person_id=person)
    openly = Q(goal__confidential=False)
    found = plans.aggregate(
        open_goals=Count("goal", filter=openly & Q(goal__rating=""), distinct=True),
        rated_goals=Count("goal", filter=openly & ~Q(goal__rating=""), distinct=True),
        agreed_on=Max("planversion__agreed_on", filter=Q(planversion__confidential=False)),
        review_on=Min("review_on"),
    )
    return PlanLine(**found)
