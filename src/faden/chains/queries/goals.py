"""The goals of a plan with their steps and chains, as they are shown, and one of them by its id."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.rules.life_areas import Words
from faden.cases.vocabulary.task import DropReason
from faden.chains.models import Chain, ChainStep, Goal, GoalStep
from faden.chains.rules.plan_versions import holder_in_words
from faden.chains.rules.weeks import window_in_words
from faden.chains.rules.wording import SENTENCES, Hands, gaps
from faden.chains.vocabulary import GoalRating, HolderKind, StepState
from faden.kernel.errors import NotFound

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


def chains_to_choose(
    case: Case, person_id: UUID, *, confidential: bool, also: UUID | None = None
) -> list[tuple[UUID, str]]:
    """Her running chains of the same side, and the one that is linked already; one statement."""
    mine = Q(persons__contains=[person_id], confidential=confidential, ended_at__isnull=True)
    found = Chain.objects.filter(mine | Q(id=also), case=case).order_by("title", "id")
    return [(chain.id, chain.title) for chain in found]


def goal_rows(plan_ids: Iterable[UUID], *, confidential: bool) -> list[Goal]:
    """Goals with their steps, in order; two statements."""
    goals = list(
        Goal.objects.filter(confidential=confidential, plan_id__in=list(plan_ids))
        .select_related("chain")
        .order_by("position", "id")
    )
    steps = defaultdict(list)
    for step in GoalStep.objects.filter(goal_id__in=[goal.id for goal in goals]).order_by("position", "id"):
        steps[step.goal_id].append(step)
    for goal in goals:
        goal.own_steps = steps[goal.id]  # type: ignore[attr-defined]
    return goals


def goal_lines(rows: Sequence[Goal], words: Words, today: date) -> list[GoalLine]:
    """These goals as they are shown; one statement where a chain leads to one."""
    chains = _chain_steps({row.chain_id for row in rows if row.chain_id})
    return [_goal_line(row, words, chains, today) for row in rows]


def _chain_steps(chain_ids: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    going_on = ChainStep.objects.filter(
        chain_id__in=chain_ids, state__in=_GOING_ON, chain__ended_at__isnull=True
    )
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
        chain = ChainLine(
            row.chain.id, row.chain.title, row.chain.ended_at is not None, tuple(chains[row.chain.id])
        )
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
        who=holder_in_words(step.who, step.who_name),
        who_code=step.who,
        when=window_in_words(step.due_from, step.due_on),
        due_on=step.due_on,
        settled=settled,
        is_done=step.done_on is not None,
        is_overdue=_is_open(step) and step.due_on is not None and step.due_on < today,
        version=step.version,
    )
