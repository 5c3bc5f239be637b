"""States of a stored file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

MAX_BYTES = 20 * 1024 * 1024


class FileState(models.TextChoices):
    """Nobody opens a file before it was looked at."""

    QUARANTINE = "quarantine", _("wird geprüft")
    CLEAN = "clean", _("geprüft")
    UNSCANNED = "unscanned", _("nicht auf Schadsoftware geprüft")
    INFECTED = "infected", _("gesperrt: Schadsoftware")


FILE_STORED = Event("file.stored", _("hat eine Datei abgelegt"))
FILE_JUDGED = Event("file.judged", _("hat eine Datei geprüft"))
