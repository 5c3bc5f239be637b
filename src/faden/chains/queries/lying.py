"""Steps that lie with the case management, or wait longer than usual: for Mein Tag."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.vocabulary.case import Phase, Scope
from faden.chains.models import ChainStep
from faden.chains.queries.durations import Codes, Measured, measured
from faden.chains.rules import words
from faden.chains.vocabulary import Breakpoint, HolderKind, StepState
from faden.persons.queries.cards import Card, main_names

_BEGUN = (StepState.READY, StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON)


@dataclass(frozen=True)
class Lying:
    """A step with whom it is about; it says nothing where a Schutzvermerk hides the case."""

    step_id: UUID
    chain_id: UUID
    case_id: UUID
    lead_id: UUID
    number: str
    card: Card
    title: str
    who: str
    state: StepState
    state_label: str
    since: date
    days: int
    is_longer: bool
    why: str
    due_on: date | None


def steps_lying_with(membership_ids: Collection[UUID], *, today: date) -> list[Lying]:
    """In the open cases of these people: waiting longer than usual first, then by day; six statements.

    A step that rests, or waits within its usual time, lies with nobody.
    """
    known = measured()
    found = (
        ChainStep.objects.filter(
            ~Q(case__phase=Phase.CLOSED),
            case__lead_id__in=list(membership_ids),
            chain__ended_at__isnull=True,
            state__in=_BEGUN,
        )
        .exclude(suspended_until__gt=today)
        .select_related("chain")
        .order_by("since_on", "id")
    )
    rows = [step for step in found if _is_longer(step, known, today) or _is_to_do(step)]
    # Apart: a case with its person is as wide as two steps, and most steps are not on the list.
    about = Case.objects.filter(id__any={step.case_id for step in rows}).select_related("person__municipality")
    cases = {case.id: case for case in about}
    for step in rows:
        step.case = cases[step.case_id]
    masked = masked_cases(cases)
    cards = cards_for_list(cases.values(), masked=masked)
    names = main_names(step.chain.person_id for step in rows if _names_somebody(step.case, masked))
    lying = [_lying(step, cards[step.case_id], names, known, today) for step in rows]
    return sorted(lying, key=lambda one: (not one.is_longer, one.due_on or date.max, one.since))


def _is_to_do(step: ChainStep) -> bool:
    return bool(step.state == StepState.READY and step.holder == HolderKind.CASE_MANAGER)


def _usual(step: ChainStep, known: dict[Codes, Measured]) -> int | None:
    own = known.get((step.chain.template_code, step.code))
    return own.days if own else step.usual_days


def _is_longer(step: ChainStep, known: dict[Codes, Measured], today: date) -> bool:
    usual = _usual(step, known)
    # While it rests no time runs.
    runs_since = max(step.since_on, step.suspended_until or step.since_on)
    return usual is not None and (today - runs_since).days > usual


def _names_somebody(case: Case, masked: Collection[UUID]) -> bool:
    """In a family it must be said whose chain it is."""
    return bool(case.scope == Scope.FAMILY) and case.id not in masked


def _lying(
    step: ChainStep, card: Card, names: dict[UUID, str], known: dict[Codes, Measured], today: date
) -> Lying:
    state, days = StepState(step.state), (today - step.since_on).days
    is_longer = _is_longer(step, known, today)
    return Lying(
        step_id=step.id,
        chain_id=step.chain_id,
        case_id=step.case_id,
        lead_id=step.case.lead_id,
        number=step.case.number,
        card=card,
        title=_("Schritt") if card.masked else step.title,
        who=_who(step, card, names),
        state=state,
        state_label=str(state.label),
        since=step.since_on,
        days=days,
        is_longer=is_longer,
        why="" if card.masked else _why(step, _usual(step, known), days, is_longer=is_longer),
        due_on=step.due_on,
    )


def _why(step: ChainStep, usual: int | None, days: int, *, is_longer: bool) -> str:
    """Why it stands on the list, in a few words."""
    parts = [words.since(days)]
    if is_longer and usual is not None:
        parts.append(_("meist %(time)s") % {"time": words.duration(usual)})
    if step.block_reason:
        parts.append(str(Breakpoint(step.block_reason).label))
    return ", ".join(parts)


def _who(step: ChainStep, card: Card, names: dict[UUID, str]) -> str:
    if card.masked:
        return f"{card.name}, {step.case.number}"
    name = names.get(step.chain.person_id) or card.name
    return f"{name} · {_('vertraulicher Faden')}" if step.chain.confidential else name
