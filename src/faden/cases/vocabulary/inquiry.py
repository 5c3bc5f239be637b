"""What comes before a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


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


INQUIRY_TAKEN = Event("inquiry.taken", _("hat eine Anfrage aufgenommen"))
INQUIRY_CHANGED = Event("inquiry.changed", _("hat das Ergebnis einer Anfrage geändert"))
INQUIRY_TEXT_DELETED = Event("inquiry.text_deleted", _("hat den Text einer Anfrage gelöscht"))
BECAME_NAMED = Event("inquiry.became_named", _("hat eine anonyme Beratung mit Namen weitergeführt"))
