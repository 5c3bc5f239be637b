"""Which entries are the same human being, and which may be."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.persons.models import LikePair, Person
from faden.persons.vocabulary import PairState


def entries_of(person_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """For each of these people all entries that are linked as her, oldest first, her own among them; two statements."""
    asked = Person.objects.filter(id__in=list(person_ids)).values_list("id", "identity_id")
    # Every linked entry points to the oldest one.
    oldest = {person_id: identity_id or person_id for person_id, identity_id in asked}
    groups = {head: [head] for head in oldest.values()}
    linked = Person.objects.filter(identity__in=groups).order_by("id")
    for person_id, head in linked.values_list("id", "identity_id"):
        groups[head].append(person_id)
    return {person_id: groups[head] for person_id, head in oldest.items()}


def pair_of(pair_id: UUID) -> LikePair:
    """One pair of this service."""
    found = LikePair.objects.filter(id=pair_id).first()
    if found is None:
        raise NotFound(_("Dieses Paar gibt es hier nicht."))
    return found


def pairs_of(person_ids: Iterable[UUID] | None, states: Collection[PairState]) -> list[LikePair]:
    """Pairs in these states with at least one of these people, newest first; None: of the whole service."""
    found = LikePair.objects.filter(state__in=states)
    if person_ids is not None:
        ids = list(person_ids)
        found = found.filter(Q(first__in=ids) | Q(second__in=ids))
    return list(found.order_by("-found_at", "id"))


def linked_pairs(person_ids: Iterable[UUID]) -> list[LikePair]:
    """Links one end of which is one of these entries; one statement."""
    ids = list(person_ids)
    found = LikePair.objects.filter(Q(first__in=ids) | Q(second__in=ids), state=PairState.LINKED)
    return list(found.order_by(F("decided_at"), "id"))
