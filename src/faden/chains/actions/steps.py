"""Where a step stands, at whom it lies, what day is agreed: said by somebody, taken back, never overwritten."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.chains.actions.board import STANDS, Board, check_seen, opened
from faden.chains.models import ChainStep, StepChange
from faden.chains.queries.holders import holder_label
from faden.chains.rules import graph as rules
from faden.chains.rules.graph import FOLLOWING
from faden.chains.vocabulary import (
    SETTLED,
    STEP_AGREED,
    STEP_HANDED,
    STEP_MOVED,
    STEP_UNDONE,
    Breakpoint,
    ChangeKind,
    HolderKind,
    StepState,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import AgencyKind

# What stands in the case's history; that somebody waits is seen on the chain.
_TOLD = frozenset({StepState.DONE, StepState.BLOCKED})


@dataclass(frozen=True)
class Holder:
    """At whom a step lies: the person (nobody named: whose chain it is), her family, the case manager, an agency."""

    kind: HolderKind
    person: UUID | None = None
    agency_kind: str = ""
    agency: str = ""


@dataclass(frozen=True)
class _Said:
    """Where a step stands from now on."""

    state: StepState
    since: date
    words: str = ""
    reason: str = ""
    holder: Holder | None = None


def finish(
    step_id: UUID, *, since: date, words: str = "", case: Case, seen_version: int, by: Actor, at: datetime
) -> ChainStep:
    """Done on a day; what waited for it becomes ready. Doing it twice changes nothing."""
    said = _Said(StepState.DONE, since, words)
    return _say(step_id, said, seen_version, opened(case, by=by, at=at))


def block(  # noqa: PLR0913 -- a deed and its four words
    step_id: UUID,
    *,
    reason: str,
    since: date,
    words: str = "",
    case: Case,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> ChainStep:
    """Stands still, and why: a category that can be counted."""
    if reason not in Breakpoint.values:
        raise Invalid(_("Bitte wählen Sie, woran es hängt."), "reason")
    said = _Said(StepState.BLOCKED, since, words, reason)
    return _say(step_id, said, seen_version, opened(case, by=by, at=at))


def wait_for_agency(  # noqa: PLR0913 -- a deed and its words
    step_id: UUID,
    *,
    agency_kind: str,
    agency: str = "",
    since: date,
    words: str = "",
    case: Case,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> ChainStep:
    """It lies with an agency."""
    holder, board = Holder(HolderKind.AGENCY, agency_kind=agency_kind, agency=agency), opened(case, by=by, at=at)
    _leaves(board.step(step_id), holder)
    return _say(step_id, _Said(StepState.WAITING_AGENCY, since, words, holder=holder), seen_version, board)


def wait_for_person(  # noqa: PLR0913 -- a deed and its words
    step_id: UUID,
    *,
    person: UUID | None = None,
    since: date,
    words: str = "",
    case: Case,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> ChainStep:
    """It lies with the person, or with another member of the case."""
    board = opened(case, by=by, at=at)
    hers = person is None or person == board.chain_of(board.step(step_id)).person_id
    holder = Holder(HolderKind.CLIENT if hers else HolderKind.FAMILY, person=None if hers else person)
    return _say(step_id, _Said(StepState.WAITING_PERSON, since, words, holder=holder), seen_version, board)


def release(
    step_id: UUID, *, since: date, words: str = "", case: Case, seen_version: int, by: Actor, at: datetime
) -> ChainStep:
    """No longer blocked, nobody waits: ready or open, as what comes before stands."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    if step.state in FOLLOWING:
        return step
    state = rules.said(board.graph, step.id, StepState.OPEN, since)[step.id].state
    return _say(step_id, _Said(state, since, words), seen_version, board)


def _say(step_id: UUID, said: _Said, seen_version: int, board: Board) -> ChainStep:
    step = board.step(step_id)
    if step.state == said.state == StepState.DONE:
        return step
    check_seen(step, seen_version, _differences(step, said))
    board.has_happened(said.since)
    if step.state in SETTLED:
        sentence = _("Dieser Schritt ist %(state)s. Nehmen Sie das zuerst zurück.")
        raise Invalid(sentence % {"state": StepState(step.state).label})
    _stands(step, said, board)
    return step


def _stands(step: ChainStep, said: _Said, board: Board) -> StepChange:
    if said.holder:
        put(step, said.holder, case=board.case)
    step.state, step.since_on = said.state, said.since
    step.block_reason, step.words = said.reason, said.words or None
    change = board.write(step, ChangeKind.STATE)
    if said.state in _TOLD:
        board.tell(step, change)
    board.follow(step)
    audit.note(
        STEP_MOVED, by=board.by, at=board.at, subject=step.case_id, step=str(step.id), state=said.state
    )
    return change


@dataclass(frozen=True)
class Reported:
    """What the participant of a Laufende Freigabe says of a step it holds, already judged."""

    state: StepState
    since: date
    reason: str = ""
    due_on: date | None = None
    agency: str = ""  # its name


def reported(step_id: UUID, told: Reported, board: Board) -> StepChange:
    """It stands as the participant says; a day it names is the day that counts. Words stay with the report."""
    step = board.step(step_id)
    holder = None
    if told.state == StepState.WAITING_AGENCY:
        holder = Holder(HolderKind.AGENCY, agency_kind=step.agency_kind or AgencyKind.OTHER, agency=told.agency)
    elif told.state == StepState.WAITING_PERSON:
        holder = Holder(HolderKind.CLIENT)
    if told.due_on:
        step.due_from, step.due_on = None, told.due_on
    reason = (told.reason or Breakpoint.OTHER) if told.state == StepState.BLOCKED else ""
    return _stands(step, _Said(told.state, told.since, reason=reason, holder=holder), board)


def undo(step_id: UUID, *, case: Case, seen_version: int, by: Actor, at: datetime) -> ChainStep:
    """Take back what was said last; everything that followed from it is as before."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    check_seen(step, seen_version, ())
    lines = StepChange.objects.filter(step=step, undone_at__isnull=True, kind__in=STANDS)
    *_older, last = [None, *lines.filter(kind=ChangeKind.STATE).order_by("changed_at", "id")]
    earlier = last and lines.filter(changed_at__lt=last.changed_at).order_by("-changed_at", "-id").first()
    if not last or not earlier or last.state != step.state or step.state in FOLLOWING:
        raise Invalid(_("Hier gibt es nichts zurückzunehmen."))
    later = set(lines.filter(changed_at__gt=last.changed_at).values_list("kind", flat=True))
    _put_back(step, earlier, later)
    last.undone_at, last.undone_by = at, by.person
    last.save(update_fields=["undone_at", "undone_by"])
    step.version += 1
    step.save()
    board.follow(step, undone_at=last.changed_at)
    audit.note(STEP_UNDONE, by=by, at=at, subject=case.id, step=str(step.id), state=last.state)
    return step


def _put_back(step: ChainStep, earlier: StepChange, later: set[str]) -> None:
    """As it stood; who holds it and how it is bent stays where that was said later."""
    # Ready is not for anybody to say: what comes before may stand elsewhere by now.
    step.state = StepState.OPEN if earlier.state in FOLLOWING else earlier.state
    step.since_on, step.block_reason, step.words = earlier.from_on, earlier.block_reason, earlier.words
    step.exempt_until = earlier.until_on
    if ChangeKind.HOLDER not in later:
        step.holder, step.holder_person_id = earlier.holder, earlier.holder_person_id
        step.agency_kind, step.agency = earlier.agency_kind, earlier.agency
    if ChangeKind.ORDER not in later:
        step.bent, step.bent_because = earlier.bent, earlier.because


def give_to(
    step_id: UUID, holder: Holder, *, case: Case, seen_version: int, by: Actor, at: datetime
) -> ChainStep:
    """It lies with somebody else, or the agency gets its name."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    was = _holder_of(step)
    check_seen(step, seen_version, ((_("Bei wem"), _told(was), _told(holder)),))
    _leaves(step, holder)
    put(step, holder, case=case)
    if _holder_of(step) != was:
        board.write(step, ChangeKind.HOLDER)
        board.deliver()
        audit.note(STEP_HANDED, by=by, at=at, subject=case.id, step=str(step.id), holder=step.holder)
    return step


def agree(
    step_id: UUID,
    *,
    due_from: date | None,
    due_on: date | None,
    case: Case,
    seen_version: int,
    by: Actor,
    at: datetime,
) -> ChainStep:
    """A day or a week agreed with the client; neither: nothing is agreed any more."""
    board = opened(case, by=by, at=at)
    step = board.step(step_id)
    wanted = (due_from, due_on)
    check_seen(
        step,
        seen_version,
        ((_("Vereinbart"), _window(step.due_from, step.due_on), _window(*wanted)),),
    )
    if due_from and not due_on:
        raise Invalid(_("Bitte sagen Sie auch, bis wann."), "due_on")
    if due_from and due_on and due_on < due_from:
        raise Invalid(_("Der letzte Tag liegt vor dem ersten."), "due_on")
    if wanted != (step.due_from, step.due_on):
        step.due_from, step.due_on, step.version = due_from, due_on, step.version + 1
        step.save(update_fields=["due_from", "due_on", "version"])
        board.follow(step)
        audit.note(STEP_AGREED, by=by, at=at, subject=case.id, step=str(step.id))
    return step


def put(step: ChainStep, holder: Holder, *, case: Case) -> None:
    """Set at whom it lies, checked; also for a step that is not saved yet."""
    if holder.kind not in HolderKind.values:
        raise Invalid(_("Bitte wählen Sie, bei wem der Schritt liegt."), "holder")
    is_agency, is_family = holder.kind == HolderKind.AGENCY, holder.kind == HolderKind.FAMILY
    if is_agency and holder.agency_kind not in AgencyKind.values:
        raise Invalid(_("Bitte wählen Sie, bei welcher Stelle der Schritt liegt."), "agency_kind")
    if is_family and holder.person:
        checked(About((holder.person,)), case=case)
    step.holder = holder.kind
    step.holder_person_id = holder.person if is_family else None
    # Whose office it is stays with the step while it waits for the person.
    if is_agency:
        step.agency_kind, step.agency = holder.agency_kind, holder.agency.strip()


def _leaves(step: ChainStep, holder: Holder) -> None:
    """Given to anybody else, it is no longer for the participant of a Laufende Freigabe to say where it stands."""
    if holder.kind != HolderKind.AGENCY or holder.agency.strip() not in ("", step.agency):
        step.held_by_share = None


def _holder_of(step: ChainStep) -> Holder:
    is_agency = step.holder == HolderKind.AGENCY
    return Holder(
        HolderKind(step.holder),
        step.holder_person_id,
        step.agency_kind if is_agency else "",
        step.agency if is_agency else "",
    )


def _told(holder: Holder) -> str:
    return holder_label(holder.kind, agency_kind=holder.agency_kind, agency=holder.agency)


def _differences(step: ChainStep, said: _Said) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted)."""
    return (
        (_("Stand"), str(StepState(step.state).label), str(StepState(said.state).label)),
        (_("Seit"), f"{step.since_on:%d.%m.%Y}", f"{said.since:%d.%m.%Y}"),
        (_("Warum"), _reason(step.block_reason), _reason(said.reason)),
    )


def _reason(code: str) -> str:
    return str(Breakpoint(code).label) if code else "–"


def _window(first: date | None, last: date | None) -> str:
    if last is None:
        return "–"
    return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}" if first and first != last else f"{last:%d.%m.%Y}"
