"""Assessment and map in the browser: an area opens in its place, no text gets lost, labels are as wide as was thought."""

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, axe, overflow
from tests.case_making import add_member, agree, open_a_case
from tests.cases import test_network as network
from tests.cases.test_assessments import begun, speak
from tests.cast import AMAL
from tests.desk_client import actor_of

pytestmark = pytest.mark.browser

# How far each label sticks out of the place that was kept for it, in the map's own measure.
STICKS_OUT = """() => [...document.querySelectorAll(".f-map__ground")].map((ground) => {
    const place = ground.getBBox(), texts = [];
    for (let next = ground.nextElementSibling; next && !next.matches(".f-map__ground"); next = next.nextElementSibling)
        if (next.matches("text:not(.f-map__text--caption)")) texts.push(next.getBBox());
    return Math.max(...texts.map((box) => Math.max(place.x - box.x, box.x + box.width - place.x - place.width)));
})"""


@pytest.fixture
def amal(own_database):
    return actor_of(AMAL.email)


def place(case, rest):
    return f"/faelle/{case.id}/personen/{case.person_id}/{rest}"


def test_an_area_opens_in_its_place(browse, amal):
    case = open_a_case()
    agree(add_member(case, "Rashid"))
    begun(amal, case, case.person_id)
    page = browse(AMAL.email).open(place(case, "assessment/"))
    page.get_by_role("link", name="Darüber sprechen : Wohnen").click()
    words = page.get_by_label("Eigene Worte")
    expect(words).to_be_focused()
    expect(page.get_by_role("link", name="Darüber sprechen : Schule")).to_be_visible()
    words.fill("Es ist zu eng.")
    page.get_by_role("group", name="Eigene Sicht").or_(page.get_by_role("radiogroup", name="Eigene Sicht")).get_by_label("schwierig").check()
    assert axe(page) == []
    page.get_by_role("button", name="Sichern : Wohnen").click()
    expect(page.locator("#bereich-housing")).to_contain_text("Es ist zu eng.")
    expect(page.locator("#stand")).to_contain_text("Besprochen: 1 von 14")
    expect(page.get_by_role("link", name="Ändern : Wohnen")).to_be_focused()
    assert page.url.endswith("/assessment/")
    page.get_by_role("link", name="Ändern : Wohnen").click()
    page.get_by_role("button", name="Sichern : Wohnen").wait_for()
    page.locator("#bereich-housing").get_by_label("Bedarf").fill("Vier Zimmer")
    with page.expect_response("**/entwuerfe/"):
        page.get_by_role("link", name="Schließen").click()
    expect(page.locator("#bereich-housing")).not_to_contain_text("Vier Zimmer")
    page.get_by_role("link", name="Ändern : Wohnen").click()
    expect(page.locator("#bereich-housing")).to_contain_text("Sie haben hier schon etwas angefangen")


def test_who_comes_second_in_place_sees_both(browse, amal):
    case = open_a_case()
    assessment = begun(amal, case, case.person_id)
    page = browse(AMAL.email).open(place(case, "assessment/"))
    page.get_by_role("link", name="Darüber sprechen : Arbeit").click()
    page.get_by_label("Bedarf").fill("Praktikum")
    speak(amal, assessment, "work", need="Anerkennung")
    page.get_by_role("button", name="Sichern : Arbeit").click()
    expect(page.get_by_role("main")).to_contain_text("Meldung 409")
    for words in ("Anerkennung", "Praktikum"):
        expect(page.get_by_role("main")).to_contain_text(words)


def test_what_is_empty_comes_back_in_its_place(browse, amal):
    case = open_a_case()
    begun(amal, case, case.person_id)
    page = browse(AMAL.email).open(place(case, "assessment/"))
    page.get_by_role("link", name="Darüber sprechen : Arbeit").click()
    page.get_by_role("button", name="Sichern : Arbeit").click()
    expect(page.locator("#bereich-work")).to_contain_text("Hier steht noch nichts.")
    expect(page.locator("#bereich-housing")).to_be_visible()


def test_half_a_sentence_is_not_lost(browse, amal):
    """Typed in an area that was opened in place, not saved, the tab closed."""
    case = open_a_case()
    begun(amal, case, case.person_id)
    person = browse(AMAL.email)
    page = person.open(place(case, "assessment/"))
    page.get_by_role("link", name="Darüber sprechen : Arbeit").click()
    page.get_by_label("Eigene Worte").wait_for()
    page.locator("form[data-draft]").evaluate("form => { form.dataset.draftWait = '0'; }")
    with page.expect_response("**/entwuerfe/"):
        page.get_by_label("Eigene Worte").fill("Ich habe genäht")
        page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.close()
    page = person.open(place(case, "assessment/"))
    page.get_by_role("link", name="Darüber sprechen : Arbeit").click()
    page.get_by_role("link", name="Weiterschreiben").click()
    expect(page.get_by_label("Eigene Worte")).to_have_value("Ich habe genäht")


def test_labels_are_as_wide_as_was_thought(browse, amal):
    case = open_a_case(family="Abdulrahmanzadeh-Al-Mutairi")
    for n in range(30):
        name = network.NAMES[n % len(network.NAMES)]
        network.added(amal, case, name, kind=network.TieKind.values[n % 3], distance=n // 10 + 1, quality=network.TieQuality.values[n % 5])
    person = browse(AMAL.email)
    page = person.open(place(case, "netzwerk/"))
    assert max(page.evaluate(STICKS_OUT)) <= 0
    assert axe(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert overflow(page) <= 0


def test_without_javascript(browse, amal):
    case = open_a_case()
    begun(amal, case, case.person_id)
    speak(amal, begun_one(amal, case), "work", need="Anerkennung")
    page = browse(AMAL.email, script=False).open(place(case, "assessment/"))
    page.get_by_role("link", name="Ändern : Arbeit").click()
    page.get_by_label("Bedarf").fill("Praktikum")
    page.get_by_role("button", name="Sichern").click()
    expect(page.locator("#bereich-work")).to_contain_text("Praktikum")


def begun_one(amal, case):
    from faden.cases.actions.assessments import open_assessment
    from faden.kernel.rls import opened_for

    with opened_for(amal, write=False):
        return open_assessment(case, case.person_id)
