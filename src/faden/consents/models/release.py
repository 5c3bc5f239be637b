"""Consent, Weitergabe (the sender's side) and the delivered copy (the recipient's side).

No table has two parties: a row both could see was a row the recipient could delete.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.consents.vocabulary import DataClass, EndReason, GivenHow, Ground
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Organisation, ServiceOwned
from faden.persons.models import Person


def _classes() -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=DataClass.choices), default=list)


class Consent(ServiceOwned):
    """One person allows one recipient to be told named data for one purpose, until a day."""

    person = SameServiceKey(Person)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    data_classes = _classes()
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=3)
    given_how = models.CharField(max_length=20, choices=GivenHow.choices)
    given_on = models.DateField()
    valid_until = models.DateField()
    represented_by = ArrayField(models.UUIDField(), default=list)
    own_agreement = models.BooleanField(default=True)
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_consent_ends_after_it_was_given",
                condition=Q(valid_until__gte=F("given_on")),
            ),
            models.CheckConstraint(
                name="a_consent_is_somebodys", condition=Q(own_agreement=True) | Q(represented_by__len__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="consent_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class ConsentWithdrawal(ServiceOwned):
    """The consent ended by the person's word, or because she came of age and has not given it herself."""

    consent = SameServiceKey(Consent, related_name="withdrawals")
    withdrawn_at = models.DateTimeField()
    # Null: the night ended it, because the person came of age.
    withdrawn_by = models.BigIntegerField(null=True)
    because = models.CharField(max_length=12, choices=EndReason.choices, default=EndReason.WITHDRAWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "consent"], name="a_consent_is_withdrawn_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Release(ServiceOwned):
    """Weitergabe: named data of one person, to one recipient, for one purpose, on one ground."""

    person = SameServiceKey(Person, null=True)
    consent = SameServiceKey(Consent, null=True)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=30, choices=Ground.choices)
    purpose = models.CharField(max_length=200)
    data_classes = _classes()
    valid_until = models.DateField()
    delivery_id = models.UUIDField()
    released_at = models.DateTimeField()
    released_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_release_by_consent_names_it",
                condition=~Q(ground="einwilligung") | Q(consent__isnull=False, person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-released_at"], name="release_register"),
            models.Index(fields=["organisation", "consent"], name="release_by_consent"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Delivery(ServiceOwned):
    """The copy in the recipient's own rows, self-contained; its row policy tests both dates."""

    release_id = models.UUIDField()
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=30, choices=Ground.choices)
    purpose = models.CharField(max_length=200)
    data_classes = _classes()
    content = EncryptedTextField()
    valid_until = models.DateField()
    delivered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    filed_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "release_id"], name="a_release_is_delivered_once"
            ),
            models.CheckConstraint(
                name="a_filed_delivery_says_by_whom",
                condition=Q(filed_at__isnull=True, filed_by__isnull=True)
                | Q(filed_at__isnull=False, filed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-delivered_at"], name="delivery_inbox")]

    def __str__(self) -> str:
        return str(self.id)
