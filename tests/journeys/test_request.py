"""The integration guide, on the partner side without a desk, asks for a person in Vreden; she sees one word come back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, axe, overflow
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser
ILSE = "lotsin@abh-kreis-borken.example"
GUESSED = (
    "/tag/", "/faelle/", "/anfragen/", "/anfragen/andere-stellen/", "/suche/", "/termine/", "/team/faelle/", "/ueberblick/", "/konten/",
    "/zugriffe/", "/weitergaben/", "/eingang/",
)  # fmt: skip


@pytest.mark.parametrize(("script", "width"), [(True, NARROW), (False, 1366)])
def test_an_anfrage_for_a_person_in_vreden(browse, script, width):
    guide = browse(ILSE, script=script, width=width)
    page = guide.open("/partner/")
    page.goto(guide.address + "/partner/anfragen/")
    day.press(page, "Neue Anfrage")
    if script:
        assert axe(page) == [] and overflow(page) <= 0
        page.reload()  # it shortened the lists
    page.get_by_label("Sie fragen an als").select_option(label="Integrationslotsin oder -lotse")
    page.get_by_label("Wo wohnt die Person?").select_option(label="Vreden")
    page.locator("label").filter(has_text="Deutsch lernen").click()
    page.get_by_label("In welcher Sprache").select_option("ti")
    page.get_by_label("Wie erreichen wir die Person?").fill("Selam Beispiel, 0151 123")
    page.get_by_label("Ihr eigenes Zeichen").fill("L-7")
    day.press(page, "Anfrage senden")
    expect(day.main(page)).to_contain_text("Bitte ankreuzen.")
    page.get_by_label("Die Person ist einverstanden").check()
    day.press(page, "Anfrage senden")
    day.told(page, "Die Anfrage ist angekommen.")
    expect(day.main(page)).to_contain_text("angekommen")
    before = day.main(page).inner_text()

    amal = browse(day.AMAL)
    desk = amal.open("/anfragen/")
    day.press(desk, "Von anderen Stellen")
    expect(day.main(desk)).to_contain_text("Vreden")
    desk.get_by_role("row").filter(has_text="Vreden").get_by_role("link").click()
    expect(day.main(desk)).to_contain_text("Selam Beispiel, 0151 123")
    assert axe(desk) == []
    cem = browse(day.CEM)
    assert "Vreden" not in day.main(cem.open("/anfragen/andere-stellen/")).inner_text()
    page.reload()
    assert told_away(day.main(page).inner_text()) == told_away(before), "read, and she does not learn it"

    desk.get_by_label("Termin angeboten").check()
    day.press(desk, "Antwort senden")
    day.told(desk, "sieht jetzt diese Antwort und sonst nichts")
    page.reload()
    expect(day.main(page)).to_contain_text("Termin angeboten")
    assert told_away(day.main(page).inner_text()) == told_away(before).replace("angekommen", "Termin angeboten")
    for word in ("Amal", "Selam", "0151"):
        assert word not in page.content()
    found = re.findall(r"/anfragen/andere-stellen/[0-9a-f-]{36}/", desk.content())
    for address in (*GUESSED, *set(found)):
        assert guide.go(page, address) == 404, address


def told_away(text: str) -> str:
    """Without the notice of the redirect, which is shown once."""
    return "\n".join(line for line in text.splitlines() if line and "Die Anfrage ist angekommen" not in line)
