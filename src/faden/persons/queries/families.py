"""Who lives with whom, who shares a benefit claim, who is whose parent: as of any day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.persons.models import Group, GroupMember, Kinship, Person
from faden.persons.queries.search import birth_of
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.core_family import CoreMember, Kin, core_family
from faden.persons.vocabulary import GroupKind, LeavingReason, Tie, TieEnd


@dataclass(frozen=True)
class GroupOn:
    """A household or Bedarfsgemeinschaft on one day: who of the people asked about belongs, and since when."""

    id: UUID
    kind: GroupKind
    members: tuple[tuple[UUID, date], ...]
    others: int

    @property
    def label(self) -> str:
        """What it is called."""
        return str(self.kind.label)

    @property
    def people(self) -> list[UUID]:
        """The members that were asked about."""
        return [person_id for person_id, _since in self.members]


def groups_on(day: date, *, of: Collection[UUID]) -> list[GroupOn]:
    """The groups in which any of these people were, households first; of others in them the number. Two statements."""
    theirs = _members_on(day).filter(person__in=of)
    all_of_them = _members_on(day).filter(group__in=theirs.values("group"))
    totals: dict[UUID, int] = {}
    for group_id in all_of_them.values_list("group_id", flat=True):
        totals[group_id] = totals.get(group_id, 0) + 1
    found: dict[UUID, list[GroupMember]] = {}
    for row in theirs.order_by("from_on", "id"):
        found.setdefault(row.group_id, []).append(row)
    groups = [
        GroupOn(
            group_id,
            GroupKind(rows[0].kind),
            tuple((row.person_id, row.from_on) for row in rows),
            totals[group_id] - len(rows),
        )
        for group_id, rows in found.items()
    ]
    return sorted(groups, key=lambda group: list(GroupKind).index(group.kind))


def _on(day: date) -> Q:
    still = Q(until_on__isnull=True) | Q(until_on__gte=day)
    return still & (Q(from_on__isnull=True) | Q(from_on__lte=day))


def _members_on(day: date) -> QuerySet[GroupMember]:
    return GroupMember.objects.filter(_on(day)).exclude(left_because=LeavingReason.MISTAKE)


def group_of(group_id: UUID, *, of: Collection[UUID]) -> Group:
    """A group to which one of these people belongs; any other does not exist here."""
    belong = GroupMember.objects.filter(until_on__isnull=True, person__in=of)
    group = Group.objects.filter(id=group_id, members__in=belong).distinct().first()
    if group is None:
        raise NotFound(_("Diese Gruppe gibt es hier nicht."))
    return group


@dataclass(frozen=True)
class TieShown:
    """ "`relative` ist Elternteil von `person`", with legal representation."""

    id: UUID
    person_id: UUID
    relative_id: UUID
    tie: Tie
    represents: bool
    from_on: date | None
    until_on: date | None

    @property
    def label(self) -> str:
        """What the relative is to the person."""
        return str(self.tie.label)


def ties_between(person_ids: Collection[UUID], *, on: date) -> list[TieShown]:
    """What is noted among these people for a day; one statement."""
    rows = _ties_on(on).filter(person__in=person_ids, relative__in=person_ids).order_by("noted_at", "id")
    return [
        TieShown(
            row.id, row.person_id, row.relative_id, Tie(row.tie), row.represents, row.from_on, row.until_on
        )
        for row in rows
    ]


def _ties_on(day: date) -> QuerySet[Kinship]:
    return Kinship.objects.filter(_on(day)).exclude(ended_because=TieEnd.MISTAKE)


def tie_of(tie_id: UUID, *, of: Collection[UUID]) -> Kinship:
    """A tie between two of these people."""
    row = Kinship.objects.filter(id=tie_id, person__in=of, relative__in=of).first()
    if row is None:
        raise NotFound(_("Diese Verwandtschaft gibt es hier nicht."))
    return row


def represented_by(person_id: UUID, *, on: date) -> list[UUID]:
    """Her legal representatives on a day, as noted; one statement."""
    return list(_ties_on(on).filter(person=person_id, represents=True).values_list("relative_id", flat=True))


def core_families(person_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[CoreMember, ...]]:
    """Each one's core family on a day, also people who belong to no case; three statements."""
    near = list(_ties_on(on).filter(Q(person__in=person_ids) | Q(relative__in=person_ids)))
    parents = {row.relative_id for row in near if row.tie == Tie.PARENT}
    people = {*person_ids, *(row.person_id for row in near), *(row.relative_id for row in near)}
    # Siblings through a parent; and who of all these is married, so that a married child is none.
    through_parents = _ties_on(on).filter(tie=Tie.PARENT, relative__in=parents)
    siblings = through_parents.values("person")
    married = (
        Q(person__in=people) | Q(relative__in=people) | Q(person__in=siblings) | Q(relative__in=siblings)
    )
    far = _ties_on(on).filter(Q(tie=Tie.PARENT, relative__in=parents) | (Q(tie=Tie.PARTNER) & married))
    ties = {row.id: Kin(row.person_id, row.relative_id, row.tie) for row in (*near, *far)}
    births = _births({*person_ids, *_people(ties.values())})
    return {one: core_family(one, ties.values(), births, on=on) for one in person_ids}


def _people(ties: Iterable[Kin]) -> Iterable[UUID]:
    for tie in ties:
        yield tie.person
        yield tie.relative


def _births(person_ids: Collection[UUID]) -> dict[UUID, BirthDate | None]:
    people = Person.objects.filter(id__in=person_ids).only("id", "birth_earliest", "birth_precision")
    return {person.id: birth_of(person) for person in people}
