"""Three phone photos, "Ablehnung", received on Friday, one month: the last day, confirmed, first in Mein Tag, also for who stands in."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Person, axe
from tests.documents import samples
from tests.journeys import first_day as day
from tests.journeys.test_plan import tick

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
FIRST_ROW = "#bescheide .f-task >> nth=0"


def last_friday() -> date:
    from faden.kernel import clock

    today = clock.today()
    return today - ((today.weekday() - 4) % 7 or 7) * DAY


def the_worker_ran() -> None:
    """What was queued for the photos is done."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from faden.jobs import documents

    for name in ("scan", "draw"):
        for args in list(ProcrastinateJob.objects.filter(task_name=f"documents.{name}").values_list("args", flat=True)):
            getattr(documents, name)(**args)


def open_case(page: Page, amal: Person) -> str:
    """She has agreed to Vertretung too."""
    amal.go(page, "/faelle/neu/")
    page.get_by_label("Familienname").fill("Darwisch")
    page.get_by_label("Vorname").fill("Rima")
    day.fill_agreement(page)
    page.get_by_label("Sie ist einverstanden, dass im Team besprochen und vertreten wird.").check()
    day.press(page, "Fall eröffnen")
    day.told(page, "Der Fall ist eröffnet.")
    return amal.path(page)


def put_photos(page: Page, amal: Person, case: str) -> str:
    """Three pages become one paper; returns its address."""
    amal.go(page, f"{case}dokumente/neu/")
    page.locator("select[name=kind]").select_option("decision")
    page.locator("input[type=file]").set_input_files(
        [{"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()} for n in (1, 2, 3)]
    )
    page.locator("input[name=issuer]").fill("Jobcenter Ahaus")
    day.press(page, "Dokument ablegen")
    page.wait_for_url(re.compile(r"/dokumente/[0-9a-f-]{36}/"))
    the_worker_ran()
    return amal.path(page)


def type_it_off(page: Page, friday: date) -> None:
    """As it is printed; how long a month is nobody has to know."""
    page.get_by_label("Worum geht es?").fill("Mehrbedarf")
    tick(page, "abgelehnt")
    page.get_by_label("Datum des Bescheids").fill((friday - 3 * DAY).isoformat())
    page.get_by_label("Welches Recht?").select_option("social")
    tick(page, "gewöhnlicher Brief")
    page.get_by_label("Poststempel").fill((friday - 2 * DAY).isoformat())
    page.get_by_label("Bei der Person angekommen am").fill(friday.isoformat())
    tick(page, "Widerspruch")
    page.get_by_label("Frist, wie sie gedruckt ist").fill("1")
    day.press(page, "Weiter zur Berechnung")
    page.wait_for_url(re.compile(r"/bescheide/[0-9a-f-]{36}/$"))


def calculation(page: Page, friday: date) -> date:
    """Each step stands there with its paragraph; returns the proposed day."""
    from faden.documents.rules.remedy import Notice, Period, calculate
    from faden.documents.vocabulary import NotifiedHow, Procedure

    found = calculate(Notice(Procedure.SOCIAL, NotifiedHow.LETTER, friday, friday - 2 * DAY), Period(1))
    table = page.locator("#berechnung table")
    expect(table.locator("tbody tr")).to_have_count(len(found.lines))
    for line in found.lines:
        expect(table).to_contain_text(f"{line.day:%d.%m.%Y}")
    expect(table).to_contain_text("4. Tag danach")
    expect(table).to_contain_text("§ 37 Abs. 2 SGB X")
    expect(table).to_contain_text("§ 64 Abs. 1, 2 SGG")
    expect(page.locator("#berechnung")).to_contain_text(f"{found.last_day:%d.%m.%Y}")
    return found.last_day


def bernd_stands_in(page: Page, amal: Person) -> None:
    """Today and tomorrow."""
    from faden.kernel import clock
    from tests.desk_client import membership_of

    amal.go(page, "/vertretungen/neu/")
    page.get_by_label("Wer vertritt?").select_option(str(membership_of(day.BERND).id))
    page.get_by_label("Erster Tag").fill(clock.today().isoformat())
    page.get_by_label("Letzter Tag").fill((clock.today() + DAY).isoformat())
    tick(page, "Urlaub oder frei")
    day.main(page).locator("form.f-form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/neu/" not in url)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_three_photos_to_the_first_line_of_mein_tag(browse, script):
    from faden.kernel import clock

    amal, friday = browse(day.AMAL, script=script), last_friday()
    page = amal.open("/tag/")
    case = open_case(page, amal)
    paper = put_photos(page, amal, case)
    amal.go(page, paper)
    expect(day.main(page).locator("ol.f-tasks li")).to_have_count(3)
    day.press(page, "Bescheid erfassen")
    expect(page.get_by_label("Welche Stelle hat entschieden?")).to_have_value("Jobcenter Ahaus")
    if script:
        assert axe(page) == []
    type_it_off(page, friday)
    decision = amal.path(page)
    proposed = calculation(page, friday)
    if script:
        assert axe(page) == []

    amal.go(page, "/tag/")
    expect(page.locator(FIRST_ROW)).to_contain_text("Letzter Tag noch nicht bestätigt")
    page.locator(FIRST_ROW).get_by_role("link", name="Letzter Tag noch nicht bestätigt").click()
    day.press(page, "Letzten Tag bestätigen")
    day.told(page, "Der letzte Tag ist bestätigt.")
    if script:
        assert axe(page) == []
    amal.go(page, "/tag/")
    expect(day.main(page).locator(".f-card").first).to_have_id("bescheide")
    expect(page.locator(FIRST_ROW)).to_contain_text("Rechtsbehelf gegen einen Bescheid")
    expect(page.locator(FIRST_ROW)).to_contain_text(f"{proposed:%d.%m.%Y}")
    expect(page.locator(FIRST_ROW)).to_contain_text("eilt: noch")
    if script:
        assert axe(page) == []

    bernd_stands_in(page, amal)
    bernd = browse(day.BERND, script=script)
    seen = bernd.open("/tag/")
    expect(seen.locator(FIRST_ROW)).to_contain_text("Jobcenter Ahaus: Mehrbedarf")
    expect(seen.locator(FIRST_ROW)).to_contain_text("in Vertretung für Amal")
    assert bernd.go(seen, decision) == 200
    expect(day.main(seen).locator(f"a[href='{paper}']")).to_be_visible()
    assert bernd.go(seen, f"{paper}?trotzdem=ja") == 200
    picture = seen.locator("ol.f-pages img").first.get_attribute("src")
    assert picture
    scan = bernd.context.request.get(bernd.address + picture)
    assert (scan.status, scan.headers["content-type"]) == (200, "image/jpeg")

    clock.set_forward(2)
    bernd = browse(day.BERND, script=script)
    seen = bernd.open("/tag/")
    expect(seen.locator("#bescheide")).to_have_count(0)
    assert [bernd.go(seen, path) for path in (decision, paper, case)] == [403, 403, 403]
    assert bernd.context.request.get(bernd.address + picture).status == 403
