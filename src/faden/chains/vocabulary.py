"""Words of integration chains and of the Integrationsplan, and their deeds (domain.md 4, 10.8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Breakpoint(models.TextChoices):
    """Bruchstellen: why something stands still, as categories that can be counted."""

    NO_APPOINTMENT = "no_appointment", _("kein Termin")
    PROCESSING = "processing", _("Bearbeitungszeit")
    NO_PLACE = "no_place", _("kein Platz (Kurs, Kita, Schule, Therapie)")
    DOCUMENT = "document", _("Unterlage fehlt")
    TRANSLATION = "translation", _("Übersetzung fehlt")
    IDENTITY = "identity", _("Identitätsnachweis fehlt")
    LANGUAGE = "language", _("Sprachbarriere, keine Sprachmittlung")
    COMPETENCE = "competence", _("Zuständigkeit unklar")
    MOVE = "move", _("Zuständigkeit wechselt nach Umzug")
    BENEFIT_GAP = "benefit_gap", _("Lücke bei Leistungen")
    NOT_PASSED_ON = "not_passed_on", _("Information nicht weitergegeben")
    WRONG_DATA = "wrong_data", _("falsche Daten bei einer Stelle")
    EXCLUDED = "excluded", _("rechtlich ausgeschlossen")
    COST = "cost", _("Kosten")
    CHILDCARE = "childcare", _("Kinderbetreuung fehlt")
    HEALTH = "health", _("Gesundheit")
    DISCRIMINATION = "discrimination", _("Diskriminierung berichtet")
    CLIENT = "client", _("Entscheidung der Person")
    OTHER = "other", _("anderes")


class StepState(models.TextChoices):
    """Where a step stands. Open and ready follow from its predecessors, the others are said by somebody."""

    OPEN = "open", _("offen")
    READY = "ready", _("bereit")
    BLOCKED = "blocked", _("blockiert")
    WAITING_AGENCY = "waiting_agency", _("wartet auf Stelle")
    WAITING_PERSON = "waiting_person", _("wartet auf Person")
    DONE = "done", _("erledigt")
    DROPPED = "dropped", _("entfallen")


# A successor goes on when its predecessor is one of these.
SETTLED = frozenset({StepState.DONE, StepState.DROPPED})


class Join(models.TextChoices):
    """How many predecessors a step waits for."""

    ALL = "all", _("alle davor")
    ANY = "any", _("einer davor genügt")


class StepKind(models.TextChoices):
    """What kind of work a step is."""

    CLARIFY = "klaerung", _("klären, beraten")
    DOCUMENTS = "unterlagen", _("Unterlagen beschaffen")
    ANTRAGSHILFE = "antragshilfe", _("Antragshilfe: beim Ausfüllen helfen")
    APPLICATION = "antrag", _("Antrag stellen")
    APPOINTMENT = "termin", _("Termin")
    DECISION = "entscheidung", _("Entscheidung einer Stelle")
    WAITING_TIME = "wartezeit", _("Wartezeit, Wartefrist")
    COURSE = "kurs", _("Kurs oder Maßnahme")
    EXAM = "pruefung", _("Prüfung, Test")
    PLACE = "platz", _("Platz suchen und finden")
    BEGIN = "beginn", _("Beginn, Einzug, Antritt")
    FOLLOW_UP = "nachsorge", _("nachfassen, begleiten")


class ShareEnd(models.TextChoices):
    """Why a Laufende Freigabe ended."""

    WITHDRAWN = "withdrawn", _("die Einwilligung trägt nicht mehr")
    ENDED = "ended", _("von uns beendet")
    EXPIRED = "expired", _("abgelaufen")
    CHAIN_OVER = "chain_over", _("Integrationskette beendet")
    HANDED_OVER = "handed_over", _("Fall übergeben")


class ReportKind(models.TextChoices):
    """What a participant says to a step it holds."""

    STATE = "state", _("Stand")
    QUESTION = "question", _("Frage")
    ANSWER = "answer", _("Antwort")


class ReportOutcome(models.TextChoices):
    """What became of a state that a participant reported."""

    TAKEN = "taken", _("übernommen")
    CHANGED = "changed", _("der Schritt stand inzwischen anders")
    SETTLED = "settled", _("der Schritt war schon erledigt oder entfallen")
    NOT_HELD = "not_held", _("der Schritt liegt nicht bei dieser Stelle")
    UNCLEAR = "unclear", _("die Meldung war nicht lesbar")


class HolderKind(models.TextChoices):
    """Who holds a step: at whom it lies now."""

    CLIENT = "client", _("die Person")
    FAMILY = "family", _("Familie")
    CASE_MANAGER = "case_manager", _("Case Management")
    AGENCY = "agency", _("Stelle")


class TimeUnit(models.TextChoices):
    """Units of durations and clocks."""

    DAYS = "days", _("Tage")
    WEEKS = "weeks", _("Wochen")
    MONTHS = "months", _("Monate")
    YEARS = "years", _("Jahre")


class BendReason(models.TextChoices):
    """Why a chain is bent for this client; the words beside it say it in full."""

    NOT_NEEDED = "not_needed", _("hier nicht nötig")
    DONE_BEFORE = "done_before", _("schon vorher erledigt")
    CLIENT_WISH = "client_wish", _("auf Wunsch der Person")
    OTHER_WAY = "other_way", _("geht hier anders")
    AGENCY = "agency", _("eine Stelle verlangt es")
    NOT_POSSIBLE = "not_possible", _("ist nicht möglich")
    MISTAKE = "mistake", _("war falsch eingetragen")


class ChangeKind(models.TextChoices):
    """What a line of a step's history tells."""

    STATE = "state", _("Stand geändert")
    FOLLOWED = "followed", _("folgt aus anderen Schritten")
    ADDED = "added", _("eingefügt")
    ORDER = "order", _("Reihenfolge geändert")
    HOLDER = "holder", _("liegt bei jemand anderem")
    SUSPENDED = "suspended", _("ausgesetzt")
    RESUMED = "resumed", _("wieder aufgenommen")


class ChainEnd(models.TextChoices):
    """Why a chain no longer runs."""

    FINISHED = "finished", _("am Ziel")
    NOT_NEEDED = "not_needed", _("nicht mehr nötig")
    CLIENT_WISH = "client_wish", _("auf Wunsch der Person")
    NOT_POSSIBLE = "not_possible", _("war nicht möglich")
    MISTAKE = "mistake", _("war falsch angelegt")
    CASE_CLOSED = "case_closed", _("Fall abgeschlossen")


class GoalRating(models.TextChoices):
    """What became of a goal."""

    REACHED = "reached", _("erreicht")
    PARTLY = "partly", _("teilweise erreicht")
    NOT_REACHED = "not_reached", _("nicht erreicht")
    GIVEN_UP = "given_up", _("von der Person aufgegeben")
    OVERTAKEN = "overtaken", _("überholt")
    PASSED_ON = "passed_on", _("geht bei einem anderen Dienst weiter")


class PlanConfirmed(models.TextChoices):
    """How the client agreed to a version of the plan."""

    SIGNED = "signed", _("auf Papier unterschrieben")
    SPOKEN = "spoken", _("im Gespräch bestätigt")
    WRITTEN = "written", _("schriftlich bestätigt (Nachricht, E-Mail)")


CHAIN_STARTED = Event("chain.started", _("hat eine Integrationskette begonnen"))
CHAIN_ENDED = Event("chain.ended", _("hat eine Integrationskette beendet"))
CHAIN_REOPENED = Event("chain.reopened", _("hat eine Integrationskette wieder aufgenommen"))
STEP_MOVED = Event("chain.step_moved", _("hat den Stand eines Schritts geändert"))
STEP_HANDED = Event("chain.step_handed", _("hat festgehalten, bei wem ein Schritt liegt"))
STEP_AGREED = Event("chain.step_agreed", _("hat für einen Schritt einen Tag vereinbart"))
STEP_UNDONE = Event("chain.step_undone", _("hat die letzte Änderung an einem Schritt zurückgenommen"))
CHAIN_BENT = Event("chain.bent", _("hat eine Integrationskette angepasst"))
STEP_SUSPENDED = Event("chain.suspended", _("hat Schritte einer Kette ausgesetzt"))
STEP_RESUMED = Event("chain.resumed", _("hat Schritte einer Kette wieder aufgenommen"))
TEMPLATE_PUBLISHED = Event("template.published", _("hat eine Kettenvorlage veröffentlicht"))
TEMPLATE_WITHDRAWN = Event("template.withdrawn", _("hat eine Kettenvorlage zurückgezogen"))
GOAL_MADE = Event("plan.goal_made", _("hat ein Ziel aufgenommen"))
GOAL_CHANGED = Event("plan.goal_changed", _("hat ein Ziel geändert"))
GOAL_RATED = Event("plan.goal_rated", _("hat ein Ziel bewertet"))
GOAL_STEP_CHANGED = Event("plan.step_changed", _("hat einen Schritt im Plan geändert"))
PLAN_AGREED = Event("plan.agreed", _("hat einen vereinbarten Plan festgehalten"))
PLAN_REVIEW_SET = Event("plan.review_set", _("hat Überprüfung oder Anmerkungen eines Plans geändert"))

CHAIN_SHARED = Event("chain.shared", _("hat eine Integrationskette laufend freigegeben"))
CHAIN_SHARE_ENDED = Event("chain.share_ended", _("hat eine Laufende Freigabe beendet"))
STEP_REPORTED = Event("step.reported", _("hat zu einem Schritt etwas gemeldet"))
STEP_ASKED = Event("step.asked", _("hat zu einem Schritt etwas gefragt oder geantwortet"))
