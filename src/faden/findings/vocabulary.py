"""The deeds of findings."""

from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

FINDING_NOTED = Event("finding.noted", _("hat einen Strukturhinweis notiert"))
UNMET_NOTED = Event("unmet_need.noted", _("hat einen Bedarf ohne Angebot gemeldet"))
