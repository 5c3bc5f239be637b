"""Scene (b): Ahaus shares the language chain with a course provider, who says from when there is a place."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from faden.kernel import clock
from tests.browser import axe, overflow
from tests.case_making import open_a_case
from tests.chains.sharing import DORA, PETRA, service_of
from tests.desk_client import actor_of
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser

NOTE = "Parwin weint, wenn sie von der Flucht spricht."
PLACE = "Platz ab dann am Vormittag"
TEST, TITLE = "Einstufungstest", "Aufenthaltstitel"


@pytest.fixture
def chain(own_database: str) -> Any:
    """Begun from the shipped template, with two consents on paper: one for the provider, one for an immigration office."""
    from faden.chains.actions.start import Begin, start
    from faden.chains.queries.templates import template_of
    from faden.kernel.rls import opened_for
    from tests.releasing import consented

    case = open_a_case(family=day.FAMILY, given=day.GIVEN)
    by, provider, office = actor_of(day.AMAL), service_of(PETRA), service_of(DORA)
    with opened_for(by, write=True):
        template = template_of("sprache").template.for_variant("anspruch")
        begun = start(template, Begin(case.person_id, clock.today()), case=case, by=by, at=clock.now())
        for recipient in (provider, office):
            consented(case.person, recipient, by=by, purpose="Deutschkurs", data_classes=("contact", "language"), days=200)
    return begun


def work_off() -> None:
    """The queue's work: what was answered reaches the sender."""
    from faden.consents.models import Reply
    from faden.jobs.deliveries import replied
    from faden.kernel.rls import opened_for

    by = actor_of(day.AMAL)
    with opened_for(by, write=False):
        waiting = list(Reply.objects.filter(taken_at__isnull=True).values_list("id", flat=True))
    for reply_id in waiting:
        replied(by.organisation_id, str(reply_id))


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_chain_is_worked_on_together(browse, chain, script):
    amal, petra = browse(day.AMAL, script=script), browse(PETRA, script=script)
    case = f"/faelle/{chain.case_id}/"
    page = amal.open(f"{case}ketten/{chain.id}/")
    share(page, script=script)
    theirs = petra.open("/partner/")
    report(theirs, script=script)
    note_meanwhile(page, amal, case)
    work_off()
    amal.go(page, f"{case}ketten/{chain.id}/")
    read_on_reload(page)
    nothing_of_the_note(theirs)


def share(page: Page, *, script: bool) -> None:
    """Nothing goes out before the look; an office that decides about the stay cannot be chosen."""
    day.press(page, "Laufend freigeben")
    provider, office = service_of(PETRA).name, service_of(DORA).name
    expect(day.main(page)).to_contain_text(provider)
    expect(day.main(page)).not_to_contain_text(office)
    page.locator("label").filter(has_text=re.compile(provider.split(",")[0])).first.click()
    page.locator("label").filter(has_text=re.compile(f"^\\s*{TEST}")).first.click()
    page.get_by_label("Bis wann?").fill(str(clock.today() + timedelta(days=180)))
    day.press(page, "Vorschau zeigen")
    preview = page.locator("#vorschau")
    expect(preview).to_contain_text(f"{day.FAMILY}, {day.GIVEN}")
    expect(preview).to_contain_text("(Ihr Schritt)")
    expect(preview).not_to_contain_text(TITLE)
    if script:
        assert axe(page) == []
    day.press(page, "So freigeben")
    day.told(page, "Die erste Fassung ist zugestellt.")
    if script:
        assert axe(page) == []
        assert overflow(page) == 0


def report(page: Page, *, script: bool) -> None:
    """On the partner's side, on its own step."""
    day.main(page).get_by_role("link", name=re.compile("Sprach|Deutsch|Integrationskurs")).first.click()
    expect(day.main(page)).not_to_contain_text(TITLE)
    day.main(page).get_by_role("link", name=re.compile(f"^Stand melden\\s*: {TEST}")).click()
    page.locator("label").filter(has_text=re.compile("^\\s*wartet auf Stelle")).first.click()
    page.get_by_label("Vereinbarter Tag").fill(str(clock.today() + timedelta(days=72)))
    page.get_by_label("Dazu ein Satz").fill(PLACE)
    day.press(page, "Melden")
    day.told(page, "Gemeldet.")


def note_meanwhile(page: Page, amal: Any, case: str) -> None:
    amal.go(page, case)
    day.write_contact(page, NOTE)


def read_on_reload(page: Page) -> None:
    step = page.locator(".f-step", has_text=TEST).first
    expect(step).to_contain_text("gemeldet von Bildungswerk")
    expect(step).to_contain_text(PLACE)
    expect(step).to_contain_text(f"{clock.today() + timedelta(days=72):%d.%m.%Y}")
    expect(page.locator("#gemeinsam")).to_contain_text("Fassung 2")


def nothing_of_the_note(page: Page) -> None:
    """Neither on the page nor in its source; the newest copy is there by itself."""
    page.reload()
    expect(day.main(page)).to_contain_text(f"bis {clock.today() + timedelta(days=72):%d.%m.%Y}")
    source = page.content()
    assert NOTE not in source and "Flucht" not in source
    assert TITLE not in source
