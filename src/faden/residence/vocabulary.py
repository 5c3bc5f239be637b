"""Words of the rechtliche Verstetigung: Vorprüfung, Fristen und Chancen, Voranfrage and Begleitschreiben."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.cases.vocabulary.deadline import DeadlineKind
from faden.kernel.audit import Event


class RequestKind(models.TextChoices):
    """What the client sends to the office; only the second goes with an application."""

    PRELIMINARY = "preliminary", _("Voranfrage")
    COVER = "cover", _("Begleitschreiben zum Antrag")


class ReceiptKind(models.TextChoices):
    """By what a person can show that her application arrived, and when."""

    REGISTERED = "registered", _("Einschreiben mit Rückschein")
    ACKNOWLEDGED = "acknowledged", _("Empfangsbekenntnis")
    STAMP = "stamp", _("Eingangsstempel auf der Kopie")
    EMAIL = "email", _("Bestätigung per E-Mail")


class OfficeAnswerKind(models.TextChoices):
    """What the office can answer; none of it is a decision."""

    DOCUMENTS = "documents", _("Unterlagen fehlen")
    APPOINTMENT = "appointment", _("Termin")
    WILL_CHECK = "will_check", _("wird geprüft")
    NOT_COMPETENT = "not_competent", _("nicht zuständig")


# The office has done its part for now.
SETTLING = frozenset({OfficeAnswerKind.DOCUMENTS, OfficeAnswerKind.APPOINTMENT, OfficeAnswerKind.NOT_COMPETENT})


class OfficeAnswerWay(models.TextChoices):
    """How the answer came."""

    INBOX = "inbox", _("über Faden")
    LETTER = "letter", _("Brief")
    EMAIL = "email", _("E-Mail")
    PHONE = "phone", _("Telefon")
    IN_PERSON = "in_person", _("persönlich")


class RequestState(models.TextChoices):
    """Where a request stands; the answers are states of their own."""

    SENT = "sent", _("gesendet, noch ohne Antwort")
    DOCUMENTS = "documents", _("Unterlagen fehlen")
    APPOINTMENT = "appointment", _("Termin genannt")
    WILL_CHECK = "will_check", _("wird geprüft")
    NOT_COMPETENT = "not_competent", _("nicht zuständig")
    ENDED = "ended", _("beendet")


class WatchEnd(models.TextChoices):
    """Why the night no longer looks."""

    WITHDRAWN = "withdrawn", _("möchte es nicht mehr")
    DONE = "done", _("nicht mehr nötig")
    OF_AGE = "of_age", _("volljährig geworden: sie sagt es jetzt selbst")
    CASE_CLOSED = "case_closed", _("Fall abgeschlossen")


class News(models.TextChoices):
    """What the night tells about a path, as the title of a task begins; the day or the path follows."""

    OPENS = "opens", _("Weg öffnet am %(day)s: %(path)s")
    OPEN = "open", _("Weg ist offen: %(path)s")
    TIME_HAS_COME = "time_has_come", _("Zeit ist erreicht, es fehlen Angaben: %(path)s")
    CLOSES = "closes", _("Weg schließt am %(day)s: %(path)s")


# What happens when the day passes, and what helps.
CONSEQUENCES = {
    DeadlineKind.TITLE: (
        _("Danach ist das Papier abgelaufen. Bei einer Fiktionsbescheinigung läuft nur das Papier ab: Die Wirkung gilt bis zur Entscheidung."),
        _("Nur ein rechtzeitiger Antrag vor Ablauf schützt einen Aufenthaltstitel (§ 81 Abs. 4 AufenthG). Eine Voranfrage schützt nicht."),
    ),
    DeadlineKind.BRIDGE_104C: (
        _("Danach führt der Weg aus § 104c nicht mehr zu § 25a oder § 25b AufenthG. Der Titel selbst wird nicht verlängert."),
        _("Der Antrag nach § 25a oder § 25b AufenthG muss vor diesem Tag gestellt sein."),
    ),
    DeadlineKind.REMEDY: (
        _("Danach gilt der Bescheid, auch wenn er falsch ist."),
        _("Der Rechtsbehelf muss vorher dort sein, wo ihn die Belehrung nennt. Holen Sie früh anwaltliche Hilfe."),
    ),
    DeadlineKind.AGE_27: (
        _("Danach ist der Weg für junge Menschen nach § 25a AufenthG zu."),
        _("Der Antrag muss vor dem 27. Geburtstag gestellt sein."),
    ),
    DeadlineKind.PASSPORT: (
        _("Danach fehlt ein gültiger Pass. Die meisten Titel setzen ihn voraus (§ 5 Abs. 1 Nr. 4 AufenthG)."),
        _("Früh verlängern. Wer als Flüchtling anerkannt ist, fragt nicht beim Konsulat, sondern bei der Ausländerbehörde nach einem Reiseausweis."),
    ),
    DeadlineKind.COURSE_CLAIM: (
        _("Danach gibt es keinen Anspruch mehr, nur noch eine Zulassung auf freie Plätze (§ 44 Abs. 4 AufenthG)."),
        _("Vorher zum Kurs anmelden."),
    ),
}


PRECHECK_BEGUN = Event("precheck.begun", _("hat eine Vorprüfung des Aufenthalts begonnen"))
PRECHECK_ANSWERED = Event("precheck.answered", _("hat Angaben einer Vorprüfung notiert"))
OUTLOOK_BEGUN = Event("outlook.begun", _("hat „Fristen und Chancen“ für eine Person begonnen"))
OUTLOOK_ENDED = Event("outlook.ended", _("hat „Fristen und Chancen“ für eine Person beendet"))
OFFICE_ASKED = Event("office_request.sent", _("hat eine Anfrage an die Behörde gesendet"))
OFFICE_RECEIPT_NOTED = Event("office_request.receipt_noted", _("hat notiert, womit der Eingang eines Antrags belegt ist"))
OFFICE_ANSWERED = Event("office_request.answered", _("hat die Antwort der Behörde festgehalten"))
OFFICE_REQUEST_ENDED = Event("office_request.ended", _("hat eine Anfrage an die Behörde beendet"))
OFFICE_ANSWER_GIVEN = Event("office_request.answer_given", _("hat eine Anfrage beantwortet"))
RULE_READING_WITHDRAWN = Event("rule.reading_withdrawn", _("hat eine andere Lesart einer Regel zurückgenommen"))
RULE_READ_OTHERWISE = Event("rule.read_otherwise", _("hat eine andere Lesart einer Regel notiert"))
