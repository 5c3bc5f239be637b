"""Where offers come from, and who makes them."""

from django.db import models

from faden.directory.vocabulary import SourceFormat
from faden.kernel.fields import SameServiceKey
from faden.organisations.models import Organisation, ServiceOwned
from faden.organisations.vocabulary import AgencyKind


class Source(ServiceOwned):
    """A directory of others that was read in; its name and licence stand under every offer that came from it."""

    name = models.CharField(max_length=160)
    format = models.CharField(max_length=12, choices=SourceFormat.choices)
    licence = models.CharField(max_length=200)
    attribution = models.CharField(max_length=300, blank=True)
    # An example from elsewhere: shown apart, never matched with a person.
    is_example = models.BooleanField(default=False)
    # Which column of a table is which of our fields: {ours: theirs}; empty for the other formats.
    mapping = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="a_source_has_one_name")]

    def __str__(self) -> str:
        return self.name


class Provider(ServiceOwned):
    """An association, office, school or initiative that offers something. Never a person's name."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=AgencyKind.choices, blank=True)
    description = models.TextField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    # It has an inbox here: a Vermittlung goes there, and its people keep its offers themselves.
    account = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    source = SameServiceKey(Source, null=True, related_name="+")
    source_key = models.CharField(max_length=200, blank=True, db_collation="C")
    from_source = models.JSONField(default=dict)  # {column: mark of what the source said in it the last time}; only what it filled
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "source_key"],
                condition=models.Q(source__isnull=False),
                name="a_provider_comes_once_from_a_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name
