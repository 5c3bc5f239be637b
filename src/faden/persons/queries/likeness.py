"""Who else of this service looks like the same human being."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from faden.persons.models import Person, PersonName
from faden.persons.queries.search import birth_of, find
from faden.persons.rules.duplicates import ALIKE
from faden.persons.rules.likeness import Asked, Likeness

MOST = 20


@dataclass(frozen=True)
class Alike:
    """Another entry, how likely it is the same one, and why."""

    person_id: UUID
    score: float
    reasons: tuple[str, ...]


def alike(person_id: UUID) -> list[Alike]:
    """The likeliest other entries, protected ones too: who may see a pair is asked when it is shown."""
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        return []
    best: dict[UUID, Likeness] = {}
    for name in _spellings(person_id):
        asked = Asked([name], birth_of(person), person.phone or None, person.email or None)
        for found in find(asked, limit=MOST, any_part=True, leave_out=lambda _ids: {person_id}):
            if found.likeness.score >= ALIKE:
                best[found.person_id] = max(best.get(found.person_id, found.likeness), found.likeness)
    return [Alike(other, likeness.score, likeness.reasons) for other, likeness in best.items()]


def _spellings(person_id: UUID) -> Iterable[str]:
    for name in PersonName.objects.filter(person_id=person_id).order_by("-is_main", "id"):
        yield name.full
        if name.native and name.native != name.full:
            yield name.native


def changed_since(moment: datetime) -> list[UUID]:
    """People added or respelled since then: whatever changes with a person writes her names anew."""
    rows = PersonName.objects.filter(id__gte=_first_id_of(moment)).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def _first_id_of(moment: datetime) -> UUID:
    """Row ids begin with the milliseconds they were made at (RFC 9562)."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80)
