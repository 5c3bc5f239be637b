"""Tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class DropReason(models.TextChoices):
    """Why an open task or step is closed without being done."""

    NOT_NEEDED = "not_needed", _("nicht mehr nötig")
    CLIENT = "client", _("macht die Person selbst")
    OTHER_SERVICE = "other_service", _("macht eine andere Stelle weiter")
    NOT_POSSIBLE = "not_possible", _("war nicht möglich")


TASK_MADE = Event("task.made", _("hat eine Aufgabe angelegt"))
TASK_CHANGED = Event("task.changed", _("hat eine Aufgabe geändert"))
TASK_DONE = Event("task.done", _("hat eine Aufgabe erledigt"))
TASK_REOPENED = Event("task.reopened", _("hat eine Aufgabe wieder geöffnet"))
TASK_DROPPED = Event("task.dropped", _("hat eine Aufgabe ohne Erledigung geschlossen"))
WORK_PASSED_ON = Event("work.passed_on", _("hat Aufgaben und Termine an eine andere Fachkraft gegeben"))
