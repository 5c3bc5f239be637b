"""How somebody is doing, and the network and resource map."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Strength(models.TextChoices):
    """The scale both answer on: five steps with words, readable without colour."""

    CRISIS = "1", _("geht gar nicht")
    HARD = "2", _("schwierig")
    MIXED = "3", _("teils, teils")
    FAIR = "4", _("geht gut")
    GOOD = "5", _("kein Thema, läuft")


class TieKind(models.TextChoices):
    """What stands at the other end of a tie in the network and resource map."""

    PERSON = "person", _("Person")
    AGENCY = "agency", _("Stelle oder Verein")
    RESOURCE = "resource", _("eigene Stärke oder Mittel")


class TieQuality(models.TextChoices):
    """How good a tie is."""

    STRONG = "strong", _("trägt gut")
    HELPFUL = "helpful", _("hilft manchmal")
    WEAK = "weak", _("lose")
    STRAINED = "strained", _("belastet")
    BROKEN = "broken", _("abgebrochen")


class TieNews(models.TextChoices):
    """What has happened to a tie of the map, as it is told when it is opened again."""

    CHANGED = "changed", _("Es hat sich verändert: so ist es seit diesem Tag")
    WRONG = "wrong", _("Die Angabe war falsch: so war es die ganze Zeit")
    ENDED = "ended", _("Die Verbindung besteht nicht mehr: das war der letzte Tag")


class Distance(models.IntegerChoices):
    """How near somebody or something is to a person: the rings of the map."""

    NEAR = 1, _("nah")
    MIDDLE = 2, _("mittel")
    FAR = 3, _("fern")


ASSESSMENT_BEGUN = Event("assessment.begun", _("hat ein Assessment begonnen"))
AREA_VIEWED = Event("assessment.area_viewed", _("hat einen Lebensbereich eingeschätzt"))
ASSESSMENT_FINISHED = Event("assessment.finished", _("hat ein Assessment abgeschlossen"))
ASSESSMENT_REOPENED = Event("assessment.reopened", _("hat ein Assessment wieder aufgenommen"))
TIE_CHANGED = Event("network.changed", _("hat die Netzwerkkarte geändert"))
