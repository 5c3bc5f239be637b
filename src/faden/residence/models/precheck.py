"""Vorprüfung: which paths are looked at for a person, and what was answered for it beyond the dated facts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faden.cases.models import Case
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person


class Precheck(ServiceOwned):
    """One per person and case, to be gone on with. No result stands here: it is reckoned when it is looked at.

    `answers`: facts in the form of `faden.law`, as JSON; what was settled in the conversation is not among them.
    """

    case = SameServiceKey(Case)
    person = SameServiceKey(Person)
    paths = ArrayField(models.CharField(max_length=12), default=list)
    answers = EncryptedTextField(null=True)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "case", "person"], name="a_person_has_one_precheck_in_a_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)
