"""Grounds, data classes, texts to be signed, and the deeds of consent and release."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Ground(models.TextChoices):
    """Why something may leave a service."""

    CONSENT = "einwilligung", _("Einwilligung")
    LAW = "gesetzliche_befugnis", _("Gesetzliche Befugnis")
    CARRIED = "selbst_mitgenommen", _("von der Person selbst mitgenommen")
    NO_PERSON = "ohne_personenbezug", _("ohne Personenbezug")


class DeliveryKind(models.TextChoices):
    """What a Weitergabe is for; the module above that made it reads its replies."""

    REFERRAL = "referral", _("Vermittlung")
    CHAIN = "chain", _("Laufende Freigabe einer Integrationskette")
    TRANSFER = "transfer", _("Fallübergabe")
    CONFERENCE = "conference", _("Fallkonferenz")
    PRESENTATION = "presentation", _("anonyme Fallvorstellung")
    INFORMATION = "information", _("Auskunft")
    RESIDENCE = "residence", _("Anfrage der Person an die Behörde")


class Channel(models.TextChoices):
    """How it reaches the recipient. FAX stands last and is off: no special categories by fax, ever."""

    INBOX = "inbox", _("Postfach in Faden")
    LINK = "link", _("Link per E-Mail")
    LETTER = "letter", _("Brief")
    IN_PERSON = "in_person", _("persönlich")
    CARRIED = "carried", _("der Person mitgegeben")
    PHONE = "phone", _("Telefon")
    FAX = "fax", _("Fax")


# A link counts so long, and closes after so many wrong codes.
LINK_DAYS = timedelta(days=14)
WRONG_CODES = 5


class ReleaseEnd(models.TextChoices):
    """Why a Weitergabe is over."""

    WITHDRAWN = "withdrawn", _("Einwilligung widerrufen")
    EXPIRED = "expired", _("abgelaufen")
    RECALLED = "recalled", _("von uns zurückgezogen")
    SUPERSEDED = "superseded", _("durch eine neue Fassung ersetzt")
    DONE = "done", _("Zweck erreicht")
    OF_AGE = "of_age", _("volljährig geworden")


class Outcome(models.TextChoices):
    """What became of the copy when a Weitergabe ended; the receipt for the client says just this."""

    ENDED = "ended", _("Die Einsicht ist beendet. Die Stelle kann die Angaben nicht mehr öffnen.")
    FILED = "filed", _(
        "Die Stelle hatte die Angaben schon zu ihrer Akte genommen. Sie wurde benachrichtigt und muss über"
        " die Löschung entscheiden."
    )
    OUT_OF_REACH = "out_of_reach", _(
        "Die Angaben sind auf Papier oder mündlich weitergegeben worden. Das lässt sich nicht zurückholen."
    )
    OVER = "over", _("Die Einsicht war schon vorher beendet.")


class Foreseen(models.TextChoices):
    """What will become of what was told, as far as anybody can say before a consent ends."""

    INBOX = "inbox", _(
        "Die Einsicht endet sofort. Hat die Stelle die Angaben schon zu ihrer Akte genommen, bekommt sie eine"
        " Mitteilung und muss über die Löschung entscheiden; das steht danach auf dem Beleg."
    )
    LINK_UNREAD = "link_unread", _("Der Link wird sofort geschlossen. Bisher hat ihn niemand geöffnet.")
    LINK_READ = "link_read", _(
        "Der Link wird sofort geschlossen. Die Stelle hat ihn schon geöffnet: Was sie gelesen oder abgeschrieben hat,"
        " lässt sich nicht zurückholen."
    )
    PAPER = "paper", _("Auf Papier weitergegeben: Das lässt sich nicht zurückholen. Schreiben Sie der Stelle.")
    SPOKEN = "spoken", _("Am Telefon oder persönlich gesagt: Das lässt sich nicht zurückholen. Sagen Sie der Stelle Bescheid.")
    OVER = "over", _("Die Einsicht ist schon abgelaufen.")


class Fate(models.TextChoices):
    """What became of it, from channel and outcome: one line of the receipt."""

    VIEW_ENDED = "view_ended", _("Die Einsicht ist beendet. Die Stelle kann die Angaben nicht mehr öffnen.")
    FILED = "filed", _(
        "Die Stelle hatte die Angaben schon in ihrer eigenen Akte. Die Mitteilung an sie ist gemacht; sie muss über die"
        " Löschung entscheiden."
    )
    LINK_UNREAD = "link_unread", _("Der Link ist geschlossen. Niemand hat ihn geöffnet.")
    LINK_READ = "link_read", _(
        "Der Link ist geschlossen. Die Stelle hatte ihn schon geöffnet: Was sie gelesen hat, lässt sich nicht zurückholen."
    )
    PAPER = "paper", _("Auf Papier weitergegeben. Das lässt sich nicht zurückholen.")
    SPOKEN = "spoken", _("Am Telefon oder persönlich gesagt. Das lässt sich nicht zurückholen.")
    OVER = "over", _("Die Einsicht war schon vorher beendet.")


class Erasure(models.TextChoices):
    """What a recipient decided about a copy in its own file after the ground ended."""

    ERASED = "erased", _("gelöscht")
    PARTLY = "partly", _("teilweise gelöscht")
    KEPT = "kept", _("bleibt, weil eine eigene Pflicht oder Befugnis besteht")


class LawNorm(models.TextChoices):
    """Norms by which something may leave a service without consent; a person checks the facts, never the program."""

    KKG_4 = "kkg_4", _("§ 4 KKG: Gefährdung eines Kindes, Mitteilung an das Jugendamt")
    STGB_34 = "stgb_34", _("§ 34 StGB: Notstand, gegenwärtige Gefahr für Leib oder Leben")
    STGB_138 = "stgb_138", _("§ 138 StGB: Anzeigepflicht bei geplanten schweren Straftaten")
    SGB_X_71 = "sgbx_71", _("§ 71 SGB X: gesetzliche Mitteilungspflicht")
    COURT = "court", _("gerichtliche Anordnung")
    AUFENTHG_87_1 = "aufenthg_87_1", _("§ 87 Abs. 1 AufenthG: Ersuchen einer Ausländerbehörde")
    AUFENTHG_87_2 = "aufenthg_87_2", _("§ 87 Abs. 2 oder 7 AufenthG: Pflicht zur Unterrichtung")
    STAG_32 = "stag_32", _("§ 32 Abs. 1 StAG: Übermittlung an eine Einbürgerungsbehörde")
    OTHER = "other", _("andere Vorschrift")


# Towards an office that decides about somebody's stay only these, and only after both paragraphs were checked.
STAY_NORMS = frozenset({LawNorm.AUFENTHG_87_1, LawNorm.AUFENTHG_87_2, LawNorm.STAG_32, LawNorm.COURT})
# Of these a second person ticks that there is a request or duty, and that nothing stands against it.
TICKED_NORMS = frozenset({LawNorm.AUFENTHG_87_1, LawNorm.AUFENTHG_87_2, LawNorm.STAG_32})


class NotInformed(models.TextChoices):
    """Why a client was not told beforehand of a Weitergabe by law."""

    CHILD_AT_RISK = "child_at_risk", _("Der Schutz eines Kindes wäre gefährdet (§ 4 Abs. 3 KKG).")
    DANGER = "danger", _("Es bestünde Gefahr für Leib oder Leben.")
    NOT_REACHED = "not_reached", _("Die Person war nicht erreichbar; sie wird noch unterrichtet.")
    FORBIDDEN = "forbidden", _("Das Gericht oder das Gesetz verbietet die Mitteilung.")


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
    CONSENT = "consent", _("Einwilligung in eine Weitergabe")
    OWN_SECRECY = "own_secrecy", _("Entbindung unserer Fachkräfte von der Schweigepflicht")


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
CONSENT_PREPARED = Event("consent.prepared", _("hat eine Einwilligung vorbereitet"))
CONSENT_REPORTED = Event("consent.reported", _("hat notiert, dass über eine Einwilligung berichtet wurde"))
CONSENTED = Event("consent.given", _("hat eine unterschriebene Einwilligung festgehalten"))
CONSENT_WITHDRAWN = Event("consent.withdrawn", _("hat das Ende einer Einwilligung festgehalten"))
OWN_SECRECY_PREPARED = Event(
    "own_secrecy.prepared", _("hat eine Entbindung der eigenen Fachkräfte von der Schweigepflicht vorbereitet")
)
OWN_SECRECY_SIGNED = Event(
    "own_secrecy.signed", _("hat eine unterschriebene Entbindung der eigenen Fachkräfte festgehalten")
)
OWN_SECRECY_ENDED = Event("own_secrecy.ended", _("hat das Ende einer Entbindung der eigenen Fachkräfte festgehalten"))
LAW_ASKED = Event("release_by_law.asked", _("hat eine Weitergabe auf gesetzlicher Grundlage zur Prüfung gegeben"))
LAW_CONFIRMED = Event("release_by_law.confirmed", _("hat eine Weitergabe auf gesetzlicher Grundlage bestätigt"))
LAW_REFUSED = Event("release_by_law.refused", _("hat eine Weitergabe auf gesetzlicher Grundlage abgelehnt"))
LAW_INFORMED = Event("release_by_law.informed", _("hat notiert, dass die Person unterrichtet ist"))
LINK_OPENED = Event("link.opened", _("hat eine Weitergabe über den Link geöffnet"))
LINK_CODE_RENEWED = Event("link.code_renewed", _("hat einen neuen Code für einen Link erzeugt"))
REPLIED = Event("release.replied", _("hat auf eine Weitergabe geantwortet"))
ERASURE_DECIDED = Event("delivery.erasure_decided", _("hat über die Löschung einer Zustellung entschieden"))
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
