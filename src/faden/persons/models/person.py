"""A person a service works with, her names and the keys by which she is found again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.kernel.fields import SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.vocabulary import Precision


class Person(ServiceOwned):
    """Belongs to one service; the same human being at another service is another row."""

    sort_key = models.CharField(max_length=200, db_collation="C")
    birth_earliest = models.DateField(null=True)
    birth_latest = models.DateField(null=True)
    birth_precision = models.CharField(max_length=10, choices=Precision.choices)
    nationalities = ArrayField(models.CharField(max_length=3), default=list)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    interpreter_language = models.CharField(max_length=3, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    # A future arrival has the first and not yet the second.
    expected_on = models.DateField(null=True)
    entered_on = models.DateField(null=True)
    # Grows with every change of these columns or of a name: the second of two people is told.
    version = models.PositiveIntegerField(default=1)
    # Linked as the same human being as an older entry; rows are never repointed, so unlinking loses nothing.
    identity = SameServiceKey("self", null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_is_linked_to_herself", condition=~Q(identity=F("id"))),
            models.CheckConstraint(
                name="an_unclear_birth_date_is_a_span_of_days",
                condition=Q(birth_precision="unknown", birth_earliest__isnull=True)
                | Q(birth_earliest__lte=F("birth_latest")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sort_key"], name="person_by_name"),
            models.Index(
                fields=["organisation", "identity"], condition=Q(identity__isnull=False), name="person_by_identity"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PersonName(ServiceOwned):
    """One spelling of a person's name; one of them is the main one."""

    person = SameServiceKey(Person, related_name="names")
    family = models.CharField(max_length=200, blank=True)
    given = models.CharField(max_length=200, blank=True)
    native = models.CharField(max_length=200, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_name_has_a_part", condition=~Q(family="", given="", native="")),
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(is_main=True),
                name="a_person_has_one_main_name",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="name_by_person")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def full(self) -> str:
        """Family name first, as files are sorted."""
        return ", ".join(filter(None, [self.family, self.given])) or self.native


class NameKey(ServiceOwned):
    """A normalised form of a name part: only = and ranges on such a key reach an index."""

    person = SameServiceKey(Person, related_name="keys")
    kind = models.CharField(max_length=6, db_collation="C")
    value = models.CharField(max_length=80, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "kind", "value", "person"], name="key_lookup"),
            models.Index(fields=["organisation", "person"], name="key_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"
