"""An integration chain begins: copied from a template, or free with steps of one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind
from faden.chains.actions.board import line_of, opened
from faden.chains.models import Chain, ChainStep, StepChange, StepLink
from faden.chains.rules.templates import Template, TemplateStep
from faden.chains.vocabulary import CHAIN_STARTED, ChangeKind, HolderKind, StepKind, StepState
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid

# What says how the steps hang together; everything else is copied by name.
_NOT_COPIED = frozenset({"after", "variants"})


@dataclass(frozen=True)
class Begin:
    """Whose chain, since when; `confidential`: in her vertraulicher Faden."""

    person: UUID
    started_on: date
    confidential: bool = False
    own_template: UUID | None = None  # the row, where the template is the service's own


@dataclass(frozen=True)
class FreeStep:
    """A step of a free chain; it waits for the one before, or stands beside it."""

    title: str
    kind: StepKind = StepKind.CLARIFY
    holder: HolderKind = HolderKind.CASE_MANAGER
    agency_kind: str = ""
    usual_days: int | None = None
    parallel: bool = False


def start(template: Template, begin: Begin, *, case: Case, by: Actor, at: datetime) -> Chain:
    """Copy a template (of one variant); the chain stays on this version."""
    chain = Chain(
        title=template.title,
        life_area=template.life_area,
        template_code=template.code,
        template_version=template.version,
        own_template_id=begin.own_template,
    )
    return _begin(chain, template.steps, begin, case=case, by=by, at=at)


def start_free(
    title: str,
    life_area: str,
    steps: Sequence[FreeStep],
    begin: Begin,
    *,
    case: Case,
    by: Actor,
    at: datetime,
) -> Chain:
    """A chain that no template knows."""
    if not title.strip():
        raise Invalid(_("Bitte geben Sie der Kette einen Namen."), "title")
    if not any(step.title.strip() for step in steps):
        raise Invalid(_("Bitte tragen Sie mindestens einen Schritt ein."), "steps")
    chain = Chain(title=title.strip(), life_area=life_area)
    named = [step for step in steps if step.title.strip()]
    return _begin(chain, list(_in_a_row(named, life_area)), begin, case=case, by=by, at=at)


def _in_a_row(steps: Sequence[FreeStep], life_area: str) -> Iterable[TemplateStep]:
    after: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    for number, step in enumerate(steps, 1):
        code = f"own-{number}"
        if step.parallel and number > 1:
            beside = (*beside, code)
        else:
            after, beside = beside, (code,)
        yield TemplateStep(
            code=code,
            title=step.title.strip(),
            kind=step.kind,
            life_area=life_area,
            holder=step.holder,
            agency_kind=step.agency_kind if step.holder == HolderKind.AGENCY else "",
            after=after,
            usual_days=step.usual_days,
        )


def _begin(
    chain: Chain, steps: Sequence[TemplateStep], begin: Begin, *, case: Case, by: Actor, at: datetime
) -> Chain:
    if begin.started_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "started_on")
    chain.organisation_id, chain.case = by.organisation_id, case
    for name, value in checked(About((begin.person,), begin.confidential), case=case).items():
        setattr(chain, name, value)
    chain.started_on, chain.made_at, chain.made_by = begin.started_on, at, by.user_id
    chain.save()
    rows = _copied(steps, chain)
    ChainStep.objects.bulk_create(rows.values())
    StepLink.objects.bulk_create(
        StepLink(organisation_id=by.organisation_id, case=case, step=rows[step.code], before=rows[before])
        for step in steps
        for before in step.after
    )
    StepChange.objects.bulk_create(line_of(row, ChangeKind.ADDED, by=by, at=at) for row in rows.values())
    board = opened(case, by=by, at=at)
    board.has_room()
    board.follow()  # clocks that run from the chain's start
    tell(case, kind=EntryKind.CHAIN, about=chain.id, at=at, persons=chain.persons, confidential=chain.confidential)
    audit.note(CHAIN_STARTED, by=by, at=at, subject=case.id, chain=str(chain.id), template=chain.template_code)
    return chain


def _copied(steps: Sequence[TemplateStep], chain: Chain) -> dict[str, ChainStep]:
    """Each step with all that the template says; ready where it waits for nothing."""
    named = [field.name for field in fields(TemplateStep) if field.name not in _NOT_COPIED]
    return {
        step.code: ChainStep(
            organisation_id=chain.organisation_id,
            case_id=chain.case_id,
            chain=chain,
            position=position,
            state=StepState.OPEN if step.after else StepState.READY,
            since_on=chain.started_on,
            **{name: _plain(getattr(step, name)) for name in named},
        )
        for position, step in enumerate(steps, 1)
    }


def _plain(value: object) -> object:
    """Rows keep lists where rules keep tuples."""
    return list(value) if isinstance(value, tuple) else value
