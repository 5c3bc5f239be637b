"""Occasions on which looks are evaluated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Occasion(models.TextChoices):
    """Why the data protection officer looks closer."""

    COMPLAINT = "complaint", _("Beschwerde einer betroffenen Person")
    INCIDENT = "incident", _("Vorfall oder Verdacht")
    ACCESS_REQUEST = "access_request", _("Auskunft nach Art. 15 DSGVO")


OVERSIGHT_ASKED = Event("oversight.asked", _("hat eine Auswertung beantragt"))
OVERSIGHT_CONFIRMED = Event("oversight.confirmed", _("hat eine Auswertung bestätigt"))
OVERSIGHT_ENDED = Event("oversight.ended", _("hat eine Auswertung beendet"))
