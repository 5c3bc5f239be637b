"""Anfrage an KIM: the sender's row with three states, and the competent service's row with what was asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from faden.cases.models import Inquiry
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Organisation, ServiceOwned
from faden.referrals.vocabulary import RequestFrom, RequestState, RequestTopic


def _topics() -> ArrayField:
    return ArrayField(models.CharField(max_length=12, choices=RequestTopic.choices), default=list)


class SentRequest(ServiceOwned):
    """What a partner sent: no name in it, only what she needs to find it again, and how it stands."""

    request_id = models.UUIDField()
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    topics = _topics()
    own_sign = models.CharField(max_length=40, blank=True)  # the sender's own file sign, not a name
    state = models.CharField(max_length=14, choices=RequestState.choices, default=RequestState.ARRIVED)
    state_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "request_id"], name="a_request_is_sent_once"),
        ]
        indexes = [models.Index(fields=["organisation", "-sent_at"], name="sent_request_by_time")]

    def __str__(self) -> str:
        return str(self.id)


class IncomingRequest(ServiceOwned):
    """At the competent service: town, topics, language, how to reach her; nothing about her stay."""

    sender = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # null: on paper
    sender_name = models.CharField(max_length=200)
    sent_from = models.CharField(max_length=12, choices=RequestFrom.choices)
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT, related_name="+")
    topics = _topics()
    language = models.CharField(max_length=3, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    reach = EncryptedTextField()  # name and how to reach, as the person wanted it passed on
    words = EncryptedTextField(null=True)
    agreed = models.BooleanField()  # "Die Person ist einverstanden"
    arrived_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=RequestState.choices, default=RequestState.ARRIVED)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    inquiry = SameServiceKey(Inquiry, null=True, related_name="+")
    passed_to = models.CharField(max_length=200, blank=True)  # not competent: who is
    forgotten_on = models.DateField(null=True)  # name, reach and words are gone

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_is_sent_against_her_will", condition=Q(agreed=True)),
            models.CheckConstraint(
                name="an_answered_request_says_by_whom",
                condition=Q(state="arrived", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state="arrived") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-arrived_at"], name="incoming_request_by_time")]

    def __str__(self) -> str:
        return str(self.id)
