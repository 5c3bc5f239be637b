"""The chains of a case as rows, and the graph the rules work on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.chains.models import Chain, ChainStep, StepLink
from faden.chains.queries.sharing import together_with
from faden.chains.rules.graph import FOLLOWING, Graph, Node
from faden.chains.vocabulary import SETTLED, Join, StepState
from faden.kernel.clock import BERLIN


@dataclass(frozen=True, slots=True)
class Rows:
    """Chains, steps and links by id, in the order of their place; links of a step in the order of its predecessors."""

    chains: dict[UUID, Chain]
    steps: dict[UUID, ChainStep]
    links: list[StepLink]

    def before(self) -> dict[UUID, list[StepLink]]:
        """What each step waits for."""
        found: dict[UUID, list[StepLink]] = {key: [] for key in self.steps}
        for link in self.links:
            found[link.step_id].append(link)
        return found


def rows_of(case_ids: Iterable[UUID], *, locked: bool = False, on: date | None = None) -> Rows:
    """All chains of these cases, also ended ones: others may have waited for them; three statements.

    `on`: each chain with `shared_with`, the names of who works along it on this day.
    """
    ids = list(case_ids)
    found = Chain.objects.filter(case_id__in=ids).order_by("started_on", "id")
    if on:
        found = found.annotate(shared_with=together_with(on))
    if locked:
        # The chains first: whoever comes second reads steps that the first has written.
        found = found.select_for_update(no_key=True)
    chains = {chain.id: chain for chain in found}
    place = {key: number for number, key in enumerate(chains)}
    steps = [step for step in ChainStep.objects.filter(case_id__in=ids) if step.chain_id in chains]
    steps.sort(key=lambda step: (place[step.chain_id], step.position, step.id))
    order = {step.id: number for number, step in enumerate(steps)}
    links = [link for link in StepLink.objects.filter(case_id__in=ids) if link.step_id in order]
    links.sort(key=lambda link: (order[link.step_id], order[link.before_id]))
    return Rows(chains, {step.id: step for step in steps}, links)


def graph_of(rows: Rows, *, measured: Mapping[tuple[str, str], int] | None = None) -> Graph:
    """The nodes; `measured` days by template and step code replace what a source says."""
    before = rows.before()
    return {key: _node(step, rows.chains[step.chain_id], before[key], measured or {}) for key, step in rows.steps.items()}


def _node(
    step: ChainStep, chain: Chain, before: list[StepLink], measured: Mapping[tuple[str, str], int]
) -> Node:
    state, since = StepState(step.state), step.since_on
    if chain.ended_at and state not in SETTLED:
        # Nobody goes on with it: whoever waited for it waits no longer.
        state, since = StepState.DROPPED, chain.ended_at.astimezone(BERLIN).date()
    return Node(
        key=step.id,
        chain=chain.id,
        state=state,
        since=since,
        before=tuple(link.before_id for link in before),
        join=Join(step.join),
        usual_days=measured.get((chain.template_code, step.code), step.usual_days),
        suspended_until=step.suspended_until,
        due_on=step.due_on,
        clock_due_on=step.clock_due_on,
    )


def follows(step: ChainStep) -> bool:
    """Nobody has said where it stands: its predecessors do."""
    return StepState(step.state) in FOLLOWING
