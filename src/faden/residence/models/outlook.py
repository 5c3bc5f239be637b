"""Fristen und Chancen: who agreed that the night looks, and which paths open within sight."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person
from faden.residence.vocabulary import WatchEnd


class Outlook(ServiceOwned):
    """A person agreed; `mark` and `look_on` let the night pass over whom nothing can have changed for."""

    case = SameServiceKey(Case)
    person = SameServiceKey(Person)
    agreed_on = models.DateField()
    began_at = models.DateTimeField()
    began_by = models.BigIntegerField()
    mark = models.CharField(max_length=32, blank=True)  # of the facts the last look was at; empty: nothing could be said with them
    look_on = models.DateField()  # the first day on which the answer may read differently with the same facts
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_because = models.CharField(max_length=12, choices=WatchEnd.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case", "person"], condition=Q(ended_at__isnull=True), name="a_person_has_one_outlook"
            ),
            models.CheckConstraint(
                name="an_ended_outlook_says_why",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because=""))
                | Q(ended_at__isnull=False, ended_by__isnull=True, ended_because="of_age"),  # by the night
            ),
        ]
        indexes = [models.Index(fields=["organisation", "look_on"], condition=Q(ended_at__isnull=True), name="outlook_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class Opening(ServiceOwned):
    """A path that is open or opens within sight, or that closes: written when the night finds something else than before."""

    outlook = SameServiceKey(Outlook, related_name="openings")
    path = models.CharField(max_length=12)
    state = models.CharField(max_length=10)  # of the path, as `faden.law` says it
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    set_by = models.CharField(max_length=60, blank=True)  # the condition that sets the day
    found_on = models.DateField()
    gone_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "outlook", "path"], condition=Q(gone_on__isnull=True), name="a_path_opens_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "outlook"], name="opening_by_outlook")]

    def __str__(self) -> str:
        return f"{self.path} {self.opens_on}"
