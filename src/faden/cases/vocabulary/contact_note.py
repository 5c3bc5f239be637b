"""How people met, and the notes about it (domain.md 3.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


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


CONTACT_RECORDED = Event("contact.recorded", _("hat einen Kontakt notiert"))
CONTACT_CORRECTED = Event("contact.corrected", _("hat eine Kontaktnotiz berichtigt"))
WORKING_NOTE_WRITTEN = Event("working_note.written", _("hat eine Arbeitsnotiz geschrieben"))
WORKING_NOTE_TRANSFERRED = Event(
    "working_note.transferred", _("hat eine Arbeitsnotiz in die Akte übernommen")
)
WORKING_NOTE_DESTROYED = Event("working_note.destroyed", _("hat eine Arbeitsnotiz vernichtet"))
