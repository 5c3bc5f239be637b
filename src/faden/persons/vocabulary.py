"""Words about persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a birth date is known."""

    DAY = "day", _("genauer Tag")
    MONTH = "month", _("Monat und Jahr")
    YEAR = "year", _("nur das Jahr")
    ESTIMATED = "estimated", _("geschätzt")
    UNKNOWN = "unknown", _("nicht bekannt")
