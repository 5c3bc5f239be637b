"""The free places of an offer in words."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def free_places(offer: Any) -> str:
    """"3 Plätze frei, Stand 14.10.2026": never a number without its day."""
    if offer.places_free is None or offer.places_on is None:
        return ""
    words = _("kein Platz frei")
    if offer.places_free:
        words = ngettext("%(number)d Platz frei", "%(number)d Plätze frei", offer.places_free) % {"number": offer.places_free}
    return _("%(places)s, Stand %(day)s") % {"places": words, "day": date_format(offer.places_on, "d.m.Y")}
