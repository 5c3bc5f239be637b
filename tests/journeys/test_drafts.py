"""No text gets lost: drafts, the end of the session, a double click, two people in one task."""

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in
from tests.case_making import open_a_case
from tests.desk_client import actor_of
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser

TEXT = "Der Vermieter hat gekündigt, Frist bis Ende des Monats."


@pytest.fixture
def amal(browse):
    return browse(day.AMAL)


@pytest.fixture
def case(browse):
    return f"/faelle/{open_a_case().id}/"


SAVE_QUICKLY = """new MutationObserver(() => document.querySelectorAll("form[data-draft]:not([data-draft-wait])")
  .forEach((form) => { form.dataset.draftWait = 0.2; })).observe(document, { childList: true, subtree: true })"""


def saved_note(page, path, person, text):
    person.go(page, path)
    page.get_by_label("Was wurde besprochen?").fill(text)
    expect(page.locator("[data-draft-status]")).to_contain_text("Entwurf gesichert")


def test_after_a_crash_the_draft_is_offered_and_restored(amal, case):
    amal.context.add_init_script(SAVE_QUICKLY)
    page = amal.open("/tag/")
    saved_note(page, f"{case}kontakte/neu/", amal, TEXT)
    page.close(run_before_unload=False)
    page = amal.open(f"{case}kontakte/neu/")
    expect(day.main(page)).to_contain_text("Sie haben hier schon etwas angefangen")
    expect(page.get_by_label("Was wurde besprochen?")).to_have_value("")
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label("Was wurde besprochen?")).to_have_value(TEXT)
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    expect(page.locator(day.IN_THE_TIMELINE, has_text=TEXT)).to_have_count(1)
    amal.go(page, f"{case}kontakte/neu/")
    expect(day.main(page)).not_to_contain_text("Sie haben hier schon etwas angefangen")


def test_a_draft_that_is_not_wanted_goes(amal, case):
    amal.context.add_init_script(SAVE_QUICKLY)
    page = amal.open("/tag/")
    saved_note(page, f"{case}kontakte/neu/", amal, TEXT)
    amal.go(page, f"{case}kontakte/neu/")
    day.press(page, "Entwurf verwerfen")
    page.wait_for_url(f"**{case}kontakte/neu/")
    expect(page.get_by_label("Was wurde besprochen?")).to_be_visible()
    expect(day.main(page)).not_to_contain_text("Sie haben hier schon etwas angefangen")


def test_a_draft_is_only_its_writers(amal, case, browse):
    amal.context.add_init_script(SAVE_QUICKLY)
    page = amal.open("/tag/")
    saved_note(page, f"{case}kontakte/neu/", amal, TEXT)
    stored = drafts_in_the_database()
    assert len(stored) == 1 and TEXT.encode() not in stored[0]
    lena = browse(day.LENA).open(f"{case}kontakte/neu/")
    lena.get_by_label("Vertretung").check()
    day.press(lena, "Fall öffnen")
    day.press(lena, "Kontakt notieren")
    expect(day.main(lena)).not_to_contain_text("Sie haben hier schon etwas angefangen")


def drafts_in_the_database():
    from django.db import connection

    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False), connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM kernel_draft")
        return [
            bytes(row[0]) if not isinstance(row[0], str) else row[0].encode() for row in cursor.fetchall()
        ]


@pytest.mark.parametrize("kind", ["aufgaben", "termine"])
def test_a_draft_of_a_change_is_offered_too(amal, case, kind):
    amal.context.add_init_script(SAVE_QUICKLY)
    page = amal.open(case)
    new, label = ("Aufgabe", "Was ist zu tun?") if kind == "aufgaben" else ("Termin", "Worum geht es?")
    day.press(page, new)
    page.get_by_label(label).fill("Erster Stand")
    day.press(page, "Speichern")
    day.press(page, "Erster Stand")
    if kind == "termine":
        day.press(page, "Ändern")
    page.get_by_label(label).fill("Zweiter Stand, noch nicht gesendet")
    expect(page.locator("[data-draft-status]")).to_contain_text("Entwurf gesichert")
    page.reload()
    expect(day.main(page)).to_contain_text("Sie haben hier schon etwas angefangen")


# ---------- the session ends ----------


def test_when_the_session_ends_mid_typing_the_text_stays(amal, case):
    amal.context.add_init_script(SAVE_QUICKLY)
    page = amal.open(f"{case}kontakte/neu/")
    amal.context.clear_cookies(name="faden_session")
    page.get_by_label("Was wurde besprochen?").fill(TEXT)
    expect(page.locator("[data-draft-status]")).to_contain_text("Ihr Text steht noch hier.")
    expect(page.get_by_label("Was wurde besprochen?")).to_have_value(TEXT)
    day.press(page, "Kontakt speichern")
    expect(page.get_by_role("heading", name="Sie sind abgemeldet")).to_be_visible()
    expect(page.get_by_label("Was wurde besprochen?")).to_have_value(TEXT)
    assert notes_of(case) == 0


def test_the_server_ends_an_idle_session_and_keeps_nothing(browse, case):
    """Without JavaScript the answer shows what was typed."""
    from faden.kernel import clock

    amal = browse(day.AMAL, script=False)
    page = amal.open(f"{case}kontakte/neu/")
    clock.set_forward(1)
    page.get_by_label("Was wurde besprochen?").fill(TEXT)
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        day.press(page, "Kontakt speichern")
    assert sent.value.status == 401
    expect(day.main(page)).to_contain_text(TEXT)
    clock.set_forward(0)
    page.go_back()
    sign_in(amal.open("/konto/anmelden/"), day.AMAL)
    assert notes_of(case) == 0


# ---------- sent once ----------


def test_a_double_click_makes_one_note(amal, case):
    page = amal.open(f"{case}kontakte/neu/")
    page.get_by_label("Was wurde besprochen?").fill(TEXT)
    day.main(page).get_by_role("button", name="Kontakt speichern").dblclick()
    expect(page.locator(day.IN_THE_TIMELINE, has_text=TEXT)).to_have_count(1)
    assert notes_of(case) == 1


def test_a_double_click_makes_one_note_without_javascript_too(browse, case):
    amal = browse(day.AMAL, script=False)
    page = amal.open(f"{case}kontakte/neu/")
    page.get_by_label("Was wurde besprochen?").fill(TEXT)
    day.main(page).get_by_role("button", name="Kontakt speichern").dblclick()
    expect(page.locator(day.IN_THE_TIMELINE, has_text=TEXT)).to_have_count(1)
    assert notes_of(case) == 1


def notes_of(case):
    """How many contact notes this case has."""
    from faden.cases.models import ContactNote
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False):
        return ContactNote.objects.filter(case_id=case.split("/")[2]).count()


# ---------- two people, one task ----------


def test_the_second_of_two_is_shown_what_the_first_changed(amal, case, browse):
    page = amal.open(case)
    day.press(page, "Aufgabe")
    page.get_by_label("Was ist zu tun?").fill("Kita anrufen")
    day.press(page, "Speichern")
    lena = browse(day.LENA)
    hers = lena.open(case)
    hers.get_by_label("Vertretung").check()
    day.press(hers, "Fall öffnen")
    day.press(hers, "Kita anrufen")
    day.press(page, "Kita anrufen")
    page.get_by_label("Was ist zu tun?").fill("Kita Sonnenschein anrufen")
    day.press(page, "Speichern")
    day.told(page, "Die Aufgabe ist geändert.")
    hers.get_by_label("Was ist zu tun?").fill("Kita Regenbogen anrufen")
    with hers.expect_response(lambda answer: answer.request.method == "POST" and "aufgaben" in answer.url) as sent:
        day.press(hers, "Speichern")
    assert sent.value.status == 409
    expect(day.main(hers)).to_contain_text("inzwischen von jemand anderem geändert")
    expect(hers.get_by_role("cell", name="Kita Sonnenschein anrufen")).to_be_visible()
    expect(hers.get_by_role("cell", name="Kita Regenbogen anrufen")).to_be_visible()
    amal.go(page, case)
    expect(day.main(page)).to_contain_text("Kita Sonnenschein anrufen")


def test_the_second_of_two_corrections_is_told_in_german(amal, case):
    day.write_contact(page := amal.open(case), TEXT)
    page.locator(day.IN_THE_TIMELINE, has_text=TEXT).get_by_role("link").click()
    other = amal.open(amal.path(page))
    page.get_by_label("Was wurde besprochen?").fill("Erste Berichtigung")
    day.press(page, "Berichtigung speichern")
    other.get_by_label("Was wurde besprochen?").fill("Zweite Berichtigung")
    other.get_by_label("Minuten").fill("45")
    day.press(other, "Berichtigung speichern")
    expect(day.main(other)).to_contain_text("Erste Berichtigung")
    labels = other.locator("main th[scope=row]").all_inner_texts()
    assert labels == ["Minuten", "Was wurde besprochen?"], "labels as people know them, not names of columns"
