"""Starter code lists of case work and the deeds that are remembered (domain.md 3.1, 3.2, 10.8)."""

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


class AskedBy(models.TextChoices):
    """Who asks or refers."""

    SELF = "self", _("die Person selbst")
    FAMILY = "family", _("Familie oder Freunde")
    VOLUNTEER = "volunteer", _("Ehrenamt")
    COUNSELLING = "counselling", _("andere Beratungsstelle (MBE, JMD, …)")
    AUTHORITY = "authority", _("Behörde")
    JOBCENTRE = "jobcentre", _("Jobcenter")
    SCHOOL = "school", _("Schule oder Kita")
    EMPLOYER = "employer", _("Betrieb")
    OTHER = "other", _("andere")


class Urgency(models.TextChoices):
    """How soon something must happen."""

    NORMAL = "normal", _("normal")
    SOON = "soon", _("bald (diese Woche)")
    NOW = "now", _("sofort")


class InquiryResult(models.TextChoices):
    """What became of an inquiry."""

    OPEN = "open", _("noch offen")
    INFORMED = "informed", _("Auskunft gegeben")
    TO_MBE = "to_mbe", _("verwiesen an MBE")
    TO_JMD = "to_jmd", _("verwiesen an JMD")
    TO_REFUGEE_COUNSELLING = "to_refugee", _("verwiesen an Flüchtlingsberatung")
    TO_OTHER = "to_other", _("verwiesen an andere Stelle")
    CASE_STARTED = "case_started", _("Case Management begonnen")
    DECLINED = "declined", _("Case Management von der Person abgelehnt")
    CRITERIA_NOT_MET = "criteria", _("Kriterien nicht erfüllt")
    WAITING_LIST = "waiting", _("Warteliste")
    NOT_REACHED = "not_reached", _("nicht erreicht")


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


class ContactType(models.TextChoices):
    """How a contact took place."""

    OFFICE = "office", _("Beratung im Büro")
    TOWN_HALL = "town_hall", _("Sprechstunde im Rathaus")
    HOME = "home", _("Hausbesuch")
    OUTREACH = "outreach", _("aufsuchend, anderer Ort")
    ACCOMPANIED = "accompanied", _("Begleitung zu einer Stelle")
    PHONE = "phone", _("Telefon")
    VIDEO = "video", _("Video")
    WRITTEN = "written", _("schriftlich")
    DOORSTEP = "doorstep", _("Tür und Angel")
    CONFERENCE = "conference", _("Fallkonferenz")
    AGENCY = "agency", _("Kontakt mit einer Stelle ohne die Person")


class Interpreting(models.TextChoices):
    """Who interpreted; children never do."""

    NONE = "none", _("nicht nötig")
    WORKER = "worker", _("Fachkraft spricht die Sprache")
    PROFESSIONAL = "professional", _("Sprachmittler/in")
    PHONE = "phone", _("Dolmetschen per Telefon oder Video")
    ADULT_FAMILY = "adult_family", _("erwachsene Angehörige")
    MISSING = "missing", _("gefehlt")


class EntryKind(models.TextChoices):
    """What a row of the timeline tells about."""

    INQUIRY = "inquiry", _("Anfrage")
    OPENED = "opened", _("Fall eröffnet")
    CONTACT = "contact", _("Kontakt")
    PHASE = "phase", _("Phase")
    TASK = "task", _("Aufgabe")
    APPOINTMENT = "appointment", _("Termin")
    DOCUMENT = "document", _("Dokument")


class OpeningReason(models.TextChoices):
    """Why a team lead opens a case."""

    SUBSTITUTION = "substitution", _("Vertretung")
    SUPERVISION = "supervision", _("Fachaufsicht")
    COMPLAINT = "complaint", _("Beschwerde")


class SkipReason(models.TextChoices):
    """Why a phase is skipped."""

    DONE_BEFORE = "done_before", _("schon vorher geklärt")
    CLIENT_WISH = "client_wish", _("auf Wunsch der Person")
    URGENT = "urgent", _("etwas anderes ist dringender")
    NOT_NEEDED = "not_needed", _("hier nicht nötig")


INQUIRY_TAKEN = Event("inquiry.taken", _("hat eine Anfrage aufgenommen"))
INQUIRY_CHANGED = Event("inquiry.changed", _("hat das Ergebnis einer Anfrage geändert"))
INQUIRY_TEXT_DELETED = Event("inquiry.text_deleted", _("hat den Text einer Anfrage gelöscht"))
BECAME_NAMED = Event("inquiry.became_named", _("hat eine anonyme Beratung mit Namen weitergeführt"))
CASE_OPENED = Event("case.opened", _("hat einen Fall eröffnet"))
CASE_LOOKED_INTO = Event("case.opened_with_reason", _("hat einen Fall mit Begründung geöffnet"))
PHASE_CHANGED = Event("case.phase_changed", _("hat die Phase geändert"))
CONTACT_RECORDED = Event("contact.recorded", _("hat einen Kontakt notiert"))
CONTACT_CORRECTED = Event("contact.corrected", _("hat eine Kontaktnotiz berichtigt"))
WORKING_NOTE_WRITTEN = Event("working_note.written", _("hat eine Arbeitsnotiz geschrieben"))
WORKING_NOTE_TRANSFERRED = Event(
    "working_note.transferred", _("hat eine Arbeitsnotiz in die Akte übernommen")
)
WORKING_NOTE_DESTROYED = Event("working_note.destroyed", _("hat eine Arbeitsnotiz vernichtet"))
TASK_MADE = Event("task.made", _("hat eine Aufgabe angelegt"))
TASK_CHANGED = Event("task.changed", _("hat eine Aufgabe geändert"))
TASK_DONE = Event("task.done", _("hat eine Aufgabe erledigt"))
TASK_REOPENED = Event("task.reopened", _("hat eine Aufgabe wieder geöffnet"))
APPOINTMENT_MADE = Event("appointment.made", _("hat einen Termin angelegt"))
APPOINTMENT_CHANGED = Event("appointment.changed", _("hat einen Termin geändert"))
