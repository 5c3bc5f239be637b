"""Ahaus hands a case over to Gronau: on her ground, looked at, sent, taken over; nothing open is left without a holder."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from faden.kernel import clock
from tests.browser import Person, axe, overflow
from tests.case_making import open_a_case
from tests.journeys import first_day as day
from tests.referrals import handing_over as over
from tests.referrals.test_open_things import open_now
from tests.referrals.test_transfers import with_work

pytestmark = pytest.mark.browser

GOAL, STEP, TASK, MEETING = "Ich will als Bäckerin arbeiten", "Kurs B1 suchen", "Kursträger anrufen", "Gespräch zum Kurs"
NOTE, PLACE, TOLD, WELCOME = "Parwin weint, wenn sie von der Flucht spricht.", "Geheimer Ort", "Vormittags erreichbar.", "Montag um zehn passt."
HERS = f"{day.FAMILY}, {day.GIVEN}"


@pytest.fixture
def case(own_database: str) -> Any:
    """In the middle of the work: a goal, a chain, a task, an appointment."""
    made = open_a_case(family=day.FAMILY, given=day.GIVEN)
    with_work(made)
    return made


class Looking:
    """One person's tab; each page is looked at by axe where scripts run."""

    def __init__(self, person: Person, *, script: bool) -> None:
        self.person, self.script, self.page = person, script, person.open("/tag/")

    def at(self, path: str) -> Page:
        """There, and looked at."""
        self.person.go(self.page, path)
        return self.looked_at()

    def looked_at(self) -> Page:
        if self.script:
            assert axe(self.page) == [], self.page.url
            assert overflow(self.page) == 0, self.page.url
        return self.page


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_case_goes_to_another_service(browse, case, script):
    amal, cem = (Looking(browse(email, script=script), script=script) for email in (day.AMAL, day.CEM))
    home = f"/faelle/{case.id}/"
    amal.person.go(amal.page, home)
    day.write_contact(amal.page, NOTE)
    draft = begin(amal, home)
    without_a_ground_nothing_goes(amal, draft)
    over.ground(case.person)
    describe(amal, draft)
    place(amal, draft)
    send(amal, draft)
    theirs = take_over(cem)
    over.answered()
    nothing_is_left_lying(amal, draft)
    assert open_now(over.in_ahaus(transfer_model(), case=case)[0]) == []
    its_history_says_so(amal, cem, home, theirs)
    others_see_nothing(browse, script, home, draft, theirs)


def transfer_model() -> Any:
    from faden.referrals.models import CaseTransfer

    return CaseTransfer


def begin(amal: Looking, home: str) -> str:
    """A draft: nothing leaves by it. Returns its address."""
    page = amal.at(f"{home}zusammenarbeit/")
    page.get_by_role("link", name="Fallübergabe vorbereiten").click()
    page.wait_for_url(re.compile("/uebergabe/neu/$"))
    amal.looked_at()
    service = page.get_by_label("Welcher Dienst übernimmt?")
    expect(service).not_to_contain_text("Ausländerbehörde")
    service.select_option(label=over.gronau().name)
    day.main(page).locator("input[name=reason][value=moved]").check()
    page.get_by_label("Überleitung bis").fill(str(clock.today() + timedelta(days=14)))
    day.press(page, "Entwurf speichern")
    day.told(page, "Hinausgegangen ist noch nichts.")
    amal.looked_at()
    return amal.person.path(page)


def without_a_ground_nothing_goes(amal: Looking, draft: str) -> None:
    expect(day.main(amal.page)).to_contain_text("ohne Grund")
    expect(day.main(amal.page).get_by_role("link", name="Einwilligung vorbereiten")).to_be_visible()
    page = amal.at(f"{draft}senden/")
    expect(day.main(page)).to_contain_text("So geht es noch nicht hinaus")
    expect(page.get_by_role("button", name="Jetzt senden")).to_have_count(0)
    assert over.deliveries() == []


def describe(amal: Looking, draft: str) -> None:
    """On her consent, only about her."""
    page = amal.at(draft)
    page.locator(".f-columns .f-task__title a", has_text=HERS).click()
    page.wait_for_url(re.compile("/personen/"))
    amal.looked_at()
    page.get_by_role("textbox", name="Name und Erreichbarkeit").fill(TOLD)
    day.press(page, "So sagen")
    day.told(page, "Hinausgegangen ist noch nichts.")


def place(amal: Looking, draft: str) -> None:
    """All goes over but the task, which we do ourselves before the end of the overlap."""
    page = amal.at(draft)
    day.press(page, "Wohin geht, was offen ist?")
    page.wait_for_url(re.compile("/offenes/$"))
    amal.looked_at()
    for row in page.locator("fieldset.f-fields").all():
        ours = TASK in row.inner_text()
        row.get_by_label("Wohin?").select_option("us" if ours else "them")
        which = row.get_by_label("Gehört zu welchen Angaben der Einwilligung?")
        if which.count():
            which.select_option("contact")
    day.press(page, "Speichern")
    day.told(page, "Gespeichert.")
    expect(day.main(page)).to_contain_text("Jeder offene Teil hat einen Verbleib.")


def send(amal: Looking, draft: str) -> None:
    """What is seen is what leaves; no note, no place of a meeting."""
    day.press(amal.page, "Ansehen und senden")
    amal.page.wait_for_url(re.compile("/senden/$"))
    page = amal.looked_at()
    for word in (HERS.split(", ")[0], TOLD, GOAL, STEP, MEETING):
        expect(day.main(page)).to_contain_text(word)
    expect(day.main(page)).to_contain_text(f"{TASK}, bleibt bei uns")
    assert NOTE not in page.content() and PLACE not in page.content()
    day.press(page, "Jetzt senden")
    day.told(page, "Die Fallübergabe ist gesendet.")
    amal.looked_at()
    expect(day.main(page)).to_contain_text("bis dahin liegt alles weiter bei uns")


def take_over(cem: Looking) -> str:
    """From the Eingang into a case of their own; returns its address."""
    page = cem.at("/eingang/")
    day.main(page).get_by_role("link", name=re.compile("Fallübergabe")).first.click()
    page.wait_for_url(re.compile("/eingang/[0-9a-f-]{36}/$"))
    cem.looked_at()
    day.main(page).get_by_role("link", name="Ansehen, annehmen oder ablehnen").click()
    page.wait_for_url(re.compile("/uebergabe/$"))
    cem.looked_at()
    for word in (TOLD, GOAL, STEP, MEETING):
        expect(day.main(page)).to_contain_text(word)
    assert not any(word in page.content() for word in (NOTE, PLACE, TASK))
    page.get_by_label("Worte an den bisherigen Dienst").fill(WELCOME)
    day.press(page, "Fall übernehmen")
    day.told(page, "Der Fall ist übernommen.")
    page = cem.looked_at()
    expect(day.main(page)).to_contain_text(re.compile("Übernommen von .*Caritas"))
    expect(day.main(page)).to_contain_text("noch keine Einwilligung in die Beratung")
    return cem.person.path(page).removesuffix("uebernommen/")


def nothing_is_left_lying(amal: Looking, draft: str) -> None:
    """The task is still ours: it ends with us, or gets a holder, before our side ends."""
    page = amal.at(draft)
    for word in ("angenommen", "Nummer dort", WELCOME, "Noch bei uns", TASK):
        expect(day.main(page)).to_contain_text(word)
    day.press(page, "Jetzt abschließen")
    page.wait_for_url(re.compile("/abschluss/$"))
    amal.looked_at()
    finish(page)
    expect(page.locator(".f-errors")).to_contain_text("Noch offen und ohne neuen Verbleib: 1")
    page = amal.at(f"{draft}offenes/")
    row = page.locator("fieldset.f-fields", has_text=TASK)
    expect(row.locator("option[value=them]")).to_have_count(0)  # what they read stays as it was
    row.get_by_label("Wohin?").select_option("client")
    day.press(page, "Speichern")
    expect(day.main(page)).to_contain_text("endet unsere Begleitung von selbst")
    day.press(page, "Jetzt abschließen")
    finish(page)
    day.told(page, "Unsere Begleitung ist beendet.")


def finish(page: Page) -> None:
    day.main(page).locator("input[name=client_view][value=much]").check()
    day.press(page, "Abschließen")


def its_history_says_so(amal: Looking, cem: Looking, home: str, theirs: str) -> None:
    page = amal.at(home)
    line = page.locator(day.IN_THE_TIMELINE, has_text=f"Fallübergabe an {over.gronau().name}")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Amal")
    expect(page.locator(".f-task", has_text=TASK)).to_have_count(0)
    page = cem.at(theirs)
    expect(page.locator(day.IN_THE_TIMELINE, has_text=re.compile("Übernommen von"))).to_contain_text("AH-")
    expect(day.main(page)).to_contain_text("Einwilligung in Beratung und Dokumentation einholen")
    assert NOTE not in page.content() and PLACE not in page.content()
    page = cem.at(f"{theirs}ketten/")
    expect(day.main(page)).to_contain_text(STEP)


def others_see_nothing(browse: Any, script: bool, home: str, draft: str, theirs: str) -> None:
    """The colleague without the case, each service at the other's, the data protection officer, the coordination."""
    words = (day.FAMILY, TOLD, GOAL, NOTE, WELCOME)
    for email, status in ((day.BERND, 403), (day.CEM, 404), (day.DILAN, 403), (day.KARIN, 403)):
        somebody = browse(email, script=script)
        page = somebody.open("/")
        for address in (home, draft, f"{draft}senden/", f"{draft}offenes/", f"{home}zusammenarbeit/"):
            assert somebody.go(page, address) in (status, 404), (email, address)
            assert not any(word in page.content() for word in words), (email, address)
    for email in (day.AMAL, day.BERND, day.DILAN):
        somebody = browse(email, script=script)
        page = somebody.open("/")
        for address in (theirs, f"{theirs}uebernommen/"):
            assert somebody.go(page, address) == 404, (email, address)
            assert not any(word in page.content() for word in words), (email, address)
    page = browse(day.DILAN, script=script).open("/zugriffe/")
    assert day.FAMILY not in page.content()
