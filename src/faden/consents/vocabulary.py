"""Grounds, data classes and the deeds of consent and release."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Ground(models.TextChoices):
    """Why something may leave a service."""

    CONSENT = "einwilligung", _("Einwilligung")
    LAW = "gesetzliche_befugnis", _("Gesetzliche Befugnis")
    CARRIED = "selbst_mitgenommen", _("von der Person selbst mitgenommen")
    NO_PERSON = "ohne_personenbezug", _("ohne Personenbezug")


class DataClass(models.TextChoices):
    """What a consent may name; special categories stand on their own."""

    CONTACT = "contact", _("Name und Erreichbarkeit")
    LANGUAGE = "language", _("Sprache und Sprachmittlung")
    FAMILY = "family", _("Familie und Haushalt")
    SCHOOL_WORK = "school_work", _("Schule, Ausbildung, Arbeit")
    BENEFITS_HOUSING = "benefits_housing", _("Leistungen und Wohnen")
    RESIDENCE = "residence", _("Aufenthalt")
    SPECIAL = "special", _("Besondere Kategorien (Gesundheit, Religion u. a.)")


class GivenHow(models.TextChoices):
    """How an agreement was given."""

    PAPER = "paper", _("auf Papier unterschrieben")
    ELECTRONIC = "electronic", _("elektronisch bestätigt")


class EndReason(models.TextChoices):
    """Why an agreement or consent ended before its day."""

    WITHDRAWN = "withdrawn", _("widerrufen")
    OF_AGE = "of_age", _("volljährig geworden: gilt nur noch, was sie selbst erklärt")


class SpecialCategory(models.TextChoices):
    """Special categories an agreement names one by one (Art. 9 DSGVO)."""

    HEALTH = "health", _("Gesundheit, nur als Folge für den Alltag")
    RELIGION = "religion", _("Religion oder Weltanschauung")
    ORIGIN = "origin", _("ethnische Herkunft")
    PERSECUTION = "persecution", _("politische Verfolgung, Fluchtgründe")
    ORIENTATION = "orientation", _("sexuelle Orientierung, Geschlecht")


AGREED = Event("agreement.given", _("hat die Einwilligung in die Beratung festgehalten"))
INFORMED = Event("information.handed_out", _("hat die Datenschutzinformation ausgehändigt"))
CONSENTED = Event("consent.given", _("hat eine Einwilligung festgehalten"))
CONSENT_WITHDRAWN = Event("consent.withdrawn", _("hat einen Widerruf festgehalten"))
RELEASED = Event("release.made", _("hat Daten weitergegeben"))
RELEASE_ENDED = Event("release.ended", _("hat eine Weitergabe beendet"))
DELIVERY_FILED = Event("delivery.filed", _("hat eine Zustellung zur Akte genommen"))
AGREEMENT_ENDED = Event("agreement.ended", _("hat eine Einwilligung in die Beratung beendet"))
