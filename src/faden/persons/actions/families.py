"""Households, Bedarfsgemeinschaften and kinship: they change from a day on, and what was before stays.

`on` is the first day of the new state, so whoever leaves belongs until the day before.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.persons.models import Group, GroupMember, Kinship, Person, PersonName
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import (
    GROUP_CHANGED,
    KINSHIP_ENDED,
    KINSHIP_NOTED,
    GroupKind,
    LeavingReason,
    Relation,
    Tie,
    TieEnd,
)

DAY = timedelta(days=1)


def form(kind: GroupKind, person_ids: Collection[UUID], *, by: Actor, on: date, at: datetime) -> Group:
    """A new household or Bedarfsgemeinschaft."""
    if not person_ids:
        raise Invalid(_("Bitte wählen Sie, wer dazugehört."), "members")
    group = Group.objects.create(organisation_id=by.organisation_id, kind=kind, formed_on=on)
    _take_in(group, person_ids, by=by, on=on, at=at)
    _note(group, "formed", by=by, at=at, persons=person_ids)
    return group


def join(group: Group, person_ids: Collection[UUID], *, by: Actor, on: date, at: datetime) -> None:
    """More people belong from this day on."""
    if not person_ids:
        raise Invalid(_("Bitte wählen Sie, wer dazukommt."), "members")
    if group.merged_into_id:
        raise Invalid(_("Diese Gruppe ist in einer anderen aufgegangen."))
    if on < group.formed_on:
        raise Invalid(_("Da gab es diese Gruppe noch nicht."), "on")
    _take_in(group, person_ids, by=by, on=on, at=at)
    _note(group, "joined", by=by, at=at, persons=person_ids)


def leave(
    group: Group, person_ids: Collection[UUID], because: LeavingReason, *, by: Actor, on: date, at: datetime
) -> None:
    """From this day on they do not belong any more; by mistake: they never did."""
    if not person_ids:
        raise Invalid(_("Bitte wählen Sie, wer geht."), "members")
    if because == LeavingReason.MISTAKE:
        _strike(_open_rows(group, person_ids))
    else:
        _let_go(_open_rows(group, person_ids), because, on=on)
    _note(group, "left", by=by, at=at, persons=person_ids, because=because)


def split(group: Group, person_ids: Collection[UUID], *, by: Actor, on: date, at: datetime) -> Group:
    """The chosen ones are a group of their own from this day on, which knows where it came from."""
    rows = _open_rows(group, person_ids)
    if not rows:
        raise Invalid(_("Bitte wählen Sie, wer in die neue Gruppe geht."), "members")
    if len(rows) == GroupMember.objects.filter(group=group, until_on__isnull=True).count():
        raise Invalid(
            _("Mindestens eine Person bleibt. Wenn alle umziehen, ändert sich nur die Anschrift."), "members"
        )
    _let_go(rows, LeavingReason.SPLIT, on=on)
    new = Group.objects.create(
        organisation_id=by.organisation_id, kind=group.kind, formed_on=on, split_from=group
    )
    _take_in(new, person_ids, by=by, on=on, at=at)
    _note(group, "split", by=by, at=at, persons=person_ids, other=new)
    return new


def merge(group: Group, into: Group, *, among: Collection[UUID], by: Actor, on: date, at: datetime) -> None:
    """All of one group belong to the other from this day on.

    `among`: the people the worker works with. Somebody of another case is not moved from here.
    """
    # Both, in one order: two people merging them both ways would leave neither.
    locked = {one.id: one for one in Group.objects.select_for_update().filter(id__in=[group.id, into.id]).order_by("id")}
    group, into = locked[group.id], locked[into.id]
    if group.id == into.id or group.kind != into.kind or into.merged_into_id or group.merged_into_id:
        raise Invalid(_("Diese beiden lassen sich nicht zusammenlegen."), "into")
    if on < into.formed_on:
        raise Invalid(_("Da gab es diese Gruppe noch nicht."), "on")
    rows = _open_rows(group, None)
    moved = [row.person_id for row in rows]
    if not set(moved) <= set(among):
        raise Invalid(
            _(
                "Dazu gehört jemand, der nicht in diesem Fall ist. Nehmen Sie stattdessen einzelne Personen auf."
            ),
            "into",
        )
    _let_go(rows, LeavingReason.MERGED, on=on)
    _take_in(into, moved, by=by, on=on, at=at)
    Group.objects.filter(id=group.id).update(merged_into=into)
    _note(group, "merged", by=by, at=at, persons=moved, other=into)


def _open_rows(group: Group, person_ids: Collection[UUID] | None) -> list[GroupMember]:
    """Who belongs now; locked, so that two do not move the same person."""
    rows = GroupMember.objects.select_for_update().filter(group=group, until_on__isnull=True)
    if person_ids is None:
        return list(rows.order_by("id"))
    found = list(rows.filter(person__in=person_ids).order_by("id"))
    if {row.person_id for row in found} != set(person_ids):
        raise NotFound(_("Diese Person gehört nicht dazu."))
    return found


def _let_go(rows: Iterable[GroupMember], because: LeavingReason, *, on: date) -> None:
    for row in rows:
        if on <= row.from_on:
            raise Invalid(
                _(
                    "%(name)s gehört erst seit dem %(day)s dazu. Wählen Sie einen späteren Tag, oder „war falsch eingetragen“."
                )
                % {"name": _name(row.person_id), "day": row.from_on.strftime("%d.%m.%Y")},
                "on",
            )
        row.until_on, row.left_because = on - DAY, because
        row.save(update_fields=["until_on", "left_because"])


def _strike(rows: Iterable[GroupMember]) -> None:
    for row in rows:
        row.until_on, row.left_because = row.from_on, LeavingReason.MISTAKE
        row.save(update_fields=["until_on", "left_because"])


def _take_in(group: Group, person_ids: Collection[UUID], *, by: Actor, on: date, at: datetime) -> None:
    """Nobody is in two groups of a kind on one day, whatever the order in which things are noted."""
    list(Person.objects.select_for_update().filter(id__in=person_ids).order_by("id"))
    before = GroupMember.objects.filter(person__in=person_ids, kind=group.kind).exclude(
        left_because=LeavingReason.MISTAKE
    )
    for row in before:
        if Period(row.from_on, row.until_on).overlaps(Period(on, None)):
            raise Invalid(
                _(
                    "%(name)s gehört in dieser Zeit schon zu einer anderen Gruppe dieser Art. Nehmen Sie sie dort erst heraus."
                )
                % {"name": _name(row.person_id)},
                "members",
            )
    GroupMember.objects.bulk_create(
        GroupMember(
            organisation_id=by.organisation_id,
            group=group,
            person_id=person_id,
            kind=group.kind,
            from_on=on,
            noted_at=at,
            noted_by=by.person,
        )
        for person_id in dict.fromkeys(person_ids)
    )


def _note(
    group: Group,
    what: str,
    *,
    by: Actor,
    at: datetime,
    persons: Collection[UUID],
    other: Group | None = None,
    because: str = "",
) -> None:
    details: dict[str, str | list[str]] = {"what": what, "persons": [str(one) for one in persons]}
    if other:
        details["other"] = str(other.id)
    if because:
        details["because"] = because
    audit.note(GROUP_CHANGED, by=by, at=at, subject=group.id, **details)


def _name(person_id: UUID) -> str:
    name = PersonName.objects.filter(person_id=person_id, is_main=True).first()
    return name.full if name else "–"


# What is said of the newcomer: the tie, and whether she is the relative in it or the person.
_TIES = {
    Relation.PARENT: (Tie.PARENT, True),
    Relation.CHILD: (Tie.PARENT, False),
    Relation.PARTNER: (Tie.PARTNER, True),
    Relation.SIBLING: (Tie.SIBLING, True),
    Relation.GUARDIAN: (Tie.GUARDIAN, True),
    Relation.WARD: (Tie.GUARDIAN, False),
    Relation.OTHER: (Tie.OTHER, True),
}
_BOTH_WAYS = (Tie.PARTNER, Tie.SIBLING)
_REPRESENTING = (Tie.PARENT, Tie.GUARDIAN)


def note_kinship(
    one: Person,
    relation: Relation,
    other: Person,
    *,
    represents: bool = False,
    from_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Kinship:
    """`one` is the … of `other`; `represents`: the elder of both is the other's gesetzliche Vertretung."""
    tie, is_relative = _TIES[relation]
    person, relative = (other, one) if is_relative else (one, other)
    if person.id == relative.id:
        raise Invalid(_("Niemand ist mit sich selbst verwandt."), "other")
    if represents and tie not in _REPRESENTING:
        raise Invalid(
            _("Gesetzlich vertreten können hier nur Eltern, Vormund oder Pflegeperson."), "represents"
        )
    if _is_noted(person.id, relative.id, tie):
        raise Invalid(_("Das ist schon so eingetragen."), "relation")
    if tie == Tie.PARENT and _is_noted(relative.id, person.id, tie):
        raise Invalid(_("Eingetragen ist es umgekehrt."), "relation")
    kinship = Kinship.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        relative=relative,
        tie=tie,
        represents=represents,
        from_on=from_on,
        noted_at=at,
        noted_by=by.person,
    )
    audit.note(
        KINSHIP_NOTED,
        by=by,
        at=at,
        subject=person.id,
        relative=str(relative.id),
        tie=tie,
        represents=represents,
    )
    return kinship


def _is_noted(person_id: UUID, relative_id: UUID, tie: Tie) -> bool:
    ways = [(person_id, relative_id)]
    if tie in _BOTH_WAYS:
        ways.append((relative_id, person_id))
    standing = Kinship.objects.filter(tie=tie, until_on__isnull=True)
    return any(standing.filter(person_id=one, relative_id=other).exists() for one, other in ways)


def end_kinship(kinship: Kinship, because: TieEnd, *, by: Actor, on: date, at: datetime) -> None:
    """Held until this day, or never; what was read from it for earlier days stays in the first case."""
    if kinship.until_on:
        return
    if because == TieEnd.ENDED and kinship.from_on and on < kinship.from_on:
        raise Invalid(_("Das Ende liegt vor dem Anfang."), "on")
    kinship.until_on, kinship.ended_because = max(on, kinship.from_on or on), because
    kinship.save(update_fields=["until_on", "ended_because"])
    audit.note(
        KINSHIP_ENDED,
        by=by,
        at=at,
        subject=kinship.person_id,
        relative=str(kinship.relative_id),
        because=because,
    )
