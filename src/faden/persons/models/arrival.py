"""Future arrivals: who here speaks for a person who has not come yet, and how she agreed to that."""

from django.db import models

from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models.person import Person
from faden.persons.vocabulary import AgreedHow, ContactRelation


class ContactPerson(ServiceOwned):
    """Kontaktperson: family, employer or helper here; the arriving person's own agreement is noted."""

    person = SameServiceKey(Person, related_name="+")
    # Someone this service knows already, or a name and a number.
    known_person = SameServiceKey(Person, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    relation = models.CharField(max_length=20, choices=ContactRelation.choices)
    agreed_on = models.DateField()
    agreed_how = models.CharField(max_length=20, choices=AgreedHow.choices)
    agreed_language = models.CharField(max_length=3)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_contact_person_is_somebody",
                condition=models.Q(known_person__isnull=False) | ~models.Q(name=""),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="contact_person_by_person")]

    def __str__(self) -> str:
        return str(self.id)
