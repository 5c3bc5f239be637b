"""Navigation, search and a form by keyboard alone; where one is can always be seen."""

import pytest
from playwright.sync_api import expect

from tests.case_making import open_a_case
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser

# The ring may be drawn on the chip around a box; the browser draws the ring of parts of a date itself.
HERE = """() => {
    const here = document.activeElement;
    if (here === document.body) return null;
    const label = here.labels?.[0]?.innerText ?? here.getAttribute("aria-label") ?? here.innerText;
    const ring = here.closest(".f-chip") ?? here, style = getComputedStyle(ring), box = ring.getBoundingClientRect();
    const parts = here.matches("[type=date], [type=time]");
    return {
        name: label.split("\\n")[0].replace("(freiwillig)", "").trim(),
        ring: parts || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    };
}"""


def tab_to(page, name):
    """Tab until the focus is there; on the way every stop is named, visible and ringed."""
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None:
            continue
        assert here["name"] and here["ring"] and here["seen"], here
        if here["name"].startswith(name):
            return
    raise AssertionError(f"no way by keyboard to {name}")


def test_from_the_day_to_a_saved_note(browse):
    open_a_case(family="Rahimi", given="Parwin")
    page = browse(day.AMAL).open("/tag/")
    page.keyboard.press("Tab")
    assert page.evaluate(HERE)["name"] == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    page.reload()
    tab_to(page, "Suche")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/")
    tab_to(page, "Name oder Fallnummer")
    page.keyboard.type("rahimy")
    expect(page.locator("#treffer .f-task")).to_contain_text("Rahimi")
    tab_to(page, "Rahimi, Parwin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/faelle/**")
    tab_to(page, "Kontakt notieren")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kontakte/neu/")
    expect(page.get_by_label("Was wurde besprochen?")).to_be_focused()
    page.keyboard.type("Am Telefon: Termin verschoben.")
    tab_to(page, "Sprache")
    page.keyboard.press("Space")
    tab_to(page, "Art")
    page.keyboard.type("Tel")
    tab_to(page, "Kontakt speichern")
    page.keyboard.press("Enter")
    day.told(page, "Der Kontakt ist notiert.")
    expect(page.locator(day.IN_THE_TIMELINE, has_text="Termin verschoben")).to_contain_text("Telefon")


def test_errors_are_reached_at_once_and_lead_to_their_field(browse):
    page = browse(day.AMAL).open("/faelle/neu/")
    tab_to(page, "Familienname")
    page.keyboard.type("Ωmar")
    page.keyboard.press("Enter")
    summary = page.get_by_role("group", name="Fehler im Formular")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(HERE)["name"].startswith("Familienname – Hier gehen nur lateinische Buchstaben")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Familienname")).to_be_focused()
    expect(page.get_by_label("Familienname")).to_have_value("Ωmar")


def test_on_a_phone_the_menu_opens_and_leads_on(browse):
    page = browse(day.AMAL, width=360).open("/tag/")
    tab_to(page, "Menü")
    page.keyboard.press("Enter")
    tab_to(page, "Anfragen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/anfragen/")


def test_from_anywhere_to_the_search_and_a_task_for_several_cases(browse):
    for family in ("Rahimi", "Osei", "Demir"):
        open_a_case(family=family, given="Ada")
    page = browse(day.AMAL).open("/faelle/")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Suche im Dienst")).to_be_focused()
    page.keyboard.type("osei")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/ergebnis/")
    expect(page.locator("#treffer .f-task")).to_contain_text("Osei, Ada")
    page.go_back()
    tab_to(page, "Fall AH-2026-0002")
    page.keyboard.press("Space")
    tab_to(page, "Alle 3 Fälle dieser Liste")
    page.keyboard.press("Space")
    expect(page.get_by_label("Fall AH-2026-0003")).to_be_checked()
    page.get_by_label("Fall AH-2026-0003").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Alle 3 Fälle dieser Liste")).not_to_be_checked()
    tab_to(page, "Aufgabe für jeden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/faelle/auswahl/")
    tab_to(page, "Was ist zu tun?")
    page.keyboard.type("Jahresgespräch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="In 2 Fällen geschieht das")).to_be_visible()
    tab_to(page, "So ausführen")
    page.keyboard.press("Enter")
    day.told(page, "2 Aufgaben sind angelegt.")
