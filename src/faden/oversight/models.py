"""One named matter: with a recorded occasion and a second person, read-only, for seven days."""

from django.db import models
from django.db.models import F, Q

from faden.cases.models import Case
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.oversight.vocabulary import Occasion


class OversightMatter(ServiceOwned):
    """Opens the looks of one case with names, and the case itself to read, after confirmation."""

    case = SameServiceKey(Case)
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    words = models.CharField(max_length=500)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="the_second_person_is_another_one",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="a_confirmed_matter_says_by_whom_and_until_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, until__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, until__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_matter_says_by_whom",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="matter_by_time")]

    def __str__(self) -> str:
        return str(self.id)
