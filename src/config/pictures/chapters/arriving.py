"""Signing in, the day, and whoever asks for the first time."""

from typing import TYPE_CHECKING

from config.pictures.camera import NARROW, Studio
from config.pictures.demo import CASE_MANAGER, INQUIRY, MATTER, NOBODY

if TYPE_CHECKING:
    from playwright.sync_api import Page


def anmelden(studio: Studio) -> None:
    """Before and just after signing in."""
    studio.shot("anmelden", NOBODY, "/konto/anmelden/")
    studio.shot("zweiter-faktor", CASE_MANAGER, "/konto/zweiter-faktor/")
    studio.shot("rolle", CASE_MANAGER, "/rolle/")


def tag(studio: Studio) -> None:
    """Mein Tag, in all dresses."""
    studio.shot("mein-tag", CASE_MANAGER, "/tag/", tallest=900)
    studio.shot("mein-tag-dunkel", CASE_MANAGER, "/tag/", theme="dark", tallest=750)
    studio.shot("mein-tag-schmal", CASE_MANAGER, "/tag/", width=NARROW)


def anfragen(studio: Studio) -> None:
    """Anfrage and Kennwort."""
    studio.shot("anfrage", CASE_MANAGER, "/anfragen/neu/", ready=_fill_inquiry, tallest=1300)
    studio.shot("anfrage-schmal", CASE_MANAGER, "/anfragen/neu/", width=NARROW)
    studio.shot("anfragen", CASE_MANAGER, "/anfragen/", tallest=800)
    inquiry = studio.link(CASE_MANAGER, "/anfragen/?ergebnis=open", INQUIRY)
    studio.shot("anfrage-ansehen", CASE_MANAGER, inquiry)
    studio.shot("kennwort", CASE_MANAGER, "/kennwort/")
    matter = studio.link(CASE_MANAGER, "/anfragen/", MATTER)
    studio.shot("kennwort-kontakte", CASE_MANAGER, matter)
    studio.shot("mit-namen-weiter", CASE_MANAGER, f"{matter}fall/", tallest=800)


def _fill_inquiry(page: "Page") -> None:
    """A talk at the door; not sent."""
    page.locator("select[name=municipality]").select_option(label="Ahaus")
    page.locator("select[name=language]").select_option("ar")
    page.locator("input[name=life_areas][value=language]").check(force=True)
    page.locator("input[name=life_areas][value=childcare]").check(force=True)
    page.locator("textarea[name=text]").fill("Fragt nach einem Sprachkurs mit Kinderbetreuung.")


def suche(studio: Studio) -> None:
    """A name heard and written as one can; then the same on the way to a new case."""
    studio.shot("suche", CASE_MANAGER, "/suche/", ready=_search)
    studio.shot("fall-eroeffnen", CASE_MANAGER, "/faelle/neu/", ready=_type_name, tallest=1850)


def _search(page: "Page") -> None:
    page.locator("main input[name=name]").press_sequentially("Shevchenko")
    page.locator("#treffer li").first.wait_for()


def _type_name(page: "Page") -> None:
    page.locator("input[name=family]").fill("Shevchenko")
    page.locator("input[name=given]").press_sequentially("Natalia")
    page.locator("#kandidaten li").first.wait_for()
