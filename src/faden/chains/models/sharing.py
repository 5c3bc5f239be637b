"""Laufende Freigabe: one chain, named services, an end within twelve months; and what participants report."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from faden.cases.models import Case
from faden.chains.models.chain import Chain, ChainStep, StepChange
from faden.chains.vocabulary import Breakpoint, ReportKind, ReportOutcome, ShareEnd, StepState
from faden.consents.models import Consent, Release, Reply
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Organisation, ServiceOwned

LONGEST = timedelta(days=366)


class ChainShare(ServiceOwned):
    """One participant of one chain. Every change of the chain delivers the next numbered copy to it."""

    case = SameServiceKey(Case)
    chain = SameServiceKey(Chain, related_name="shares")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    consent = SameServiceKey(Consent, related_name="+")
    started_on = models.DateField()
    until_on = models.DateField()
    number = models.PositiveIntegerField(default=0)  # of the newest copy
    release = SameServiceKey(Release, null=True, related_name="+")  # the newest copy's
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_because = models.CharField(max_length=12, choices=ShareEnd.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_share_ends_within_twelve_months",
                condition=Q(until_on__gte=F("started_on")) & Q(until_on__lte=F("started_on") + LONGEST),
            ),
            models.UniqueConstraint(
                fields=["organisation", "chain", "recipient"],
                condition=Q(ended_at__isnull=True),
                name="a_chain_is_shared_once_with_a_service",
            ),
            models.CheckConstraint(
                name="an_ended_share_says_why",
                condition=Q(ended_at__isnull=True, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "chain"], name="share_by_chain"),
            models.Index(fields=["organisation", "case"], name="share_by_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StepReport(ServiceOwned):
    """"Gemeldet von …": what a participant said to a step it holds, or a question and its answer."""

    case = SameServiceKey(Case)
    step = SameServiceKey(ChainStep, related_name="reports")
    share = SameServiceKey(ChainShare, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    state = models.CharField(max_length=16, choices=StepState.choices, blank=True)
    block_reason = models.CharField(max_length=20, choices=Breakpoint.choices, blank=True)
    since_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    words = EncryptedTextField(null=True)  # of a question or an answer; never a note
    outcome = models.CharField(max_length=10, choices=ReportOutcome.choices, blank=True)  # of a reported state
    # The line of the step's history it made; null: nothing was taken over.
    change = SameServiceKey(StepChange, null=True, related_name="reports")
    from_them = models.BooleanField()
    reply = SameServiceKey(Reply, null=True, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.BigIntegerField(null=True)  # null: the participant

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_report_of_theirs_is_a_reply",
                condition=Q(from_them=True, reply__isnull=False, said_by__isnull=True)
                | Q(from_them=False, reply__isnull=True, said_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "step", "said_at"], name="report_by_step"),
            models.Index(fields=["organisation", "case"], name="report_by_case"),
            models.Index(fields=["organisation", "share"], name="report_by_share"),
            models.Index(fields=["organisation", "change"], condition=Q(change__isnull=False), name="report_by_change"),
        ]

    def __str__(self) -> str:
        return str(self.id)
