"""States and answers of a Vermittlung, reasons of a Fallübergabe, and the deeds that are remembered."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.consents.vocabulary import DeliveryKind
from faden.kernel.audit import Event

# A recipient is reminded after so many days; the client is asked two weeks after the end.
REMINDED_AFTER = timedelta(days=7)
ASKED_AFTER = timedelta(days=14)
# A Fallübergabe nobody answers ends; whoever takes one over gets the counselling agreement within so many days.
TRANSFER_DAYS = timedelta(days=60)
AGREEMENT_DAYS = timedelta(days=14)


class AnswerKind(models.TextChoices):
    """What a recipient says. Received is not accepted is not finished."""

    RECEIVED = "received", _("eingegangen")
    ACCEPTED = "accepted", _("angenommen")
    QUESTION = "question", _("Rückfrage")
    WAITING = "waiting", _("Warteliste")
    DECLINED = "declined", _("abgelehnt")
    NO_SHOW = "no_show", _("Person kam nicht")
    FINISHED = "finished", _("abgeschlossen")


class ReferralState(models.TextChoices):
    """Where a Vermittlung stands: the newest answer, or what we did."""

    DRAFT = "draft", _("Entwurf")
    SENT = "sent", _("gesendet, noch keine Antwort")
    RECEIVED = "received", _("eingegangen")
    QUESTION = "question", _("Rückfrage an uns")
    WAITING = "waiting", _("auf der Warteliste")
    ACCEPTED = "accepted", _("angenommen")
    DECLINED = "declined", _("abgelehnt")
    NO_SHOW = "no_show", _("Person kam nicht")
    FINISHED = "finished", _("abgeschlossen")
    EXPIRED = "expired", _("keine Antwort, abgelaufen")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


# Nobody has to do anything any more.
OVER = frozenset({ReferralState.FINISHED, ReferralState.WITHDRAWN})
# Sent, and nobody has said yes or no.
UNANSWERED = frozenset({ReferralState.SENT, ReferralState.RECEIVED})
# It failed at this recipient: the second choice, or another way.
FAILED = frozenset({ReferralState.DECLINED, ReferralState.NO_SHOW, ReferralState.EXPIRED})


# What a state says, and what it does not: shown beside it, because "eingegangen" is often taken for a yes.
MEANING = {
    ReferralState.DRAFT: _("Noch ist nichts hinausgegangen."),
    ReferralState.SENT: _("Ob jemand sie gelesen hat, wissen wir nicht."),
    ReferralState.RECEIVED: _("Die Stelle hat sie. Ob sie die Person nimmt, ist noch offen."),
    ReferralState.QUESTION: _("Die Stelle wartet auf uns."),
    ReferralState.WAITING: _("Die Stelle will die Person nehmen, hat aber noch keinen Platz."),
    ReferralState.ACCEPTED: _("Die Stelle nimmt die Person. Ob sie dort war und was daraus wurde, ist noch offen."),
    ReferralState.DECLINED: _("Diese Stelle nimmt die Person nicht. Der Bedarf besteht weiter."),
    ReferralState.NO_SHOW: _("Die Stelle hat gewartet. Was dazwischenkam, weiß die Person."),
    ReferralState.FINISHED: _("Die Stelle hat ihr Ergebnis genannt. Ob es geholfen hat, sagt die Person."),
    ReferralState.EXPIRED: _("Bis zum vereinbarten Tag kam nichts. Die Einsicht der Stelle ist beendet."),
    ReferralState.WITHDRAWN: _("Wir haben sie zurückgenommen."),
}


class DeclineReason(models.TextChoices):
    """Why a recipient cannot take somebody; counted without names later."""

    FULL = "full", _("kein Platz frei")
    NOT_COMPETENT = "not_competent", _("nicht zuständig")
    CONDITIONS = "conditions", _("Voraussetzungen nicht erfüllt")
    LANGUAGE = "language", _("keine Sprachmittlung möglich")
    DOCUMENTS = "documents", _("Unterlagen fehlen")
    ENDED = "ended", _("Angebot gibt es nicht mehr")
    OTHER = "other", _("anderer Grund")


class AnswerWay(models.TextChoices):
    """How an answer came. All but the first two are noted by us: who said it, when, how."""

    INBOX = "inbox", _("in Faden")
    LINK = "link", _("über den Link")
    LETTER = "letter", _("Brief")
    PHONE = "phone", _("Telefon")
    MAIL = "mail", _("E-Mail")
    IN_PERSON = "in_person", _("persönlich")
    BY_CLIENT = "by_client", _("von der Person selbst berichtet")


BY_ITSELF = frozenset({AnswerWay.INBOX, AnswerWay.LINK})


class Standing(models.TextChoices):
    """Where a delivery stands at its recipient, in the order in which it asks for somebody."""

    ERASURE = "erasure", _("über Löschung entscheiden")
    NEW = "new", _("neu")
    OPEN = "open", _("in Bearbeitung")
    DONE = "done", _("erledigt")


# Who reads what of an inbox. What a client asks an office goes to its building block 3 and to nobody else there.
ASKED_BY_CLIENTS = frozenset({DeliveryKind.RESIDENCE})
INBOX_ROLES = ("case_manager", "team_lead", "partner", "residence_officer")
# What the recipient may know of an end: never more than this.
ENDED_FOR_THEM = {
    "withdrawn": _("die Einwilligung widerrufen ist"),
    "expired": _("die Zeit abgelaufen ist"),
    "recalled": _("der Absender sie zurückgezogen hat"),
    "superseded": _("es eine neue Fassung gibt"),
    "done": _("der Zweck erreicht ist"),
    "of_age": _("die Grundlage entfallen ist"),
}


class Helped(models.TextChoices):
    """What the client says two weeks later."""

    YES = "yes", _("ja, es hat geholfen")
    PARTLY = "partly", _("teilweise")
    NO = "no", _("nein")
    NOT_REACHED = "not_reached", _("nicht erreicht")


class ChangeKind(models.TextChoices):
    """What we did to a Vermittlung besides sending it and noting answers; the log of it is shown with it."""

    CHANGED = "changed", _("geändert")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    REOPENED = "reopened", _("wieder aufgenommen")
    REMINDED = "reminded", _("an die Antwort erinnert")
    EXPIRED = "expired", _("ohne Antwort abgelaufen")
    CLOSED = "closed", _("Einsicht beendet")
    SILENT = "silent", _("nur „eingegangen“ gesagt, Einsicht beendet")


class RequestTopic(models.TextChoices):
    """What an Anfrage an KIM is about, in the words of those who send it."""

    LANGUAGE = "language", _("Deutsch lernen")
    SCHOOL = "school", _("Schule oder Kita")
    WORK = "work", _("Arbeit, Ausbildung, Anerkennung")
    HOUSING = "housing", _("Wohnen")
    OFFICES = "offices", _("Anträge und Ämter")
    FAMILY = "family", _("Familie")
    HEALTH = "health", _("Gesundheit: wohin")
    MONEY = "money", _("Geld und Schulden")
    OTHER = "other", _("anderes")


class RequestFrom(models.TextChoices):
    """Who sends an Anfrage an KIM."""

    TOWN = "town", _("Stadt oder Gemeinde")
    SCHOOL = "school", _("Schule oder Kita")
    JOBCENTRE = "jobcentre", _("Jobcenter")
    GUIDE = "guide", _("Integrationslotsin oder -lotse")
    VOLUNTEER = "volunteer", _("Ehrenamt")
    OTHER = "other", _("andere Stelle")


class RequestState(models.TextChoices):
    """All that the sender of an Anfrage ever sees."""

    ARRIVED = "arrived", _("angekommen")
    OFFERED = "offered", _("Termin angeboten")
    NOT_COMPETENT = "not_competent", _("nicht zuständig")


class TransferReason(models.TextChoices):
    """Why a case goes to another service."""

    OTHER_SERVICE = "other_service", _("anderer Dienst übernimmt")
    MOVED = "moved", _("Umzug in eine andere Stadt")
    BENEFITS = "benefits", _("Wechsel des Rechtskreises")
    WISH = "wish", _("Wunsch der Person")


class TransferState(models.TextChoices):
    """Where a Fallübergabe stands."""

    DRAFT = "draft", _("in Vorbereitung")
    SENT = "sent", _("gesendet")
    ACCEPTED = "accepted", _("angenommen")
    DECLINED = "declined", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    DONE = "done", _("abgeschlossen")


class LoosePartKind(models.TextChoices):
    """What is still open in a case when it goes over."""

    STEP = "step", _("Schritt")
    DEADLINE = "deadline", _("Frist")
    TASK = "task", _("Aufgabe")
    APPOINTMENT = "appointment", _("Termin")
    REFERRAL = "referral", _("Vermittlung")
    DECLARATION = "declaration", _("Erklärung")
    GOAL = "goal", _("Ziel")
    DECISION = "decision", _("Bescheid")
    SHARE = "share", _("Laufende Freigabe")
    INTERPRETER = "interpreter", _("Anfrage nach Sprachmittlung")
    ORIGINAL = "original", _("Original bei uns")
    LETTER = "letter", _("Briefentwurf")
    CONFERENCE = "conference", _("Fallkonferenz")


class GoesTo(models.TextChoices):
    """Who holds an open part after the Fallübergabe."""

    THEM = "them", _("geht über")
    US = "us", _("bleibt bei uns bis zum Ende der Überleitung")
    CLIENT = "client", _("die Person selbst")
    ENDS = "ends", _("endet")


class ConferenceState(models.TextChoices):
    """Where a Fallkonferenz stands."""

    PLANNED = "planned", _("geplant")
    HELD = "held", _("durchgeführt")
    CANCELLED = "cancelled", _("abgesagt")


class ParticipantKind(models.TextChoices):
    """Who sits at the table."""

    CLIENT = "client", _("die Person selbst")
    STAFF = "staff", _("unser Dienst")
    RECIPIENT = "recipient", _("andere Stelle")
    INTERPRETER = "interpreter", _("Sprachmittlung")
    COMPANION = "companion", _("Vertrauensperson")


class HearsBy(models.TextChoices):
    """By what one at the table of a Fallkonferenz may hear of a person; the first two are grounds of a Weitergabe."""

    CONSENT = "consent", _("Einwilligung")
    LAW = "law", _("gesetzliche Befugnis")
    SELF = "self", _("es geht um sie selbst")
    REPRESENTS = "represents", _("vertritt die Person gesetzlich")
    BROUGHT = "brought", _("von der Person mitgebracht, sie sitzt dabei")
    TEAM = "team", _("unser Dienst arbeitet an dem Fall")
    NO_NAMES = "no_names", _("hört nichts über die Person")


class InvitedBy(models.TextChoices):
    """How somebody was asked to a Fallkonferenz; never with a word about whom."""

    LETTER = "letter", _("Brief")
    MAIL = "mail", _("E-Mail")
    PHONE = "phone", _("Telefon oder persönlich")


class PresentationState(models.TextChoices):
    """Nothing of an anonymous presentation leaves before a person has read it through."""

    DRAFT = "draft", _("Entwurf")
    REVIEWED = "reviewed", _("durchgesehen")
    SENT = "sent", _("vorgestellt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


class PresentationAnswer(models.TextChoices):
    """What becomes of an anonymous presentation at the coordination."""

    TAKEN_UP = "taken_up", _("aufgenommen")
    PLANNED = "planned", _("kommt in die Planungskonferenz")
    STEERING = "steering", _("an die Lenkungsgruppe gegeben")
    NOT_OURS = "not_ours", _("dafür nicht zuständig")
    ANSWERED = "answered", _("Antwort in Worten")


class PresentationTells(models.TextChoices):
    """What an anonymous presentation says only where it matters for the question."""

    NATIONALITY = "nationality", _("Staatsangehörigkeit")
    TOWN = "town", _("Stadt oder Gemeinde")


class PresentationCheck(models.TextChoices):
    """What a person looks for before an anonymous presentation leaves; each point is ticked."""

    NAMES = "names", _("Kein Name steht im Text, auch kein Spitzname, keine Initialen, keine andere Schreibweise.")
    DATES = "dates", _("Kein Tag und kein Geburtsdatum steht im Text, nur Monate und ungefähres Alter.")
    PLACES = "places", _("Kein Ort, keine Straße, keine Schule, kein Arbeitgeber ist zu erkennen.")
    NUMBERS = "numbers", _("Kein Aktenzeichen, keine Telefonnummer, keine andere Nummer steht im Text.")
    OTHERS = "others", _("Auch Angehörige, Nachbarn, Fachkräfte anderer Stellen sind nicht zu erkennen.")
    RARE = "rare", _("Nichts ist so ungewöhnlich, dass jemand vor Ort die Familie daran erkennt.")
    SPECIAL = "special", _("Gesundheit, Religion, Fluchtgründe stehen nur da, wo die Frage ohne sie keinen Sinn hat.")


REFERRAL_BEGUN = Event("referral.begun", _("hat eine Vermittlung begonnen"))
REFERRAL_CHANGED = Event("referral.changed", _("hat eine Vermittlung geändert"))
REFERRAL_SENT = Event("referral.sent", _("hat eine Vermittlung gesendet"))
REFERRAL_ANSWERED = Event("referral.answered", _("hat eine Antwort auf eine Vermittlung festgehalten"))
REFERRAL_REMINDED = Event("referral.reminded", _("hat an eine Vermittlung erinnert"))
REFERRAL_EXPIRED = Event("referral.expired", _("hat eine Vermittlung ohne Antwort beendet"))
REFERRAL_WITHDRAWN = Event("referral.withdrawn", _("hat eine Vermittlung zurückgezogen"))
REFERRAL_REOPENED = Event("referral.reopened", _("hat eine Vermittlung wieder aufgenommen"))
REFERRAL_HELPED = Event("referral.helped", _("hat notiert, ob eine Vermittlung geholfen hat"))
DELIVERY_ASSIGNED = Event("delivery.assigned", _("hat eine Zustellung jemandem zugeteilt"))
DELIVERY_ANSWERED = Event("delivery.answered", _("hat eine Zustellung beantwortet"))
LINK_MAILED = Event("link.mailed", _("hat die E-Mail mit einem Link noch einmal gesendet"))
REQUEST_SENT = Event("request.sent", _("hat eine Anfrage an KIM gesendet"))
REQUEST_NOTED = Event("request.noted", _("hat eine Anfrage festgehalten, die auf Papier kam"))
REQUEST_TAKEN = Event("request.taken", _("hat eine Anfrage einer Stelle aufgenommen"))
REQUEST_ANSWERED = Event("request.answered", _("hat eine Anfrage einer Stelle beantwortet"))
REQUEST_FORGOTTEN = Event("request.forgotten", _("hat die Angaben zur Person aus einer Anfrage einer Stelle gelöscht"))
TRANSFER_PREPARED = Event("transfer.prepared", _("hat eine Fallübergabe vorbereitet"))
TRANSFER_CHANGED = Event("transfer.changed", _("hat eine Fallübergabe geändert"))
CASE_TAKEN_OVER = Event("transfer.taken_over", _("hat einen Fall von einem anderen Dienst übernommen"))
TRANSFER_REFUSED = Event("transfer.refused", _("hat eine Fallübergabe abgelehnt"))
GOALS_TAKEN_OVER = Event("transfer.goals_taken_over", _("hat Ziele aus einer Fallübergabe übernommen"))
TRANSFER_SENT = Event("transfer.sent", _("hat eine Fallübergabe gesendet"))
TRANSFER_WITHDRAWN = Event("transfer.withdrawn", _("hat eine Fallübergabe zurückgezogen"))
TRANSFER_ANSWERED = Event("transfer.answered", _("hat eine Fallübergabe beantwortet"))
TRANSFER_DONE = Event("transfer.done", _("hat eine Fallübergabe abgeschlossen"))
CONFERENCE_PLANNED = Event("conference.planned", _("hat eine Fallkonferenz geplant"))
CONFERENCE_CHANGED = Event("conference.changed", _("hat eine Fallkonferenz geändert"))
CONFERENCE_INVITED = Event("conference.invited", _("hat zu einer Fallkonferenz eingeladen"))
CONFERENCE_MINUTES = Event("conference.minutes_sent", _("hat das Protokoll einer Fallkonferenz weitergegeben"))
CONFERENCE_HELD = Event("conference.held", _("hat eine Fallkonferenz festgehalten"))
CONFERENCE_CANCELLED = Event("conference.cancelled", _("hat eine Fallkonferenz abgesagt"))
PRESENTATION_MADE = Event("presentation.made", _("hat eine anonyme Fallvorstellung angelegt"))
PRESENTATION_CHANGED = Event("presentation.changed", _("hat eine anonyme Fallvorstellung geändert"))
PRESENTATION_REVIEWED = Event("presentation.reviewed", _("hat eine anonyme Fallvorstellung durchgesehen"))
PRESENTATION_SENT = Event("presentation.sent", _("hat einen Fall anonym vorgestellt"))
PRESENTATION_ANSWERED = Event("presentation.answered", _("hat die Antwort auf eine anonyme Fallvorstellung aufgenommen"))
PRESENTATION_WITHDRAWN = Event("presentation.withdrawn", _("hat eine anonyme Fallvorstellung zurückgezogen"))
WATCH_BEGUN = Event("watch.begun", _("hat eine beobachtete Suche begonnen"))
WATCH_ENDED = Event("watch.ended", _("hat eine beobachtete Suche beendet"))
