"""At the recipient: who works on a delivery, and what was answered."""

from django.db import models
from django.db.models import Q

from faden.cases.models import Case, Inquiry
from faden.consents.models import Delivery
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Membership, ServiceOwned
from faden.referrals.vocabulary import AnswerKind, DeclineReason, PresentationAnswer


class Assignment(ServiceOwned):
    """Zuteilung inside the recipient: the newest counts; nobody named: back to all."""

    delivery = SameServiceKey(Delivery, related_name="+")
    series_id = models.UUIDField()  # of the delivery: a later copy stays with whoever has it
    member = SameServiceKey(Membership, null=True, related_name="+")
    case = SameServiceKey(Case, null=True, related_name="+")  # what was opened for it
    inquiry = SameServiceKey(Inquiry, null=True, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "series_id", "-assigned_at"], name="assignment_by_series")]

    def __str__(self) -> str:
        return str(self.id)


class GivenAnswer(ServiceOwned):
    """The recipient's own record of what it answered; the sender has its own row."""

    delivery = SameServiceKey(Delivery, related_name="given_answers")
    series_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=[*AnswerKind.choices, *PresentationAnswer.choices])
    from_on = models.DateField(null=True)
    reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    words = EncryptedTextField(null=True)
    reply_id = models.UUIDField()  # under which it stands at the sender
    corrects = SameServiceKey("self", null=True, related_name="+")  # said by mistake; it stays, struck out
    answered_at = models.DateTimeField()
    answered_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_given_refusal_says_why", condition=~Q(kind="declined") | ~Q(reason="")),
            models.UniqueConstraint(fields=["organisation", "corrects"], name="a_given_answer_is_corrected_once"),
        ]
        indexes = [models.Index(fields=["organisation", "series_id", "-answered_at"], name="given_answer_by_series")]

    def __str__(self) -> str:
        return str(self.id)
