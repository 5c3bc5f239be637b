"""A Vermittlung to the jobcentre on paper; it phones: "Antwort nachtragen" moves the step and the timeline."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, clicks, no_clicks, overflow
from tests.case_making import open_a_case
from tests.desk_client import actor_of
from tests.journeys import first_day as day
from tests.releasing import consented

pytestmark = pytest.mark.browser


def the_case_with_its_chain():
    """A chain with one step, the jobcentre in the address book, and her consent towards it."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.actions import agencies
    from tests.chains.making import begin, step

    by, case = actor_of(day.AMAL), open_a_case(day.AMAL)
    begin(case, step("course", life_area="language", title="Platz im Sprachkurs"), by=by)
    with opened_for(by, write=True):
        said = agencies.Described("Jobcenter Ahaus", "jobcenter", "05554004", "Marktplatz 1, 48683 Ahaus", "02561 1")
        place = agencies.note(said, by=by, at=clock.now())
        consented(case.person, place, by=by, purpose="Sprachkurs finden", data_classes=("contact", "language"), days=200)
    return case


def looked_at(page: Page) -> None:
    assert axe(page) == [], page.url


def test_the_jobcentre_phones(browse):
    from faden.kernel import clock

    case = the_case_with_its_chain()
    amal = browse(day.AMAL)
    page = amal.open(f"/faelle/{case.id}/ketten/")
    page.locator(".f-task__title a").first.click()
    page.get_by_text("Anpassen").first.click()
    page.get_by_role("link", name="Vermitteln", exact=True).click()
    # From here on: what a known recipient with a standing consent costs.
    no_clicks(page)
    expect(page.get_by_label("Was wird gesucht?")).to_have_value("Platz im Sprachkurs")
    looked_at(page)
    page.get_by_label("An welche Stelle?").select_option(label="Jobcenter Ahaus (Jobcenter)")
    day.press(page, "Weiter")
    expect(page.get_by_text("Genau das liest die Stelle")).to_be_visible()
    expect(page.locator("#vorschau")).to_contain_text("Oleksandra Schewtschenko")
    looked_at(page)
    day.press(page, "Senden")
    day.told(page, "Notiert. Bitte drucken Sie jetzt das Blatt.")
    assert clicks(page) <= 4
    expect(page.get_by_text("Ob jemand sie gelesen hat, wissen wir nicht.")).to_be_visible()
    looked_at(page)
    here = amal.path(page)
    # The jobcentre phones.
    march = clock.today() + timedelta(days=60)
    page.get_by_role("link", name="Antwort nachtragen").click()
    page.get_by_label("angenommen", exact=True).check()
    page.get_by_label("Ab wann?").fill(march.isoformat())
    page.get_by_label("Wer hat es gesagt?").fill("Frau Berg, Leistungsabteilung")
    looked_at(page)
    day.press(page, "Antwort festhalten")
    expect(page.get_by_text("Die Stelle nimmt die Person.")).to_be_visible()
    assert overflow(page) == 0
    amal.go(page, f"/faelle/{case.id}/")
    line = page.locator(".f-timeline__entry").filter(has_text="Platz im Sprachkurs").first
    expect(line).to_contain_text("angenommen")
    expect(line).to_contain_text("Telefon")
    page.get_by_role("link", name=re.compile("Bild und alle Schritte")).click()
    page.locator(".f-task__title a").first.click()
    step = page.locator("#liste li").first
    expect(step).to_contain_text("Jobcenter Ahaus")
    expect(step).to_contain_text(f"Vereinbart: {march:%d.%m.%Y}")
    # She misheard: taken back, it stays in the history.
    amal.go(page, here)
    page.get_by_role("button", name=re.compile("Zurücknehmen")).click()
    expect(page.locator("s")).to_contain_text("angenommen")
    expect(page.get_by_text("gesendet, noch keine Antwort")).to_be_visible()
