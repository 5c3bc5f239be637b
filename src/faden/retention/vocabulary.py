"""How a period is kept, and the deed that is remembered."""

from enum import Enum

from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

# The database refuses it too (audit_expire).
LOGS = ("vorgaenge", "zugriffe")
LOGS_AT_LEAST_DAYS = 366


class KeptBy(Enum):
    """What makes a record class go."""

    NIGHT = "night"  # the nightly run, after `days`
    LATER = "later"  # decided, but no run deletes it yet
    STAYS = "stays"  # says nothing about a person


LET_GO = Event("retention.let_go", _("hat Daten gelöscht, deren Frist abgelaufen ist"))
