"""Fristen: the last day of something, fed by facts, law clocks, steps and plans."""

from django.db import models
from django.db.models import Q

from faden.cases.models.case import Case
from faden.cases.models.concerning import Concerning
from faden.cases.vocabulary.deadline import DeadlineEnd, DeadlineKind
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned


class Deadline(ServiceOwned, Concerning):
    """One last day in one case, by the row it comes from (`reference`: a fact, a person, a step, a plan).

    It stays until somebody or something ends it: a day that has passed is still shown.
    """

    case = SameServiceKey(Case)
    kind = models.CharField(max_length=20, choices=DeadlineKind.choices)
    reference = models.UUIDField()
    due_on = models.DateField()
    law = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    # The narrowest number of days for which a letter went out (180, 90, 30, 0; of a remedy 14, 7, 3, 1, 0).
    warned_at_days = models.SmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)  # null: what it came from is no more
    ended_because = models.CharField(max_length=12, choices=DeadlineEnd.choices, blank=True)
    ended_words = models.CharField(max_length=300, blank=True)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "case", "kind", "reference"], name="a_deadline_stands_once"
            ),
            models.CheckConstraint(
                name="an_ended_deadline_says_why",
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "case", "due_on"],
                condition=Q(ended_at__isnull=True),
                name="deadline_by_case",
            ),
            models.Index(
                fields=["organisation", "due_on"], condition=Q(ended_at__isnull=True), name="deadline_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
