"""Strukturhinweise. No case, no person: a hint says where the system breaks, not for whom."""

from django.db import models

from faden.chains.vocabulary import Breakpoint
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
