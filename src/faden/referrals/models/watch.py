"""Beobachtete Suche: tell me when something new fits this person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned


class OfferWatch(ServiceOwned, Concerning):
    """One person, one life area; the night looks, and makes a task for the case lead when an offer fits that did not."""

    case = SameServiceKey(Case)
    life_area = models.CharField(max_length=20, db_collation="C")
    from_on = models.DateField(null=True)  # for a future arrival: from this day
    known = ArrayField(models.UUIDField(), default=list)  # offers that fitted when last looked
    looked_on = models.DateField()
    began_at = models.DateTimeField()
    began_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(name="a_watch_is_one_persons", condition=Q(persons__len=1)),
            models.CheckConstraint(
                name="an_ended_watch_says_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="watch_by_case")]

    def __str__(self) -> str:
        return str(self.id)
