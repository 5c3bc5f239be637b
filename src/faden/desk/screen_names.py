"""What each screen is called where looks are listed; the doors note the screen's code name."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SCREENS = {
    "appointments": gettext_noop("Termin"),
    "assessments": gettext_noop("Assessment"),
    "arrivals": gettext_noop("Einreise"),
    "case": gettext_noop("Fallseite"),
    "case_opening": gettext_noop("Fall eröffnen"),
    "chain_bending": gettext_noop("Kette anpassen"),
    "chain_start": gettext_noop("Kette beginnen und beenden"),
    "chain_steps": gettext_noop("Schritt einer Kette"),
    "chains": gettext_noop("Integrationsketten"),
    "caseload": gettext_noop("Meine Fälle"),
    "chain_templates": gettext_noop("Kettenvorlagen"),
    "clarification": gettext_noop("Zugangsklärung"),
    "closing": gettext_noop("Abschluss"),
    "codeword": gettext_noop("Anonyme Beratung"),
    "contact_notes": gettext_noop("Kontaktnotiz"),
    "day": gettext_noop("Mein Tag"),
    "deadlines": gettext_noop("Fristen"),
    "deeds": gettext_noop("Vorgänge"),
    "duplicates": gettext_noop("Doppelte Einträge"),
    "family_assessment": gettext_noop("Assessment der Familie"),
    "facts": gettext_noop("Angaben zur Person"),
    "family": gettext_noop("Familie und Haushalt"),
    "files": gettext_noop("Dateien"),
    "goals": gettext_noop("Ziel"),
    "groups": gettext_noop("Haushalt und Verwandtschaft"),
    "findings": gettext_noop("Strukturhinweise"),
    "inquiries": gettext_noop("Anfragen"),
    "life_areas": gettext_noop("Lebensbereiche"),
    "leads": gettext_noop("Fallführung"),
    "looks": gettext_noop("Zugriffe"),
    "matters": gettext_noop("Auswertungen"),
    "matters_to_confirm": gettext_noop("Auswertungen bestätigen"),
    "person": gettext_noop("Seite einer Person"),
    "network": gettext_noop("Netzwerkkarte"),
    "person_change": gettext_noop("Person bearbeiten"),
    "phases": gettext_noop("Phase"),
    "plan": gettext_noop("Mein Plan"),
    "protected_address": gettext_noop("Anschrift mit Schutzvermerk"),
    "protection": gettext_noop("Schutzvermerk"),
    "search": gettext_noop("Suche"),
    "several_cases": gettext_noop("Mehrere Fälle"),
    "sheet": gettext_noop("Blatt einer Person"),
    "substitutions": gettext_noop("Vertretungen"),
    "takeover": gettext_noop("Übernahme"),
    "tasks": gettext_noop("Aufgabe"),
    "team_cases": gettext_noop("Fälle des Teams"),
    "working_notes": gettext_noop("Arbeitsnotiz"),
    "workload": gettext_noop("Auslastung"),
}


def screen_name(code: str) -> str:
    """The German name; a screen that is no longer there keeps its code."""
    return _(SCREENS[code]) if code in SCREENS else code
