"""An appointment with an interpreter: made, asked for, moved, asked for again, held; the feed tells nothing of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from playwright.sync_api import Page, expect

from faden.kernel import clock
from tests.browser import NARROW, Person, axe, overflow
from tests.journeys import first_day as day
from tests.journeys.test_plan import tick
from tests.telling import told

pytestmark = pytest.mark.browser

LENA = "lena@caritas-ahaus.example"
SUBJECT = "Gespräch über Schulden"


def working_day(days: int) -> str:
    """So far ahead, but from Monday to Friday."""
    found = clock.today() + timedelta(days=days)
    return str(found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0))


def add_source(browse) -> None:
    lena = browse(LENA)
    page = lena.open("/sprachmittlung/neu/")
    page.get_by_label("Name", exact=True).fill("Pool des Kreises")
    day.main(page).locator("label").filter(has_text=re.compile("^\\s*vor Ort\\s*$")).click()
    day.main(page).locator("label").filter(has_text=re.compile("^\\s*Arabisch\\s*$")).click()
    page.get_by_label("Wie viele Arbeitstage vorher").fill("5")
    page.get_by_label("Preis je Stunde in Euro").fill("40,00")
    day.press(page, "Speichern")
    day.told(page, "Die Quelle ist angelegt.")
    looks_right(page)


def looks_right(page: Page) -> None:
    """No violations, and nothing sticks out on a phone."""
    assert axe(page) == []
    width = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 780})
    assert overflow(page) == 0
    page.set_viewport_size(width)


def make(page: Page, amal: Person, case: str) -> str:
    amal.go(page, f"{case}termine/neu/")
    expect(page.locator("#frei")).to_contain_text("08:00–18:00")
    page.get_by_label("Worum geht es?").fill(SUBJECT)
    page.get_by_label("Tag", exact=True).fill(working_day(14))
    page.get_by_label("Tag", exact=True).blur()
    expect(page.locator("#frei")).to_contain_text(f"{working_day(14)[8:]}.{working_day(14)[5:7]}.")
    page.get_by_label("Wer ist noch dabei?").fill("Frau Meier, Schuldnerberatung")
    page.locator("[name=place]").fill("Raum 2")
    page.get_by_label("Sprachmittlung in").select_option("ar")
    looks_right(page)
    day.press(page, "Speichern")
    day.told(page, "Der Termin ist angelegt.")
    page.locator(".f-task", has_text=SUBJECT).get_by_role("link").click()
    return amal.path(page)


def ask(page: Page, words: str) -> None:
    day.main(page).get_by_role("link", name=words, exact=True).click()
    expect(page.get_by_label("Wen fragen Sie?")).to_contain_text("Pool des Kreises, vor Ort: fragen bis")
    page.get_by_label("Wer ist nicht geeignet?").fill("lieber eine Frau")
    looks_right(page)
    day.press(page, "Anfrage notieren")
    day.told(page, "Die Anfrage ist notiert.")


def say_yes(page: Page) -> None:
    day.main(page).get_by_role("link", name="Antwort notieren").click()
    tick(page, "zugesagt")
    page.get_by_label("Wer kommt?").fill("Frau Aziz")
    day.press(page, "Speichern")
    expect(page.locator("#sprachmittlung")).to_contain_text("zugesagt")


def address_of_the_feed(page: Page, amal: Person) -> str:
    amal.go(page, "/termine/kalender/")
    day.press(page, "Adresse anlegen")
    shown = page.get_by_label("Adresse (iCal)").input_value()
    looks_right(page)
    return "/kalender/" + shown.rpartition("/kalender/")[2]


def feed_tells_only_hours(address: str) -> None:
    answer = Client().get(address)
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Termin im Büro"
    assert told(answer.content.decode(), ["Schulden", "Darwisch", "Rima", "Raum", "Meier", "Aziz", "AH-"]) == []


def test_an_appointment_with_an_interpreter(browse):
    add_source(browse)
    amal = browse(day.AMAL)
    page = amal.open("/tag/")
    case = day.open_case(page, amal, family="Darwisch", given="Rima", born="14.05.1990")
    appointment = make(page, amal, case)
    looks_right(page)
    expect(page.locator("#sprachmittlung")).to_contain_text("noch anfragen")
    amal.go(page, "/tag/")
    expect(day.main(page)).to_contain_text("fragen bis")

    amal.go(page, appointment)
    ask(page, "Jetzt anfragen")
    say_yes(page)
    amal.go(page, "/tag/")
    expect(day.main(page)).not_to_contain_text("fragen bis")
    amal.go(page, appointment)

    day.press(page, "kann nicht")
    expect(day.main(page)).to_contain_text("Die Absage ist notiert.")
    page.get_by_label("Tag", exact=True).fill(working_day(21))
    day.press(page, "Speichern")
    day.told(page, "Der Termin ist geändert.")
    expect(page.locator("#sprachmittlung")).to_contain_text("Der Termin ist verlegt: Bitte neu anfragen.")
    amal.go(page, "/tag/")
    expect(day.main(page)).to_contain_text("neu anfragen: der Termin ist verlegt")
    amal.go(page, appointment)
    ask(page, "Neu anfragen")
    say_yes(page)

    feed_tells_only_hours(address_of_the_feed(page, amal))
    for view in ("", "&ansicht=monat"):
        amal.go(page, f"/termine/?tag={working_day(21)}{view}")
        expect(day.main(page).locator(".f-calendar__entry")).to_contain_text(SUBJECT)
        looks_right(page)

    hold(browse, appointment, case)


def hold(browse, appointment: str, case: str) -> None:
    """Weeks later, signed in anew."""
    clock.set_forward(26)
    amal = browse(day.AMAL)
    page = amal.open(appointment)
    tick(page, "erschienen")
    day.press(page, "Anwesenheit speichern")
    day.told(page, "Die Anwesenheit ist notiert.")
    day.main(page).get_by_role("link", name="Dauer und Kosten eintragen").click()
    expect(page.get_by_label("Kosten in Euro")).to_have_value("40,00")
    looks_right(page)
    day.press(page, "Speichern")
    expect(page.locator("#sprachmittlung")).to_contain_text("60 Minuten, 40,00 €")
    amal.go(page, case)
    expect(page.locator(day.IN_THE_TIMELINE, has_text=SUBJECT)).to_contain_text("erschienen")
    lena = browse(LENA)
    page = lena.open("/sprachmittlung/kosten/")
    expect(day.main(page)).to_contain_text("40,00 €")
    looks_right(page)
