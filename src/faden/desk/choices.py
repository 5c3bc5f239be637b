"""Lists to choose from, in the order people look for them."""

from datetime import date
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from faden.organisations.queries.memberships import colleagues
from faden.organisations.queries.services import towns
from faden.persons.codes import COMMON_LANGUAGES, LANGUAGES, NATIONALITIES
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


def municipalities(organisation_id: int) -> Choices:
    """The towns of the service's own county first, then the rest of NRW; one statement."""
    all_towns = towns(organisation_id)
    near = [(ags, name) for ags, name, is_near in all_towns if is_near]
    far = [(ags, name) for ags, name, is_near in all_towns if not is_near]
    return [("", _("keine Angabe")), (_("in der Nähe"), near), (_("übriges NRW"), far)]


def nationalities() -> Choices:
    """By German name, as the official list has them."""
    rows = sorted(((code, n.name) for code, n in NATIONALITIES.items()), key=lambda row: row[1])
    return [("", _("keine Angabe")), *rows]


def case_managers(on: date) -> Choices:
    """Who may lead a case, by name; one statement."""
    return [(str(m.id), m.name) for m in colleagues(on=on, roles=("case_manager",))]


def workers(on: date) -> Choices:
    """Who may take a task; one statement."""
    return [(str(m.id), m.name) for m in colleagues(on=on, roles=("case_manager", "team_lead"))]
