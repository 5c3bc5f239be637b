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


class OpeningReason(models.TextChoices):
    """Why a team lead opens a case."""

    SUBSTITUTION = "substitution", _("Vertretung")
    SUPERVISION = "supervision", _("Fachaufsicht")
    COMPLAINT = "complaint", _("Beschwerde")


class Scope(models.TextChoices):
    """Whether a case is for one person or a family."""

    PERSON = "person", _("eine Person")
    FAMILY = "family", _("eine Familie")


class CaseWeight(models.IntegerChoices):
    """How much of a full-time post a case takes; for planning, never for comparing people."""

    LIGHT = 1, _("leicht (seltene Kontakte)")
    MIDDLE = 2, _("mittel")
    HEAVY = 3, _("schwer (viele Stellen, große Familie, Krise)")


class Strength(models.TextChoices):
    """The scale both answer on: five steps with words, readable without colour."""

    CRISIS = "1", _("geht gar nicht")
    HARD = "2", _("schwierig")
    MIXED = "3", _("teils, teils")
    FAIR = "4", _("geht gut")
    GOOD = "5", _("kein Thema, läuft")


class TieKind(models.TextChoices):
    """What stands at the other end of a tie in the network and resource map."""

    PERSON = "person", _("Person")
    AGENCY = "agency", _("Stelle oder Verein")
    RESOURCE = "resource", _("eigene Stärke oder Mittel")


class TieQuality(models.TextChoices):
    """How good a tie is."""

    STRONG = "strong", _("trägt gut")
    HELPFUL = "helpful", _("hilft manchmal")
    WEAK = "weak", _("lose")
    STRAINED = "strained", _("belastet")
    BROKEN = "broken", _("abgebrochen")


class TieNews(models.TextChoices):
    """What has happened to a tie of the map, as it is told when it is opened again."""

    CHANGED = "changed", _("Es hat sich verändert: so ist es seit diesem Tag")
    WRONG = "wrong", _("Die Angabe war falsch: so war es die ganze Zeit")
    ENDED = "ended", _("Die Verbindung besteht nicht mehr: das war der letzte Tag")


class Distance(models.IntegerChoices):
    """How near somebody or something is to a person: the rings of the map."""

    NEAR = 1, _("nah")
    MIDDLE = 2, _("mittel")
    FAR = 3, _("fern")


class AccessCriterion(models.TextChoices):
    """The five criteria for case management (domain.md 1.4)."""

    COMPLEX = "complex", _("komplexer Bedarf: mindestens drei Bereiche oder mehrere Berufsgruppen")
    MANY_ACTORS = "many_actors", _("viele Stellen sind beteiligt")
    NO_STANDARD = "no_standard", _("die üblichen Wege reichen nicht")
    NO_RESOURCES = "no_resources", _("eigene Mittel und Umfeld reichen nicht")
    CONSENT = "consent", _("die Person möchte es")


class AccessDecision(models.TextChoices):
    """What the clarification led to."""

    CASE_MANAGEMENT = "case_management", _("Case Management")
    REFERRED = "referred", _("verwiesen")
    DECLINED = "declined", _("von der Person abgelehnt")
    WAITING_LIST = "waiting_list", _("Warteliste")


class CriterionState(models.TextChoices):
    """What a worker says about an exit criterion."""

    DONE = "done", _("erfüllt")
    NOT_YET = "not_yet", _("noch nicht")
    NOT_NEEDED = "not_needed", _("hier nicht nötig")


class ClosingReason(models.TextChoices):
    """Why a case is closed (domain.md 10.8)."""

    GOALS = "goals", _("Ziele erreicht")
    REGULAR = "regular", _("an Regeldienst übergeben")
    MOVED = "moved", _("weggezogen")
    WITHDRAWN = "withdrawn", _("Einwilligung widerrufen")
    NO_CONTACT = "no_contact", _("kein Kontakt mehr")
    LEFT = "left", _("freiwillig ausgereist")
    REMOVED = "removed", _("zwangsweise zurückgekehrt")
    DIED = "died", _("verstorben")
    NOT_INDICATED = "not_indicated", _("Klärung: kein Case Management")
    OTHER = "other", _("anderer Grund")


class Satisfaction(models.TextChoices):
    """What the client says at the end; asking is compulsory, answering is not."""

    HELPED_MUCH = "much", _("hat sehr geholfen")
    HELPED = "some", _("hat etwas geholfen")
    NOT_HELPED = "not", _("hat nicht geholfen")
    NOT_ASKED = "not_asked", _("konnte nicht gefragt werden")
    NO_ANSWER = "no_answer", _("möchte nichts sagen")


class DropReason(models.TextChoices):
    """Why an open task or step is closed without being done."""

    NOT_NEEDED = "not_needed", _("nicht mehr nötig")
    CLIENT = "client", _("macht die Person selbst")
    OTHER_SERVICE = "other_service", _("macht eine andere Stelle weiter")
    NOT_POSSIBLE = "not_possible", _("war nicht möglich")


class LeadChangeReason(models.TextChoices):
    """Why another case manager takes over."""

    LEAVING = "leaving", _("Kollegin oder Kollege geht")
    CAPACITY = "capacity", _("Entlastung")
    LANGUAGE = "language", _("Sprache oder Fachthema")
    CLIENT_WISH = "client_wish", _("auf Wunsch der Person")
    MOVE = "move", _("Umzug in anderen Standort")


class SubstitutionReason(models.TextChoices):
    """Why someone is away, as coarse as planning needs."""

    LEAVE = "leave", _("Urlaub oder frei")
    ABSENT = "absent", _("abwesend")
    TRAINING = "training", _("Fortbildung oder Dienstreise")


class SkipReason(models.TextChoices):
    """Why a phase is skipped."""

    DONE_BEFORE = "done_before", _("schon vorher geklärt")
    CLIENT_WISH = "client_wish", _("auf Wunsch der Person")
    URGENT = "urgent", _("etwas anderes ist dringender")
    NOT_NEEDED = "not_needed", _("hier nicht nötig")


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


class DeadlineKind(models.TextChoices):
    """Fristen by what they come from; a remedy against a decision is red and stands first."""

    REMEDY = "remedy", _("Rechtsbehelf gegen einen Bescheid")
    TITLE = "title", _("Aufenthaltspapier läuft ab")
    BRIDGE_104C = "bridge_104c", _("Brücke aus § 104c endet")
    AGE_27 = "age_27", _("27. Geburtstag: letzter Tag für den Antrag nach § 25a")
    COURSE_CLAIM = "course_claim", _("Anspruch auf den Integrationskurs erlischt")
    SGB2_74 = "sgb2_74", _("Bewilligung nach § 74 SGB II endet spätestens")
    SCHOOL_DUTY = "school_duty", _("Schulpflicht ohne Schulplatz")
    BENEFIT = "benefit", _("Bewilligung der Leistung endet")
    OCCUPATION = "occupation", _("Arbeit, Ausbildung oder Kurs endet")
    PLAN_REVIEW = "plan_review", _("Plan überprüfen")
    GOAL = "goal", _("Ziel: vereinbarter Tag")
    STEP_CLOCK = "step_clock", _("Gesetzliche Frist eines Schritts")
    STEP_DUE = "step_due", _("Schritt: vereinbarter Tag")
    EXEMPTION = "exemption", _("Befreiung von einem Schritt endet")
    POWER_ENDS = "power_ends", _("Vollmacht endet")


# What became of it is asked where it comes from; its Frist ends and comes back with the answer.
ENDED_AT_ITS_SOURCE = frozenset({DeadlineKind.REMEDY})


class DeadlineBand(models.IntegerChoices):
    """How near a last day is, by the days left at most; a letter goes out when a narrower one is reached."""

    PASSED = 0, _("verstrichen")
    MONTH = 30, _("in 30 Tagen")
    QUARTER = 90, _("in 90 Tagen")
    HALF_YEAR = 180, _("in 180 Tagen")
    LATER = 9999, _("später")


# A remedy has weeks: letters go out two weeks, one week, three days and one day before, and when it has passed.
REMEDY_WARNINGS = (0, 1, 3, 7, 14)


class DeadlineEnd(models.TextChoices):
    """Why a deadline no longer counts."""

    DONE = "done", _("erledigt")
    NOT_NEEDED = "not_needed", _("trifft hier nicht zu")
    PASSED = "passed", _("verstrichen, Folgen besprochen")
    GONE = "gone", _("der Grund besteht nicht mehr")
    CASE_CLOSED = "case_closed", _("Fall abgeschlossen")


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
APPOINTMENT_DROPPED = Event("appointment.dropped", _("hat einen Termin abgesagt"))
MEMBER_JOINED = Event("case.member_joined", _("hat eine Person in den Fall aufgenommen"))
MEMBER_LEFT = Event("case.member_left", _("hat eine Person aus dem Fall genommen"))
CLARIFIED = Event("case.clarified", _("hat die Zugangsklärung festgehalten"))
CRITERION_MARKED = Event("case.criterion_marked", _("hat ein Kriterium der Phase eingeschätzt"))
CASE_CLOSED = Event("case.closed", _("hat einen Fall abgeschlossen"))
CASE_REOPENED = Event("case.reopened", _("hat einen Fall wieder aufgenommen"))
LEAD_CHANGED = Event("case.lead_changed", _("hat die Fallführung übergeben"))
WORK_PASSED_ON = Event("work.passed_on", _("hat Aufgaben und Termine an eine andere Fachkraft gegeben"))
WEIGHT_CHANGED = Event("case.weight_changed", _("hat das Gewicht eines Falls geändert"))
SUBSTITUTION_ARRANGED = Event("substitution.arranged", _("hat eine Vertretung eingerichtet"))
SUBSTITUTION_ENDED = Event("substitution.ended", _("hat eine Vertretung beendet"))
TASK_DROPPED = Event("task.dropped", _("hat eine Aufgabe ohne Erledigung geschlossen"))
LIFE_AREA_CHANGED = Event("life_area.changed", _("hat die Liste der Lebensbereiche geändert"))
ASSESSMENT_BEGUN = Event("assessment.begun", _("hat ein Assessment begonnen"))
AREA_VIEWED = Event("assessment.area_viewed", _("hat einen Lebensbereich eingeschätzt"))
ASSESSMENT_FINISHED = Event("assessment.finished", _("hat ein Assessment abgeschlossen"))
ASSESSMENT_REOPENED = Event("assessment.reopened", _("hat ein Assessment wieder aufgenommen"))
TIE_CHANGED = Event("network.changed", _("hat die Netzwerkkarte geändert"))
DEADLINE_ENDED = Event("deadline.ended", _("hat eine Frist beendet"))
DEADLINE_REOPENED = Event("deadline.reopened", _("hat eine Frist wieder aufgenommen"))
ATTENDANCE_NOTED = Event("appointment.attendance_noted", _("hat festgehalten, wer zu einem Termin kam"))
APPOINTMENT_ANSWERED = Event("appointment.answered", _("hat die Antwort auf einen Termin festgehalten"))
INTERPRETER_CHANGED = Event("interpreter.changed", _("hat eine Anfrage nach Sprachmittlung geändert"))
INTERPRETER_SOURCE_CHANGED = Event("interpreter_source.changed", _("hat die Liste der Sprachmittlung geändert"))
REMINDER_WISHED = Event("reminder.wished", _("hat festgehalten, wie eine Person erinnert werden möchte"))
REMINDED = Event("reminder.settled", _("hat an einen Termin erinnert"))
FEED_MADE = Event("calendar.feed_made", _("hat eine Kalenderadresse angelegt"))
FEED_REVOKED = Event("calendar.feed_revoked", _("hat eine Kalenderadresse gesperrt"))
