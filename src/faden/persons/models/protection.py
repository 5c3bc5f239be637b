"""Schutzvermerk: whose address, offers and participation stay out of every list, print and mail."""

from django.db import models
from django.db.models import F, Q

from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models.person import Person
from faden.persons.vocabulary import ProtectionKind


class ProtectionMark(ServiceOwned):
    """One reason for protection, from a day. It holds until somebody ends it, whatever `until_on` says."""

    person = SameServiceKey(Person, related_name="+")
    kind = models.CharField(max_length=20, choices=ProtectionKind.choices)
    from_on = models.DateField()
    # Auskunftssperre § 51 BMG: two years, then it must be asked for anew.
    until_on = models.DateField(null=True)
    words = EncryptedTextField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    # When the night made the task that asks for the next step: once.
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_protection_ends_after_it_began", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="an_ended_protection_says_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="protection_by_person")]

    def __str__(self) -> str:
        return str(self.id)
