"""The client's agreement to counselling, and the privacy information she was given."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from faden.consents.vocabulary import EndReason, GivenHow
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person


class InformationHandedOut(ServiceOwned):
    """Which privacy information a person was given: version, language, day."""

    person = SameServiceKey(Person)
    text_code = models.CharField(max_length=40)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=3)
    handed_on = models.DateField()
    noted_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "person"], name="information_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class CounsellingAgreement(ServiceOwned):
    """What the client agreed to: counselling, documentation, team and Vertretung, special categories."""

    person = SameServiceKey(Person)
    legal_basis = models.CharField(max_length=60)
    text_code = models.CharField(max_length=40)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=3)
    interpreted_by = models.CharField(max_length=120, blank=True)
    given_how = models.CharField(max_length=20, choices=GivenHow.choices)
    given_on = models.DateField()
    to_documentation = models.BooleanField()
    to_team_and_substitute = models.BooleanField()
    special_categories = ArrayField(models.CharField(max_length=30), default=list)
    # A minor's: given by her legal representatives, and by herself too where she can judge it.
    represented_by = ArrayField(models.UUIDField(), default=list)
    own_agreement = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=EndReason.choices, blank=True)
    noted_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_agreement_is_somebodys", condition=Q(own_agreement=True) | Q(represented_by__len__gt=0)
            ),
            models.CheckConstraint(
                name="an_ended_agreement_says_why",
                condition=Q(ended_at__isnull=True, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="agreement_by_person")]

    def __str__(self) -> str:
        return str(self.id)
