"""Which files are taken, and the states of a stored one."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

MAX_BYTES = 20 * 1024 * 1024
# How many files one paper takes, and how long a page may still be taken out of it.
MOST_FILES = 40
FRESH = timedelta(days=3)
# What stands on our printed forms as a QR code, before the form's key.
FORM_SIGN = "FADEN1:"


class FileKind(models.TextChoices):
    """What is taken, by its content; the value is the media type it is sent with."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"
    TIFF = "image/tiff", "TIFF"
    TEXT = "text/plain", _("Text")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (docx)"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (xlsx)"
    ODT = "application/vnd.oasis.opendocument.text", "OpenDocument (odt)"


# Pages of these are drawn by us; the others are downloaded.
DRAWN_KINDS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.HEIC, FileKind.TIFF})

# The first ending is given to files that bring none or a wrong one.
ENDINGS = {
    FileKind.PDF: ("pdf",),
    FileKind.JPEG: ("jpg", "jpeg"),
    FileKind.PNG: ("png",),
    FileKind.HEIC: ("heic", "heif"),
    FileKind.TIFF: ("tif", "tiff"),
    FileKind.TEXT: ("txt",),
    FileKind.DOCX: ("docx",),
    FileKind.XLSX: ("xlsx",),
    FileKind.ODT: ("odt",),
}

# Text under such a name is run by somebody's computer; "txt" is not.
PROGRAM_ENDINGS = frozenset(
    "bat cmd com ps1 psm1 vbs vbe js jse mjs wsf wsh hta sh bash zsh py pyw pl rb php phtml lua reg inf url lnk"
    " desktop html htm xhtml shtml mht svg xml xsl jar jnlp scr sql applescript command".split()
)


class FileState(models.TextChoices):
    """Nobody opens a file before it was looked at."""

    QUARANTINE = "quarantine", _("wird geprüft")
    CLEAN = "clean", _("geprüft")
    UNSCANNED = "unscanned", _("nicht auf Schadsoftware geprüft")
    INFECTED = "infected", _("gesperrt: Schadsoftware")


class PaperKind(models.TextChoices):
    """What a paper is; for MEDICAL and CRIMINAL "gesehen, nicht gespeichert" is offered first."""

    DECISION = "decision", _("Bescheid")
    LETTER = "letter", _("Schreiben einer Stelle")
    RESIDENCE = "residence", _("Aufenthaltspapier")
    IDENTITY = "identity", _("Pass oder Ausweis")
    CIVIL = "civil", _("Urkunde (Geburt, Heirat, Scheidung)")
    CERTIFICATE = "certificate", _("Zeugnis oder Abschluss")
    LANGUAGE = "language", _("Sprachnachweis")
    CONTRACT = "contract", _("Vertrag (Arbeit, Ausbildung, Miete)")
    INCOME = "income", _("Nachweis über Einkommen oder Leistung")
    INSURANCE = "insurance", _("Versicherung oder Krankenkasse")
    MEDICAL = "medical", _("ärztliches Papier")
    CRIMINAL = "criminal", _("Papier aus Straf- oder Bußgeldverfahren")
    SIGNED = "signed", _("unterschriebene Erklärung")
    OUTGOING = "outgoing", _("Schreiben von uns")
    OTHER = "other", _("anderes Papier")


# Looked at and not kept, as a rule: what they say is more than the work needs (Art. 9 and 10 DSGVO).
SEEN_NOT_STORED = frozenset({PaperKind.MEDICAL, PaperKind.CRIMINAL})


class ReceivedHow(models.TextChoices):
    """How a paper came into the office."""

    BROUGHT = "brought", _("von der Person gebracht")
    PHOTO = "photo", _("als Foto geschickt")
    POST = "post", _("mit der Post")
    MAIL = "mail", _("per E-Mail")
    AGENCY = "agency", _("von einer Stelle übergeben")


class Original(models.TextChoices):
    """Where the original is."""

    RETURNED = "returned", _("zurückgegeben")
    WITH_PERSON = "with_person", _("bei der Person geblieben")
    PAPER_FILE = "paper_file", _("in der Papierakte")
    NONE = "none", _("lag nicht vor (nur Kopie)")


class Outcome(models.TextChoices):
    """What a Bescheid says."""

    GRANTED = "granted", _("bewilligt")
    PARTLY = "partly", _("teilweise bewilligt")
    REJECTED = "rejected", _("abgelehnt")
    ENDED = "ended", _("aufgehoben, eingestellt oder zurückgefordert")
    OTHER = "other", _("anderes")


class Procedure(models.TextChoices):
    """Which law rules the procedure: it decides how a decision counts as notified."""

    SOCIAL = "social", _("Sozialrecht (Jobcenter, Sozialamt SGB XII, Familienkasse, Krankenkasse, Jugendamt)")
    ASYLBLG = "asylblg", _("Leistungen nach dem AsylbLG")
    ADMINISTRATIVE = "administrative", _("Verwaltungsrecht, Stelle in NRW (Ausländerbehörde, Einbürgerung, Schule)")
    FEDERAL = "federal", _("Verwaltungsrecht, Bundesbehörde (BAMF)")
    TAX = "tax", _("Steuerrecht (Kindergeld nach EStG, Finanzamt)")


class NotifiedHow(models.TextChoices):
    """How a decision came to the person."""

    LETTER = "letter", _("gewöhnlicher Brief")
    REGISTERED = "registered", _("Übergabe-Einschreiben")
    RETURN_RECEIPT = "return_receipt", _("Einschreiben mit Rückschein")
    CERTIFICATE = "certificate", _("Zustellungsurkunde (gelber Umschlag)")
    HANDED = "handed", _("persönlich übergeben")
    ELECTRONIC = "electronic", _("elektronisch (Postfach, Portal)")


class PeriodUnit(models.TextChoices):
    """In what a period is counted."""

    DAYS = "days", _("Tage")
    WEEKS = "weeks", _("Wochen")
    MONTHS = "months", _("Monate")


class Remedy(models.TextChoices):
    """What the Rechtsbehelfsbelehrung names."""

    OBJECTION = "objection", _("Widerspruch")
    ACTION = "action", _("Klage")
    TAX_OBJECTION = "einspruch", _("Einspruch")
    APPLICATION = "application", _("Antrag an das Gericht")
    NOT_SAID = "not_said", _("nicht angegeben")


class RemedyState(models.TextChoices):
    """What became of the remedy."""

    OPEN = "open", _("offen")
    LODGED = "lodged", _("eingelegt")
    NOT_WANTED = "not_wanted", _("die Person möchte nicht dagegen vorgehen")
    NOT_NEEDED = "not_needed", _("nicht nötig")
    MISSED = "missed", _("Frist versäumt")
    PASSED_ON = "passed_on", _("eine andere Stelle übernimmt (Anwältin, Anwalt, Beratung)")


class LetterState(models.TextChoices):
    """A draft can be changed and thrown away; what was sent stands in the register."""

    DRAFT = "draft", _("Entwurf")
    SENT = "sent", _("gesendet")


class LetterGround(models.TextChoices):
    """Why a letter may leave the service."""

    TO_PERSON = "to_person", _("an die Person selbst")
    CARRIED = "carried", _("der Person mitgegeben, sie gibt es selbst ab")
    POWER = "power", _("mit Vollmacht der Person")
    SECRECY = "secrecy", _("mit Entbindung von der Schweigepflicht")
    CONSENT = "by_consent", _("mit Einwilligung der Person gegenüber dieser Stelle")
    LAW = "by_law", _("auf gesetzlicher Grundlage, von einer zweiten Person bestätigt")
    # Lines of the register from before a consent was a key: they say it in words, and no new one does.
    CONSENT_NOTED = "consent", _("mit Einwilligung der Person (auf Papier, in der Akte)")
    NO_PERSON = "no_person", _("ohne Bezug zu einer Person")


# What tells a third party about somebody on these is a Weitergabe, with a line in its register.
RELEASING_GROUNDS = frozenset({LetterGround.CONSENT, LetterGround.LAW})


class LetterWay(models.TextChoices):
    """How a letter went out; no fax."""

    POST = "post", _("mit der Post")
    REGISTERED = "registered", _("mit Einschreiben")
    HANDED = "handed", _("der Person übergeben")
    DELIVERED = "delivered", _("bei der Stelle abgegeben")
    MAIL = "mail", _("per E-Mail")
    PORTAL = "portal", _("über ein Portal")


FILE_STORED = Event("file.stored", _("hat eine Datei abgelegt"))
FILE_JUDGED = Event("file.judged", _("hat eine Datei geprüft"))
PAPER_NOTED = Event("paper.noted", _("hat ein Dokument aufgenommen"))
PAPER_CHANGED = Event("paper.changed", _("hat die Angaben zu einem Dokument geändert"))
PAPER_ARRANGED = Event("paper.arranged", _("hat die Seiten eines Dokuments geordnet"))
PAPER_DISCARDED = Event("paper.discarded", _("hat ein eben aufgenommenes Dokument wieder gelöscht"))
FILE_REMOVED = Event("file.removed", _("hat eine Seite aus einem Dokument genommen"))
FILE_DRAWN = Event("file.drawn", _("hat die Seiten einer Datei zur Ansicht gezeichnet"))
FILE_FILED = Event("file.filed", _("hat einen Scan einem Fall zugeordnet"))
FILE_DISCARDED = Event("file.discarded", _("hat einen Scan aus dem Eingang gelöscht"))
DECISION_NOTED = Event("decision.noted", _("hat einen Bescheid erfasst"))
DECISION_CHANGED = Event("decision.changed", _("hat die Angaben zu einem Bescheid geändert"))
DECISION_CONFIRMED = Event("decision.confirmed", _("hat den letzten Tag für einen Rechtsbehelf bestätigt"))
DECISION_SETTLED = Event("decision.settled", _("hat festgehalten, was aus einem Bescheid wurde"))
DECISION_REOPENED = Event("decision.reopened", _("hat einen Bescheid wieder aufgenommen"))
FORM_PRINTED = Event("form.printed", _("hat ein Formular zur Unterschrift gedruckt"))
FORM_RETURNED = Event("form.returned", _("hat ein unterschriebenes Formular abgelegt"))
LETTER_TEMPLATE_PUBLISHED = Event("letter_template.published", _("hat eine Briefvorlage veröffentlicht"))
LETTER_TEMPLATE_WITHDRAWN = Event("letter_template.withdrawn", _("hat eine Briefvorlage zurückgezogen"))
LETTER_DRAFTED = Event("letter.drafted", _("hat einen Brief entworfen"))
LETTER_CHANGED = Event("letter.changed", _("hat einen Briefentwurf geändert"))
LETTER_DISCARDED = Event("letter.discarded", _("hat einen Briefentwurf verworfen"))
LETTER_SENT = Event("letter.sent", _("hat einen Brief gesendet"))
TAKEN_ALONG = Event("sheet.taken_along", _("hat ein Blatt zum Mitnehmen gedruckt"))
WORDS_REVIEWED = Event("words.reviewed", _("hat eine Übersetzung geprüft"))
WORDS_REVIEW_WITHDRAWN = Event("words.review_withdrawn", _("hat die Prüfung einer Übersetzung zurückgenommen"))
TRANSLATED = Event("words.translated", _("hat einen Text für eine Person übersetzt"))
