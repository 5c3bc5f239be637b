"""From a gap, or from what the office answered, to one step of the person's residence chain."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop

from faden.cases.models import Case
from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.actions import bending, start, steps
from faden.chains.actions.steps import Holder
from faden.chains.models import Chain, ChainStep
from faden.chains.vocabulary import SETTLED, BendReason, HolderKind, StepKind
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN

# What is stored is German, in whatever language the page was from which it was begun.
_TITLE, _FIRST = gettext_noop("Rechtliche Verstetigung"), gettext_noop("Voraussetzungen prüfen")
_LADDER = "bleiberecht"  # the shipped chain of this work; a step goes there before any other
_LONGEST = {"title": 160, "law": 160, "hint": 500, "document": 160}


@dataclass(frozen=True)
class WantedStep:
    """One thing to do, by when, with which papers."""

    person_id: UUID
    title: str
    due_on: date | None = None
    law: str = ""
    documents: tuple[str, ...] = ()
    kind: StepKind = StepKind.DOCUMENTS
    holder: HolderKind = HolderKind.CLIENT
    hint: str = ""
    because: BendReason = BendReason.AGENCY


def make_step(wanted: WantedStep, *, case: Case, by: Actor, at: datetime) -> ChainStep:
    """Into her running residence chain, or a new one; an open step with the same title is the same one."""
    title = wanted.title.strip()[: _LONGEST["title"]]
    chain = _chain_of(wanted.person_id, case) or _begun(wanted, case=case, by=by, at=at)
    same = ChainStep.objects.filter(chain=chain, title=title).exclude(state__in=SETTLED).first()
    step = same or bending.add_step(
        chain.id,
        bending.NewStep(
            title, wanted.kind, Holder(wanted.holder), hint=wanted.hint[: _LONGEST["hint"]], life_area=LifeArea.RESIDENCE,
            law=wanted.law[: _LONGEST["law"]], documents=tuple(one[: _LONGEST["document"]] for one in wanted.documents),
        ),
        bending.Why(wanted.because, _TITLE), case=case, by=by, at=at,
    )  # fmt: skip
    if wanted.due_on and step.due_on != wanted.due_on:
        return steps.agree(step.id, due_from=None, due_on=wanted.due_on, case=case, seen_version=step.version, by=by, at=at)
    return step


def _chain_of(person_id: UUID, case: Case) -> Chain | None:
    """The newest that runs and is no vertraulicher Faden; the ladder of the Bleiberecht before others."""
    running = Chain.objects.filter(case=case, persons=[person_id], confidential=False, ended_at__isnull=True, life_area=LifeArea.RESIDENCE)
    found = list(running.order_by("-started_on", "-made_at", "id"))
    return next((one for one in found if one.template_code == _LADDER), found[0] if found else None)


def _begun(wanted: WantedStep, *, case: Case, by: Actor, at: datetime) -> Chain:
    """A chain has a first step: what the law says anyway, whatever comes after."""
    step = start.FreeStep(_FIRST, StepKind.CLARIFY, HolderKind.CASE_MANAGER)
    begin = start.Begin(wanted.person_id, at.astimezone(BERLIN).date())
    return start.start_free(_TITLE, LifeArea.RESIDENCE, [step], begin, case=case, by=by, at=at)
