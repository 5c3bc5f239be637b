"""Lists to choose from, in the order people look for them."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from faden.cases.queries.life_areas import areas
from faden.consents.queries.form_texts import name_of_language
from faden.documents.rules.words import GERMAN
from faden.documents.rules.words import LANGUAGES as PAPER_LANGUAGES
from faden.doors.choices import Choices, languages, municipalities
from faden.organisations.queries.memberships import colleagues
from faden.organisations.queries.services import offices as all_offices
from faden.organisations.vocabulary import Kind
from faden.persons.codes import NATIONALITIES
from faden.persons.rules.papers import closed_since
from faden.persons.rules.public_body import papers as allowed_papers
from faden.persons.vocabulary import ResidencePaper

__all__ = [
    "Choices", "case_managers", "languages", "life_areas", "municipalities", "nationalities", "offices",
    "paper_languages", "papers", "workers",
]  # fmt: skip


def paper_languages() -> Choices:
    """Languages of client papers, each also by the name its speakers know."""
    return [
        (code, name_of_language(code) if code == GERMAN else f"{name_of_language(code)} ({language.own_name})")
        for code, language in PAPER_LANGUAGES.items()
    ]


def nationalities() -> Choices:
    """By German name, as the official list has them."""
    rows = sorted(((code, n.name) for code, n in NATIONALITIES.items()), key=lambda row: row[1])
    return [("", _("keine Angabe")), *rows]


def offices(kinds: Collection[Kind], *, ags: str, on: date) -> Choices:
    """Those competent for the person's town on this day first, all others below; one statement."""
    found = all_offices(kinds, ags=ags, on=on)
    near = [(str(office.id), office.name) for office in found if office.is_competent]
    others = [(str(office.id), office.name) for office in found if not office.is_competent]
    groups = [(_("zuständig"), near), (_("andere"), others)] if near else others
    return [("", _("keine Angabe")), *groups]


def papers(*, on: date, is_public: bool) -> Choices:
    """Residence titles and papers; what nobody is given any more says since when."""
    return [("", _("Bitte wählen")), *((code, _paper(code, on)) for code in allowed_papers(ResidencePaper.values, is_public=is_public))]


def _paper(code: str, on: date) -> str:
    label, closed = str(ResidencePaper(code).label), closed_since(code, on=on)
    if closed is None:
        return label
    return _("%(paper)s – seit %(day)s nicht neu erteilt") % {"paper": label, "day": closed.strftime("%d.%m.%Y")}


def life_areas(on: date, *, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The service's list of that day, and what was chosen before (`also`) though it has ended; one statement."""
    return [(area.code, area.label) for area in areas(on, also=also)]


def case_managers(on: date) -> Choices:
    """Who may lead a case, by name; one statement."""
    return [(str(m.id), m.name) for m in colleagues(on=on, roles=("case_manager",))]


def workers(on: date) -> Choices:
    """Who may take a task; one statement."""
    return [(str(m.id), m.name) for m in colleagues(on=on, roles=("case_manager", "team_lead"))]
