"""Dated facts about a person: what holds from when until when, and what was believed before.

A row is never changed: a correction adds a row and marks the one it replaces. `GuardHistory` holds that
in the database. As of a day: rows not superseded, whose days contain it.
"""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from faden.kernel.fields import EncryptedTextField, SameServiceKey
from faden.organisations.models import Municipality, Organisation, ServiceOwned
from faden.persons.models.person import Person
from faden.persons.vocabulary import (
    BenefitRegime,
    CorrectionReason,
    GermanSkill,
    KnownFrom,
    LanguageUse,
    Level,
    LimitKind,
    Literacy,
    OccupationKind,
    RecognitionState,
    ResidencePaper,
    WorkAllowed,
)


class DatedFact(ServiceOwned):
    """The part all have: whose, which days (null: not known or open), from where known, by whom noted."""

    person = SameServiceKey(Person, related_name="+")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    known_from = models.CharField(max_length=12, choices=KnownFrom.choices)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.BigIntegerField(null=True)
    superseded_because = models.CharField(max_length=12, choices=CorrectionReason.choices, blank=True)
    # The row this one replaces: the chain of what was believed.
    replaces = SameServiceKey("self", null=True, related_name="+")
    replaces_id: UUID | None

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_began",
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="%(class)s_superseded_says_by_whom",
                condition=Q(superseded_at__isnull=True, superseded_by__isnull=True, superseded_because="")
                | (Q(superseded_at__isnull=False, superseded_by__isnull=False) & ~Q(superseded_because="")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="%(class)s_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class Residence(DatedFact):
    """A residence title or paper: which, from which office, derived from whom."""

    paper = models.CharField(max_length=24, choices=ResidencePaper.choices)
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    derived_from = SameServiceKey(Person, null=True, related_name="+")
    work_allowed = models.CharField(max_length=12, choices=WorkAllowed.choices, blank=True)
    residence_rule = models.BooleanField(default=False)


class Benefit(DatedFact):
    """From which benefit regime a person lives."""

    regime = models.CharField(max_length=16, choices=BenefitRegime.choices)
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")


class German(DatedFact):
    """A level of German for one skill, or all; a certificate has its day."""

    skill = models.CharField(max_length=12, choices=GermanSkill.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    literacy = models.CharField(max_length=12, choices=Literacy.choices, blank=True)
    certificate = models.CharField(max_length=120, blank=True)
    certified_on = models.DateField(null=True)


class Address(DatedFact):
    """Where a person lives or receives mail; never shown where a Schutzvermerk hides it."""

    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=3, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    care_of = models.CharField(max_length=120, blank=True)


class Occupation(DatedFact):
    """School, training, work, course, or childcare."""

    kind = models.CharField(max_length=16, choices=OccupationKind.choices)
    what = models.CharField(max_length=120)
    where = models.CharField(max_length=120, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(null=True)


class Qualification(DatedFact):
    """A school or vocational qualification and what became of its recognition."""

    what = models.CharField(max_length=160)
    country = models.CharField(max_length=3, blank=True)
    recognition = models.CharField(max_length=16, choices=RecognitionState.choices)
    reference_occupation = models.CharField(max_length=160, blank=True)


class Speaking(DatedFact):
    """A language a person speaks or reads, and whether talks in it need an interpreter."""

    language = models.CharField(max_length=3)
    uses = ArrayField(models.CharField(max_length=12, choices=LanguageUse.choices), default=list)
    needs_interpreter = models.BooleanField(default=False)


class Limit(DatedFact):
    """What a person cannot do at present. Only the consequence for daily life, never a diagnosis."""

    kind = models.CharField(max_length=20, choices=LimitKind.choices)
    words = EncryptedTextField(null=True)
