"""Rechtliche Verstetigung: from the case to a result and a sent Voranfrage § 25b; the office says what is missing, and a step appears."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NARROW, axe, clicks, no_clicks, overflow
from tests.case_making import fact, open_a_case
from tests.desk_client import actor_of
from tests.journeys import first_day as day
from tests.releasing import consented
from tests.stored import everything_stored, tables_that_say

pytestmark = pytest.mark.browser
OFFICER = "baustein3@abh-kreis-borken.example"
# Measured: 18, from the page of the case to "Senden". One question or tick more is a click more.
MOST_CLICKS = 18


def her_case():
    """Six years of papers, a job and A2 in the file, and her consent that the office may be asked."""
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Organisation
    from faden.persons.rules.periods import Period

    case = open_a_case(day.AMAL)
    fact(day.AMAL, case.person, "residence", Period(date(2017, 8, 1), date(2019, 5, 31)), paper="gestattung")
    fact(day.AMAL, case.person, "residence", Period(date(2019, 6, 1)), paper="duldung_60a")
    fact(day.AMAL, case.person, "occupation", Period(date(2023, 2, 1)), kind="work", what="Küchenhilfe", hours_a_week=35)
    fact(day.AMAL, case.person, "german", Period(date(2025, 3, 1)), skill="speaking", level="a2", certificate="telc A2", certified_on=date(2025, 3, 1))
    by = actor_of(day.AMAL)
    with opened_for(by, write=True):
        office = Organisation.objects.get(name="Ausländerbehörde Kreis Borken")
        classes = ("contact", "language", "residence", "school_work", "benefits_housing", "family")
        consented(case.person, office, by=by, purpose="Voranfrage zum Bleiberecht", data_classes=classes, days=200)
    return case


def looked_at(page: Page) -> None:
    assert axe(page) == [], page.url
    assert overflow(page) == 0, page.url


def answer_the_questions(page: Page) -> None:
    """What the file does not know; convictions are no question here."""
    expect(page.get_by_text("Belastendes müssen Sie nicht aufschreiben")).to_be_visible()
    assert page.get_by_text("Verurteilung").count() == 0
    page.get_by_label("Ist die Identität geklärt?").select_option(label="geklärt")
    page.get_by_role("group", name="Welche Kinder gehören zur Familie?").get_by_label("keine").check()
    page.get_by_label(re.compile("Leben in Deutschland")).first.fill("2025-06-14")
    page.get_by_role("radiogroup", name=re.compile("Bekennt sich")).get_by_text("ja", exact=True).click()
    page.get_by_label(re.compile("Welcher Teil des Bedarfs")).fill("85")


def test_from_the_case_to_a_sent_voranfrage_and_back(browse):
    from faden.jobs.queue import JOBS  # noqa: F401 -- the answer is taken up by a job below

    case = her_case()
    amal = browse(day.AMAL)
    page = amal.open(f"/faelle/{case.id}/")
    no_clicks(page)
    page.get_by_role("link", name="Angaben zur Person").click()
    page.get_by_role("link", name="Aufenthalt prüfen").click()
    expect(page.get_by_role("heading", name="Wege wählen")).to_be_visible()
    for path in ("§ 25a Abs. 1", "§ 10 Abs. 1 StAG"):
        page.get_by_label(re.compile(re.escape(f"({path})"))).uncheck()
    looked_at(page)
    day.press(page, "Weiter zu den Fragen")
    answer_the_questions(page)
    looked_at(page)
    day.press(page, "Speichern und ansehen")
    expect(page.get_by_role("heading", name="Womit gerechnet ist")).to_be_visible()
    expect(page.get_by_text(re.compile("so gesagt, notiert am")).first).to_be_visible()
    looked_at(page)
    # One question is settled in the conversation: it counts for this view and stands nowhere.
    before = everything_stored()
    page.get_by_label("Verurteilungen: im Gespräch geklärt, nichts steht entgegen").check()
    day.press(page, "Nur ansehen")
    expect(page.get_by_text("Nach diesen Angaben liegen die Voraussetzungen vor")).to_be_visible()
    expect(page.get_by_text(re.compile("Nur für diese Ansicht"))).to_be_visible()
    looked_at(page)
    assert everything_stored() == before and tables_that_say("asked_in_conversation") == []
    page.get_by_role("link", name=re.compile("Voranfrage vorbereiten")).click()
    page.get_by_label(re.compile("Über Faden, auf die Einwilligung")).check()
    for told in ("Name:", "Duldung § 60a", "Deutsch: A2", "Arbeit:"):
        page.get_by_label(re.compile(told)).first.check()
    looked_at(page)
    day.press(page, "Vorschau zeigen")
    preview = page.locator("#vorschau")
    expect(preview).to_contain_text("Duldung § 60a")
    expect(preview).not_to_contain_text("85 %")
    looked_at(page)
    day.press(page, "Senden")
    used = clicks(page)
    assert used <= MOST_CLICKS, used
    expect(page.get_by_text("gesendet, noch ohne Antwort").first).to_be_visible()
    looked_at(page)
    sent = amal.path(page)
    # The office: building block 3 reads what was ticked, and answers.
    officer = browse(OFFICER)
    theirs = officer.open("/partner/")
    day.main(theirs).get_by_role("link", name=re.compile("Voranfrage|ansehen|Öffnen|Zustellung")).first.click()
    expect(day.main(theirs)).to_contain_text("Dies ist kein Antrag. Fristen laufen weiter.")
    expect(day.main(theirs)).to_contain_text("Duldung § 60a")
    words = day.main(theirs).inner_text()
    assert "85 %" not in words and "Voraussetzungen liegen vor" not in words and "14.06.2025" not in words
    looked_at(theirs)
    theirs.get_by_role("link", name="Antworten").first.click()
    theirs.get_by_label("Unterlagen fehlen").check()
    theirs.get_by_label(re.compile("A2|Deutsch")).first.check()
    looked_at(theirs)
    day.press(theirs, "Antwort senden")
    day.told(theirs, "Ihre Antwort ist beim Absender.")
    taken_up()
    amal.go(page, sent)
    expect(day.main(page)).to_contain_text("Unterlagen fehlen")
    looked_at(page)
    amal.go(page, f"/faelle/{case.id}/ketten/")
    expect(day.main(page)).to_contain_text("Unterlagen fehlen")


def taken_up() -> None:
    """The job that the reply queued."""
    from faden.consents.models import Reply
    from faden.jobs.deliveries import replied
    from faden.kernel.rls import opened_for

    by = actor_of(day.AMAL)
    with opened_for(by, write=False):
        waiting = list(Reply.objects.filter(taken_at__isnull=True).values_list("id", flat=True))
    assert waiting
    for reply_id in waiting:
        replied(by.organisation_id, str(reply_id))


def test_the_questions_fit_a_narrow_screen_and_the_tool_keeps_nothing(browse):
    case = her_case()
    narrow = browse(day.AMAL, width=NARROW)
    page = narrow.open(f"/faelle/{case.id}/personen/{case.person_id}/aufenthalt/wege/")
    looked_at(page)
    day.press(page, "Weiter zu den Fragen")
    looked_at(page)
    narrow.go(page, f"/faelle/{case.id}/personen/{case.person_id}/aufenthalt/blatt/?sprache=ar")
    expect(page.locator("[lang=ar]").first).to_be_visible()
    looked_at(page)
    narrow.go(page, "/regeln/vorpruefung/")
    before = everything_stored()
    page.get_by_label(re.compile(re.escape("(§ 25b Abs. 1)"))).check()
    day.press(page, "Weiter zu den Fragen")
    page.get_by_label("Verurteilungen: im Gespräch geklärt, nichts steht entgegen").check()
    day.press(page, "Prüfen")
    expect(page.get_by_role("heading", name=re.compile("Ergebnis für den"))).to_be_visible()
    looked_at(page)
    assert everything_stored() == before
