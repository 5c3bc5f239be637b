"""From an address to the page it belongs to: whose chain, and whether it is her vertraulicher Faden."""

from uuid import UUID

from faden.cases.models import Case
from faden.cases.queries.timeline import Of
from faden.chains.models import Chain, ChainStep
from faden.kernel.errors import NotFound


def view_of(case: Case, chain_id: UUID) -> Of:
    """What may stand on the page of this chain; one statement."""
    chain = Chain.objects.filter(case=case, id=chain_id).first()
    if chain is None:
        raise NotFound
    return Of(chain.person_id, confidential=True) if chain.confidential else Of()


def chain_of(case: Case, step_id: UUID) -> UUID:
    """The chain of a step; one statement."""
    found = ChainStep.objects.filter(case=case, id=step_id).values_list("chain_id", flat=True).first()
    if found is None:
        raise NotFound
    return found
