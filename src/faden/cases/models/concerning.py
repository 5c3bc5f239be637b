"""Whom a note, task, appointment or file of a case is about: the ground of everything made for one person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Concerning(models.Model):
    """`persons` are members of the case. `confidential`: the vertraulicher Faden of exactly one of them.

    An array, not a table: the tags are read with every row of a family's timeline, and the verbs check
    them against the members (`actions.concerning.checked`).
    """

    persons = ArrayField(models.UUIDField(), default=list)
    confidential = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_confidential_is_one_persons",
                condition=Q(confidential=False) | Q(persons__len=1),
            ),
        ]
