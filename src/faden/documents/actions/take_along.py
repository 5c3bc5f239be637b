"""The paper a person takes along is printed: a line of the register says which one, in which languages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.consents.queries.form_texts import name_of_language
from faden.documents.actions.letters import record_handed_over
from faden.documents.models import Letter
from faden.documents.rules.words import GERMAN
from faden.kernel.actor import Actor


@dataclass(frozen=True)
class Print:
    """Which print it was; `drafted`: how many of the fixed texts on it nobody has reviewed."""

    language: str
    full: bool
    confidential: bool
    drafted: int


def printed(case: Case, person_id: UUID, one: Print, *, by: Actor, on: date, at: datetime) -> Letter:
    """One line of the register."""
    # The register is read by colleagues for years: its words do not follow the language of one screen.
    with translation.override(GERMAN):
        what = _subject(one)
    about = About((person_id,), one.confidential)
    return record_handed_over(case, what=what, about=about, language=one.language, by=by, on=on, at=at)


def _subject(one: Print) -> str:
    if one.confidential:
        which = _("vertraulich")
    else:
        which = _("vollständig") if one.full else _("ohne Aufenthalt, Gesundheit, Namen anderer")
    other = name_of_language(one.language)
    spoken = _("Deutsch") if one.language == GERMAN else _("Deutsch und %(language)s") % {"language": other}
    said = _("Zum Mitnehmen, %(which)s (%(languages)s)") % {"which": which, "languages": spoken}
    drafted = one.drafted
    if not drafted:
        return said
    machine = ngettext(
        "%(count)d Text maschinell übersetzt, noch nicht geprüft",
        "%(count)d Texte maschinell übersetzt, noch nicht geprüft",
        drafted,
    )
    return f"{said}; {machine % {'count': drafted}}"
