"""The steps of a first working day, with and without JavaScript."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from faden.kernel import clock
from tests.browser import Person

AMAL, BERND, LENA = "amal@caritas-ahaus.example", "bernd@caritas-ahaus.example", "lena@caritas-ahaus.example"
DILAN, CEM = "datenschutz@caritas-ahaus.example", "cem@drk-gronau.example"
KARIN = "karin@ki-kreis-borken.example"
FAMILY, GIVEN, SAID = "Rahimi", "Parwin", "Parwin sucht einen Sprachkurs am Vormittag."
IN_THE_TIMELINE = ".f-timeline__entry"


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def press(page: Page, name: str) -> None:
    """The button or link of the page itself, not of the frame."""
    button = main(page).get_by_role("button", name=name, exact=True)
    (button.or_(main(page).get_by_role("link", name=name, exact=True))).first.click()


def told(page: Page, sentence: str) -> None:
    """The page says so after the redirect."""
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def fill_agreement(page: Page) -> None:
    """What has to be ticked before a case may begin."""
    page.get_by_label("Die Datenschutzinformation wurde ausgehändigt und besprochen.").check()
    page.get_by_label("Die Person willigt in Beratung und Dokumentation ein.").check()


def take_inquiry(page: Page, text: str) -> None:
    """At the door: presets fit, only the note is typed."""
    press(page, "Anfrage aufnehmen")
    page.get_by_label("Notiz").fill(text)
    press(page, "Anfrage speichern")
    told(page, "Die Anfrage ist notiert.")


def open_case(page: Page, person: Person, family: str = FAMILY, given: str = GIVEN, born: str = "") -> str:
    """A new person, a new case; returns its address."""
    person.go(page, "/faelle/neu/")
    page.get_by_label("Familienname").fill(family)
    page.get_by_label("Vorname").fill(given)
    page.get_by_label("Geburtsdatum").fill(born)
    fill_agreement(page)
    press(page, "Fall eröffnen")
    told(page, "Der Fall ist eröffnet.")
    return person.path(page)


def write_contact(page: Page, text: str) -> None:
    """From the case page: one press, one in the text, one life area, one to save."""
    press(page, "Kontakt notieren")
    page.get_by_label("Was wurde besprochen?").click()
    page.keyboard.type(text)
    page.locator("label.f-chip").filter(has_text=re.compile("^\\s*Sprache\\s*$")).click()
    press(page, "Kontakt speichern")
    told(page, "Der Kontakt ist notiert.")


def correct_contact(page: Page, old: str, new: str) -> None:
    """The note opens from the timeline; what it said stays readable."""
    page.locator(IN_THE_TIMELINE, has_text=old).get_by_role("link").click()
    page.get_by_label("Was wurde besprochen?").fill(new)
    press(page, "Berichtigung speichern")
    told(page, "Die frühere Fassung bleibt erhalten.")
    entry = page.locator(IN_THE_TIMELINE, has_text=new)
    expect(entry).to_contain_text("berichtigt")
    entry.get_by_role("link").click()
    expect(main(page).locator(IN_THE_TIMELINE)).to_contain_text(["Fassung 1"])
    expect(main(page).locator(IN_THE_TIMELINE)).to_contain_text([old])


def keep_working_note(page: Page, text: str) -> None:
    press(page, "Arbeitsnotiz")
    page.get_by_label("Arbeitsnotiz", exact=True).fill(text)
    press(page, "Speichern")
    told(page, "Nur Sie sehen sie.")
    expect(page.locator("#arbeitsnotizen")).to_contain_text(text)


def do_a_task(page: Page, title: str) -> None:
    """Made, seen, done; then it stands in the timeline."""
    press(page, "Aufgabe")
    page.get_by_label("Was ist zu tun?").fill(title)
    press(page, "Speichern")
    told(page, "Die Aufgabe ist angelegt.")
    page.locator(".f-task", has_text=title).get_by_role("button", name="Erledigt").click()
    told(page, "Erledigt.")
    expect(page.locator(IN_THE_TIMELINE, has_text=title)).to_be_visible()


def make_appointment(page: Page, subject: str) -> None:
    press(page, "Termin")
    page.get_by_label("Worum geht es?").fill(subject)
    page.get_by_label("Tag", exact=True).fill(str(clock.today() + timedelta(days=1)))
    page.get_by_label("Sprachmittlung in").select_option("fa")
    press(page, "Speichern")
    told(page, "Der Termin ist angelegt.")
    expect(page.locator(".f-task", has_text=subject)).to_be_visible()


def search(page: Page, person: Person, name: str) -> None:
    """By pressing the button, as without JavaScript."""
    person.go(page, "/suche/")
    page.get_by_label("Name oder Fallnummer").fill(name)
    press(page, "Suchen")
    expect(page).to_have_url(re.compile("/suche/"))
