"""What pages show of chains: cards, steps, and what happened to them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from faden.chains.queries.sharing import ReportRow
from faden.chains.rules.sharing import may_be_shared
from faden.chains.vocabulary import SETTLED, HolderKind, Join, StepState


@dataclass(frozen=True)
class Waits:
    """A step another one waits for, or that waits for it; a step that may not be named here has no id."""

    id: UUID | None
    title: str
    state: StepState
    state_label: str
    chain_id: UUID | None
    chain_title: str
    person: str
    is_here: bool
    because: str = ""


@dataclass(frozen=True)
class StepRow:
    """One step, ready to be shown."""

    id: UUID
    chain_id: UUID
    code: str
    position: int
    title: str
    kind: str
    kind_label: str
    life_area: str
    state: StepState
    state_label: str
    since: date
    days_since: int
    since_words: str
    holder: HolderKind
    holder_label: str
    lane: str
    agency_kind: str
    agency: str
    holder_person_id: UUID | None
    join: Join
    before: tuple[Waits, ...]
    after: tuple[Waits, ...]
    usual_days: int | None
    usual_words: str
    measured_cases: int | None
    hint: str
    documents: tuple[str, ...]
    block_reasons: tuple[tuple[str, str], ...]
    block_reason: str
    block_label: str
    words: str
    law: str
    clock_due_on: date | None
    clock_missed: bool
    due_from: date | None
    due_on: date | None
    suspended_until: date | None
    exempt_until: date | None
    bent: str
    bent_label: str
    bent_because: str
    is_added: bool
    start: date
    finish: date
    is_critical: bool
    is_bottleneck: bool
    is_overdue: bool
    version: int
    can_undo: bool
    unlocks: tuple[str, ...] = ()  # on its own page: what becomes ready when it is done
    reports: tuple[ReportRow, ...] = ()  # of a shared chain: what participants said, and we; the newest first

    @property
    def is_settled(self) -> bool:
        """Done or dropped."""
        return self.state in SETTLED


@dataclass(frozen=True)
class ChainCard:
    """A chain at a glance."""

    id: UUID
    title: str
    person_id: UUID
    person: str
    life_area: str
    confidential: bool
    started_on: date
    done: int
    total: int
    frontier: tuple[StepRow, ...]
    finish_on: date | None
    finish_words: str
    bottleneck: str
    missed: tuple[StepRow, ...]
    overdue: tuple[StepRow, ...]
    unknown: int
    ended_at: datetime | None
    ended_because: str
    version: int
    shared_with: tuple[str, ...]  # who works along it by a Laufende Freigabe

    @property
    def is_blocked(self) -> bool:
        """Something in it stands still."""
        return any(step.state == StepState.BLOCKED for step in self.frontier)

    @property
    def is_resting(self) -> bool:
        """Something in it is suspended."""
        return any(step.suspended_until for step in self.frontier)

    @property
    def may_be_shared(self) -> bool:
        """A service may work along it by a Laufende Freigabe."""
        return self.ended_at is None and may_be_shared(self.life_area, confidential=self.confidential)

    @property
    def percent(self) -> int:
        """How much is settled."""
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class EndedChain:
    """A chain that no longer runs."""

    id: UUID
    title: str
    person_id: UUID
    person: str
    started_on: date
    ended_at: datetime
    because: str
    done: int
    total: int


@dataclass(frozen=True)
class ChainPage:
    """One chain with all its steps, in their order."""

    card: ChainCard
    steps: list[StepRow]
    template_code: str
    template_version: int | None
    critical: tuple[UUID, ...]


@dataclass(frozen=True)
class ChangeRow:
    """A line of a step's history."""

    kind: str
    kind_label: str
    state: StepState
    state_label: str
    holder_label: str
    block_label: str
    bent_label: str
    because: str
    words: str
    from_on: date
    until_on: date | None
    changed_at: datetime
    by: str
    reported_by: str  # a participant of a Laufende Freigabe; empty: it is ours
    undone_at: datetime | None
    step_id: UUID | None = None  # on the page of a chain: of which step
    step_title: str = ""


@dataclass(frozen=True)
class StepPage:
    """One step with its chain and its history, newest first."""

    chain: ChainCard
    step: StepRow
    changes: list[ChangeRow]


@dataclass(frozen=True)
class AllChains:
    """The running chains of a view with all their steps, and those that have ended."""

    cards: list[ChainCard]
    steps: list[StepRow]
    ended: list[EndedChain]
