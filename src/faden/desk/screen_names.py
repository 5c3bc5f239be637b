"""What each screen is called where looks are listed; the doors note the screen's code name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SCREENS = {
    "appointments": gettext_noop("Termin"),
    "case": gettext_noop("Fallseite"),
    "case_opening": gettext_noop("Fall eröffnen"),
    "caseload": gettext_noop("Meine Fälle"),
    "codeword": gettext_noop("Anonyme Beratung"),
    "contact_notes": gettext_noop("Kontaktnotiz"),
    "day": gettext_noop("Mein Tag"),
    "deeds": gettext_noop("Vorgänge"),
    "files": gettext_noop("Dateien"),
    "inquiries": gettext_noop("Anfragen"),
    "looks": gettext_noop("Zugriffe"),
    "matters": gettext_noop("Auswertungen"),
    "matters_to_confirm": gettext_noop("Auswertungen bestätigen"),
    "phases": gettext_noop("Phase"),
    "search": gettext_noop("Suche"),
    "tasks": gettext_noop("Aufgabe"),
    "team_cases": gettext_noop("Fälle des Teams"),
    "working_notes": gettext_noop("Arbeitsnotiz"),
}


def screen_name(code: str) -> str:
    """The German name; a screen that is no longer there keeps its code."""
    return _(SCREENS[code]) if code in SCREENS else code
