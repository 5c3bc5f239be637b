"""Whatever is typed survives: a lost connection, a killed tab, the end of the session, a server that falls over."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in, until
from tests.case_making import open_a_case
from tests.desk_client import actor_of
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser

TEXT = "Der Vermieter hat gekündigt, Frist bis Ende des Monats."
LABEL = "Was wurde besprochen?"
OFFLINE = "Keine Verbindung"
STORED = "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
COPIES = "Object.keys(localStorage).filter((name) => name.startsWith('faden-text:'))"


@pytest.fixture
def amal(browse):
    return browse(day.AMAL)


@pytest.fixture
def case(browse):
    return f"/faelle/{open_a_case().id}/"


@pytest.fixture
def form(case):
    return f"{case}kontakte/neu/"


def bar(page):
    return page.locator("#f-drafts [role=status]")


def write(page, text=TEXT):
    page.get_by_label(LABEL).fill(text)


def copied(page, count=1):
    """So many copies lie in this browser."""
    until(page, lambda: len(page.evaluate(COPIES)) == count)


def drop_the_tab(page):
    """As when the browser is killed: nothing is asked, nothing is sent any more."""
    page.context.route("**/entwuerfe/", lambda route: route.abort())
    page.close(run_before_unload=False)


def notes_of(case):
    from faden.cases.models import ContactNote
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False):
        return [note.text for note in ContactNote.objects.filter(case_id=case.split("/")[2])]


def drafts():
    from django.db import connection

    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False), connection.cursor() as cursor:
        cursor.execute("SELECT form FROM kernel_draft")
        return [row[0] for row in cursor.fetchall()]


# ---------- the connection goes ----------


def test_offline_the_text_stays_and_is_saved_when_it_is_back(amal, form):
    page = amal.open(form)
    amal.context.set_offline(True)
    page.evaluate("document.querySelector('form[data-draft]').dataset.draftWait = 0.1")
    write(page)
    expect(bar(page)).to_contain_text(f"{OFFLINE}. Ihr Text bleibt hier")
    assert drafts() == []
    amal.context.set_offline(False)
    expect(page.locator("[data-draft-status]")).to_contain_text("Entwurf gesichert")
    expect(bar(page)).to_be_empty()
    assert drafts() == [form]
    copied(page, 0)


def test_sending_offline_leaves_the_page_as_it_is_and_works_later(amal, case, form):
    page = amal.open(form)
    write(page)
    amal.context.set_offline(True)
    day.press(page, "Kontakt speichern")
    expect(bar(page)).to_contain_text("nichts ist gesendet")
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)
    assert amal.path(page) == form
    amal.context.set_offline(False)
    expect(bar(page)).to_contain_text("noch nicht gesendet")
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    assert (notes_of(case), drafts()) == ([TEXT], [])
    copied(page, 0)


def test_a_tab_killed_offline_offers_the_copy_again(amal, case, form):
    page = amal.open(form)
    amal.context.set_offline(True)
    write(page)
    page.get_by_label("Minuten").fill("75")
    page.locator("label.f-chip").filter(has_text=re.compile(r"^\s*Sprache\s*$")).click()
    copied(page)
    page.wait_for_timeout(700)
    page.close(run_before_unload=False)
    amal.context.set_offline(False)
    page = amal.open(form)
    expect(day.main(page)).to_contain_text("Sie haben hier schon etwas angefangen")
    expect(day.main(page)).to_contain_text("liegt verschlüsselt nur in diesem Browser")
    expect(page.get_by_label(LABEL)).to_have_value("")
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)
    expect(page.get_by_label("Minuten")).to_have_value("75")
    expect(page.get_by_label("Sprache", exact=True)).to_be_checked()
    expect(page.get_by_label(LABEL)).to_be_focused()
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    assert notes_of(case) == [TEXT]
    copied(page, 0)


def test_a_copy_that_is_not_wanted_goes(amal, form):
    page = amal.open(form)
    write(page)
    copied(page)
    drop_the_tab(page)
    page = amal.open(form)
    day.press(page, "Entwurf verwerfen")
    copied(page, 0)
    expect(day.main(page)).not_to_contain_text("Sie haben hier schon etwas angefangen")


def test_the_newer_of_copy_and_draft_is_offered(amal, form):
    """The server has the first words, only this browser the last ones."""
    page = amal.open(form)
    page.evaluate("document.querySelector('form[data-draft]').dataset.draftWait = 0.1")
    write(page, "Erster Stand")
    expect(page.locator("[data-draft-status]")).to_contain_text("Entwurf gesichert")
    page.evaluate("document.querySelector('form[data-draft]').dataset.draftWait = 60")
    write(page, "Zweiter Stand")
    copied(page)
    drop_the_tab(page)
    page = amal.open(form)
    expect(page.get_by_role("heading", name="Sie haben hier schon etwas angefangen")).to_have_count(1)
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label(LABEL)).to_have_value("Zweiter Stand")


def test_before_leaving_offline_it_asks(amal, form):
    page = amal.open(form)
    page.evaluate("document.querySelector('form[data-draft]').dataset.draftWait = 0.1")
    page.get_by_label(LABEL).press_sequentially("Halb fertig")
    amal.context.set_offline(True)
    page.get_by_label(LABEL).press_sequentially(" und offline")
    expect(bar(page)).to_contain_text(OFFLINE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    until(page, lambda: asked)
    assert asked == ["beforeunload"] and not page.is_closed()


# ---------- what lies in the browser ----------


def test_nothing_in_the_browser_can_be_read(amal, form):
    page = amal.open(form)
    amal.context.set_offline(True)
    write(page)
    copied(page)
    day.press(page, "Kontakt speichern")
    expect(bar(page)).to_contain_text(OFFLINE)
    stored = page.evaluate(STORED)
    for word in ("Vermieter", "gekündigt", form, form.split("/")[2], "kontakte", day.AMAL):
        assert word not in stored
    databases = page.evaluate("indexedDB.databases().then((found) => found.map(({ name }) => name))")
    assert databases == []


def test_somebody_else_at_this_computer_is_offered_nothing(amal, form):
    page = amal.open(form)
    write(page)
    copied(page)
    drop_the_tab(page)
    amal.context.unroute("**/entwuerfe/")
    amal.context.clear_cookies()
    page = amal.open("/konto/anmelden/")
    sign_in(page, day.LENA)
    amal.go(page, f"/team/faelle/{form.split('/')[2]}/oeffnen/")
    page.get_by_label("Vertretung").check()
    day.press(page, "Fall öffnen")
    page.wait_for_url(f"**{form.removesuffix('kontakte/neu/')}")
    amal.go(page, form)
    page.wait_for_timeout(300)
    expect(day.main(page)).not_to_contain_text("Sie haben hier schon etwas angefangen")
    copied(page, 1)  # it waits for its writer
    page.get_by_role("banner").get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/konto/**")
    copied(page, 1)
    sign_in(amal.open("/konto/anmelden/"), day.AMAL)
    page = amal.open(form)
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)


def test_signing_out_leaves_no_copy(amal, form):
    page = amal.open(form)
    write(page)
    copied(page)
    page.context.route("**/entwuerfe/", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("banner").get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/konto/**")
    assert page.evaluate(COPIES) == []


def test_after_fourteen_days_a_copy_goes(amal, form):
    page = amal.open(form)
    write(page)
    copied(page)
    drop_the_tab(page)
    page = amal.open("/tag/")
    assert len(page.evaluate(COPIES)) == 1
    older = "for (const name of Object.keys(localStorage)) { const copy = JSON.parse(localStorage[name]); copy.at -= 15 * 86400000; localStorage[name] = JSON.stringify(copy); }"
    page.evaluate(older)
    page.reload()
    assert page.evaluate(COPIES) == []


# ---------- the session ends ----------


def test_when_the_session_ends_at_sending_the_text_waits_for_the_same_person(amal, case, form):
    page = amal.open(form)
    write(page)
    amal.context.clear_cookies(name="faden_session")
    day.press(page, "Kontakt speichern")
    expect(page.get_by_role("heading", name="Sie sind abgemeldet")).to_be_visible()
    assert amal.path(page) == form
    with amal.context.expect_page() as opened:
        page.get_by_role("link", name="In neuem Fenster anmelden").click()
    sign_in(opened.value, day.AMAL)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    assert notes_of(case) == [TEXT]


def test_when_the_session_ends_mid_typing_it_is_there_after_signing_in(amal, form):
    page = amal.open(form)
    amal.context.clear_cookies(name="faden_session")
    write(page)
    copied(page)
    page.close(run_before_unload=False)
    page = amal.open(form)
    assert "/konto/anmelden/" in page.url
    sign_in(page, day.AMAL)
    amal.go(page, form)
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)


def test_a_new_token_is_fetched_without_anybody_noticing(amal, case, form):
    """Signed in again in another tab that tells nothing: the page's token is out of date."""
    page = amal.open(form)
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((field) => { field.value = 'x'.repeat(64); })"
    )
    write(page)
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    assert notes_of(case) == [TEXT]


# ---------- the server falls over ----------


def test_a_server_that_falls_over_at_sending_has_the_draft(amal, case, form):
    page = amal.open(form)
    write(page)
    page.route(
        f"**{form}", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    day.press(page, "Kontakt speichern")
    until(page, lambda: drafts() == [form])
    page.wait_for_timeout(300)
    page.unroute(f"**{form}")
    assert notes_of(case) == []
    amal.go(page, form)
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)


def test_a_server_that_answers_nothing_but_errors_is_like_no_connection(amal, form):
    page = amal.open(form)
    page.route("**/entwuerfe/", lambda route: route.fulfill(status=503))
    write(page)
    day.press(page, "Kontakt speichern")
    expect(bar(page)).to_contain_text("nichts ist gesendet")
    amal.trouble.clear()  # the 503 was ours


def test_a_refused_form_keeps_its_draft(amal, form):
    page = amal.open(form)
    write(page)
    page.get_by_label("Minuten").fill("-5")
    day.press(page, "Kontakt speichern")
    expect(page.get_by_role("group", name="Fehler im Formular")).to_be_visible()
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)
    page.close(run_before_unload=False)
    page = amal.open(form)
    day.press(page, "Weiterschreiben")
    expect(page.get_by_label(LABEL)).to_have_value(TEXT)
    expect(page.get_by_label("Minuten")).to_have_value("-5")


# ---------- without JavaScript ----------


def test_without_javascript_the_form_is_as_before(browse, case, form):
    page = browse(day.AMAL, script=False).open(form)
    write(page)
    day.press(page, "Kontakt speichern")
    day.told(page, "Der Kontakt ist notiert.")
    assert notes_of(case) == [TEXT]
