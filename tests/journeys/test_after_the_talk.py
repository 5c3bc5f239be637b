"""After the talk: note, step, life area, minutes, next appointment and letter in one form. Clicks are counted."""

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, axe, overflow
from tests.case_making import acting, open_a_case
from tests.chains.making import begin, step
from tests.journeys import first_day as day
from tests.journeys.test_keyboard import tab_to

pytestmark = pytest.mark.browser

TEXT = "Parwin kann vormittags zum Kurs, braucht noch die Bescheinigung."
LABEL = "Was wurde besprochen?"
LETTER = "Sachstandsanfrage"
# Outside the pages' own scripts and policy: Playwright puts this in before them.
COUNT_MOUSE = """addEventListener("pointerdown", (event) => {
  if (event.isTrusted) sessionStorage.setItem("mouse", 1 + Number(sessionStorage.getItem("mouse")));
}, true)"""


@pytest.fixture
def case(browse):
    """A chain with a step that is ready, and a talk two weeks ago at ten."""
    case = open_a_case(family="Rahimi", given="Parwin")
    begin(
        case,
        step("kurs", life_area="language", title="Kursplatz finden"),
        step("test", "kurs", title="Einstufung"),
    )
    return case


@pytest.fixture
def amal(browse):
    person = browse(day.AMAL)
    person.context.add_init_script(COUNT_MOUSE)
    return person


def mouse_clicks(page):
    return int(page.evaluate("Number(sessionStorage.getItem('mouse'))"))


def everything_is_there(case):
    from faden.cases.models import Appointment, ContactNote
    from faden.chains.models import ChainStep
    from faden.documents.models import Letter

    with acting(day.AMAL):
        note = ContactNote.objects.get(case=case)
        states = dict(ChainStep.objects.filter(case=case).values_list("code", "state"))
        assert (note.text, note.minutes, note.life_areas) == (TEXT, 30, ["language"])
        assert states == {"kurs": "done", "test": "ready"}
        assert Appointment.objects.get(case=case).persons == [case.person_id]
        assert Letter.objects.get(case=case).state == "draft"


def test_all_of_it_in_five_clicks(amal, case):
    page = amal.open(f"/faelle/{case.id}/")
    day.press(page, "Kontakt notieren")  # 1
    expect(page.get_by_label(LABEL)).to_be_focused()
    page.keyboard.type(TEXT)
    page.get_by_text("Kursplatz finden").click()  # 2: and its life area
    expect(page.get_by_label("Sprache", exact=True)).to_be_checked()
    page.get_by_text("Termin vormerken.").click()  # 3
    expect(page.get_by_label("Worum geht es?")).to_be_visible()
    page.locator("label.f-chip", has_text=LETTER).click()  # 4
    day.press(page, "Kontakt speichern")  # 5
    day.told(page, "Der Kontakt ist notiert. 1 Schritt ist erledigt. Nächster Termin:")
    assert mouse_clicks(page) == 5
    assert "/briefe/" in page.url
    everything_is_there(case)


def test_all_of_it_by_keyboard_alone(amal, case):
    page = amal.open(f"/faelle/{case.id}/")
    tab_to(page, "Kontakt notieren")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kontakte/neu/")
    page.keyboard.type(TEXT)
    tab_to(page, "Kursplatz finden")
    page.keyboard.press("Space")
    tab_to(page, "Termin vormerken")
    page.keyboard.press("Space")
    tab_to(page, "kein Brief")
    while not page.get_by_label(LETTER).is_checked():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    day.told(page, "Der Kontakt ist notiert. 1 Schritt ist erledigt. Nächster Termin:")
    assert mouse_clicks(page) == 0
    everything_is_there(case)


def test_a_life_area_that_came_along_can_be_taken_back(amal, case):
    page = amal.open(f"/faelle/{case.id}/kontakte/neu/")
    page.get_by_text("Kursplatz finden").click()
    page.get_by_label("Sprache", exact=True).uncheck()
    page.get_by_label(LABEL).fill(TEXT)
    page.keyboard.press("Control+Enter")
    day.told(page, "Der Kontakt ist notiert.")
    from faden.cases.models import ContactNote

    with acting(day.AMAL):
        assert ContactNote.objects.get(case=case).life_areas == []


def test_from_mein_tag_after_the_appointment(amal, case):
    from datetime import timedelta

    from faden.cases.actions import appointments
    from faden.cases.models import Attended
    from faden.kernel import clock

    starts = clock.now() - timedelta(minutes=1)
    with acting(day.AMAL) as by:
        planned = appointments.Planned(
            "Kursberatung", starts, starts + timedelta(minutes=45), "Rathaus", "fa"
        )
        appointments.make(planned, case=case, by=by, at=clock.now())
    page = amal.open("/tag/")
    page.get_by_role("link", name="Nach dem Gespräch").click()
    page.wait_for_url("**/kontakte/neu/?termin=**")
    expect(page.get_by_role("heading", name="Wer war beim Termin")).to_be_visible()
    page.get_by_label(LABEL).fill(TEXT)
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    with acting(day.AMAL):
        assert [row.state for row in Attended.objects.all()] == ["came"]


@pytest.mark.parametrize("width", [1366, NARROW])
def test_the_form_is_accessible_closed_and_open(browse, case, width):
    page = browse(day.AMAL, width=width).open(f"/faelle/{case.id}/kontakte/neu/")
    expect(page.get_by_label("Worum geht es?")).to_be_hidden()
    assert axe(page) == []
    page.get_by_text("Termin vormerken.").click()
    expect(page.get_by_label("Worum geht es?")).to_be_visible()
    assert axe(page) == []
    assert overflow(page) == 0


def test_without_javascript_it_is_one_form_too(browse, case):
    page = browse(day.AMAL, script=False).open(f"/faelle/{case.id}/kontakte/neu/")
    page.get_by_label(LABEL).fill(TEXT)
    page.get_by_label("Kursplatz finden").check()
    page.get_by_label("Sprache", exact=True).check()
    page.get_by_label("Termin vormerken.").check()
    page.get_by_label(LETTER).check()
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert. 1 Schritt ist erledigt.")
    everything_is_there(case)
