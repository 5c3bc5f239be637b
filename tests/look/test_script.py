"""faden.js: no text gets lost, nothing is sent twice, nobody stays signed in by accident."""

import ast
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def saved(page: Page, site: str) -> list[dict[str, list[str]]]:
    return ast.literal_eval(page.request.get(f"{site}/entwuerfe/").text())


def eventually(page: Page, site: str, fits: Callable[[dict], bool]) -> dict[str, list[str]]:
    """The first saved draft that fits, within five seconds."""
    for _ in range(25):
        found = [draft for draft in saved(page, site) if fits(draft)]
        if found:
            return found[-1]
        page.wait_for_timeout(200)
    raise AssertionError(saved(page, site))


@pytest.fixture
def answers(site, chromium):
    """Makes the draft address answer with a status; afterwards 200 again."""
    context = chromium.new_context()
    set_status = lambda status: context.request.get(f"{site}/entwuerfe/?antworte={status}")  # noqa: E731
    yield set_status
    set_status(200)
    context.close()


# ---------- drafts ----------


def test_a_draft_is_saved_and_says_when(reader):
    page = reader().open("/formular/")
    page.get_by_label("Familienname").fill("Rahimi")
    page.get_by_label("Wohnen").check()
    page.get_by_label("Sprache").check()
    page.get_by_label("Kennwort").fill("geheim")
    expect(page.get_by_role("status").filter(has_text="Entwurf gesichert")).to_have_text(
        re.compile(r"^Entwurf gesichert \d\d:\d\d$")
    )
    draft = eventually(page, reader.site, lambda draft: draft.get("topics") == ["w", "s"])
    assert draft["draft_name"] == ["gespraech-31"]
    assert draft["name"] == ["Rahimi"]
    assert not {"csrfmiddlewaretoken", "form_key", "password", "file"} & set(draft)


def test_a_draft_is_saved_when_the_page_is_left(reader):
    page = reader().open("/formular/")
    page.evaluate("document.querySelector('form[data-draft]').dataset.draftWait = 60")
    page.get_by_label("Notiz").fill("mitten im Satz")
    page.goto(reader.site + "/")
    assert eventually(page, reader.site, lambda draft: draft["note"] == ["mitten im Satz"])


def test_after_signing_out_the_text_stays(reader, answers):
    answers(401)
    page = reader().open("/formular/")
    page.get_by_label("Notiz").fill("bleibt stehen")
    expect(page.locator("[data-draft-status]")).to_have_text("Sie sind abgemeldet. Ihr Text steht noch hier.")
    expect(page.get_by_label("Notiz")).to_have_value("bleibt stehen")


def test_a_refused_draft_is_told(reader, answers):
    answers(413)
    page = reader().open("/formular/")
    page.get_by_label("Notiz").fill("zu lang")
    expect(page.locator("[data-draft-status]")).to_contain_text("ließ sich nicht sichern")


def test_without_connection_it_says_so_and_tries_again(reader):
    someone = reader()
    page = someone.open("/formular/")
    someone.context.set_offline(True)
    page.get_by_label("Notiz").fill("im Zug geschrieben")
    bar = page.locator("#f-drafts [role=status]")
    expect(bar).to_contain_text("Keine Verbindung. Ihr Text bleibt hier")
    someone.context.set_offline(False)
    expect(page.locator("[data-draft-status]")).to_contain_text("Entwurf gesichert")
    expect(bar).to_be_empty()
    assert saved(page, reader.site)[-1]["note"] == ["im Zug geschrieben"]


# ---------- sending twice ----------


def test_a_form_is_sent_once(reader):
    page = reader().open("/formular/")
    sent = []
    page.route("**/formular/", lambda route: (sent.append(route.request.method), route.fulfill(status=204)))
    button = page.get_by_role("button", name="Gespräch speichern")
    button.dblclick()
    expect(button).to_be_disabled()
    page.evaluate("document.querySelector('form[data-draft]').requestSubmit()")
    page.wait_for_timeout(200)
    assert sent == ["POST"]


def test_the_button_is_free_again_after_coming_back(reader):
    page = reader().open("/formular/")
    page.route("**/formular/", lambda route: route.fulfill(status=204))
    button = page.get_by_role("button", name="Gespräch speichern")
    button.click()
    expect(button).to_be_disabled()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(button).to_be_enabled()


# ---------- session ----------


def test_before_the_end_it_asks_and_staying_closes(reader):
    page = reader().open("/sitzung/?sekunden=6")
    dialog = page.get_by_role("dialog", name="Ihre Sitzung")
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Angemeldet bleiben")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def test_after_the_end_the_page_is_covered_until_the_same_person_returns(reader):
    someone = reader()
    page = someone.open("/sitzung/?sekunden=2")
    page.get_by_label("Notiz").fill("angefangen")
    expect(page.get_by_role("heading", name="Sie sind abgemeldet")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Sie sind abgemeldet")).to_be_visible()
    backdrop = "getComputedStyle(document.getElementById('f-idle'), '::backdrop').opacity"
    assert page.evaluate(backdrop) == "1"
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    someone.open("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Notiz")).to_have_value("angefangen")
    assert page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value") != token


# ---------- characters, search ----------


def test_the_counter_counts_as_the_server_does(reader):
    page = reader().open("/formular/")
    counter = page.locator(".f-counter")
    expect(counter).to_have_text("noch 200 Zeichen")
    page.get_by_label("Notiz").fill("eins\nzwei")
    expect(counter).to_have_text("noch 190 Zeichen")


def test_search_while_typing_swaps_once_and_leaves_errors_out(reader):
    page = reader().open("/bausteine/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suche/" in request.url else None)
    page.get_by_label("Person suchen").press_sequentially("tesfa", delay=30)
    expect(page.locator("#treffer")).to_contain_text("Tesfamariam")
    assert len(asked) < 5
    page.get_by_label("Person suchen").fill("kaputt")
    page.wait_for_timeout(700)
    expect(page.locator("#treffer")).not_to_contain_text("kaputt")
