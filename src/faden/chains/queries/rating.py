"""What a case's goals came to: those still to be rated when it is closed, and the report of what was achieved."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.chains.models import Goal, GoalStep
from faden.chains.vocabulary import GoalRating
from faden.persons.queries.cards import main_names


@dataclass(frozen=True)
class OpenGoal:
    """A goal that closing a case asks about; what is confidential is not named."""

    id: UUID
    words: str


def open_goals(case: Case) -> list[Goal]:
    """All of them, confidential ones too: none may stay behind. One statement."""
    found = Goal.objects.select_related("plan").filter(plan__case=case, rating="")
    return list(found.order_by("plan__made_at", "position", "id"))


def goals_to_rate(case: Case) -> list[OpenGoal]:
    """What the closing form asks about, named with whose it is; two statements."""
    goals = open_goals(case)
    names = main_names(goal.plan.person_id for goal in goals)
    return [
        OpenGoal(
            goal.id, f"{_('vertrauliches Ziel') if goal.confidential else goal.words} ({names.get(goal.plan.person_id, '–')})"
        )
        for goal in goals
    ]


@dataclass(frozen=True)
class Achieved:
    """What the plans of a case came to, as numbers; nobody's words."""

    ratings: tuple[tuple[str, int], ...]
    open_goals: int
    steps_done: int
    steps_dropped: int
    steps_open: int

    @property
    def goals(self) -> int:
        """How many there were."""
        return self.open_goals + sum(number for _word, number in self.ratings)


def achieved(case: Case) -> Achieved:
    """Goals by rating and steps done, of all members; two statements."""
    ratings = Counter(Goal.objects.filter(plan__case=case).values_list("rating", flat=True))
    steps = GoalStep.objects.filter(goal__plan__case=case).aggregate(
        done=Count("id", filter=Q(done_on__isnull=False)),
        dropped=Count("id", filter=~Q(dropped_because="")),
        all=Count("id"),
    )
    return Achieved(
        ratings=tuple((str(one.label), ratings[one.value]) for one in GoalRating if ratings[one.value]),
        open_goals=ratings[""],
        steps_done=steps["done"],
        steps_dropped=steps["dropped"],
        steps_open=steps["all"] - steps["done"] - steps["dropped"],
    )
