"""Grounds, data classes, texts to be signed, and the deeds of consent and release."""

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


class FormKind(models.TextChoices):
    """Texts a person signs."""

    POWER = "power", _("Vollmacht")
    SECRECY = "secrecy", _("Entbindung von der Schweigepflicht")


class PowerScope(models.TextChoices):
    """What a Vollmacht covers, named one by one."""

    INFORMATION = "information", _("Auskünfte einholen")
    FILE = "file", _("Akten einsehen")
    APPLY = "apply", _("Anträge stellen und Unterlagen einreichen")
    RECEIVE = "receive", _("Schreiben entgegennehmen (keine Zustellungen)")
    PRESENT = "present", _("bei Terminen dabei sein und sprechen")
    REMEDY = "remedy", _("Widerspruch einlegen")


class DeclarationEnd(models.TextChoices):
    """Why a signed declaration ended before its day."""

    REVOKED = "revoked", _("von der Person widerrufen")
    DONE = "done", _("Zweck erreicht")
    NOT_SIGNED = "not_signed", _("nicht unterschrieben")
    OF_AGE = "of_age", _("volljährig geworden: gilt nur noch, was sie selbst erklärt")


class DeclarationState(models.TextChoices):
    """What a declaration is on a day."""

    WAITING = "waiting", _("wartet auf Unterschrift")
    STANDING = "standing", _("gilt")
    EXPIRED = "expired", _("abgelaufen")
    ENDED = "ended", _("beendet")
    NOT_SIGNED = "not_signed", _("nicht unterschrieben")


# Languages in which texts to be signed are shipped; German is what the others translate.
TEXT_LANGUAGES = ("de", "en", "uk", "ru", "ar", "fa", "tr", "fr", "ti", "ku")
RIGHT_TO_LEFT = ("ar", "fa")


AGREED = Event("agreement.given", _("hat die Einwilligung in die Beratung festgehalten"))
INFORMED = Event("information.handed_out", _("hat die Datenschutzinformation ausgehändigt"))
CONSENTED = Event("consent.given", _("hat eine Einwilligung festgehalten"))
CONSENT_WITHDRAWN = Event("consent.withdrawn", _("hat einen Widerruf festgehalten"))
RELEASED = Event("release.made", _("hat Daten weitergegeben"))
RELEASE_ENDED = Event("release.ended", _("hat eine Weitergabe beendet"))
DELIVERY_FILED = Event("delivery.filed", _("hat eine Zustellung zur Akte genommen"))
AGREEMENT_ENDED = Event("agreement.ended", _("hat eine Einwilligung in die Beratung beendet"))
TEXT_WRITTEN = Event("form_text.written", _("hat einen Text zum Unterschreiben angelegt"))
TEXT_REVIEWED = Event("form_text.reviewed", _("hat einen Text zum Unterschreiben als geprüft vermerkt"))
TEXT_WITHDRAWN = Event("form_text.withdrawn", _("hat einen Text zum Unterschreiben zurückgezogen"))
POWER_PREPARED = Event("power.prepared", _("hat eine Vollmacht vorbereitet"))
POWER_SIGNED = Event("power.signed", _("hat eine unterschriebene Vollmacht festgehalten"))
POWER_ENDED = Event("power.ended", _("hat das Ende einer Vollmacht festgehalten"))
SECRECY_PREPARED = Event("secrecy_release.prepared", _("hat eine Entbindung von der Schweigepflicht vorbereitet"))
SECRECY_SIGNED = Event(
    "secrecy_release.signed", _("hat eine unterschriebene Entbindung von der Schweigepflicht festgehalten")
)
SECRECY_ENDED = Event(
    "secrecy_release.ended", _("hat das Ende einer Entbindung von der Schweigepflicht festgehalten")
)
