"""Chapters 34 to 36: the Vorprüfung, Fristen und Chancen, the request to the office and who reads it there."""

import re
from typing import TYPE_CHECKING

from config.pictures.camera import Studio
from config.pictures.demo import BLOCK_THREE, CASE_MANAGER, ONE

if TYPE_CHECKING:
    from playwright.sync_api import Page


def aufenthalt(studio: Studio) -> None:
    """Rahwa has everything, Jean's bridge ends, Noor's five years are full next spring."""
    rahwa, jean, noor = (_person(studio, name) for name in ("Haile", "Nkomo", "Sabbagh, Noor"))
    studio.shot("vorpruefung", CASE_MANAGER, f"{jean}aufenthalt/", ready=_opened, tallest=1900)
    studio.shot("vorpruefung-fragen", CASE_MANAGER, f"{jean}aufenthalt/fragen/", tallest=1700)
    studio.shot("vorpruefung-gespraech", CASE_MANAGER, f"{rahwa}aufenthalt/", ready=_settled, tallest=1500)
    studio.shot("vorpruefung-blatt", CASE_MANAGER, f"{noor}aufenthalt/blatt/", tallest=1300)
    studio.shot("fristen-und-chancen", CASE_MANAGER, "/fristen-chancen/", tallest=1700)
    studio.shot("voranfrage", CASE_MANAGER, f"{rahwa}behoerde/neu/?weg=25b", ready=_looked_at, tallest=2600)
    studio.shot("vorpruefung-werkzeug", BLOCK_THREE, "/partner/vorpruefung/", tallest=1200)


def _person(studio: Studio, name: str) -> str:
    """The address of one of the five people of the demo."""
    page = studio.open(CASE_MANAGER, "/faelle/")
    case = page.locator("main a", has_text=name).first.get_attribute("href") or ""
    page.close()
    return studio.link(CASE_MANAGER, case, rf"^/faelle/{ONE}/personen/{ONE}/$")


def _opened(page: "Page") -> None:
    """The conditions of the first path beside the law."""
    page.get_by_text("Voraussetzungen und Gesetz").first.click()


def _settled(page: "Page") -> None:
    """One question is settled in the conversation; the look is not kept."""
    page.get_by_label(re.compile("Verurteilungen: im Gespräch geklärt")).check()
    page.get_by_role("button", name="Nur ansehen").click()
    page.get_by_text("Nur für diese Ansicht, gerechnet").wait_for()


def _looked_at(page: "Page") -> None:
    """What the office would read; nothing is sent."""
    page.get_by_label(re.compile("Über Faden, auf die Einwilligung")).check()
    for told in ("Name:", "Duldung § 60a", "Deutsch: A2"):
        page.get_by_label(re.compile(told)).first.check()
    page.get_by_role("button", name="Vorschau zeigen").click()
    page.get_by_text("Genau das liest die Behörde").wait_for()
