"""Finding people again inside one service, however the name is spelled."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from faden.persons.models import Person, PersonName
from faden.persons.queries.protection import protected
from faden.persons.rules import birth as births
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.likeness import Asked, Known, Likeness, rank
from faden.persons.rules.spelling import Sought, search_keys

LeaveOut = Callable[[list[UUID]], set[UUID]]

CANDIDATES = 300
_EXACT_FIRST = ("form", "sound", "bones")


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


def find(
    asked: Asked, *, limit: int, any_part: bool = False, leave_out: LeaveOut = protected
) -> list[Found]:
    """The likeliest people of this service, best first; nothing for an empty name.

    `any_part` also finds who shares only one part of the name (married, misheard): for the check
    before a new entry, too wide for a search. `leave_out` tells who must not be found.
    """
    candidates = _candidates(" ".join(asked.names), any_part=any_part)
    hidden = leave_out(candidates) if candidates else set()
    ids = [person_id for person_id in candidates if person_id not in hidden]
    if not ids:
        return []
    names = _names(ids)
    known = _known(ids, names)
    return [
        Found(person_id, names[person_id][0], tuple(names[person_id][1:]), entry.birth, likeness)
        for entry, likeness in rank(asked, known, limit)
        if isinstance(person_id := entry.id, UUID)
    ]


def _candidates(query: str, *, any_part: bool) -> list[UUID]:
    """Ids whose stored keys answer every typed part, then those that answer any; exact spellings first."""
    # A part that leaves no key ("ь" alone) says nothing about anybody.
    parts = [_part(alternatives) for alternatives in search_keys(query) if alternatives]
    if not parts:
        return []
    all_of_them = " INTERSECT ".join(f"({sql})" for sql, _values in parts)
    strict = f"SELECT person_id FROM ({all_of_them}) AS fit LIMIT {CANDIDATES}"  # noqa: S608 -- own words
    wanted = [(strict, _flat(parts))]
    if any_part and len(parts) > 1:
        # Each part has its share: a name that thousands bear must not crowd out the rare one.
        wanted += [(f"{sql} LIMIT {CANDIDATES // len(parts)}", values) for sql, values in parts]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({sql})" for sql, _values in wanted), _flat(wanted))
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def _part(alternatives: tuple[Sought, ...]) -> tuple[str, list[str]]:
    """The SQL for one typed part and its values."""
    arms = [_arm(key) for key in sorted(alternatives, key=lambda key: _EXACT_FIRST.index(key.kind))]
    return " UNION ALL ".join(sql for sql, _values in arms), _flat(arms)


def _arm(key: Sought) -> tuple[str, list[str]]:
    # Only = and ranges on the stored key reach the index under row security.
    select = "SELECT person_id FROM persons_namekey WHERE kind = %s AND value "
    if key.beginning:
        return select + ">= %s AND value < %s", [key.kind, key.value, key.until]
    return select + "= %s", [key.kind, key.value]


def _flat(pieces: list[tuple[str, list[str]]]) -> list[str]:
    return [value for _sql, values in pieces for value in values]


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
