"""How a case begins, who leads it and how it ends (domain.md 1.4, 10.8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


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


class ClosingReason(models.TextChoices):
    """Why a case is closed (domain.md 10.8)."""

    GOALS = "goals", _("Ziele erreicht")
    REGULAR = "regular", _("an Regeldienst übergeben")
    TRANSFERRED = "transferred", _("an einen anderen Dienst übergeben (Fallübergabe)")
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


CLARIFIED = Event("case.clarified", _("hat die Zugangsklärung festgehalten"))
CRITERION_MARKED = Event("case.criterion_marked", _("hat ein Kriterium der Phase eingeschätzt"))
LEAD_CHANGED = Event("case.lead_changed", _("hat die Fallführung übergeben"))
SUBSTITUTION_ARRANGED = Event("substitution.arranged", _("hat eine Vertretung eingerichtet"))
SUBSTITUTION_ENDED = Event("substitution.ended", _("hat eine Vertretung beendet"))
CASE_CLOSED = Event("case.closed", _("hat einen Fall abgeschlossen"))
CASE_REOPENED = Event("case.reopened", _("hat einen Fall wieder aufgenommen"))
