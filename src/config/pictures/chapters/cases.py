"""A case, its family, and the way they go."""

from typing import TYPE_CHECKING

from config.pictures.camera import NARROW, TALLEST, Studio
from config.pictures.demo import CASE, CASE_MANAGER, CHAIN, PERSON, TEAM_LEAD, family_case

if TYPE_CHECKING:
    from playwright.sync_api import Page


def faelle(studio: Studio) -> None:
    """Meine Fälle, a case, and what is written there."""
    studio.shot("meine-faelle", CASE_MANAGER, "/faelle/", tallest=800)
    studio.shot("meine-faelle-schmal", CASE_MANAGER, "/faelle/", width=NARROW)
    case = studio.link(CASE_MANAGER, "/faelle/", CASE)
    studio.shot("fall", CASE_MANAGER, case, tallest=1100)
    studio.shot("fall-dunkel", CASE_MANAGER, case, theme="dark", tallest=750)
    studio.shot("fall-schmal", CASE_MANAGER, case, width=NARROW)
    studio.shot("kontakt", CASE_MANAGER, f"{case}kontakte/neu/", ready=_write_contact, tallest=1100)
    studio.shot("kontakt-schmal", CASE_MANAGER, f"{case}kontakte/neu/", width=NARROW)
    for name, path in {
        "arbeitsnotiz": "arbeitsnotizen/neu/",
        "aufgabe": "aufgaben/neu/",
        "termin": "termine/neu/",
        "phase": "phase/",
    }.items():
        studio.shot(name, CASE_MANAGER, case + path)


def _write_contact(page: "Page") -> None:
    words = "Brief der Krankenkasse zusammen gelesen. Die Karte kommt in zwei Wochen."
    page.locator("textarea[name=text]").fill(words)


def familie(studio: Studio) -> None:
    """The family of the demo: everybody's page, what is known, what she says."""
    case = family_case(studio)
    studio.shot("familienfall", CASE_MANAGER, case, tallest=1100)
    studio.shot("familie", CASE_MANAGER, f"{case}familie/", tallest=1300)
    mother = studio.link(CASE_MANAGER, case, PERSON)
    studio.shot("person", CASE_MANAGER, mother, tallest=1100)
    for name, path in {
        "blatt": "blatt/",
        "angaben": "angaben/",
        "schutz": "schutz/",
        "assessment": "assessment/",
        "assessment-bereich": "assessment/bereiche/housing/",
        "netzwerk": "netzwerk/",
    }.items():
        studio.shot(name, CASE_MANAGER, mother + path, tallest=1600 if name == "netzwerk" else TALLEST)
    studio.shot("person-schmal", CASE_MANAGER, mother, width=NARROW)


def ketten(studio: Studio) -> None:
    """Plan and chains of the family, and how the case goes on."""
    case = family_case(studio)
    mother = studio.link(CASE_MANAGER, case, PERSON)
    studio.shot("plan", CASE_MANAGER, f"{mother}plan/", tallest=1400)
    studio.shot("plan-fassungen", CASE_MANAGER, f"{mother}plan/fassungen/")
    studio.shot("fristen", CASE_MANAGER, "/fristen/")
    studio.shot("ketten", CASE_MANAGER, f"{case}ketten/", tallest=1200)
    chain = studio.link(CASE_MANAGER, f"{case}ketten/", CHAIN)
    studio.shot("kette", CASE_MANAGER, chain, tallest=1200)
    studio.shot("kette-bild", CASE_MANAGER, chain, ready=_only_the_picture)
    studio.shot("kette-schmal", CASE_MANAGER, chain, width=NARROW, tallest=1500)
    grandmother = studio.link(CASE_MANAGER, case, PERSON, last=True)
    studio.shot("einreise", CASE_MANAGER, f"{grandmother}einreise/")
    studio.shot("phasen", CASE_MANAGER, f"{case}phase/", tallest=1100)
    studio.shot("abschluss", CASE_MANAGER, f"{case}abschluss/", tallest=1100)
    studio.shot("vertretungen", CASE_MANAGER, "/vertretungen/")
    studio.shot("doppelte", CASE_MANAGER, "/doppelte/")
    studio.shot("kettenvorlage", TEAM_LEAD, "/ketten/vorlagen/sprache/", tallest=1200)
    studio.shot("uebernahme", TEAM_LEAD, "/uebernahme/")
    studio.shot("auslastung", TEAM_LEAD, "/auslastung/")


def _only_the_picture(page: "Page") -> None:
    """A chain's picture as it would hang on a wall."""
    page.evaluate("document.body.replaceChildren(document.getElementById('bild'))")
