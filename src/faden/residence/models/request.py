"""What a client sends to the office, and what it answers: at the sender, and at the office."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from faden.cases.models import Case
from faden.chains.models import ChainStep
from faden.consents.models import Delivery, Release, Reply
from faden.consents.models.declaration import ToRecipient
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person
from faden.residence.vocabulary import (
    OfficeAnswerKind,
    OfficeAnswerWay,
    ReceiptKind,
    RequestKind,
    RequestState,
)


class OfficeRequest(ServiceOwned, ToRecipient):
    """Voranfrage or Begleitschreiben; what was told stands in its Weitergabe, the result of a check nowhere."""

    case = SameServiceKey(Case)
    person = SameServiceKey(Person)
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    paths = ArrayField(models.CharField(max_length=12), default=list)
    release = SameServiceKey(Release, related_name="+")
    filed_on = models.DateField(null=True)  # of a Begleitschreiben: the day of the application
    receipt = models.CharField(max_length=12, choices=ReceiptKind.choices, blank=True)  # how it is proved that it arrived
    receipt_on = models.DateField(null=True)
    state = models.CharField(max_length=14, choices=RequestState.choices, default=RequestState.SENT)
    state_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            *ToRecipient.Meta.constraints,
            models.CheckConstraint(name="a_cover_goes_with_an_application", condition=~Q(kind="cover") | Q(filed_on__isnull=False)),
            models.CheckConstraint(
                name="a_receipt_has_a_day",
                condition=Q(receipt="", receipt_on__isnull=True) | (Q(receipt_on__isnull=False) & ~Q(receipt="")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "case"], name="office_request_by_case"),
            models.Index(fields=["organisation", "release"], name="office_request_by_release"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OfficeAnswer(ServiceOwned):
    """What the office said, at the sender; it returns as a step."""

    request = SameServiceKey(OfficeRequest, related_name="answers")
    kind = models.CharField(max_length=14, choices=OfficeAnswerKind.choices)
    documents = ArrayField(models.CharField(max_length=40), default=list)  # proofs as `faden.law` names them
    appointment_on = models.DateField(null=True)
    appointment_words = models.CharField(max_length=200, blank=True)
    competent = models.CharField(max_length=200, blank=True)
    words = EncryptedTextField(null=True)
    said_on = models.DateField()
    way = models.CharField(max_length=10, choices=OfficeAnswerWay.choices)
    said_by = models.CharField(max_length=120, blank=True)
    reply = SameServiceKey(Reply, null=True, related_name="+")
    step = SameServiceKey(ChainStep, null=True, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField(null=True)  # null: it came by itself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reply"], name="an_office_answers_once_by_a_reply"),
        ]
        indexes = [models.Index(fields=["organisation", "request", "-noted_at"], name="office_answer_by_request")]

    def __str__(self) -> str:
        return str(self.id)


class GivenOfficeAnswer(ServiceOwned):
    """The office's own record of what it answered."""

    delivery = SameServiceKey(Delivery, related_name="+")
    series_id = models.UUIDField()
    kind = models.CharField(max_length=14, choices=OfficeAnswerKind.choices)
    documents = ArrayField(models.CharField(max_length=40), default=list)
    appointment_on = models.DateField(null=True)
    appointment_words = models.CharField(max_length=200, blank=True)
    competent = models.CharField(max_length=200, blank=True)
    words = EncryptedTextField(null=True)
    reply_id = models.UUIDField()
    answered_at = models.DateTimeField()
    answered_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "series_id", "-answered_at"], name="given_office_answer_by_series")]

    def __str__(self) -> str:
        return str(self.id)


class RuleReading(ServiceOwned):
    """ "Wir lesen § 25b anders": a condition of a path, in words of a service or office; of no person, readable by all."""

    path = models.CharField(max_length=12)
    condition = models.CharField(max_length=40, blank=True)
    law_state = models.DateField()
    words = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path", "condition"], name="rule_reading_by_condition")]

    def __str__(self) -> str:
        return str(self.id)
