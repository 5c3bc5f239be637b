"""A list of cases: what needs doing, in which order, and what a change for several leaves alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionNeeded(models.TextChoices):
    """Why somebody must act in a case now; the most pressing first."""

    OVERDUE_TASK = "overdue", _("Aufgabe überfällig")
    NO_AGREEMENT = "agreement", _("Einwilligung fehlt")
    SILENCE = "silence", _("nichts geplant, lange kein Kontakt")
    CRITERION_OPEN = "criterion", _("Kriterium der Phase lange offen")
    PHASE_LONG = "phase", _("Phase dauert lange")
    ASSESSMENT_OPEN = "assessment", _("Assessment lange offen")


class WhyNot(models.TextChoices):
    """Why a change for several cases leaves one of them as it is."""

    NOT_YOURS = "not_yours", _("Diesen Fall führen Sie nicht.")
    CLOSED = "closed", _("Der Fall ist abgeschlossen.")
    SO_ALREADY = "so_already", _("Das ist hier schon so.")


class CaseOrder(models.TextChoices):
    """How a caseload is sorted."""

    NEED = "need", _("Handlungsbedarf zuerst")
    CONTACT = "contact", _("längster Abstand zum letzten Kontakt zuerst")
    NEXT = "next", _("nächstes Datum zuerst")
    NAME = "name", _("Name")
    OPENED = "opened", _("neueste zuerst")
