"""The step of a chain a Vermittlung is begun from."""

from dataclasses import dataclass
from uuid import UUID

from faden.cases.models import Case
from faden.chains.models import ChainStep
from faden.chains.vocabulary import SETTLED
from faden.referrals.models import Referral


@dataclass(frozen=True)
class From:
    """What the form takes from it."""

    id: UUID
    title: str
    life_area: str
    person_id: UUID
    confidential: bool


def step_for(case: Case, typed: str) -> From | None:
    """A step of this case by the id in an address; anything else is none. One statement."""
    try:
        step = ChainStep.objects.select_related("chain").filter(case=case, id=UUID(typed)).first()
    except ValueError:
        return None
    return From(step.id, step.title, step.life_area, step.chain.person_id, step.chain.confidential) if step else None


def step_is_settled(referral: Referral) -> bool:
    """Its step is done or dropped, and stays so whatever becomes of the Vermittlung."""
    return referral.step is not None and referral.step.state in SETTLED
