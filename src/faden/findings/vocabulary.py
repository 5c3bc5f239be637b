"""The deeds of findings."""

from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

FINDING_NOTED = Event("finding.noted", _("hat einen Strukturhinweis notiert"))
UNMET_COUNTED = Event("unmet_need.counted", _("hat gezählt, wie oft im Vormonat ein Bedarf ohne Angebot gemeldet wurde"))
