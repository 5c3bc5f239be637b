"""The course of a case: clarification, what a phase still needs, closing, who leads and who stands in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.cases.models.case import Case
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.course import (
    AccessCriterion,
    AccessDecision,
    ClosingReason,
    CriterionState,
    LeadChangeReason,
    Satisfaction,
    SubstitutionReason,
)
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Membership, ServiceOwned


class Clarification(ServiceOwned):
    """Which access criteria hold and what was decided; a later one adds a row."""

    case = SameServiceKey(Case)
    criteria = ArrayField(models.CharField(max_length=20, choices=AccessCriterion.choices), default=list)
    decision = models.CharField(max_length=20, choices=AccessDecision.choices)
    words = EncryptedTextField(null=True)
    decided_on = models.DateField()
    decided_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "case"], name="clarification_by_case")]

    def __str__(self) -> str:
        return self.decision


class CriterionMark(ServiceOwned):
    """What a person said about an exit criterion that no row can prove; the newest counts."""

    case = SameServiceKey(Case)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    criterion = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=CriterionState.choices)
    reason = models.CharField(max_length=300, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="not_yet_has_a_reason", condition=Q(state="done") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case", "phase"], name="criterion_by_case")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.state}"


class Closing(ServiceOwned):
    """Abschluss: why, how the goals ended, what the client says; reopening ends the row, it never goes."""

    case = SameServiceKey(Case)
    reason = models.CharField(max_length=20, choices=ClosingReason.choices)
    handed_over = models.BooleanField(null=True)
    contact_attempts = models.PositiveSmallIntegerField(null=True)
    summary = EncryptedTextField(null=True)
    client_view = models.CharField(max_length=12, choices=Satisfaction.choices)
    client_words = EncryptedTextField(null=True)
    findings_noted = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField()
    # The retention clock: on this day the file is due (retention.yaml, fallakte).
    keep_until = models.DateField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.BigIntegerField(null=True)
    reopened_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case"],
                condition=Q(reopened_at__isnull=True),
                name="a_case_is_closed_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_reopening_says_by_whom_and_why",
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reopened_because="")
                | (Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class LeadChange(ServiceOwned):
    """The case went from one case manager to another."""

    case = SameServiceKey(Case)
    from_lead = SameServiceKey(Membership, related_name="+")
    to_lead = SameServiceKey(Membership, related_name="+")
    reason = models.CharField(max_length=20, choices=LeadChangeReason.choices)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "case"], name="lead_change_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class Substitution(ServiceOwned):
    """Vertretung: the deputy works on the absent person's cases on these days, and on none after them."""

    absent = SameServiceKey(Membership, related_name="+")
    deputy = SameServiceKey(Membership, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=20, choices=SubstitutionReason.choices)
    arranged_at = models.DateTimeField()
    arranged_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_substitution_ends_after_it_began", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="an_ended_substitution_says_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(name="nobody_stands_in_for_themselves", condition=~Q(absent=F("deputy"))),
        ]
        indexes = [
            models.Index(fields=["organisation", "deputy", "until_on"], name="substitution_by_deputy"),
            models.Index(fields=["organisation", "absent", "until_on"], name="substitution_by_absent"),
        ]

    def __str__(self) -> str:
        return str(self.id)
