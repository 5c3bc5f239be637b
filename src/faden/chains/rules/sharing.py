"""What of a chain a participant of a Laufende Freigabe sees, and when its report counts. Pure.

Step, holder, state, since, due day, code of the block, question and answer. Never notes, never the areas residence and
health, never another member of the family by name, and nothing of a class of data the consent does not name.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.vocabulary import SETTLED, Breakpoint, HolderKind, ReportKind, ReportOutcome, StepState
from faden.consents.rules.contents import Content, Fact, Step
from faden.consents.vocabulary import DataClass
from faden.organisations.vocabulary import STAY_AGENCIES, AgencyKind

HIDDEN_AREAS = frozenset({LifeArea.RESIDENCE, LifeArea.HEALTH})
# Their name at a step would tell of what is hidden: residence, health, a court.
HIDDEN_AGENCIES = STAY_AGENCIES | {
    AgencyKind.GESUNDHEIT, AgencyKind.KRANKENKASSE, AgencyKind.GERICHT, AgencyKind.VERTRETUNG, AgencyKind.ALLOCATION,
}  # fmt: skip
# So would why something stands still.
HIDDEN_REASONS = frozenset({Breakpoint.HEALTH, Breakpoint.IDENTITY, Breakpoint.EXCLUDED, Breakpoint.DISCRIMINATION})
# What a participant may say of a step it holds.
THEIRS = (StepState.WAITING_AGENCY, StepState.WAITING_PERSON, StepState.BLOCKED, StepState.DONE)

# What an area of life tells, for the consent that has to name it.
CLASS_OF_AREA: dict[str, DataClass] = {
    LifeArea.LANGUAGE: DataClass.LANGUAGE,
    LifeArea.SCHOOL: DataClass.SCHOOL_WORK,
    LifeArea.TRAINING: DataClass.SCHOOL_WORK,
    LifeArea.WORK: DataClass.SCHOOL_WORK,
    LifeArea.CHILDCARE: DataClass.FAMILY,
    LifeArea.BENEFITS: DataClass.BENEFITS_HOUSING,
    LifeArea.HOUSING: DataClass.BENEFITS_HOUSING,
    LifeArea.DEBTS: DataClass.BENEFITS_HOUSING,
    LifeArea.DOCUMENTS: DataClass.RESIDENCE,
    LifeArea.RESIDENCE: DataClass.RESIDENCE,
    LifeArea.HEALTH: DataClass.SPECIAL,
}


def class_of(life_area: str) -> DataClass:
    """What a consent has to name for a step of this area."""
    return CLASS_OF_AREA.get(life_area, DataClass.CONTACT)


def is_told(life_area: str, classes: Collection[str]) -> bool:
    """Does a step of this area go along, on a consent that names these classes?"""
    return life_area not in HIDDEN_AREAS and class_of(life_area) in classes


def may_be_shared(life_area: str, *, confidential: bool) -> bool:
    """Chains of a vertraulicher Faden and of the hidden areas never are."""
    return not confidential and life_area not in HIDDEN_AREAS


@dataclass(frozen=True)
class Talk:
    """A question, its answer, or a report that was not taken over."""

    kind: ReportKind
    who: str
    at: datetime
    words: str
    state: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class SharedStep:
    """A step as the row says it; `holder` in words."""

    code: str
    title: str
    life_area: str
    holder_kind: HolderKind
    agency_kind: str
    holder: str
    state: StepState
    since: date
    due_on: date | None
    block_reason: str
    is_theirs: bool
    talk: tuple[Talk, ...] = ()


@dataclass(frozen=True)
class SharedChain:
    """The chain, whose it is, and what the ground allows; `names_agencies`: not for who is protected."""

    title: str
    life_area: str
    person: str
    classes: frozenset[str]
    names_agencies: bool = True


def content_of(chain: SharedChain, steps: Iterable[SharedStep], *, sender: str, contact: str, extra: dict[str, str]) -> Content:
    """The copy for one participant; dates as ISO days, for whoever shows them."""
    told = [step for step in steps if is_told(step.life_area, chain.classes)]
    # Each class of data the steps tell is named: by these the register and the database judge the copy.
    areas = dict.fromkeys([chain.life_area, *(step.life_area for step in told if step.life_area in LifeArea.values)])
    facts = (
        Fact(DataClass.CONTACT, _("Name"), chain.person),
        *(Fact(class_of(area), _("Lebensbereich"), str(LifeArea(area).label)) for area in areas),
    )
    shown = tuple(_step(step, chain) for step in told)
    return Content(chain.title, facts=facts, steps=shown, sender=sender, sender_contact=contact, extra=extra)


def _step(step: SharedStep, chain: SharedChain) -> Step:
    reason = Breakpoint.OTHER if step.block_reason in HIDDEN_REASONS else step.block_reason
    return Step(
        code=step.code,
        title=step.title,
        holder=_holder(step, chain),
        state=step.state,
        state_words=str(StepState(step.state).label),
        since=step.since.isoformat(),
        due=step.due_on.isoformat() if step.due_on else "",
        block=str(Breakpoint(reason).label) if reason else "",
        is_yours=step.is_theirs,
        talk=tuple(_said(one) for one in step.talk),
    )


def _holder(step: SharedStep, chain: SharedChain) -> str:
    if step.holder_kind != HolderKind.AGENCY or step.is_theirs:
        return step.holder
    if step.agency_kind in HIDDEN_AGENCIES:
        return str(AgencyKind.OTHER.label)
    return step.holder if chain.names_agencies else str(AgencyKind(step.agency_kind).label)


def _said(one: Talk) -> str:
    what = one.words
    if one.outcome:
        state = StepState(one.state).label if one.state else "–"
        reason = ReportOutcome(one.outcome).label
        reported = _("gemeldet „%(state)s“, nicht übernommen: %(reason)s") % {"state": state, "reason": reason}
        what = f"{reported}. {one.words}".strip()
    return f"{one.who}, {one.at:%d.%m.%Y}: {what}"


# ---------- does a report count? ----------


def same(one: Step, other: Step) -> bool:
    """It stands as it stood: what was said on the one counts for the other."""
    return (one.state, one.since, one.due, one.block) == (other.state, other.since, other.due, other.block)


def outcome_of(
    told: Step | None, now: Step | None, *, held: bool, state: str, said_state: str
) -> ReportOutcome:
    """What becomes of a reported state: `told` is the step in the copy it was said on, `now` as it stands."""
    if said_state not in THEIRS:
        return ReportOutcome.UNCLEAR
    if not held or told is None or now is None:
        return ReportOutcome.NOT_HELD
    if state in SETTLED:
        return ReportOutcome.SETTLED
    return ReportOutcome.TAKEN if same(told, now) else ReportOutcome.CHANGED
