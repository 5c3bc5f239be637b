"""Assessment: per person and life area, the worker's view beside the client's, on the same scale."""

from django.db import models
from django.db.models import F, Q

from faden.cases.models.case import Case
from faden.cases.vocabulary.assessment import Distance, Strength, TieKind, TieQuality
from faden.cases.vocabulary.case import Urgency
from faden.cases.vocabulary.life_area import LifeArea
from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import ServiceOwned
from faden.persons.models import Person


class OwnLifeArea(ServiceOwned):
    """What a life area is called in a service from a day on: a new one, another word, another place, or an end.

    One row per change, so that old entries keep their word; areas of the programme that a service leaves as
    they are have none. `counts_as` keeps the figures of all services comparable.
    """

    code = models.CharField(max_length=20, db_collation="C")
    label = models.CharField(max_length=80)
    counts_as = models.CharField(max_length=20, choices=LifeArea.choices)
    position = models.PositiveSmallIntegerField(default=100)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "from_on"], name="a_life_area_changes_once_a_day"
            ),
            models.CheckConstraint(
                name="a_life_area_ends_after_it_began",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Assessment(ServiceOwned):
    """One look at one person's life areas, in as many sittings as it takes; the next one begins from it."""

    case = SameServiceKey(Case)
    person = SameServiceKey(Person, related_name="+")
    number = models.PositiveSmallIntegerField()
    began_on = models.DateField()
    finished_on = models.DateField(null=True)
    began_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case", "person", "number"], name="an_assessment_has_one_number"
            ),
            models.UniqueConstraint(
                fields=["organisation", "case", "person"],
                condition=Q(finished_on__isnull=True),
                name="one_assessment_is_open_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AreaView(ServiceOwned):
    """One life area in one assessment. Any part may be missing: it is a conversation, not a form."""

    assessment = SameServiceKey(Assessment, related_name="views")
    area = models.CharField(max_length=20, db_collation="C")
    worker_view = models.CharField(max_length=12, choices=Strength.choices, blank=True)
    client_view = models.CharField(max_length=12, choices=Strength.choices, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, blank=True)
    need = EncryptedTextField(null=True)
    resources = EncryptedTextField(null=True)
    client_words = EncryptedTextField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "assessment", "area"], name="an_area_is_viewed_once_in_an_assessment"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class NetworkTie(ServiceOwned):
    """Someone or something around a person: who, how near, how good the tie is, what it gives."""

    case = SameServiceKey(Case)
    person = SameServiceKey(Person, related_name="+")
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    quality = models.CharField(max_length=12, choices=TieQuality.choices)
    distance = models.PositiveSmallIntegerField(choices=Distance.choices, default=Distance.MIDDLE)
    gives = EncryptedTextField(null=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_tie_is_near_or_far", condition=Q(distance__in=[1, 2, 3])),
            models.CheckConstraint(
                name="a_tie_ends_after_it_began",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case", "person"], name="tie_by_person")]

    def __str__(self) -> str:
        return str(self.id)
