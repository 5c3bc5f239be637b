"""What each phase still needs, and the words for it (domain.md 3.1)."""

from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Cases per full post, told as a source and not as a norm: other services count differently.
GUIDELINE = 16
GUIDELINE_SOURCE = _("16 Fälle je volle Stelle (Kreis Gütersloh, 2024)")


class ExitCriterion(models.TextChoices):
    """What is usually there before a phase is left; nothing of it ever blocks work."""

    AGREED = "agreed", _("Einwilligung jeder Person liegt vor")
    EXPLAINED = "explained", _("Arbeitsweise, Grenzen und Freiwilligkeit sind erklärt")
    CLARIFIED = "clarified", _("Zugangskriterien geprüft und entschieden")
    AREAS = "areas", _("Lebensbereiche eingeschätzt, Assessment abgeschlossen")
    CLIENT_VIEW = "client_view", _("eigene Sicht der Person festgehalten")
    NETWORK = "network", _("Netzwerk und Ressourcen aufgenommen")
    GOALS = "goals", _("Ziele vereinbart und bestätigt")
    PLAN_GIVEN = "plan_given", _("die Person hat den Plan in einer Sprache, die sie versteht")
    NEXT_STEP = "next_step", _("nächster Schritt steht fest, und wer ihn macht")
    RELEASES = "releases", _("Einwilligung oder Schweigepflichtentbindung für jede beteiligte Stelle")
    REFERRED = "referred", _("Vermittlungen sind angenommen")
    CONTACT = "contact", _("Kontakt in den letzten sechs Wochen")
    NOTHING_OVERDUE = "nothing_overdue", _("keine Aufgabe ist überfällig")
    STEPS_CHECKED = "steps_checked", _("Schritte und Wartezeiten mit der Person durchgesehen")
    REPEATED = "repeated", _("neue Einschätzung abgeschlossen")
    PLAN_CHANGED = "plan_changed", _("Plan angepasst")
    GOALS_RATED = "goals_rated", _("Ziele gemeinsam bewertet")
    FEEDBACK = "feedback", _("Rückmeldung der Person eingeholt")
    FINDINGS = "findings", _("Strukturhinweise erfragt")
    NOTHING_OPEN = "nothing_open", _("keine offenen Aufgaben, Termine, Ziele und Schritte")


class Who(models.TextChoices):
    """Who moves it on."""

    LEAD = "lead", _("Fallführung")
    TOGETHER = "together", _("Fallführung mit der Person")
    AGENCIES = "agencies", _("Fallführung mit den Stellen")


class Gap(Enum):
    """What the rows do not show yet."""

    BY_HAND = "by_hand"
    NOBODY_AGREED = "nobody_agreed"
    SOME_NOT_AGREED = "some_not_agreed"
    NOT_CLARIFIED = "not_clarified"
    OTHERWISE_DECIDED = "otherwise_decided"
    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    NO_CLIENT_VIEW = "no_client_view"
    NO_TIES = "no_ties"
    NO_NEXT_STEP = "no_next_step"
    NO_GOALS = "no_goals"
    GOALS_NOT_AGREED = "goals_not_agreed"
    PLAN_IS_OLDER = "plan_is_older"
    GOALS_OPEN = "goals_open"
    NO_CONTACT = "no_contact"
    LONG_AGO = "long_ago"
    OVERDUE = "overdue"
    NOT_REPEATED = "not_repeated"
    AT_THE_END = "at_the_end"
    STILL_OPEN = "still_open"


# Each with its number, where it has one.
SENTENCES: dict[Gap, Promise | str] = {
    Gap.BY_HAND: _("noch nicht eingeschätzt"),
    Gap.NOBODY_AGREED: _("es liegt keine Einwilligung vor"),
    Gap.SOME_NOT_AGREED: ngettext_lazy(
        "von %(number)d Person fehlt sie", "von %(number)d Personen fehlt sie", "number"
    ),
    Gap.NOT_CLARIFIED: _("noch nicht festgehalten"),
    Gap.OTHERWISE_DECIDED: _("entschieden wurde etwas anderes als Case Management"),
    Gap.NOT_BEGUN: _("noch nicht begonnen"),
    Gap.BEGUN: ngettext_lazy(
        "begonnen, %(number)d Bereich angesehen", "begonnen, %(number)d Bereiche angesehen", "number"
    ),
    Gap.NO_CLIENT_VIEW: _("in keinem Bereich steht ihre eigene Sicht"),
    Gap.NO_TIES: _("die Netzwerkkarte ist leer"),
    Gap.NO_NEXT_STEP: _("keine offene Aufgabe, kein Termin und kein Schritt, der bereit ist"),
    Gap.NO_GOALS: _("noch kein Ziel im Plan"),
    Gap.GOALS_NOT_AGREED: ngettext_lazy(
        "von %(number)d Person ist der Plan noch nicht vereinbart",
        "von %(number)d Personen ist der Plan noch nicht vereinbart",
        "number",
    ),
    Gap.PLAN_IS_OLDER: _("seit der neuen Einschätzung ist kein Plan vereinbart"),
    Gap.GOALS_OPEN: ngettext_lazy(
        "%(number)d Ziel ist noch nicht bewertet", "%(number)d Ziele sind noch nicht bewertet", "number"
    ),
    Gap.NO_CONTACT: _("noch kein Kontakt notiert"),
    Gap.LONG_AGO: ngettext_lazy(
        "letzter Kontakt vor %(number)d Tag", "letzter Kontakt vor %(number)d Tagen", "number"
    ),
    Gap.OVERDUE: ngettext_lazy(
        "%(number)d Aufgabe ist überfällig", "%(number)d Aufgaben sind überfällig", "number"
    ),
    Gap.NOT_REPEATED: _("noch keine zweite Einschätzung abgeschlossen"),
    Gap.AT_THE_END: _("wird beim Abschluss gefragt"),
    Gap.STILL_OPEN: ngettext_lazy("%(number)d ist noch offen", "%(number)d sind noch offen", "number"),
}
