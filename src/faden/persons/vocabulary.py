"""Words about persons."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faden.persons.codes import LANGUAGES


class Precision(models.TextChoices):
    """How exactly a birth date is known."""

    DAY = "day", _("genauer Tag")
    MONTH = "month", _("Monat und Jahr")
    YEAR = "year", _("nur das Jahr")
    ESTIMATED = "estimated", _("geschätzt")
    UNKNOWN = "unknown", _("nicht bekannt")


def language_name(code: str) -> str:
    """The name of a language in the language of the page; the code itself when it is not on the list."""
    language = LANGUAGES.get(code)
    if language is None:
        return code
    return language.english if (get_language() or "de").startswith("en") else language.name
