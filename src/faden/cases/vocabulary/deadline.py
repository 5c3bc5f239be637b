"""Fristen: what they come from, how near they are, why they end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class DeadlineKind(models.TextChoices):
    """Fristen by what they come from; a remedy against a decision is red and stands first."""

    REMEDY = "remedy", _("Rechtsbehelf gegen einen Bescheid")
    TITLE = "title", _("Aufenthaltspapier läuft ab")
    BRIDGE_104C = "bridge_104c", _("Brücke aus § 104c endet")
    AGE_27 = "age_27", _("27. Geburtstag: letzter Tag für den Antrag nach § 25a")
    PASSPORT = "passport", _("Pass oder Ausweis läuft ab")
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
    CONSENT_ENDS = "consent_ends", _("Einwilligung endet")
    ANSWER_DUE = "answer_due", _("Antwort auf eine Vermittlung")
    TAKEN_OVER = "taken_over", _("Frist aus einer Fallübergabe")


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


DEADLINE_ENDED = Event("deadline.ended", _("hat eine Frist beendet"))
DEADLINE_REOPENED = Event("deadline.reopened", _("hat eine Frist wieder aufgenommen"))
