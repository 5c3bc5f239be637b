"""Whose name and address stay out of every list, print and mail, and why.

A mark protects from the moment it is noted until somebody ends it. Its days tell what a registry office
wrote; when they are over the protection is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Coalesce, Now
from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.models import GroupMember, Person, ProtectionMark
from faden.persons.rules.protection import REMIND
from faden.persons.vocabulary import GroupKind, ProtectionKind


@dataclass(frozen=True)
class Mark:
    """One Schutzvermerk as its page shows it."""

    id: UUID
    kind: str
    from_on: date
    until_on: date | None
    words: str
    noted_at: datetime
    noted_by: str
    ended_at: datetime | None
    ended_by: str

    @property
    def stands(self) -> bool:
        """Nobody has ended it."""
        return self.ended_at is None


def _marks(person: str, identity: str) -> tuple[Exists, Exists]:
    """A mark that stands on the oldest entry of the person named by these two columns, or on one linked to it."""
    # Linked entries point to their oldest one, so that entry stands for all of them.
    oldest = Coalesce(OuterRef(identity), OuterRef(person))
    standing = ProtectionMark.objects.filter(ended_at__isnull=True)
    return Exists(standing.filter(person=oldest)), Exists(standing.filter(person__identity=oldest))


def is_protected(column: str) -> Exists:
    """For a filter or an annotation of a few rows: the person in this column is protected."""
    # By her id, not by a join: beside an OR the planner would read all people of the service.
    on_oldest, on_linked = _marks("id", "identity_id")
    return Exists(Person.objects.filter(Q(on_oldest) | Q(on_linked), id=OuterRef(column)))


# By hand: nearly every page asks, and Django takes 2 ms to compose what the server answers in a tenth of that.
# A union: behind one OR the planner reads all people of the service.
_OF_PROTECTED = """
WITH asked AS ({asked})
SELECT given FROM asked JOIN persons_protectionmark ON persons_protectionmark.person_id = asked.oldest
 WHERE persons_protectionmark.ended_at IS NULL
 UNION
SELECT given FROM asked JOIN persons_person ON persons_person.identity_id = asked.oldest
       JOIN persons_protectionmark ON persons_protectionmark.person_id = persons_person.id
 WHERE persons_protectionmark.ended_at IS NULL
"""
_PEOPLE = "SELECT id AS given, coalesce(identity_id, id) AS oldest FROM persons_person WHERE id = ANY (%s)"


def of_protected(asked: str, ids: Iterable[UUID]) -> set[UUID]:
    """What `asked`, SQL with the columns given and oldest, gives for protected people; one statement."""
    if not (wanted := list(ids)):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_OF_PROTECTED.format(asked=asked), [wanted])
        return {given for (given,) in cursor.fetchall()}


def protected(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those of them who are protected; one statement."""
    return of_protected(_PEOPLE, person_ids)


# A household that ends on a day to come hides the address until then. The server's day: moving our clock
# forward for a test only hides longer.
_LIVES_THERE = Q(until_on__isnull=True) | Q(until_on__gt=Cast(Now(), DateField()))
_HOUSEMATE = Q(group__members__until_on__isnull=True) | Q(group__members__until_on__gt=Cast(Now(), DateField()))


def has_secret_address(column: str) -> Q:
    """For an annotation of a few rows: she is protected, or lives with somebody who is and has the same address."""
    beside = GroupMember.objects.filter(
        _LIVES_THERE,
        _HOUSEMATE,
        is_protected("person_id"),
        kind=GroupKind.HOUSEHOLD,
        group__members__person=OuterRef(column),
    )
    return Q(is_protected(column)) | Q(Exists(beside))


def with_secret_address(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those whose address is nobody's to read in passing; two statements."""
    asked = set(person_ids)
    homes = GroupMember.objects.filter(
        _LIVES_THERE, _HOUSEMATE, kind=GroupKind.HOUSEHOLD, group__members__person__in=asked
    )
    beside = set(homes.values_list("group__members__person", "person"))
    found = protected(asked | {other for _person, other in beside})
    return {person for person in asked if person in found} | {person for person, other in beside if other in found}


def marks_of(person_id: UUID) -> list[Mark]:
    """Those that stand first, newest first; two statements."""
    rows = ProtectionMark.objects.filter(person_id=person_id)
    found = list(rows.order_by(F("ended_at").desc(nulls_first=True), "-from_on", "-id"))
    names = names_of({user for row in found for user in (row.noted_by, row.ended_by)})
    return [
        Mark(
            id=row.id,
            kind=str(ProtectionKind(row.kind).label),
            from_on=row.from_on,
            until_on=row.until_on,
            words=row.words or "",
            noted_at=row.noted_at,
            noted_by=names.get(row.noted_by, ""),
            ended_at=row.ended_at,
            ended_by=names.get(row.ended_by or 0, ""),
        )
        for row in found
    ]


def mark_of(person_id: UUID, mark_id: UUID) -> ProtectionMark:
    """One mark of this person."""
    found = ProtectionMark.objects.filter(person_id=person_id, id=mark_id).first()
    if found is None:
        raise NotFound(_("Diesen Schutzvermerk gibt es hier nicht."))
    return found


def to_remind_of(*, on: date) -> list[ProtectionMark]:
    """Marks whose day comes within two months and of which nobody has been reminded."""
    found = ProtectionMark.objects.filter(
        ended_at__isnull=True, reminded_at__isnull=True, until_on__lte=on + REMIND
    )
    return list(found.order_by("until_on", "id"))
