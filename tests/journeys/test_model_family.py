"""One family, five threads: from the door to the assessment; the mother's sheet shows nothing of the father's status."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Person
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser

STATUS_OF_THE_FATHER = re.compile("Duldung|AsylbLG|Arbeitserlaubnis|Khaled braucht")


def choose(page: Page, name: str, word: str) -> None:
    """An entry of a list by what it says."""
    field = day.main(page).locator(f"select[name={name}]")
    value = field.locator("option").filter(has_text=word).first.get_attribute("value")
    field.select_option(value)


def tick(page: Page, word: str) -> None:
    """A chip or box by what it says, with and without JavaScript."""
    day.main(page).locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(word)}")).first.click()


def take_in(page: Page, given: str, relation: str, *, born: str, by_parents: tuple[str, ...] = ()) -> None:
    """One more member, related to the mother, with an agreement of his own or of those who represent her."""
    day.main(page).get_by_role("link", name="Person aufnehmen").first.click()
    page.get_by_label("Familienname").fill("Darwisch")
    page.get_by_label("Vorname").fill(given)
    page.get_by_label("Geburtsdatum").fill(born)
    choose(page, "relation", relation)
    choose(page, "member", "Rima")
    page.get_by_text("Angaben zur Einwilligung").click()
    if by_parents:
        tick(page, "Gesetzliche Vertretung: Der ältere Teil vertritt den jüngeren.")
        tick(page, "von der gesetzlichen Vertretung (Minderjährige, rechtliche Betreuung)")
        for name in by_parents:
            tick(page, name)
    else:
        tick(page, "von ihr selbst")
    day.fill_agreement(page)
    # One name after another in a family: the check before a new entry finds the others and has to be answered.
    if (other := page.get_by_label("Ich habe verglichen: Es ist eine andere Person.")).count():
        other.check()
    day.main(page).locator("form button[type=submit]").last.click()
    if (other := page.get_by_label("Ich habe verglichen: Es ist eine andere Person.")).count():
        other.check()
        day.main(page).locator("form button[type=submit]").last.click()
    expect(day.main(page)).to_contain_text(given)


def note_fact(page: Page, amal: Person, person: str, kind: str, **chosen: str) -> None:
    """A dated fact of one person, from her page."""
    amal.go(page, f"{person}angaben/{kind}/neu/")
    for name, word in chosen.items():
        choose(page, name, word)
    day.main(page).locator("form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/neu/" not in url)


def note_contact(page: Page, words: str, *names: str) -> None:
    """A talk that names whom it concerns."""
    day.press(page, "Kontakt notieren")
    page.get_by_label("Was wurde besprochen?").fill(words)
    for name in names:
        tick(page, name)
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_five_threads_and_one_sheet(browse, script):
    amal = browse(day.AMAL, script=script)
    page = amal.open("/tag/")
    case = day.open_case(page, amal, family="Darwisch", given="Rima", born="14.05.1990")
    amal.go(page, f"{case}familie/")
    take_in(page, "Khaled", "Partner", born="03.02.1986")
    take_in(page, "Yusuf", "Kind", born="01.09.2016", by_parents=("Darwisch, Rima", "Darwisch, Khaled"))
    take_in(page, "Noor", "Kind", born="20.03.2022", by_parents=("Darwisch, Rima", "Darwisch, Khaled"))
    amal.go(page, case)
    members = {
        name: day.main(page).locator("a[href*='/personen/']").filter(has_text=name).first.get_attribute("href")
        for name in ("Rima", "Khaled", "Yusuf", "Noor")
    }
    note_fact(page, amal, members["Rima"], "residence", paper="§ 25 Abs. 2 Alt. 2")
    note_fact(page, amal, members["Khaled"], "residence", paper="Duldung § 60a")
    note_fact(page, amal, members["Khaled"], "benefit", regime="AsylbLG § 2")
    amal.go(page, case)
    for words, *names in (
        ("Khaled braucht eine Arbeitserlaubnis, der Brief zur Duldung wurde gelesen.", "Darwisch, Khaled"),
        ("Zu viert in einem Zimmer: WBS vorbereitet.", "Darwisch, Rima", "Darwisch, Khaled"),
        ("Yusuf wechselt die Schule.", "Darwisch, Yusuf"),
        ("Noor wartet auf einen Kita-Platz.", "Darwisch, Noor"),
        ("Rima ist erschöpft und sucht einen Kurs mit Kinderbetreuung.", "Darwisch, Rima"),
    ):
        note_contact(page, words, *names)
    expect(page.locator(day.IN_THE_TIMELINE, has_text="Kita-Platz")).to_be_visible()
    assess(page, amal, members["Rima"])
    print_the_mothers_sheet(page, amal, members["Rima"])
    amal.go(page, members["Khaled"])
    expect(day.main(page)).to_contain_text("Duldung § 60a")
    others_see_nothing(browse, script, case, members["Rima"])


def assess(page: Page, amal: Person, rima: str) -> None:
    """The conversation begins where she wants: housing, half filled, in one sitting."""
    amal.go(page, f"{rima}assessment/")
    day.main(page).get_by_role("button", name=re.compile("beginnen")).first.click()
    amal.go(page, f"{rima}assessment/bereiche/housing/")
    day.main(page).locator("textarea[name=client_words]").fill("Nachts ist es laut, die Kinder schlafen nicht.")
    day.main(page).locator("input[name=client_view][value='1']").check(force=True)
    day.main(page).locator("input[name=worker_view][value='2']").check(force=True)
    day.main(page).locator("form button[type=submit]").last.click()
    # With htmx the answer comes into the page, without it as a page of its own: it is there when it says so.
    expect(page.locator("#bereich-housing")).to_contain_text("Nachts ist es laut")
    amal.go(page, f"{rima}assessment/")
    expect(day.main(page)).to_contain_text("Nachts ist es laut")


def print_the_mothers_sheet(page: Page, amal: Person, rima: str) -> None:
    """What she takes along, in full: nothing of his papers; the paper itself is printed by its own button."""
    amal.go(page, f"{rima}blatt/?umfang=voll&sprache=de")
    sheet = day.main(page).inner_text()
    assert "Rima" in sheet and "Das ist mein Ziel" in sheet
    assert STATUS_OF_THE_FATHER.findall(sheet + page.content()) == []
    assert "Kita-Platz" not in sheet and "Schule" not in sheet
    page.emulate_media(media="print")
    assert "Drucken (PDF)" in page.locator("body").inner_text() and "Das ist mein Ziel" not in page.locator("body").inner_text()
    page.emulate_media(media="screen")


def others_see_nothing(browse, script, case, rima):
    """A colleague, another provider, the coordination, the officer: four others, four answers."""
    for who, wanted in ((day.BERND, {403}), (day.CEM, {404}), (day.KARIN, {403, 404}), (day.DILAN, {403})):
        other = browse(who, script=script)
        page = other.open("/rolle/")
        for address in (case, rima, f"{rima}blatt/", f"{rima}vertraulich/", f"{case}familie/"):
            assert other.go(page, address) in wanted, (who, address)
            assert "Darwisch" not in page.content()
