"""The directory: found without signing in, kept by who knows, held against what somebody needs."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from config.pictures.camera import Studio
from config.pictures.demo import CASE_MANAGER, COORDINATOR, COURSE_PROVIDER, NOBODY, ONE, family_case

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _sought_for(given: str) -> "Callable[[Page], None]":
    """Choose a member of the family and search."""

    def choose(page: "Page") -> None:
        people = page.locator("select[name=person]")
        value = people.locator("option", has_text=given).first.get_attribute("value")
        people.select_option(value)
        page.locator("#suche button").first.click()
        page.wait_for_url(re.compile(rf"person={value}"))

    return choose


TABLE = (
    "Angebot;Einrichtung;Ort;Beginn;Telefon;Bemerkung\n"
    "Deutsch für Eltern;Familienzentrum Sonnenweg (Beispiel);Stadtlohn;02.03.2027;02563 00301;mit Kinderbetreuung\n"
    "Fahrradkurs;Sportverein Blau-Gelb (Beispiel);Ahaus;10.04.2027;02561 00302;\n"
    ";ohne Titel;Vreden;;;\n"
)


def _table_chosen(page: "Page") -> None:
    page.set_input_files("input[type=file]", {"name": "kurse.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    page.locator("input[name=name]").fill("Kursliste der Familienzentren")
    page.locator("input[name=licence]").fill("eigene Daten, mit Erlaubnis")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/vorschau/")


def verzeichnis(studio: Studio) -> None:
    """In public, as a list, on the map and in Arabic; then who keeps it, and how it is taken in."""
    studio.shot("angebote", NOBODY, "/angebote/?bereich=language", tallest=1300)
    studio.shot("angebote-karte", NOBODY, "/angebote/?bereich=language&ansicht=karte", tallest=1100)
    studio.shot("angebote-schmal", NOBODY, "/angebote/?bereich=language", width=360, tallest=1400)
    course = studio.link(NOBODY, "/angebote/?wort=Integrationskurs+Vormittag", rf"^/angebote/{ONE}/$")
    studio.shot("angebot", NOBODY, course, tallest=1500)
    studio.shot("angebot-arabisch", NOBODY, f"{course}?sprache=ar", tallest=900)
    studio.shot("verzeichnis", COORDINATOR, "/verzeichnis/?quelle=eigene", tallest=1200)
    studio.shot("einlesen", COORDINATOR, "/verzeichnis/einlesen/", ready=_table_chosen, tallest=1800)
    own = studio.link(COURSE_PROVIDER, "/partner/angebote/", rf"/angebote/{ONE}/$")
    studio.shot("angebot-pflegen", COURSE_PROVIDER, own, tallest=1500)


def passend(studio: Studio) -> None:
    """What fits Rima, what Khaled lacks, what there is when Amina has come."""
    case = family_case(studio)
    offers = f"{case}angebote/"
    studio.shot("passende-angebote", CASE_MANAGER, f"{offers}?bereich=language", ready=_sought_for("Rima"), tallest=1800)
    studio.shot("angebot-abhilfe", CASE_MANAGER, f"{offers}?bereich=work", ready=_sought_for("Khaled"), tallest=2600)
    studio.shot("kuenftige-einreise", CASE_MANAGER, f"{offers}?bereich=language", ready=_sought_for("Amina"), tallest=1300)
    studio.shot("bedarf-ohne-angebot", CASE_MANAGER, f"{offers}?bereich=training", ready=_sought_for("Khaled"), tallest=1500)
