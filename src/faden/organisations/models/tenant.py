"""The base of every row that belongs to a service."""

from django.db import models

from faden.kernel.fields import RowId


class ServiceOwned(models.Model):
    """Carries the service it belongs to; the database shows it to that service alone."""

    id = RowId()
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, db_index=False, related_name="+"
    )

    class Meta:
        abstract = True
