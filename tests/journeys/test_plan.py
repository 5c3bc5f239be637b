"""From a need to a goal, agreed in Arabic with an interpreter, changed, read as a difference, rated at the end."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from faden.kernel import clock
from tests.browser import Person, axe
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser


def save(page: Page, name: str) -> None:
    """The button of the form that stands open."""
    day.main(page).get_by_role("button", name=name, exact=True).click()


def tick(page: Page, word: str) -> None:
    """A radio button by what it says."""
    day.main(page).locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(word)}\s*$")).first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_plan_from_need_to_report(browse, script):
    amal = browse(day.AMAL, script=script)
    page = amal.open("/tag/")
    case = day.open_case(page, amal, family="Darwisch", given="Rima", born="14.05.1990")
    amal.go(page, case)
    day.main(page).get_by_role("link", name="Angaben zur Person").click()
    person = amal.path(page)
    need(page, amal, person)
    goal_from_need(page, script=script)
    steps(page)
    if script:
        assert axe(page) == []
    agree(page)
    change(page)
    read_the_difference(page, amal, person)
    paper(page, amal, person)
    close(page, amal, case)


def need(page: Page, amal: Person, person: str) -> None:
    amal.go(page, f"{person}assessment/")
    day.main(page).get_by_role("button", name=re.compile("beginnen")).first.click()
    amal.go(page, f"{person}assessment/bereiche/housing/")
    day.main(page).locator("textarea[name=need]").fill("Wohnung mit drei Zimmern")
    day.main(page).locator("form button[type=submit]").last.click()
    expect(page.locator("#bereich-housing")).to_contain_text("Wohnung mit drei Zimmern")


def goal_from_need(page: Page, *, script: bool) -> None:
    day.main(page).get_by_role("link", name=re.compile("^Daraus ein Ziel machen")).click()
    words = page.get_by_label("Ziel", exact=True)
    expect(words).to_have_value("Wohnung mit drei Zimmern")
    expect(page.get_by_label("Lebensbereich")).to_have_value("housing")
    if script:
        # The beginning comes to what is typed; without JavaScript it comes instead of it.
        day.main(page).get_by_role("link", name=re.compile("Wohnberechtigungsschein")).click()
        expect(words).to_have_value("Wohnung mit drei Zimmern\nIch habe einen Wohnberechtigungsschein für ")
    words.fill("Wir wohnen in drei Zimmern.")
    page.get_by_label("Woran merken wir es?").fill("Jedes Kind schläft durch.")
    save(page, "Ziel sichern")
    day.told(page, "Das Ziel steht im Plan.")
    expect(day.main(page)).to_contain_text("Noch kein Schritt: Was ist das Erste, und wer macht es?")


def steps(page: Page) -> None:
    """Who does what until when; with JavaScript in the goal's place."""
    for what, who, name in (("WBS-Antrag abgeben", "die Person", ""), ("WBS ausstellen", "Stelle", "Wohnungsamt")):
        day.main(page).get_by_role("link", name=re.compile("^Schritt aufnehmen")).click()
        page.get_by_label("Was ist zu tun?").fill(what)
        tick(page, who)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Bis wann?").fill(str(clock.today() + timedelta(days=7)))
        page.get_by_label("irgendwann in dieser Woche").check()
        save(page, "Schritt sichern")
        expect(day.main(page)).to_contain_text(what)
        expect(page.get_by_role("button", name="Schritt sichern")).to_have_count(0)
    expect(day.main(page)).to_contain_text("Wohnungsamt · KW")


def agree(page: Page) -> None:
    day.main(page).get_by_role("link", name="Plan vereinbaren").click()
    expect(page.locator("#unterschied")).to_contain_text("WBS-Antrag abgeben")
    page.get_by_label("Sprache des Gesprächs").select_option("ar")
    page.get_by_label("Mündlich übersetzt von").fill("Frau Aziz")
    tick(page, "auf Papier unterschrieben")
    page.get_by_label("Gemeinsam wieder ansehen am").fill(str(clock.today() + timedelta(days=90)))
    save(page, "Vereinbarung festhalten")
    day.told(page, "Fassung 1 ist vereinbart")
    expect(page.locator("#stand")).to_contain_text("Sprache: Arabisch, auf Papier unterschrieben. Übersetzt von Frau Aziz.")


def change(page: Page) -> None:
    """A step is done, the goal gets other words."""
    day.main(page).get_by_role("button", name=re.compile("^Erledigt.*WBS-Antrag abgeben")).click()
    expect(day.main(page)).to_contain_text("erledigt am")
    day.main(page).get_by_role("link", name=re.compile("^Ändern.*Wir wohnen")).click()
    page.get_by_label("Ziel", exact=True).fill("Wir wohnen in vier Zimmern.")
    save(page, "Ziel sichern")
    expect(page.get_by_role("heading", name=re.compile("vier Zimmern"))).to_be_visible()
    expect(page.locator("#stand")).to_contain_text("Seitdem 2 Änderungen")


def read_the_difference(page: Page, amal: Person, person: str) -> None:
    day.main(page).get_by_role("link", name="Fassungen vergleichen").click()
    difference = page.locator("#unterschied")
    expect(difference).to_contain_text("Ziel „Wir wohnen in drei Zimmern.“ heißt jetzt „Wir wohnen in vier Zimmern.“")
    expect(difference).to_contain_text("Schritt „WBS-Antrag abgeben“ erledigt am")


def paper(page: Page, amal: Person, person: str) -> None:
    amal.go(page, f"{person}plan/druck/")
    for box in ("Meine Ziele", "Daran merke ich", "Meine nächsten Schritte", "Das macht die Beratungsstelle", "Wer mir noch hilft", "Was noch wichtig ist"):
        expect(day.main(page)).to_contain_text(box)
    expect(day.main(page)).to_contain_text("WBS ausstellen (Wohnungsamt)")


def close(page: Page, amal: Person, case: str) -> None:
    amal.go(page, f"{case}abschluss/")
    tick(page, "Ziele erreicht")
    page.get_by_label("Was ist aus den offenen Zielen geworden?").select_option("reached")
    tick(page, "hat sehr geholfen")
    tick(page, "nichts Besonderes")
    save(page, "Fall abschließen")
    day.told(page, "Der Fall ist abgeschlossen.")
    expect(page.locator("#erreicht")).to_contain_text("1 Ziel")
    expect(page.locator("#erreicht")).to_contain_text("1 erledigt, 0 entfallen, 1 offen")
