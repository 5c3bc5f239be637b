"""What a case is and how it stands."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Phase(models.TextChoices):
    """Phases of case management; Anfrage comes before there is a case."""

    CLARIFICATION = "clarification", _("Klärung")
    ASSESSMENT = "assessment", _("Assessment")
    PLANNING = "planning", _("Zielvereinbarung / Integrationsplan")
    LINKING = "linking", _("Vermittlung (Linking)")
    MONITORING = "monitoring", _("Begleitung (Monitoring)")
    REASSESSMENT = "reassessment", _("Re-Assessment")
    EVALUATION = "evaluation", _("Auswertung (Evaluation)")
    CLOSED = "closed", _("Abschluss (Entpflichtung)")


class Scope(models.TextChoices):
    """Whether a case is for one person or a family."""

    PERSON = "person", _("eine Person")
    FAMILY = "family", _("eine Familie")


class CaseWeight(models.IntegerChoices):
    """How much of a full-time post a case takes; for planning, never for comparing people."""

    LIGHT = 1, _("leicht (seltene Kontakte)")
    MIDDLE = 2, _("mittel")
    HEAVY = 3, _("schwer (viele Stellen, große Familie, Krise)")


class Urgency(models.TextChoices):
    """How soon something must happen."""

    NORMAL = "normal", _("normal")
    SOON = "soon", _("bald (diese Woche)")
    NOW = "now", _("sofort")


class OpeningReason(models.TextChoices):
    """Why somebody opens a case that is not hers. EMERGENCY is open to every case manager, for hours, and is reviewed."""

    SUBSTITUTION = "substitution", _("Vertretung")
    SUPERVISION = "supervision", _("Fachaufsicht")
    COMPLAINT = "complaint", _("Beschwerde")
    EMERGENCY = "emergency", _("Notzugriff")


# How long a Notzugriff lasts at most, in hours, as it is chosen.
EMERGENCY_HOURS = (1, 2, 4, 8)


class Part(Enum):
    """What of a case a page shows."""

    CASE = "case"
    CONFIDENTIAL = "confidential"  # the vertraulicher Faden of one person
    ADDRESS = "address"  # under a Schutzvermerk


class EmergencyVerdict(models.TextChoices):
    """What team lead and data protection officer say about a Notzugriff."""

    JUSTIFIED = "justified", _("nachvollziehbar")
    QUESTION = "question", _("Rückfrage")
    NOT_JUSTIFIED = "not_justified", _("nicht nachvollziehbar")


class SkipReason(models.TextChoices):
    """Why a phase is skipped."""

    DONE_BEFORE = "done_before", _("schon vorher geklärt")
    CLIENT_WISH = "client_wish", _("auf Wunsch der Person")
    URGENT = "urgent", _("etwas anderes ist dringender")
    NOT_NEEDED = "not_needed", _("hier nicht nötig")


class EntryKind(models.TextChoices):
    """What a row of the timeline tells about."""

    INQUIRY = "inquiry", _("Anfrage")
    OPENED = "opened", _("Fall eröffnet")
    CONTACT = "contact", _("Kontakt")
    PHASE = "phase", _("Phase")
    TASK = "task", _("Aufgabe")
    APPOINTMENT = "appointment", _("Termin")
    DOCUMENT = "document", _("Dokument")
    DECISION = "decision", _("Bescheid")
    CLARIFIED = "clarified", _("Klärung")
    ASSESSMENT = "assessment", _("Assessment")
    MEMBER = "member", _("Familie")
    LEAD = "lead", _("Fallführung")
    CHAIN = "chain", _("Integrationskette")
    STEP = "step", _("Schritt")
    PLAN = "plan", _("Integrationsplan")
    GOAL = "goal", _("Ziel")
    CLOSED = "closed", _("Abschluss")
    RELEASE = "release", _("Weitergabe")
    REFERRAL = "referral", _("Vermittlung")
    TRANSFER = "transfer", _("Fallübergabe")
    CONFERENCE = "conference", _("Fallkonferenz")


CASE_OPENED = Event("case.opened", _("hat einen Fall eröffnet"))
CASE_LOOKED_INTO = Event("case.opened_with_reason", _("hat einen Fall mit Begründung geöffnet"))
PHASE_CHANGED = Event("case.phase_changed", _("hat die Phase geändert"))
WEIGHT_CHANGED = Event("case.weight_changed", _("hat das Gewicht eines Falls geändert"))
MEMBER_JOINED = Event("case.member_joined", _("hat eine Person in den Fall aufgenommen"))
MEMBER_LEFT = Event("case.member_left", _("hat eine Person aus dem Fall genommen"))
EMERGENCY_OPENED = Event("case.emergency_opened", _("hat einen Fall im Notzugriff geöffnet"))
EMERGENCY_ENDED = Event("case.emergency_ended", _("hat einen Notzugriff beendet"))
EMERGENCY_REVIEWED = Event("case.emergency_reviewed", _("hat einen Notzugriff geprüft"))
