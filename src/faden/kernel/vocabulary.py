"""The kernel's own deeds."""

from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

BLOCK_EXPIRED = Event(
    "audit.block_expired", _("hat einen Abschnitt des Protokolls nach Ablauf seiner Frist gelöscht")
)
