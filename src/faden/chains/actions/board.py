"""The chains of one case while somebody works on them: locked, changed by the verbs, written with what follows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import deadlines
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.deadline import DeadlineEnd, DeadlineKind
from faden.chains.actions import copies
from faden.chains.models import Chain, ChainStep, StepChange
from faden.chains.queries.graphs import Rows, graph_of, rows_of
from faden.chains.rules.clocks import clock_day
from faden.chains.rules.graph import FOLLOWING, Graph, following, holding
from faden.chains.vocabulary import SETTLED, ChangeKind, Join, StepState
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound

Differences = tuple[tuple[str, str, str], ...]
MOST_STEPS = 1000
# Lines of a step's history that say where it stood, and at whom.
STANDS = (ChangeKind.STATE, ChangeKind.FOLLOWED, ChangeKind.ADDED, ChangeKind.HOLDER, ChangeKind.ORDER)


@dataclass(slots=True)
class Board:
    """All chains of the case; who works on them and when."""

    case: Case
    rows: Rows
    by: Actor
    at: datetime

    @property
    def today(self) -> date:
        """The day of the deed."""
        return self.at.astimezone(BERLIN).date()

    @property
    def graph(self) -> Graph:
        """As the rows stand now."""
        return graph_of(self.rows)

    def chain(self, chain_id: UUID, *, seen_version: int | None = None) -> Chain:
        """A running chain of this case, unless somebody else changed it since the page was opened."""
        chain = self.rows.chains.get(chain_id)
        if chain is None:
            raise NotFound(_("Diese Kette gibt es hier nicht."))
        if chain.ended_at:
            raise Conflict(_("Diese Kette ist inzwischen beendet."))
        if seen_version is not None and chain.version != seen_version:
            raise Conflict(_("Diese Kette wurde inzwischen von jemand anderem geändert."))
        return chain

    def step(self, step_id: UUID) -> ChainStep:
        """A step of a running chain of this case."""
        step = self.rows.steps.get(step_id)
        if step is None:
            raise NotFound(_("Diesen Schritt gibt es hier nicht."))
        self.chain(step.chain_id)
        return step

    def chain_of(self, step: ChainStep) -> Chain:
        """The chain a step belongs to."""
        return self.rows.chains[step.chain_id]

    def has_room(self) -> None:
        """All steps of a case are judged at once whenever a page is shown."""
        if len(self.rows.steps) > MOST_STEPS:
            raise Invalid(_("Ein Fall kann höchstens %(count)d Schritte haben.") % {"count": MOST_STEPS})

    def has_happened(self, day: date) -> None:
        """Nobody says on Monday what stands from Friday on."""
        if day > self.today:
            raise Invalid(_("Dieser Tag liegt in der Zukunft."), "since")

    def write(self, step: ChainStep, kind: ChangeKind, *, until_on: date | None = None) -> StepChange:
        """Save a step that somebody changed, and a line of its history with all that it says now."""
        step.version += 1
        step.save()
        rest = kind in (ChangeKind.SUSPENDED, ChangeKind.RESUMED)
        change = line_of(step, kind, by=self.by, at=self.at)
        change.from_on = self.today if rest else step.since_on
        change.until_on = until_on
        change.save()
        return change

    def tell(self, step: ChainStep, change: StepChange) -> None:
        """The change gets its line in the case's history."""
        chain = self.chain_of(step)
        tell(
            self.case,
            kind=EntryKind.STEP,
            about=change.id,
            at=self.at,
            persons=chain.persons,
            confidential=chain.confidential,
        )

    def follow(self, *touched: ChainStep, undone_at: datetime | None = None) -> None:
        """What follows from the steps that were changed: others become ready or open, clocks and Fristen."""
        # Steps of an ended chain count as settled here, so their rows stay: taken up again, they go on from there.
        graph, lines = self.graph, []
        moved = following(graph)
        earlier = _taken_back(moved, undone_at, self) if undone_at else {}
        for key, state in moved.items():
            step = self.rows.steps[key]
            step.state = state
            if (line := earlier.get(key)) and line.state == state:
                step.since_on = line.from_on
            else:
                step.since_on = _since(graph, key, state, self.today)
                lines.append(line_of(step, ChangeKind.FOLLOWED, by=self.by, at=self.at))
            step.save(update_fields=["state", "since_on"])
        StepChange.objects.bulk_create(lines)
        self._note_days([*touched, *self._set_clocks()])
        self.deliver()

    def deliver(self) -> None:
        """Who works along a chain of this case gets its next copy, if it says something else now."""
        copies.deliver(self.case, self.rows.chains, by=self.by, at=self.at)

    def _set_clocks(self) -> list[ChainStep]:
        """A law clock runs from the day on which the step it counts from was done; taken back, it is gone."""
        done = {
            (step.chain_id, step.code): step.since_on
            for step in self.rows.steps.values()
            if step.state == StepState.DONE
        }
        changed = []
        for step in self.rows.steps.values():
            if step.clock_amount is None:
                continue
            chain = self.chain_of(step)
            event = done.get((step.chain_id, step.clock_from)) if step.clock_from else chain.started_on
            day = clock_day(step.clock_amount, step.clock_unit, event)
            if day != step.clock_due_on:
                step.clock_due_on = day
                step.save(update_fields=["clock_due_on"])
                changed.append(step)
        return changed

    def _note_days(self, steps: Collection[ChainStep]) -> None:
        for step in {step.id: step for step in steps}.values():
            note_days(step, self.chain_of(step), case=self.case, at=self.at)


def opened(case: Case, *, by: Actor, at: datetime) -> Board:
    """Lock the case's chains and read them; four statements."""
    return Board(case, rows_of([case.id], locked=True), by, at)


def check_seen(step: ChainStep, seen_version: int, differences: Differences) -> None:
    """Somebody else changed the step since the page was opened: say what, and what was wanted."""
    if step.version != seen_version:
        raise Conflict(
            _("Dieser Schritt wurde inzwischen von jemand anderem geändert."),
            tuple(pair for pair in differences if pair[1] != pair[2]),
        )


def line_of(step: ChainStep, kind: ChangeKind, *, by: Actor, at: datetime) -> StepChange:
    """A line of the history with all that the step says; not saved yet."""
    return StepChange(
        organisation_id=step.organisation_id,
        case_id=step.case_id,
        step_id=step.id,
        kind=kind,
        state=step.state,
        holder=step.holder,
        holder_person_id=step.holder_person_id,
        agency_kind=step.agency_kind,
        agency=step.agency,
        block_reason=step.block_reason,
        words=step.words,
        bent=step.bent,
        because=step.bent_because,
        from_on=step.since_on,
        until_on=step.exempt_until,
        changed_at=at,
        changed_by=by.user_id,
    )


def note_days(step: ChainStep, chain: Chain, *, case: Case, at: datetime) -> None:
    """The step's Fristen as they stand now: the law's day, the agreed one, the end of an exemption."""
    is_open = step.state not in SETTLED and not chain.ended_at
    is_exempt = step.state == StepState.DROPPED and not chain.ended_at
    days = (
        (DeadlineKind.STEP_CLOCK, step.clock_due_on if is_open else None, step.law),
        (DeadlineKind.STEP_DUE, step.due_on if is_open else None, ""),
        (DeadlineKind.EXEMPTION, step.exempt_until if is_exempt else None, ""),
    )
    for kind, day, law in days:
        if day is None:
            # Not "done", also where the step is: a day that somebody ended does not come back when it is undone.
            deadlines.end_for(step.id, because=DeadlineEnd.GONE, case=case, kind=kind, at=at)
        else:
            deadlines.note(
                case,
                kind=kind,
                reference=step.id,
                due_on=day,
                persons=chain.persons,
                confidential=chain.confidential,
                law=law,
                subject=step.title,
                at=at,
            )


def _since(graph: Graph, key: UUID, state: StepState, today: date) -> date:
    """Ready since the last of all (or the first of any) was done; open since today."""
    node = graph[key]
    passed = [graph[before].since for before in holding(graph, node) if graph[before].state in SETTLED]
    if state == StepState.OPEN or not passed:
        return today
    return max(passed) if node.join == Join.ALL else min(passed)


def _taken_back(moved: Mapping[UUID, StepState], undone_at: datetime, board: Board) -> dict[UUID, StepChange]:
    """Strike the lines that followed from what is taken back; returns the last line that counts, by step."""
    lines = StepChange.objects.filter(case=board.case, step_id__in=list(moved), undone_at__isnull=True)
    lines.filter(kind=ChangeKind.FOLLOWED, changed_at=undone_at).update(
        undone_at=board.at, undone_by=board.by.person
    )
    standing = lines.filter(kind__in=STANDS, state__in=FOLLOWING).order_by("changed_at", "id")
    return {line.step_id: line for line in standing}
