"""From a need to a question for a place: what fits, why, what is not known, and a question without a name."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, clicks, no_clicks, overflow
from tests.case_making import open_a_case
from tests.desk_client import actor_of
from tests.journeys import first_day as day
from tests.referrals.offering import a_provider, an_offer, known_fact

pytestmark = pytest.mark.browser


def the_case_with_a_need():
    """A need in the assessment, her paper noted, her German not."""
    from faden.cases.actions import assessments
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by, case = actor_of(day.AMAL), open_a_case(day.AMAL)
    known_fact(case.person, "residence", paper="duldung_60a", known_from="seen")
    provider = a_provider("Nähtreff e. V.", email="post@naehtreff.example")
    an_offer("Offener Sprachtreff", provider=provider)
    an_offer("Sprachkurs B1", provider=provider, german_from="a2", papers=("duldung_60a",))
    an_offer("Kurs nur mit Freizügigkeit", provider=provider, papers=("eu",))
    with opened_for(by, write=True):
        assessment = assessments.begin(case, case.person_id, by=by, on=clock.today(), at=clock.now())
        need = assessments.Said(need="Deutsch lernen, abends")
        assessments.speak_about(assessment, "language", need, seen_version=0, by=by, on=clock.today(), at=clock.now())
    return case


def looked_at(page: Page) -> None:
    assert axe(page) == [], page.url
    assert overflow(page) == 0, page.url


def test_from_the_need_to_a_question_without_a_name(browse):
    case = the_case_with_a_need()
    amal = browse(day.AMAL)
    page = amal.open(f"/faelle/{case.id}/personen/{case.person_id}/assessment/")
    no_clicks(page)
    page.get_by_role("link", name=re.compile("^Angebote.*Sprache")).click()
    expect(page.get_by_role("heading", name="Was gibt es für Sprache?")).to_be_visible()
    unknown = page.locator("section[aria-labelledby=ergebnis-1]")
    expect(unknown).to_contain_text("Sprachkurs B1")
    expect(unknown).to_contain_text("Papier gesehen")
    expect(page.locator("section[aria-labelledby=ergebnis-2]")).to_contain_text("Kurs nur mit Freizügigkeit")
    looked_at(page)
    page.get_by_role("button", name=re.compile("^Nach einem Platz fragen, ohne Namen.*Offener Sprachtreff")).click()
    expect(page.get_by_label(re.compile("ohne Personenbezug"))).to_be_checked()
    expect(page.locator("#vorschau")).not_to_contain_text("Schewtschenko")
    expect(page.get_by_text("Nähtreff e. V. steht jetzt im Adressbuch.")).to_be_visible()
    looked_at(page)
    day.press(page, "Senden")
    assert clicks(page) == 3, "from the need to the question that is sent"


def test_what_is_not_known_is_asked_and_found_again(browse):
    case = the_case_with_a_need()
    amal = browse(day.AMAL)
    page = amal.open(f"/faelle/{case.id}/angebote/?bereich=language")
    unknown = page.locator("section[aria-labelledby=ergebnis-1]")
    no_clicks(page)
    unknown.get_by_role("link", name=re.compile("^angeben.*Deutsch, Sprachkurs B1")).click()
    page.get_by_label("Stufe").select_option(label="B1")
    day.press(page, "Speichern")
    day.told(page, "Die Angabe ist gespeichert.")
    amal.go(page, f"/faelle/{case.id}/angebote/?bereich=language")
    expect(page.locator("section[aria-labelledby=ergebnis-0]")).to_contain_text("Sprachkurs B1")
    # What is told for this search opens its part and stays on the page only.
    page.get_by_text("Nur für diese Suche", exact=True).click()
    page.get_by_label("Kinderbetreuung nötig?").select_option(label="nein")
    page.get_by_role("button", name="Anwenden").click()
    expect(page.locator(".f-stays").get_by_text("nicht nötig, nur für diese Suche angegeben")).to_be_visible()
    looked_at(page)
    day.press(page, "Sagen Sie mir, wenn etwas Neues passt")
    expect(page.get_by_role("button", name="Nicht mehr beobachten")).to_be_visible()
