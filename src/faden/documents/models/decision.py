"""Bescheide: what an agency decided, and the last day for a remedy that a person has confirmed."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.documents.models.paper import Paper
from faden.documents.vocabulary import (
    NotifiedHow,
    Outcome,
    PeriodUnit,
    Procedure,
    Remedy,
    RemedyState,
)
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned


class Decision(ServiceOwned, Concerning):
    """One Bescheid. `last_on` is empty until somebody has confirmed it; the calculation stays as she saw it."""

    case = SameServiceKey(Case)
    paper = SameServiceKey(Paper, null=True, related_name="decisions")
    issuer = models.CharField(max_length=160)
    reference = models.CharField(max_length=80, blank=True)  # Aktenzeichen
    subject = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    dated_on = models.DateField()
    procedure = models.CharField(max_length=16, choices=Procedure.choices)
    notified_how = models.CharField(max_length=16, choices=NotifiedHow.choices)
    posted_on = models.DateField(null=True)
    received_on = models.DateField()
    # As printed in the Rechtsbehelfsbelehrung; amount 0: none, or a wrong one.
    remedy = models.CharField(max_length=12, choices=Remedy.choices)
    remedy_to = models.CharField(max_length=160, blank=True)
    period_amount = models.PositiveSmallIntegerField()
    period_unit = models.CharField(max_length=8, choices=PeriodUnit.choices)
    proposed_on = models.DateField()
    safe_on = models.DateField()
    calculation = models.JSONField(default=list)  # [[step, ISO day, paragraph, detail]] as it was shown
    last_on = models.DateField(null=True)
    differs_because = models.CharField(max_length=300, blank=True)  # where she confirmed another day
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, choices=RemedyState.choices, default=RemedyState.OPEN)
    state_on = models.DateField(null=True)  # lodged, settled on
    state_words = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(
                name="a_confirmed_day_says_by_whom",
                condition=Q(last_on__isnull=True, confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(last_on__isnull=False, confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case", "-received_on"], name="decision_by_case"),
            models.Index(
                fields=["organisation", "case"], condition=Q(last_on__isnull=True), name="decision_to_confirm"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
