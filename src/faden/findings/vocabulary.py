"""Where chains break, and the deeds of findings (domain.md 10.8)."""

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


FINDING_NOTED = Event("finding.noted", _("hat einen Strukturhinweis notiert"))
