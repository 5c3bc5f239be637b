"""Who lives together, who shares a benefit claim, who is whose parent: three things, each with its days."""

from django.db import models
from django.db.models import F, Q

from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models.person import Person
from faden.persons.vocabulary import GroupKind, LeavingReason, Tie, TieEnd


class Group(ServiceOwned):
    """A household or a Bedarfsgemeinschaft; a split makes a new one that names where it came from."""

    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    formed_on = models.DateField()
    split_from = SameServiceKey("self", null=True, related_name="+")
    merged_into = SameServiceKey("self", null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class GroupMember(ServiceOwned):
    """One person in one group from a day until a day; moving out ends the row, it never goes."""

    group = SameServiceKey(Group, related_name="members")
    person = SameServiceKey(Person, related_name="+")
    # Denormalised from the group, so that the database can keep a person out of two households at a time.
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    left_because = models.CharField(max_length=20, choices=LeavingReason.choices, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_member_leaves_after_joining", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="who_left_says_why", condition=Q(until_on__isnull=True, left_because="") | (Q(until_on__isnull=False) & ~Q(left_because=""))
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "kind"],
                condition=Q(until_on__isnull=True),
                name="a_person_is_in_one_group_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "group"], name="member_by_group"),
            models.Index(fields=["organisation", "person"], name="member_by_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Kinship(ServiceOwned):
    """`relative` is the parent, guardian or partner of `person`; the core family is read from these."""

    person = SameServiceKey(Person, related_name="+")
    relative = SameServiceKey(Person, related_name="+")
    tie = models.CharField(max_length=20, choices=Tie.choices)
    # Gesetzliche Vertretung: usually both parents, but a court may have decided otherwise.
    represents = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    # A tie that was noted by mistake never held; one that ended did, until its day.
    ended_because = models.CharField(max_length=12, choices=TieEnd.choices, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_is_their_own_relative", condition=~Q(person=F("relative"))),
            models.CheckConstraint(
                name="partners_do_not_represent", condition=~Q(tie="partner") | Q(represents=False)
            ),
            models.CheckConstraint(
                name="a_tie_that_ended_says_why",
                condition=Q(until_on__isnull=True, ended_because="")
                | (Q(until_on__isnull=False) & ~Q(ended_because="")),
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "relative", "tie"],
                condition=Q(until_on__isnull=True),
                name="a_tie_is_noted_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "person"], name="kin_by_person"),
            models.Index(fields=["organisation", "relative"], name="kin_by_relative"),
        ]

    def __str__(self) -> str:
        return str(self.id)
