"""The course of a case as pure rules: what a phase still needs, what clarifying and closing ask for."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from faden.cases.rules.action_required import SILENCE_DAYS
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.course import AccessCriterion, AccessDecision, ClosingReason, CriterionState
from faden.casework.vocabulary import GUIDELINE, ExitCriterion, Gap, Who
from faden.kernel.holidays import why_no_working_day

# "In the last six weeks": the same patience by which a caseload asks for action.
CONTACT_DAYS = SILENCE_DAYS[Phase.MONITORING]


@dataclass(frozen=True)
class Facts:
    """What rows can prove about a case today."""

    members: int = 1
    agreed: int = 0
    decision: str = ""
    assessing: int = 0
    assessed: int = 0
    reassessed: int = 0
    areas: int = 0
    areas_with_client_view: int = 0
    ties: int = 0
    open_tasks: int = 0
    overdue_tasks: int = 0
    coming_appointments: int = 0
    going_steps: int = 0  # of chains: ready, or waiting for an agency or a person
    unsettled_steps: int = 0
    goals: int = 0
    open_goals: int = 0
    open_goal_steps: int = 0
    planned: int = 0  # persons with goals
    plans_agreed: int = 0  # of these, who agreed on a version
    agreed_since: bool = False  # a version that is no older than the last assessment
    days_since_contact: int | None = None
    is_closed: bool = False


@dataclass(frozen=True)
class Missing:
    """Why a criterion does not hold yet."""

    gap: Gap
    number: int = 0


Proof = Callable[[Facts], Missing | None]


def _agreed(facts: Facts) -> Missing | None:
    if facts.agreed >= facts.members:
        return None
    return Missing(Gap.SOME_NOT_AGREED, facts.members - facts.agreed) if facts.agreed else Missing(Gap.NOBODY_AGREED)


def _clarified(facts: Facts) -> Missing | None:
    if facts.decision == AccessDecision.CASE_MANAGEMENT:
        return None
    return Missing(Gap.OTHERWISE_DECIDED if facts.decision else Gap.NOT_CLARIFIED)


def _areas(facts: Facts) -> Missing | None:
    if facts.assessing:
        return Missing(Gap.BEGUN, facts.areas)
    return None if facts.assessed and facts.areas else Missing(Gap.NOT_BEGUN)


def _client_view(facts: Facts) -> Missing | None:
    return None if facts.areas_with_client_view else Missing(Gap.NO_CLIENT_VIEW)


def _network(facts: Facts) -> Missing | None:
    return None if facts.ties else Missing(Gap.NO_TIES)


def _next_step(facts: Facts) -> Missing | None:
    planned = facts.open_tasks or facts.coming_appointments or facts.going_steps or facts.open_goal_steps
    return None if planned else Missing(Gap.NO_NEXT_STEP)


def _goals(facts: Facts) -> Missing | None:
    if not facts.planned:
        return Missing(Gap.NO_GOALS)
    open_plans = facts.planned - facts.plans_agreed
    return Missing(Gap.GOALS_NOT_AGREED, open_plans) if open_plans else None


def _plan_changed(facts: Facts) -> Missing | None:
    return None if facts.reassessed and facts.agreed_since else Missing(Gap.PLAN_IS_OLDER)


def _goals_rated(facts: Facts) -> Missing | None:
    if not facts.goals:
        return Missing(Gap.NO_GOALS)
    return Missing(Gap.GOALS_OPEN, facts.open_goals) if facts.open_goals else None


def _contact(facts: Facts) -> Missing | None:
    if facts.days_since_contact is None:
        return Missing(Gap.NO_CONTACT)
    return None if facts.days_since_contact <= CONTACT_DAYS else Missing(Gap.LONG_AGO, facts.days_since_contact)


def _nothing_overdue(facts: Facts) -> Missing | None:
    return Missing(Gap.OVERDUE, facts.overdue_tasks) if facts.overdue_tasks else None


def _repeated(facts: Facts) -> Missing | None:
    return None if facts.reassessed else Missing(Gap.NOT_REPEATED)


def _asked_at_the_end(facts: Facts) -> Missing | None:
    return None if facts.is_closed else Missing(Gap.AT_THE_END)


def _nothing_open(facts: Facts) -> Missing | None:
    number = facts.open_tasks + facts.coming_appointments + facts.unsettled_steps + facts.open_goals
    return Missing(Gap.STILL_OPEN, number) if number else None


@dataclass(frozen=True)
class Criterion:
    """One exit criterion of one phase; without a proof somebody says how it stands.

    `on_paper`: it may stand on paper only, so that somebody's word counts beside the rows.
    """

    code: ExitCriterion
    phase: Phase
    who: Who
    proof: Proof | None = None
    on_paper: bool = False

    @property
    def by_hand(self) -> bool:
        """Somebody may say that it holds."""
        return self.proof is None or self.on_paper


CRITERIA = (
    Criterion(ExitCriterion.AGREED, Phase.CLARIFICATION, Who.TOGETHER, _agreed),
    Criterion(ExitCriterion.EXPLAINED, Phase.CLARIFICATION, Who.LEAD),
    Criterion(ExitCriterion.CLARIFIED, Phase.CLARIFICATION, Who.LEAD, _clarified),
    Criterion(ExitCriterion.AREAS, Phase.ASSESSMENT, Who.TOGETHER, _areas),
    Criterion(ExitCriterion.CLIENT_VIEW, Phase.ASSESSMENT, Who.TOGETHER, _client_view),
    Criterion(ExitCriterion.NETWORK, Phase.ASSESSMENT, Who.TOGETHER, _network),
    Criterion(ExitCriterion.GOALS, Phase.PLANNING, Who.TOGETHER, _goals, on_paper=True),
    Criterion(ExitCriterion.PLAN_GIVEN, Phase.PLANNING, Who.LEAD),
    Criterion(ExitCriterion.NEXT_STEP, Phase.PLANNING, Who.TOGETHER, _next_step),
    Criterion(ExitCriterion.RELEASES, Phase.LINKING, Who.TOGETHER),
    Criterion(ExitCriterion.REFERRED, Phase.LINKING, Who.AGENCIES),
    Criterion(ExitCriterion.CONTACT, Phase.MONITORING, Who.LEAD, _contact),
    Criterion(ExitCriterion.NOTHING_OVERDUE, Phase.MONITORING, Who.LEAD, _nothing_overdue),
    Criterion(ExitCriterion.STEPS_CHECKED, Phase.MONITORING, Who.TOGETHER),
    Criterion(ExitCriterion.REPEATED, Phase.REASSESSMENT, Who.TOGETHER, _repeated),
    Criterion(ExitCriterion.PLAN_CHANGED, Phase.REASSESSMENT, Who.TOGETHER, _plan_changed, on_paper=True),
    Criterion(ExitCriterion.GOALS_RATED, Phase.EVALUATION, Who.TOGETHER, _goals_rated, on_paper=True),
    Criterion(ExitCriterion.FEEDBACK, Phase.EVALUATION, Who.TOGETHER, _asked_at_the_end),
    Criterion(ExitCriterion.FINDINGS, Phase.CLOSED, Who.LEAD, _asked_at_the_end),
    Criterion(ExitCriterion.NOTHING_OPEN, Phase.CLOSED, Who.LEAD, _nothing_open),
)
BY_CODE = {criterion.code.value: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class Mark:
    """What somebody said about a criterion."""

    state: str
    reason: str = ""


@dataclass(frozen=True)
class Judged:
    """How a criterion stands: what rows show comes first, then what was said."""

    state: CriterionState
    missing: Missing | None = None
    reason: str = ""


def judged(criterion: Criterion, facts: Facts, mark: Mark | None) -> Judged:
    """Rows that prove it need no mark; against them only what may stand on paper is "done" by a word."""
    missing = criterion.proof(facts) if criterion.proof else Missing(Gap.BY_HAND)
    if missing is None:
        return Judged(CriterionState.DONE)
    if mark is None or (mark.state == CriterionState.DONE and not criterion.by_hand):
        return Judged(CriterionState.NOT_YET, missing)
    shown = missing if criterion.proof and mark.state != CriterionState.DONE else None
    return Judged(CriterionState(mark.state), shown, mark.reason)


class Place(Enum):
    """Where a phase stands from the present one."""

    PAST = "past"
    SKIPPED = "skipped"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True)
class Change:
    """The case entered a phase; with a reason when one before it was skipped."""

    phase: Phase
    skip_reason: str = ""


def course(changes: Iterable[Change], present: Phase) -> dict[Phase, tuple[Place, str]]:
    """Each phase's place, and why it was skipped if somebody said so; closing leaves out the rest without a word."""
    order, entered = list(Phase), {Phase.CLARIFICATION}
    skipped: dict[Phase, str] = {}
    before = Phase.CLARIFICATION
    for change in changes:
        between = order[order.index(before) + 1 : order.index(change.phase)] if change.skip_reason else []
        skipped |= {phase: change.skip_reason for phase in between if phase not in entered}
        skipped.pop(change.phase, None)
        entered.add(change.phase)
        before = change.phase
    now = order.index(present)
    return {
        phase: (_place(at - now, entered=phase in entered), skipped.get(phase, "") if at < now else "")
        for at, phase in enumerate(order)
    }


def _place(distance: int, *, entered: bool) -> Place:
    if distance >= 0:
        return Place.COMING if distance else Place.NOW
    return Place.PAST if entered else Place.SKIPPED


def following(present: Phase) -> Phase | None:
    """The phase that usually comes next; closing has its own page."""
    order = list(Phase)
    return next((phase for phase in order[order.index(present) + 1 :] if phase != Phase.CLOSED), None)


class ClarificationGap(Enum):
    """What a clarification still owes."""

    CONSENT = "consent"
    WHY_NOT_ALL = "why_not_all"
    WHERE = "where"


def clarification_gap(criteria: Collection[str], decision: str, words: str) -> ClarificationGap | None:
    """Case management is voluntary, and all five criteria hold or somebody says why it is begun all the same."""
    if decision == AccessDecision.CASE_MANAGEMENT:
        if AccessCriterion.CONSENT not in criteria:
            return ClarificationGap.CONSENT
        if set(criteria) != set(AccessCriterion.values) and not words:
            return ClarificationGap.WHY_NOT_ALL
    return ClarificationGap.WHERE if decision == AccessDecision.REFERRED and not words else None


def closing_gap(reason: str, *, handed_over: bool | None, attempts: int | None, summary: str) -> str:
    """The field a reason asks for and that is empty, or ""."""
    asked = {
        ClosingReason.MOVED: ("handed_over", handed_over is not None),
        ClosingReason.NO_CONTACT: ("contact_attempts", bool(attempts)),
        ClosingReason.OTHER: ("summary", bool(summary)),
    }
    field, is_there = asked.get(ClosingReason(reason), ("", True))
    return "" if is_there else field


def guideline_for(post_percent: int | None) -> int | None:
    """How many cases the guideline names for this share of a post; none where nobody said how large it is."""
    return None if post_percent is None else round(GUIDELINE * post_percent / 100)


# ---------- after a talk ----------

TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True)
class Proposal:
    """When the next appointment could be; nothing is made before somebody says so."""

    day: date
    starts: time
    ends: time
    subject: str = ""
    kind: str = ""
    place: str = ""
    language: str = ""


def next_meeting(after: date, starts: time, minutes: int, **as_last_time: str) -> Proposal:
    """In two weeks at the same time and as long as last time; on a day that is none for work, the next one that is."""
    day = after + TWO_WEEKS
    while why_no_working_day(day):
        day += timedelta(days=1)
    begin = datetime.combine(day, starts)
    # A talk that went past midnight ends at the day's end: the form has one day.
    end = min(begin + timedelta(minutes=minutes), datetime.combine(day, time(23, 59)))
    return Proposal(day, starts, end.time(), **as_last_time)
