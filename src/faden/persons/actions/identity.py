"""Entries that may be one human being: the machine notes them, people decide, and everything can be undone."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict
from faden.kernel.queue import enqueue
from faden.kernel.rls import wait_for_turn
from faden.persons.models import LikePair, Person
from faden.persons.queries.identity import linked_pairs
from faden.persons.queries.likeness import Alike, alike
from faden.persons.vocabulary import FOUND_DIFFERENT, LINKED, UNLINKED, PairState


def compare_later(person: Person, *, by: Actor) -> None:
    """Queue the comparison: it reads hundreds of names and need not keep anybody waiting."""
    enqueue("persons.compare", by=by, key=f"compare-{person.id}", person_id=person.id)


def note_alike(person_id: UUID, *, by: Actor, at: datetime) -> int:
    """Note every entry that looks like this one; what people decided stays decided. Returns how many are new."""
    new = [pair for other in alike(person_id) if (pair := _noted(person_id, other, by=by, at=at))]
    return len(new)


def _noted(person_id: UUID, other: Alike, *, by: Actor, at: datetime) -> LikePair | None:
    first, second = sorted((person_id, other.person_id))
    pair, is_new = LikePair.objects.get_or_create(
        organisation_id=by.organisation_id,
        first_id=first,
        second_id=second,
        defaults={"score": other.score, "reasons": list(other.reasons), "state": PairState.OPEN, "found_at": at},
    )
    if not is_new and pair.state == PairState.OPEN:
        pair.score, pair.reasons = other.score, list(other.reasons)
        pair.save(update_fields=["score", "reasons"])
    return pair if is_new else None


def link(pair: LikePair, *, by: Actor, at: datetime) -> None:
    """The same human being: the younger entry points to the older one. Nothing else changes hands."""
    pair = _decide(pair, PairState.LINKED, by=by, at=at)
    _point(_connected({pair.first_id, pair.second_id}))
    audit.note(LINKED, by=by, at=at, subject=pair.first_id, **_details(pair))


def find_different(pair: LikePair, *, by: Actor, at: datetime) -> None:
    """Two people: the pair does not come up again."""
    pair = _decide(pair, PairState.DIFFERENT, by=by, at=at)
    audit.note(FOUND_DIFFERENT, by=by, at=at, subject=pair.first_id, **_details(pair))


def unlink(pair: LikePair, *, by: Actor, at: datetime) -> None:
    """Not the same after all: both entries are as they were, and the pair is open again."""
    pair = _locked(pair, by)
    if pair.state != PairState.LINKED:
        raise Conflict(_("Diese Verbindung ist schon gelöst."))
    pair.state, pair.decided_at, pair.decided_by = PairState.OPEN, None, None
    pair.save(update_fields=["state", "decided_at", "decided_by"])
    # Other links may still hold some of them together, in another way than before.
    for entry in (pair.first_id, pair.second_id):
        _point(_connected({entry}))
    audit.note(UNLINKED, by=by, at=at, subject=pair.first_id, **_details(pair))


def _decide(pair: LikePair, state: PairState, *, by: Actor, at: datetime) -> LikePair:
    pair = _locked(pair, by)
    # Who found them different may find out better; a link is unlinked first.
    if pair.state in (PairState.LINKED, state):
        label = str(PairState(pair.state).label)
        raise Conflict(_("Jemand hat schon entschieden: %(decision)s.") % {"decision": label})
    pair.state, pair.decided_at, pair.decided_by = state, at, by.person
    pair.save(update_fields=["state", "decided_at", "decided_by"])
    return pair


def _locked(pair: LikePair, by: Actor) -> LikePair:
    # One decision at a time in a service: two links at once would each see half of a group.
    wait_for_turn("identity", by)
    return LikePair.objects.get(id=pair.id)


def _connected(entries: set[UUID]) -> set[UUID]:
    """All entries that links join to these, over however many others."""
    found, edge = set(entries), set(entries)
    while edge:
        ends = {end for pair in linked_pairs(edge) for end in (pair.first_id, pair.second_id)}
        edge = ends - found
        found |= edge
    return found


def _point(entries: Iterable[UUID]) -> None:
    """All entries of one human being point to the oldest, so that no reader follows a chain."""
    oldest, *younger = sorted(entries)
    Person.objects.filter(id=oldest, identity__isnull=False).update(identity=None)
    Person.objects.filter(id__in=younger).exclude(identity=oldest).update(identity=oldest)


def _details(pair: LikePair) -> dict[str, str]:
    return {"other": str(pair.second_id), "pair": str(pair.id)}
