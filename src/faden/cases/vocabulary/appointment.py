"""Appointments, interpreters, reminders and the calendar of others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class AppointmentKind(models.TextChoices):
    """Where and how an appointment takes place."""

    OFFICE = "office", _("im Büro")
    TOWN_HALL = "town_hall", _("Sprechstunde im Rathaus")
    HOME = "home", _("Hausbesuch")
    AGENCY = "agency", _("bei einer Stelle (Begleitung)")
    PHONE = "phone", _("Telefon")
    VIDEO = "video", _("Video")
    OTHER = "other", _("anderer Ort")


class Attendance(models.TextChoices):
    """Who came."""

    CAME = "came", _("erschienen")
    EXCUSED = "excused", _("entschuldigt")
    MISSED = "missed", _("nicht erschienen")


class AppointmentAnswer(models.TextChoices):
    """What the person said about a coming appointment."""

    COMING = "coming", _("kommt")
    CANNOT = "cannot", _("kann nicht")


class InterpreterWay(models.TextChoices):
    """How somebody interprets."""

    ON_SITE = "on_site", _("vor Ort")
    PHONE = "phone", _("Telefon")
    VIDEO = "video", _("Video")


class InterpreterState(models.TextChoices):
    """How far the request for an interpreter is."""

    NEEDED = "needed", _("noch anfragen")
    ASKED = "asked", _("angefragt")
    CONFIRMED = "confirmed", _("zugesagt")
    DECLINED = "declined", _("abgesagt")
    DONE = "done", _("hat stattgefunden")
    CALLED_OFF = "called_off", _("von uns abgesagt")


class ReminderWay(models.TextChoices):
    """How a person wants to be reminded."""

    MAIL = "mail", _("per E-Mail")
    PRINT = "print", _("auf Papier")
    NONE = "none", _("gar nicht")


class ReminderState(models.TextChoices):
    """What became of a reminder."""

    SENT = "sent", _("gesendet")
    TO_PRINT = "to_print", _("zum Drucken")
    PRINTED = "printed", _("gedruckt")
    ANSWERED = "answered", _("nicht gesendet: hat schon geantwortet")
    PROTECTED = "protected", _("nicht gesendet: Schutzvermerk")
    NO_ADDRESS = "no_address", _("nicht gesendet: keine E-Mail-Adresse")
    FAILED = "failed", _("nicht zugestellt")


APPOINTMENT_MADE = Event("appointment.made", _("hat einen Termin angelegt"))
APPOINTMENT_CHANGED = Event("appointment.changed", _("hat einen Termin geändert"))
APPOINTMENT_DROPPED = Event("appointment.dropped", _("hat einen Termin abgesagt"))
ATTENDANCE_NOTED = Event("appointment.attendance_noted", _("hat festgehalten, wer zu einem Termin kam"))
APPOINTMENT_ANSWERED = Event("appointment.answered", _("hat die Antwort auf einen Termin festgehalten"))
INTERPRETER_CHANGED = Event("interpreter.changed", _("hat eine Anfrage nach Sprachmittlung geändert"))
INTERPRETER_SOURCE_CHANGED = Event(
    "interpreter_source.changed", _("hat die Liste der Sprachmittlung geändert")
)
REMINDER_WISHED = Event("reminder.wished", _("hat festgehalten, wie eine Person erinnert werden möchte"))
REMINDED = Event("reminder.settled", _("hat an einen Termin erinnert"))
FEED_MADE = Event("calendar.feed_made", _("hat eine Kalenderadresse angelegt"))
FEED_REVOKED = Event("calendar.feed_revoked", _("hat eine Kalenderadresse gesperrt"))
