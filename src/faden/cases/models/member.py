"""Who belongs to a case, from when until when."""

from django.db import models
from django.db.models import F, Q

from faden.cases.models.case import Case
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person


class CaseMember(ServiceOwned):
    """One person of a case; the case of one person has one row."""

    case = SameServiceKey(Case, related_name="members")
    person = SameServiceKey(Person, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_case_member_leaves_after_joining",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["organisation", "case", "person"],
                condition=Q(until_on__isnull=True),
                name="a_person_is_in_a_case_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], name="case_member_by_case"),
            models.Index(fields=["organisation", "person"], name="case_member_by_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)
