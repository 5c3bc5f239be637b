"""Legal bodies, the services below them, and which office is competent where."""

from django.db import models
from django.db.models import F, Q

from faden.organisations.vocabulary import DESK_KINDS, Kind, Regime


class LegalBody(models.Model):
    """Rechtsträger: the controller in the sense of data protection law."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200, unique=True)
    regime = models.CharField(max_length=20, choices=Regime.choices)
    is_public = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="state_law_is_for_public_bodies",
                condition=~Q(regime="state") | Q(is_public=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A town or county-free city by its official key (AGS)."""

    ags = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=80)
    district = models.CharField(max_length=80)
    postcodes = models.TextField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A service (Fachdienst) or agency: the tenant."""

    id = models.BigAutoField(primary_key=True)
    legal_body = models.ForeignKey(LegalBody, models.PROTECT)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    case_prefix = models.CharField(max_length=6, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_desk(self) -> bool:
        """Immigration offices and all other agencies never have one."""
        return self.kind in DESK_KINDS


class Competence(models.Model):
    """Which office is competent for which town, from when until when."""

    id = models.BigAutoField(primary_key=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_competence_ends_after_it_began",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "valid_from"], name="competence_by_town")]

    def __str__(self) -> str:
        return f"{self.organisation_id} / {self.municipality_id}"
