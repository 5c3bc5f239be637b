"""A title's last day: noted once, it stands on Mein Tag, moves with the paper, and goes when somebody says so."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Person
from tests.journeys import first_day as day
from tests.journeys.test_model_family import choose

pytestmark = pytest.mark.browser

TITLE = "Aufenthaltspapier läuft ab"


def the_worker_ran() -> None:
    """What was queued by the pages is done."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from faden.jobs import deadlines

    for args in list(ProcrastinateJob.objects.filter(task_name="persons.facts_changed").values_list("args", flat=True)):
        deadlines.follow(**args)


def until(days: int) -> date:
    from faden.kernel import clock

    return clock.today() + timedelta(days=days)


def note_paper(page: Page, amal: Person, person: str, last_day: date) -> None:
    amal.go(page, f"{person}angaben/residence/neu/")
    choose(page, "paper", "Duldung § 60a")
    page.get_by_label("Gilt ab").fill(until(-100).isoformat())
    page.get_by_label("Gilt bis").fill(last_day.isoformat())
    day.main(page).locator("form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/neu/" not in url)
    the_worker_ran()


def correct_paper(page: Page, amal: Person, person: str, last_day: date) -> None:
    amal.go(page, f"{person}angaben/")
    day.main(page).get_by_role("link", name="Berichtigen").first.click()
    page.get_by_label("Gilt bis").fill(last_day.isoformat())
    page.locator("input[name=because][value=more]").check(force=True)
    day.main(page).locator("form.f-form button[type=submit]").first.click()
    page.wait_for_url(lambda url: url.endswith("/angaben/"))
    the_worker_ran()


def close_case(case: str) -> None:
    from faden.cases.models import Case
    from faden.casework.actions.closing import Ending, close
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.desk_client import actor_of

    by = actor_of(day.AMAL)
    with opened_for(by, write=True):
        row = Case.objects.select_related("lead", "person").get(id=UUID(case.split("/")[2]))
        close(row, Ending("goals", "much", clock.today(), summary="Fertig"), by=by, at=clock.now())


def test_a_title_from_the_paper_to_the_end_of_the_case(browse):
    amal = browse(day.AMAL)
    page = amal.open("/tag/")
    case = day.open_case(page, amal, family="Darwisch", given="Khaled", born="03.02.1986")
    person = day.main(page).locator("a[href*='/personen/']").first.get_attribute("href")
    assert person

    note_paper(page, amal, person, until(20))
    amal.go(page, "/tag/")
    fristen = page.locator("#fristen")
    expect(fristen).to_contain_text(TITLE)
    expect(fristen).to_contain_text("noch 20 Tage")
    amal.go(page, case)
    expect(page.locator(".f-client__next")).to_contain_text(TITLE)

    correct_paper(page, amal, person, until(60))
    amal.go(page, "/tag/")
    expect(fristen).to_contain_text("in 90 Tagen: 1")
    expect(fristen).not_to_contain_text(TITLE)
    fristen.get_by_role("link", name="in 90 Tagen: 1").click()
    expect(day.main(page).get_by_role("row", name=TITLE)).to_contain_text("Darwisch, Khaled")

    day.main(page).get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_label("trifft hier nicht zu").check(force=True)
    day.press(page, "Frist beenden")
    expect(day.main(page)).to_contain_text("Bitte schreiben Sie in einem Satz dazu, warum.")
    page.get_by_label("In einem Satz").fill("Der Antrag auf Verlängerung ist gestellt.")
    day.press(page, "Frist beenden")
    day.told(page, "Die Frist ist beendet.")
    amal.go(page, "/tag/")
    expect(fristen).to_have_count(0)

    correct_paper(page, amal, person, until(10))
    amal.go(page, "/tag/")
    expect(fristen).to_contain_text("noch 10 Tage")
    close_case(case)
    amal.go(page, "/tag/")
    expect(fristen).to_have_count(0)
