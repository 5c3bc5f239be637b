"""Strukturhinweise and unmet needs. No case, no person: they say where the system breaks, not for whom."""

from django.db import models

from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.vocabulary import Breakpoint
from faden.directory.vocabulary import Condition
from faden.organisations.models import Municipality, ServiceOwned


class StructuralFinding(ServiceOwned):
    """One hint of one worker: where in the system, in which life area and town, in her words."""

    category = models.CharField(max_length=20, choices=Breakpoint.choices)
    life_area = models.CharField(max_length=20, db_collation="C")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    noted_on = models.DateField()
    noted_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-noted_on"], name="finding_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class UnmetNeed(ServiceOwned):
    """Bedarf ohne Angebot: nothing fitted somebody. Life area, town, what failed, the month; nobody's case, nobody's day."""

    life_area = models.CharField(max_length=20, choices=LifeArea.choices)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    # What stood in the way; empty: there is no offer at all.
    condition = models.CharField(max_length=12, choices=Condition.choices, blank=True)
    in_month = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_unmet_need_has_a_month_only", condition=models.Q(in_month__day=1)),
        ]
        indexes = [models.Index(fields=["organisation", "-in_month"], name="unmet_need_by_month")]

    def __str__(self) -> str:
        return str(self.id)
