"""Fallübergabe: a package for another service, and what becomes of everything that is still open."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.cases.models.concerning import Concerning
from faden.consents.models import Delivery, Release
from faden.consents.vocabulary import DataClass
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Organisation, ServiceOwned
from faden.persons.models import Person
from faden.referrals.vocabulary import GoesTo, LoosePartKind, TransferReason, TransferState


class CaseTransfer(ServiceOwned, Concerning):
    """`persons` go over; both services work until `overlap_until`, then ours ends."""

    case = SameServiceKey(Case)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=TransferReason.choices)
    summary = EncryptedTextField(null=True)
    overlap_until = models.DateField(null=True)
    together_on = models.DateField(null=True)  # the talk with both workers
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.DRAFT)
    prepared_at = models.DateTimeField()
    prepared_by = models.BigIntegerField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_words = models.CharField(max_length=300, blank=True)
    their_number = models.CharField(max_length=30, blank=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Concerning.Meta):
        constraints = [
            *Concerning.Meta.constraints,
            models.CheckConstraint(name="a_transfer_is_somebodys", condition=Q(persons__len__gt=0)),
            models.UniqueConstraint(
                fields=["organisation", "case"],
                condition=Q(state__in=["draft", "sent", "accepted"]),
                name="a_case_goes_over_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_sent_transfer_says_by_whom",
                condition=Q(sent_at__isnull=True, sent_by__isnull=True) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="transfer_by_case")]

    def __str__(self) -> str:
        return str(self.id)


class TransferRelease(ServiceOwned):
    """The Weitergabe of one person's part: a consent is one person's, so each member has her own."""

    transfer = SameServiceKey(CaseTransfer, related_name="parts")
    person = SameServiceKey(Person)
    release = SameServiceKey(Release)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "transfer", "person"], name="a_person_goes_over_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class LoosePart(ServiceOwned):
    """Something that is open in the case, and who holds it afterwards: nothing without a holder."""

    transfer = SameServiceKey(CaseTransfer, related_name="loose_parts")
    kind = models.CharField(max_length=12, choices=LoosePartKind.choices)
    reference = models.UUIDField()
    goes_to = models.CharField(max_length=8, choices=GoesTo.choices, blank=True)  # "" only while it is a draft
    because = models.CharField(max_length=300, blank=True)
    data_class = models.CharField(max_length=20, choices=DataClass.choices, blank=True)  # said as this, where it goes over

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "transfer", "kind", "reference"], name="a_loose_part_stands_once"
            ),
            models.CheckConstraint(name="what_ends_says_why", condition=~Q(goes_to="ends") | ~Q(because="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.goes_to}"


class TakenOver(ServiceOwned):
    """At the new service: the case that was opened for it, `übernommen von` whom, on which delivery.

    Her goals come into her plan only once she has agreed here (`goals_taken_at`).
    """

    case = SameServiceKey(Case, related_name="+")
    person = SameServiceKey(Person, related_name="+")
    delivery = SameServiceKey(Delivery, related_name="+")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    their_number = models.CharField(max_length=30, blank=True)
    overlap_until = models.DateField(null=True)
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField()
    goals_taken_at = models.DateTimeField(null=True)
    goals_taken_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="taken_goals_say_by_whom",
                condition=Q(goals_taken_at__isnull=True, goals_taken_by__isnull=True)
                | Q(goals_taken_at__isnull=False, goals_taken_by__isnull=False),
            ),
            models.UniqueConstraint(fields=["organisation", "delivery"], name="a_delivery_is_taken_over_once"),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="taken_over_by_case")]

    def __str__(self) -> str:
        return str(self.id)
