"""The areas of life that needs, views and goals are sorted by (domain.md 3.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class LifeArea(models.TextChoices):
    """Lebensbereiche."""

    RESIDENCE = "residence", _("Aufenthalt")
    ORIENTATION = "orientation", _("Orientierung und Behörden")
    LANGUAGE = "language", _("Sprache")
    SCHOOL = "school", _("Schule")
    CHILDCARE = "childcare", _("Kinderbetreuung und Familie")
    TRAINING = "training", _("Ausbildung")
    WORK = "work", _("Arbeit und Anerkennung")
    BENEFITS = "benefits", _("Einkommen und Leistungen")
    HOUSING = "housing", _("Wohnen")
    HEALTH = "health", _("Gesundheit")
    DEBTS = "debts", _("Schulden")
    PARTICIPATION = "participation", _("Teilhabe")
    MOBILITY = "mobility", _("Mobilität und Führerschein")
    DOCUMENTS = "documents", _("Pass und Papiere")


LIFE_AREA_CHANGED = Event("life_area.changed", _("hat die Liste der Lebensbereiche geändert"))
