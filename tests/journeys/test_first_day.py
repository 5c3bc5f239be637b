"""The first working day in Ahaus, and what the others see of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import clicks, no_clicks, sign_in, until
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_signing_in_to_the_timeline(browse, script):
    amal = browse(script=script)
    page = amal.open("/")
    sign_in(page, day.AMAL)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mein Tag")
    day.take_inquiry(page, "Frau mit zwei Kindern, fragt nach Sprachkurs.")
    day.search(page, amal, day.FAMILY)
    expect(day.main(page)).to_contain_text("Nichts gefunden")
    case = day.open_case(page, amal)
    if script:
        no_clicks(page)
    day.write_contact(page, day.SAID)
    if script:
        assert clicks(page) <= 5
    expect(page.locator(day.IN_THE_TIMELINE, has_text=day.SAID)).to_be_visible()
    day.correct_contact(page, day.SAID, "Parwin sucht einen Sprachkurs am Nachmittag.")
    amal.go(page, case)
    day.keep_working_note(page, "Wirkte müde. Nächstes Mal nachfragen.")
    day.do_a_task(page, "Sprachkurse heraussuchen")
    day.make_appointment(page, "Gespräch mit der Schule")
    amal.go(page, "/tag/")
    expect(day.main(page)).to_contain_text("Gespräch mit der Schule")
    day.search(page, amal, "rahimy")
    expect(day.main(page).get_by_role("link", name=re.compile(day.FAMILY))).to_have_attribute("href", case)
    others_see_nothing(browse, script, case)


def others_see_nothing(browse, script, case):
    """Nothing in Gronau, nothing in the coordination, the lead with a reason, the officer the looks."""
    cem = browse(day.CEM, script=script)
    page = cem.open("/tag/")
    assert cem.go(page, case) == 404
    unknown = case[:-2] + ("0" if case[-2] != "0" else "1") + "/"
    theirs = day.main(page).inner_text()
    assert cem.go(page, unknown) == 404
    assert day.main(page).inner_text() == theirs, "a foreign case answers like one that never was"
    day.search(page, cem, day.FAMILY)
    expect(day.main(page)).to_contain_text("Nichts gefunden")
    karin = browse(day.KARIN, script=script)
    page = karin.open("/")
    assert karin.go(page, case) in (403, 404)
    assert day.FAMILY not in page.content()
    assert karin.go(page, "/suche/") in (403, 404)
    lena_opens_with_a_reason(browse(day.LENA, script=script), case)
    dilan = browse(day.DILAN, script=script)
    page = dilan.open("/zugriffe/")
    expect(day.main(page)).to_contain_text("Fallseite")
    expect(day.main(page)).to_contain_text("Fachaufsicht")
    assert day.FAMILY not in page.content() and "Amal" not in page.content()
    assert dilan.go(page, case) == 403


def lena_opens_with_a_reason(lena, case):
    page = lena.open(case)
    assert "/oeffnen/" in page.url
    assert day.FAMILY not in page.content() and "Sprachkurs" not in page.content()
    day.press(page, "Fall öffnen")
    expect(page.locator(".f-errors")).to_be_visible()
    page.get_by_label("Fachaufsicht").check()
    day.press(page, "Fall öffnen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fall AH-")
    expect(page.locator(day.IN_THE_TIMELINE).first).to_be_visible()
    assert "Wirkte müde" not in page.content(), "working notes are their author's"


def test_an_inquiry_by_keyboard_alone_has_at_most_eight_fields(browse):
    amal = browse(day.AMAL)
    page = amal.open("/tag/")
    reach(page, "Anfrage aufnehmen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/anfragen/neu/")
    names = "f => [...new Set([...f.elements].filter(e => e.name && e.type !== 'hidden').map(e => e.name))]"
    assert len(page.locator("form[data-draft]").evaluate(names)) <= 8
    for label, keys in {"Wohnort": "Ahaus", "Sprache": "Arabisch", "Notiz": "Fragt nach einer Kita."}.items():
        reach(page, label)
        page.keyboard.type(keys)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Anfrage speichern"
    page.keyboard.press("Enter")
    day.told(page, "Die Anfrage ist notiert.")
    expect(day.main(page)).to_contain_text("Ahaus")
    expect(day.main(page)).to_contain_text("Fragt nach einer Kita.")


NAME = "(e => (e.labels?.[0] ?? e).innerText.split('\\n')[0].replace('(freiwillig)', '').trim())(document.activeElement)"


def reach(page, name, presses=60):
    """Tab until the focus is on what carries this name."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(NAME) == name:
            return
    raise AssertionError(f"no way by keyboard to {name}")


def test_candidates_appear_while_typing_and_a_likely_one_must_be_compared(browse):
    amal = browse(day.AMAL)
    page = amal.open("/faelle/neu/")
    day.open_case(page, amal, "Tesfamariam", "Selam", "12.04.1998")
    loads = []
    amal.go(page, "/faelle/neu/")
    page.on("load", lambda: loads.append(1))
    page.get_by_label("Vorname").fill("Selam")
    page.get_by_label("Familienname").press_sequentially("Tesfamaryam", delay=30)
    candidate = page.locator("#kandidaten .f-task")
    expect(candidate).to_contain_text("Tesfamariam")
    expect(candidate).to_contain_text(re.compile("ähnlich|gleich"))
    assert loads == []
    page.get_by_label("Familienname").fill("Tesfamariam")
    page.get_by_label("Geburtsdatum").fill("12.04.1998")
    day.fill_agreement(page)
    day.press(page, "Fall eröffnen")
    expect(page.locator(".f-errors")).to_contain_text("Diese Person könnte schon bekannt sein.")
    page.get_by_label("Ich habe verglichen: Es ist eine andere Person.").check()
    day.press(page, "Fall eröffnen")
    day.told(page, "Der Fall ist eröffnet.")


def test_search_shows_candidates_without_a_reload(browse):
    amal = browse(day.AMAL)
    page = amal.open("/faelle/neu/")
    day.open_case(page, amal, "Müller", "Mohammed")
    amal.go(page, "/suche/")
    loads = []
    page.on("load", lambda: loads.append(1))
    page.get_by_label("Name oder Fallnummer").press_sequentially("Мохаммед", delay=30)
    expect(page.locator("#treffer .f-task")).to_contain_text("Müller")
    page.get_by_label("Name oder Fallnummer").fill("Mueller")
    expect(page.locator("#treffer .f-task")).to_contain_text("Müller")
    assert loads == [] and amal.path(page) == "/suche/"


def test_typing_a_case_number_leads_to_the_case(browse):
    amal = browse(day.AMAL)
    page = amal.open("/faelle/neu/")
    case = day.open_case(page, amal)
    number = page.get_by_role("heading", level=1).inner_text().removeprefix("Fall ")
    amal.go(page, "/suche/")
    page.get_by_label("Name oder Fallnummer").press_sequentially(number.lower(), delay=30)
    found = page.locator(f"#treffer a[href='{case}']")
    until(page, lambda: amal.path(page) == case or found.count() == 1)
