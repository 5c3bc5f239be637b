"""Which entries are the same human being, and which may be."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.persons.models import LikePair, Person
from faden.persons.vocabulary import PairState


def entries_of(person_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """For each of these people all entries that are linked as her, oldest first, her own among them; one statement."""
    asked = list(person_ids)
    # Every linked entry points to the oldest one.
    oldest = Person.objects.filter(id__in=asked).annotate(oldest=Coalesce("identity_id", "id")).values("oldest")
    rows = Person.objects.filter(Q(id__in=oldest) | Q(identity__in=oldest)).order_by("id")
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    group_of: dict[UUID, UUID] = {}
    for person_id, identity_id in rows.values_list("id", "identity_id"):
        group_of[person_id] = identity_id or person_id
        groups[identity_id or person_id].append(person_id)
    return {person_id: groups[group_of[person_id]] for person_id in asked if person_id in group_of}


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
