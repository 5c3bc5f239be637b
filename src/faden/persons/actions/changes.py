"""Facts of a person were written: whoever follows them looks anew, after the transaction."""

from uuid import UUID

from faden.kernel.actor import Actor
from faden.kernel.queue import enqueue


def facts_changed(person_id: UUID, *, by: Actor) -> None:
    """Queue one look at this person; ten changes in a row make one job."""
    enqueue("persons.facts_changed", by=by, key=f"facts-{person_id}", person_id=person_id)
