"""The service's own address book: agencies outside, most of them without an account here."""

from django.db import models

from faden.organisations.models.tenant import ServiceOwned
from faden.organisations.vocabulary import AgencyKind


class Agency(ServiceOwned):
    """An agency, school, practice or initiative this service works with. Ended, never deleted: the register names it."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=24, choices=AgencyKind.choices)
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, null=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)  # an office's, not a person's: a link is sent to it
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=models.Q(ended_at__isnull=True), name="an_agency_has_one_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
