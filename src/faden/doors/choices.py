"""Lists that every audience chooses from, in the order people look for them."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from faden.organisations.queries.services import towns
from faden.persons.codes import COMMON_LANGUAGES, LANGUAGES
from faden.persons.vocabulary import language_name

Choices = list[tuple[str, object]]


def languages(empty: str = "") -> Choices:
    """Common ones first, then all, in the language of the page."""
    return [("", empty or _("keine Angabe")), *_languages(get_language() or "de")]


@cache
def _languages(_page: str) -> Choices:
    # Two hundred names on every form; they change with the language of the page only.
    common = [(code, language_name(code)) for code in COMMON_LANGUAGES]
    others = [(code, language_name(code)) for code in LANGUAGES if code not in COMMON_LANGUAGES]
    return [(_("häufig"), common), (_("alle"), others)]


def municipalities(organisation_id: int, empty: str = "") -> Choices:
    """The towns of the service's own county first, then the rest of NRW; one statement."""
    all_towns = towns(organisation_id)
    near = [(ags, name) for ags, name, is_near in all_towns if is_near]
    far = [(ags, name) for ags, name, is_near in all_towns if not is_near]
    return [("", empty or _("keine Angabe")), (_("in der Nähe"), near), (_("übriges NRW"), far)]
