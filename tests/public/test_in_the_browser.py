"""Angebote on a phone and in the dark, with a text from right to left; a dot of the map is pressed."""

from pathlib import Path

import pytest

from tests.browser import NARROW, axe, overflow
from tests.public.making import AHAUS, BOCHOLT, BORKEN, GRONAU, enter, source, write

SHOTS = Path("/tmp/look")
pytestmark = pytest.mark.browser
ARABIC = {"title": "دورة ألمانية للنساء", "summary": "للمبتدئات، مع رعاية الأطفال", "description": "<p>مرتين في الأسبوع</p><ul><li>مجاني</li></ul>", "reviewed": False}


def planted():
    from faden.kernel import clock

    today = clock.today()
    offer = enter("Deutschkurs A1 für Frauen", summary="Mit Kinderbetreuung.", description="<p>Zweimal in der Woche.</p>", gender="female", childcare="yes",
                  languages=("ar", "uk"), is_free=True, places_free=3, places_on=today, towns=(AHAUS, BORKEN), phone="02861 000",
                  schedules=({"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "from": None, "until": None, "opens": "09:00", "closes": "12:00", "words": ""},))  # fmt: skip
    write(offer, texts={"ar": ARABIC})
    for number in range(14):
        enter(f"Angebot {number} " + "mit einem langen Namen " * 3, towns=((AHAUS, BOCHOLT, GRONAU)[number % 3],), days_ago=200 * (number % 2))
    write(enter("Aus München", towns=(GRONAU,)), source=source(name="Integreat München, ein Verzeichnis mit einem sehr langen Namen").id)
    return offer


@pytest.mark.parametrize("width", [NARROW, 1366])
def test_the_public_pages_are_accessible_and_fit(browse, width):
    offer = planted()
    person = browse(width=width)
    page = person.open("/angebote/")
    found = {}
    for name, path in {
        "liste": "/angebote/?wort=a&nur=frisch", "karte": "/angebote/?ansicht=karte", "nichts": f"/angebote/?wort=xyz&ort={AHAUS}",
        "angebot": f"/angebote/{offer.id}/", "arabisch": f"/angebote/{offer.id}/?sprache=ar",
    }.items():  # fmt: skip
        assert person.go(page, path) == 200
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / f"angebote-{name}-{width}.png", full_page=True)
        if (wide := overflow(page)) > 0:
            found[name, "wide"] = wide
        found |= {(name, rule): nodes for _theme, rule, nodes in axe(page)}
    assert found == {}


def test_a_dot_leads_to_its_list_and_back_again(browse):
    planted()
    person = browse()
    page = person.open("/angebote/?ansicht=karte&nur=frisch")
    page.locator("a.f-points__link[aria-label*='Ahaus']").first.click()
    page.get_by_role("link", name="Ausschnitt der Karte").wait_for()
    assert "nur=frisch" in page.url
    assert "ansicht" not in page.url
    page.go_back()
    assert page.locator("svg.f-points").is_visible()
