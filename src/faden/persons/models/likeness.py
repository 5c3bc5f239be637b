"""Two entries that may be one human being: looked at side by side, linked, unlinked, never repointed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models.person import Person
from faden.persons.vocabulary import PairState


class LikePair(ServiceOwned):
    """Two people of this service who look alike; `first` is the smaller id, so a pair stands once."""

    first = SameServiceKey(Person, related_name="+")
    second = SameServiceKey(Person, related_name="+")
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=12, choices=PairState.choices)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_pair_is_ordered", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["organisation", "first", "second"], name="a_pair_stands_once"),
            models.CheckConstraint(
                name="a_decided_pair_says_by_whom",
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "-found_at"], name="pairs_to_look_at"),
            models.Index(fields=["organisation", "second"], name="pair_by_second"),
        ]

    def __str__(self) -> str:
        return str(self.id)
