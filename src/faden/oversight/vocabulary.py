"""Occasions on which looks are evaluated, the states of an evaluation, kinds of looks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

OPEN_DAYS = 7


class Occasion(models.TextChoices):
    """Why the data protection officer looks closer."""

    COMPLAINT = "complaint", _("Beschwerde einer betroffenen Person")
    INCIDENT = "incident", _("Vorfall oder Verdacht")
    ACCESS_REQUEST = "access_request", _("Auskunft nach Art. 15 DSGVO")


class MatterState(models.TextChoices):
    """Where an evaluation stands; it follows from who did what, see `rules.state`."""

    ASKED = "asked", _("wartet auf die zweite Person")
    OPEN = "open", _("offen")
    OVER = "over", _("Frist abgelaufen")
    ENDED = "ended", _("beendet")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    REFUSED = "refused", _("abgelehnt")


class LookKind(models.TextChoices):
    """What was looked at; the codes are those the doors note."""

    CASE = "case", _("ein Fall")
    LIST = "list", _("Liste")
    SEARCH = "search", _("Suche")
    EXPORT = "export", _("Ausfuhr")
    LOOKS = "looks", _("Protokoll der Zugriffe")


OVERSIGHT_ASKED = Event("oversight.asked", _("hat eine Auswertung beantragt"))
OVERSIGHT_CONFIRMED = Event("oversight.confirmed", _("hat eine Auswertung bestätigt"))
OVERSIGHT_REFUSED = Event("oversight.refused", _("hat eine Auswertung abgelehnt"))
OVERSIGHT_ENDED = Event("oversight.ended", _("hat eine Auswertung beendet"))
