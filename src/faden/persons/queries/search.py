"""Finding people again inside one service, however the name is spelled."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from faden.persons.models import Person, PersonName
from faden.persons.rules import birth as births
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.likeness import Asked, Known, Likeness, rank
from faden.persons.rules.spelling import Sought, search_keys

CANDIDATES = 300


@dataclass(frozen=True)
class Found:
    """A person who may be meant: her names, birth date, and why she is shown."""

    person_id: UUID
    name: str
    other_names: tuple[str, ...]
    birth: BirthDate | None
    likeness: Likeness


def birth_of(person: Person) -> BirthDate | None:
    """The stored span back into an unclear birth date."""
    if person.birth_earliest is None:
        return None
    return births.of_span(person.birth_earliest, person.birth_precision)


def find(asked: Asked, *, limit: int) -> list[Found]:
    """The likeliest people of this service, best first; nothing for an empty name."""
    ids = _candidates(" ".join(asked.names))
    if not ids:
        return []
    names = _names(ids)
    known = _known(ids, names)
    return [
        Found(person_id, names[person_id][0], tuple(names[person_id][1:]), entry.birth, likeness)
        for entry, likeness in rank(asked, known, limit)
        if isinstance(person_id := entry.id, UUID)
    ]


def _candidates(query: str) -> list[UUID]:
    """Ids whose stored keys answer every typed part; exact spellings come before sounds."""
    parts = search_keys(query)
    if not parts:
        return []
    sql: list[str] = []
    values: list[str] = []
    for part in parts:
        arms = sorted(part, key=lambda key: ("form", "sound", "bones").index(key.kind))
        sql.append("(" + " UNION ALL ".join(_arm(key, values) for key in arms) + ")")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person_id FROM ({' INTERSECT '.join(sql)}) AS fits LIMIT {CANDIDATES}",  # noqa: S608 -- own words
            values,
        )
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def _arm(key: Sought, values: list[str]) -> str:
    # Only = and ranges on the stored key reach the index under row security.
    select = "SELECT person_id FROM persons_namekey WHERE kind = %s AND value "
    if key.beginning:
        values += [key.kind, key.value, key.until]
        return select + ">= %s AND value < %s"
    values += [key.kind, key.value]
    return select + "= %s"


def _names(ids: list[UUID]) -> dict[UUID, list[str]]:
    """All spellings of these people, the main one first."""
    names: dict[UUID, list[str]] = {}
    for name in PersonName.objects.filter(person_id__in=ids).order_by("-is_main", "id"):
        spellings = names.setdefault(name.person_id, [])
        spellings.append(name.full)
        if name.native and name.native != name.full:
            spellings.append(name.native)
    return names


def _known(ids: list[UUID], names: dict[UUID, list[str]]) -> list[Known]:
    return [
        Known(
            id=person.id,
            names=names.get(person.id, []),
            birth=birth_of(person),
            phones=[person.phone] if person.phone else [],
            emails=[person.email] if person.email else [],
        )
        for person in Person.objects.filter(id__in=ids)
    ]
