"""A chain is bent for this client: steps dropped, put in, joined otherwise; each with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.chains.actions.board import Board, check_seen, opened
from faden.chains.actions.steps import Holder, put
from faden.chains.models import Chain, ChainStep, StepLink
from faden.chains.queries.graphs import Rows
from faden.chains.rules.graph import Graph, Key, Node, between, find_cycle, in_order
from faden.chains.vocabulary import (
    CHAIN_BENT,
    SETTLED,
    BendReason,
    ChangeKind,
    Join,
    StepKind,
    StepState,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.identifiers import uuid7


@dataclass(frozen=True)
class Why:
    """A reason that can be counted, and a sentence for who reads it later."""

    reason: str
    words: str


@dataclass(frozen=True)
class NewStep:
    """A step of one's own in a chain."""

    title: str
    kind: StepKind
    holder: Holder
    usual_days: int | None = None
    hint: str = ""
    life_area: str = ""
    law: str = ""
    documents: tuple[str, ...] = ()


def drop(
    step_id: UUID, why: Why, *, case: Case, seen_version: int, by: Actor, at: datetime
) -> ChainStep:
    """Not for this client; what comes after stays connected with what came before."""
    return _drop(step_id, why, None, seen_version, opened(case, by=by, at=at))


def exempt(
    step_id: UUID, why: Why, *, until: date, case: Case, seen_version: int, by: Actor, at: datetime
) -> ChainStep:
    """Not before a day: until then it counts as dropped, from then on it is back."""
    board = opened(case, by=by, at=at)
    if until <= board.today:
        raise Invalid(_("Bitte wählen Sie einen Tag, der noch kommt."), "until")
    return _drop(step_id, why, until, seen_version, board)


def _drop(step_id: UUID, why: Why, until: date | None, seen_version: int, board: Board) -> ChainStep:
    step = board.step(step_id)
    if step.state == StepState.DONE:
        raise Invalid(_("Dieser Schritt ist erledigt. Nehmen Sie das zuerst zurück."))
    check_seen(
        step,
        seen_version,
        ((_("Stand"), str(StepState(step.state).label), str(StepState.DROPPED.label)),),
    )
    _because(step, why)
    step.state, step.since_on, step.exempt_until = StepState.DROPPED, board.today, until
    step.block_reason, step.words = "", None
    board.write(step, ChangeKind.STATE, until_on=until)
    board.follow(step)
    _note(board, step.chain_id, "exempt" if until else "dropped", step)
    return step


def end_exemptions(case: Case, *, by: Actor, at: datetime) -> int:
    """Whose day has passed is back, as what comes before it stands; returns how many."""
    board = opened(case, by=by, at=at)
    over = [
        step
        for step in board.rows.steps.values()
        if step.exempt_until and step.exempt_until < board.today and not board.chain_of(step).ended_at
    ]
    for step in over:
        step.state, step.since_on, step.exempt_until = StepState.OPEN, board.today, None
        step.bent, step.bent_because = "", ""
        board.write(step, ChangeKind.FOLLOWED)
        _note(board, step.chain_id, "exemption_over", step)
    board.follow(*over)
    return len(over)


def add_step(  # noqa: PLR0913 -- where it stands is two lists
    chain_id: UUID,
    new: NewStep,
    why: Why,
    *,
    after: Sequence[UUID] = (),
    before: Sequence[UUID] = (),
    case: Case,
    by: Actor,
    at: datetime,
) -> ChainStep:
    """A step after some and ahead of others; who waited directly for the first now waits for the new one."""
    board = opened(case, by=by, at=at)
    chain = board.chain(chain_id)
    if not new.title.strip():
        raise Invalid(_("Bitte schreiben Sie, was zu tun ist."), "title")
    step = _new_row(chain, new, board)
    _because(step, why)
    node = Node(step.id, chain.id, StepState.OPEN, board.today, before=_known(after, board, chain, "after"))
    links = between(board.graph, node, _known(before, board, chain, "before"))
    for key in links:
        _may_wait(board, board.chain_of(board.rows.steps[key]), chain)
    _refuse_loop({**board.graph, step.id: node}, links, board, step)
    step.save()
    board.rows.steps[step.id] = step
    board.has_room()
    # Each chain has its own order; the new step stands behind what it waits for.
    _link(board, {step.id: node.before, **links}, because=why.words)
    _place(board, chain, step)
    board.write(step, ChangeKind.ADDED)
    board.follow(step)
    _note(board, chain.id, "added", step)
    return step


def change_links(  # noqa: PLR0913 -- a deed and its words
    step_id: UUID,
    *,
    after: Sequence[UUID],
    join: str,
    why: Why,
    case: Case,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> ChainStep:
    """What a step waits for from now on: steps of this chain, of another, of another member of the case."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    if step.state in SETTLED:
        raise Invalid(_("Dieser Schritt ist %(state)s. Nehmen Sie das zuerst zurück.") % {"state": StepState(step.state).label})
    if join not in Join.values:
        raise Invalid(_("Bitte wählen Sie, ob alle davor erledigt sein müssen oder einer genügt."), "join")
    wanted = _known(after, board, board.chain_of(step), "after")
    node = board.graph[step.id]
    check_seen(step, seen_version, ((_("Wartet auf"), _titles(node.before, board), _titles(wanted, board)),))
    _refuse_loop(board.graph, {step.id: wanted}, board, step)
    _because(step, why)
    _link(board, {step.id: wanted}, because=why.words)
    # With one way there is nothing to choose between.
    step.join = join if len(wanted) > 1 else Join.ALL
    board.write(step, ChangeKind.ORDER)
    _place(board, board.chain_of(step))
    board.follow(step)
    _note(board, step.chain_id, "linked", step)
    return step


def reorder(
    chain_id: UUID, step_ids: Sequence[UUID], *, case: Case, seen_version: int, by: Actor, at: datetime
) -> Chain:
    """Another order in the list; nobody comes to stand before what it waits for."""
    board = opened(case, by=by, at=at)
    chain = board.chain(chain_id, seen_version=seen_version)
    own = {key for key, step in board.rows.steps.items() if step.chain_id == chain.id}
    if set(step_ids) != own or len(step_ids) != len(own):
        raise Invalid(_("Die Reihenfolge passt nicht zu den Schritten dieser Kette."), "order")
    _place(board, chain, order=step_ids)
    chain.version += 1
    chain.save(update_fields=["version"])
    board.deliver()
    audit.note(CHAIN_BENT, by=by, at=at, subject=case.id, chain=str(chain.id), what="order")
    return chain


def _because(step: ChainStep, why: Why) -> None:
    if why.reason not in BendReason.values:
        raise Invalid(_("Bitte wählen Sie einen Grund."), "reason")
    if not why.words.strip():
        raise Invalid(_("Bitte schreiben Sie in einem Satz dazu, warum."), "because")
    step.bent, step.bent_because = why.reason, why.words.strip()


def _new_row(chain: Chain, new: NewStep, board: Board) -> ChainStep:
    step = ChainStep(
        organisation_id=chain.organisation_id,
        case=board.case,
        chain=chain,
        code=f"own-{uuid7().hex[-12:]}",
        position=0,
        title=new.title.strip(),
        kind=new.kind,
        life_area=new.life_area or chain.life_area,
        usual_days=new.usual_days,
        hint=new.hint.strip(),
        law=new.law,
        documents=list(new.documents),
        state=StepState.OPEN,
        since_on=board.today,
        is_added=True,
        version=0,
    )
    put(step, new.holder, case=board.case)
    return step


def _known(keys: Sequence[UUID], board: Board, chain: Chain, field: str) -> tuple[UUID, ...]:
    """Steps of this case, each once; an open chain does not wait for a vertraulicher Faden."""
    found = tuple(dict.fromkeys(keys))
    for key in found:
        step = board.rows.steps.get(key)
        if step is None:
            raise NotFound(_("Diesen Schritt gibt es hier nicht."))
        if field == "after":
            _may_wait(board, chain, board.chain_of(step))
        elif board.chain_of(step).ended_at:
            raise Conflict(_("Diese Kette ist inzwischen beendet."))
    return found


def _may_wait(board: Board, waiting: Chain, awaited: Chain) -> None:
    """What everybody in the case sees must not tell that there is something confidential, nor for whom."""
    same_thread = waiting.confidential and waiting.persons == awaited.persons
    if awaited.confidential and not same_thread and waiting.id != awaited.id:
        raise Invalid(_("Auf einen Schritt aus einem vertraulichen Faden kann nur derselbe Faden warten."), "after")


def _refuse_loop(graph: Graph, links: dict[Key, tuple[Key, ...]], board: Board, new: ChainStep) -> None:
    changed = dict(graph)
    for key, before in links.items():
        node = changed[key]
        changed[key] = Node(key, node.chain, node.state, node.since, before=before, join=node.join)
    if loop := find_cycle(changed):
        titles = {**{key: step.title for key, step in board.rows.steps.items()}, new.id: new.title}
        named = " → ".join(titles[key] for key in (*loop, loop[0]))
        raise Invalid(_("So wartet die Kette auf sich selbst: %(loop)s") % {"loop": named}, "after")


def _link(board: Board, links: dict[UUID, tuple[UUID, ...]], *, because: str) -> None:
    """Make the links of these steps so; the ones that stay keep their reason."""
    kept = [link for link in board.rows.links if link.step_id not in links]
    for link in board.rows.links:
        if link.step_id in links and link.before_id in links[link.step_id]:
            kept.append(link)
        elif link.step_id in links:
            link.delete()
    there = {(link.step_id, link.before_id) for link in kept}
    made = [
        StepLink(
            organisation_id=board.by.organisation_id,
            case=board.case,
            step_id=key,
            before_id=before,
            because=because.strip(),
        )
        for key, befores in links.items()
        for before in befores
        if (key, before) not in there
    ]
    StepLink.objects.bulk_create(made)
    board.rows = Rows(board.rows.chains, board.rows.steps, [*kept, *made])


def _place(board: Board, chain: Chain, new: ChainStep | None = None, order: Sequence[UUID] = ()) -> None:
    """Number the chain's steps anew, nobody before what it waits for."""
    wanted = list(order) or [
        step.id
        for step in sorted(board.rows.steps.values(), key=lambda step: step.position)
        if step.chain_id == chain.id and step is not new
    ]
    graph = board.graph
    if new:
        behind = [wanted.index(key) for key in graph[new.id].before if key in wanted]
        wanted.insert(max(behind) + 1 if behind else 0, new.id)
    others = [key for key in graph if graph[key].chain != chain.id]
    own = [key for key in in_order(graph, [*others, *wanted]) if graph[key].chain == chain.id]
    for position, key in enumerate(own, 1):
        step = board.rows.steps[key]
        if step.position != position:
            step.position = position
            step.save(update_fields=["position"])


def _titles(keys: Sequence[Key], board: Board) -> str:
    return ", ".join(sorted(board.rows.steps[key].title for key in keys)) or "–"


def _note(board: Board, chain_id: UUID, what: str, step: ChainStep) -> None:
    audit.note(
        CHAIN_BENT,
        by=board.by,
        at=board.at,
        subject=board.case.id,
        chain=str(chain_id),
        step=str(step.id),
        what=what,
    )
