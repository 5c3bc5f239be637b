"""The chains of a case as pages show them: where each stands, what is next, what it hangs on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.timeline import Of
from faden.chains.models import Chain, ChainStep, StepChange, StepLink
from faden.chains.queries.durations import Codes, Measured, begun_on, measured
from faden.chains.queries.graphs import Rows, graph_of, rows_of
from faden.chains.queries.holders import holder_label
from faden.chains.queries.sharing import REPORTED_BY, reports_on
from faden.chains.queries.shown import (
    AllChains,
    ChainCard,
    ChainPage,
    ChangeRow,
    EndedChain,
    StepPage,
    StepRow,
    Waits,
)
from faden.chains.rules import words
from faden.chains.rules.forecast import Forecast, forecast
from faden.chains.rules.graph import FOLLOWING, Graph, successors, unlocks
from faden.chains.vocabulary import (
    SETTLED,
    BendReason,
    Breakpoint,
    ChainEnd,
    ChangeKind,
    HolderKind,
    Join,
    StepKind,
    StepState,
)
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names


@dataclass
class _Scene:
    """Everything a page of a case's chains is made of."""

    rows: Rows
    graph: Graph
    seen: Forecast
    measured: Mapping[Codes, Measured]
    names: Mapping[UUID, str]
    links: dict[UUID, list[StepLink]]
    after: dict[UUID, list[UUID]]
    began: Mapping[UUID, date]
    of: Of
    today: date

    def chain_of(self, step_id: UUID) -> Chain:
        return self.rows.chains[self.rows.steps[step_id].chain_id]

    def may_name(self, chain: Chain) -> bool:
        """Whether this page may say what stands in that chain."""
        return may_name(self.of, chain)


def _scene(case: Case, *, of: Of, today: date) -> _Scene:
    """Six statements."""
    rows, known = rows_of([case.id], on=today), measured()
    graph = graph_of(rows, measured={codes: row.days for codes, row in known.items()})
    people = {chain.person_id for chain in rows.chains.values()}
    people |= {step.holder_person_id for step in rows.steps.values() if step.holder_person_id}
    done = [key for key, step in rows.steps.items() if step.state == StepState.DONE]
    return _Scene(
        rows=rows,
        graph=graph,
        seen=forecast(graph, today=today),
        measured=known,
        names=main_names(people),
        links=rows.before(),
        after=successors(graph),
        began=begun_on(done),
        of=of,
        today=today,
    )


def chains_of(case: Case, *, of: Of, today: date) -> list[ChainCard]:
    """A card per running chain, the ones that began first before; six statements however many."""
    scene = _scene(case, of=of, today=today)
    return [_card(chain, scene) for chain in _shown(scene) if not chain.ended_at]


def all_chains(case: Case, *, of: Of, today: date) -> AllChains:
    """Cards, steps and what has ended, for the picture of them all; six statements."""
    scene = _scene(case, of=of, today=today)
    running = [chain for chain in _shown(scene) if not chain.ended_at]
    return AllChains(
        [_card(chain, scene) for chain in running],
        [_row(step, scene) for chain in running for step in _steps(chain, scene)],
        _ended(scene.rows, of, scene.names),
    )


def _ended(rows: Rows, of: Of, names: Mapping[UUID, str]) -> list[EndedChain]:
    ended = [chain for chain in rows.chains.values() if shows(of, chain) and chain.ended_at]
    found = []
    for chain in ended:
        states = [step.state for step in rows.steps.values() if step.chain_id == chain.id]
        found.append(
            EndedChain(
                id=chain.id,
                title=chain.title,
                person_id=chain.person_id,
                person=names.get(chain.person_id, ""),
                started_on=chain.started_on,
                ended_at=chain.ended_at,  # type: ignore[arg-type]
                because=str(ChainEnd(chain.ended_because).label),
                done=sum(state in SETTLED for state in states),
                total=len(states),
            )
        )
    return sorted(found, key=lambda chain: chain.ended_at, reverse=True)


def chain_page(case: Case, chain_id: UUID, *, of: Of, today: date) -> ChainPage:
    """One chain, running or ended; seven statements."""
    scene = _scene(case, of=of, today=today)
    chain = next((chain for chain in _shown(scene) if chain.id == chain_id), None)
    if chain is None:
        raise NotFound(_("Diese Kette gibt es hier nicht."))
    said = reports_on(case, chain_id)
    steps = [replace(_row(step, scene), reports=said.get(step.id, ())) for step in _steps(chain, scene)]
    critical = scene.seen.critical_of.get(chain.id, ())
    return ChainPage(_card(chain, scene), steps, chain.template_code, chain.template_version, critical)


def step_page(case: Case, step_id: UUID, *, of: Of, today: date) -> StepPage:
    """One step with its history; nine statements."""
    scene = _scene(case, of=of, today=today)
    step = scene.rows.steps.get(step_id)
    if step is None or not shows(of, scene.rows.chains[step.chain_id]):
        raise NotFound(_("Diesen Schritt gibt es hier nicht."))
    chain = scene.rows.chains[step.chain_id]
    free = [key for key in unlocks(scene.graph, step.id) if scene.may_name(scene.chain_of(key))]
    said = reports_on(case, chain.id).get(step.id, ())
    row = replace(_row(step, scene), unlocks=tuple(scene.rows.steps[key].title for key in free), reports=said)
    return StepPage(_card(chain, scene), row, _changes(step, scene))


def changes_of(case: Case, chain_id: UUID, *, of: Of, today: date) -> list[ChangeRow]:
    """What was changed in a chain, newest first; eight statements."""
    scene = _scene(case, of=of, today=today)
    steps = {step.id: step for chain in _shown(scene) if chain.id == chain_id for step in _steps(chain, scene)}
    # What follows by itself and what the template brought is no news; each step's own page tells it.
    own = Q(step__is_added=True) | ~Q(kind=ChangeKind.ADDED)
    found = StepChange.objects.filter(own, case=case, step_id__in=steps).exclude(kind=ChangeKind.FOLLOWED)
    found = found.annotate(reported_by=REPORTED_BY)
    lines = list(found.order_by("-changed_at", "-id")[:100])
    names = names_of({line.changed_by for line in lines if line.changed_by})
    rows = ((line, _change(line, names.get(line.changed_by or 0, ""), scene)) for line in lines)
    return [replace(row, step_id=line.step_id, step_title=steps[line.step_id].title) for line, row in rows]


def other_steps(case: Case, chain_id: UUID, *, of: Of, today: date) -> list[Waits]:
    """Steps of other running chains of this case which a step of this chain may wait for."""
    scene = _scene(case, of=of, today=today)
    waiting = scene.rows.chains.get(chain_id)
    if waiting is None:
        raise NotFound(_("Diese Kette gibt es hier nicht."))
    return [
        _waits(key, chain_id, scene)
        for key, step in scene.rows.steps.items()
        if (chain := scene.rows.chains[step.chain_id]).id != chain_id
        and not chain.ended_at
        and scene.may_name(chain)
        # What is open does not wait for what is confidential.
        and (not chain.confidential or waiting.confidential and chain.persons == waiting.persons)
    ]


def shows(of: Of, chain: Chain) -> bool:
    """The same rule as `cases.queries.timeline.concerning`, for a chain at hand."""
    if of.person is None:
        return not chain.confidential
    return chain.person_id == of.person and chain.confidential == of.confidential


def may_name(of: Of, chain: Chain) -> bool:
    """On a page of one person only her own; what is confidential only on her confidential page."""
    if chain.confidential and not of.confidential:
        return False
    return of.person is None or chain.person_id == of.person


def _shown(scene: _Scene) -> Iterable[Chain]:
    return (chain for chain in scene.rows.chains.values() if shows(scene.of, chain))


def _steps(chain: Chain, scene: _Scene) -> list[ChainStep]:
    return [step for step in scene.rows.steps.values() if step.chain_id == chain.id]


def _card(chain: Chain, scene: _Scene) -> ChainCard:
    steps, seen, is_running = _steps(chain, scene), scene.seen, not chain.ended_at
    open_ = [step for step in steps if step.state not in SETTLED] if is_running else []
    finish = seen.finish_on.get(chain.id)
    return ChainCard(
        id=chain.id,
        title=chain.title,
        person_id=chain.person_id,
        person=scene.names.get(chain.person_id, ""),
        life_area=chain.life_area,
        confidential=chain.confidential,
        started_on=chain.started_on,
        done=sum(step.state in SETTLED for step in steps),
        total=len(steps),
        frontier=_rows_of((step for step in open_ if step.state != StepState.OPEN), scene),
        finish_on=finish,
        finish_words=_finish_words(finish, bool(open_)),
        bottleneck=_bottleneck(chain, scene) if is_running else "",
        missed=_rows_of((step for step in open_ if step.id in seen.missed), scene),
        overdue=_rows_of((step for step in open_ if step.id in seen.overdue), scene),
        unknown=sum(step.id in seen.unknown for step in open_),
        ended_at=chain.ended_at,
        ended_because=str(ChainEnd(chain.ended_because).label) if chain.ended_because else "",
        version=chain.version,
        shared_with=tuple(chain.shared_with),  # type: ignore[attr-defined]
    )


def _rows_of(steps: Iterable[ChainStep], scene: _Scene) -> tuple[StepRow, ...]:
    return tuple(_row(step, scene) for step in steps)


def _finish_words(finish: date | None, is_open: bool) -> str:
    if not is_open or finish is None:
        return ""
    return _("frühestens am %(day)s") % {"day": f"{finish:%d.%m.%Y}"}


def _bottleneck(chain: Chain, scene: _Scene) -> str:
    key = scene.seen.bottleneck.get(chain.id)
    if key is None:
        return ""
    if not scene.may_name(scene.chain_of(key)):
        return _elsewhere()
    step = scene.rows.steps[key]
    node = scene.graph[key]
    return words.bottleneck(
        step.title,
        _usual(step, scene),
        node.state,
        (scene.today - step.since_on).days,
        str(Breakpoint(step.block_reason).label) if step.block_reason else "",
    )


def _elsewhere() -> str:
    return _("ein Schritt einer anderen Person")


def _known(step: ChainStep, scene: _Scene) -> Measured | None:
    return scene.measured.get((scene.rows.chains[step.chain_id].template_code, step.code))


def _usual(step: ChainStep, scene: _Scene) -> str:
    known = _known(step, scene)
    if known:
        return words.usual(known.days, "", measured=known.finished)
    return words.usual(step.usual_days, step.usual_source)


def _row(step: ChainStep, scene: _Scene) -> StepRow:
    chain, seen, known = scene.rows.chains[step.chain_id], scene.seen, _known(step, scene)
    state, days = StepState(step.state), (scene.today - step.since_on).days
    person = step.holder_person_id or (chain.person_id if step.holder == HolderKind.CLIENT else None)
    is_agency = step.holder == HolderKind.AGENCY
    return StepRow(
        id=step.id,
        chain_id=chain.id,
        code=step.code,
        position=step.position,
        title=step.title,
        kind=step.kind,
        kind_label=str(StepKind(step.kind).label),
        life_area=step.life_area,
        state=state,
        state_label=str(state.label),
        since=step.since_on,
        days_since=days,
        since_words=words.since(days),
        holder=HolderKind(step.holder),
        holder_label=holder_label(
            step.holder,
            agency_kind=step.agency_kind,
            agency=step.agency,
            person=_name(person, scene),
        ),
        lane=step.agency_kind if is_agency else step.holder,
        agency_kind=step.agency_kind,
        agency=step.agency,
        holder_person_id=step.holder_person_id,
        join=Join(step.join),
        before=tuple(_waits(link.before_id, chain.id, scene, link.because) for link in scene.links[step.id]),
        after=tuple(
            _waits(key, chain.id, scene) for key in scene.after[step.id] if scene.may_name(scene.chain_of(key))
        ),
        usual_days=known.days if known else step.usual_days,
        usual_words=_usual(step, scene),
        measured_cases=known.finished if known else None,
        hint=step.hint,
        documents=tuple(step.documents),
        block_reasons=tuple((code, str(Breakpoint(code).label)) for code in step.block_reasons),
        block_reason=step.block_reason,
        block_label=str(Breakpoint(step.block_reason).label) if step.block_reason else "",
        words=step.words or "",
        law=step.law,
        clock_due_on=step.clock_due_on,
        clock_missed=step.id in seen.missed,
        due_from=step.due_from,
        due_on=step.due_on,
        suspended_until=step.suspended_until if step.suspended_until and step.suspended_until > scene.today else None,
        exempt_until=step.exempt_until,
        bent=step.bent,
        bent_label=str(BendReason(step.bent).label) if step.bent else "",
        bent_because=step.bent_because,
        is_added=step.is_added,
        start=min(scene.began.get(step.id, seen.start[step.id]), seen.start[step.id]),
        finish=seen.finish[step.id],
        is_critical=step.id in seen.critical_of.get(chain.id, ()),
        is_bottleneck=seen.bottleneck.get(chain.id) == step.id,
        is_overdue=step.id in seen.overdue,
        version=step.version,
        can_undo=state not in FOLLOWING and not chain.ended_at,
    )


def _name(person_id: UUID | None, scene: _Scene) -> str:
    """On a page of one person the others of her family are "Familie"."""
    if person_id is None or scene.of.person not in (None, person_id):
        return ""
    return scene.names.get(person_id, "")


def _waits(key: UUID, chain_id: UUID, scene: _Scene, because: str = "") -> Waits:
    step, chain = scene.rows.steps[key], scene.chain_of(key)
    state = StepState(step.state)
    if not scene.may_name(chain):
        return Waits(None, _elsewhere(), state, str(state.label), None, "", "", is_here=False)
    return Waits(
        id=key,
        title=step.title,
        state=state,
        state_label=str(state.label),
        chain_id=chain.id,
        chain_title=chain.title,
        person=scene.names.get(chain.person_id, ""),
        is_here=chain.id == chain_id,
        because=because,
    )


def _changes(step: ChainStep, scene: _Scene) -> list[ChangeRow]:
    found = StepChange.objects.filter(step=step).annotate(reported_by=REPORTED_BY)
    lines = list(found.order_by("-changed_at", "-id"))
    names = names_of({line.changed_by for line in lines if line.changed_by})
    return [_change(line, names.get(line.changed_by or 0, ""), scene) for line in lines]


def _change(line: StepChange, by: str, scene: _Scene) -> ChangeRow:
    state = StepState(line.state)
    return ChangeRow(
        kind=line.kind,
        kind_label=str(ChangeKind(line.kind).label),
        state=state,
        state_label=str(state.label),
        holder_label=holder_label(
            line.holder,
            agency_kind=line.agency_kind,
            agency=line.agency,
            person=_name(line.holder_person_id, scene),
        ),
        block_label=str(Breakpoint(line.block_reason).label) if line.block_reason else "",
        bent_label=str(BendReason(line.bent).label) if line.bent else "",
        because=line.because,
        words=line.words or "",
        from_on=line.from_on,
        until_on=line.until_on,
        changed_at=line.changed_at,
        by=by,
        reported_by=line.reported_by or "",  # type: ignore[attr-defined]
        undone_at=line.undone_at,
    )
