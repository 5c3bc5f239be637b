"""What no address shows: errors, hits, a conflict, a refusal; and that the checks themselves would notice."""

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, axe, overflow, until
from tests.case_making import open_a_case
from tests.cast import AMAL, CEM, LENA

pytestmark = pytest.mark.browser


def errors(person):
    """A form that came back, with candidates beside it."""
    page = person.open("/faelle/neu/")
    page.get_by_label("Familienname").fill("Schewtschenko")
    page.get_by_label("Geburtsdatum").fill("32.13.2040")
    page.get_by_role("main").get_by_role("button", name="Fall eröffnen").click()
    expect(page.locator(".f-errors li")).not_to_have_count(0)
    expect(page.locator("#kandidaten .f-task")).to_be_visible()
    return page


def hits(person):
    page = person.open("/suche/")
    page.get_by_label("Name oder Fallnummer").fill("Schewtschenko")
    page.get_by_role("main").get_by_role("button", name="Suchen").click()
    expect(page.locator("#treffer .f-task")).to_be_visible()
    return page


def refusal(person):
    page = person.open("/konten/")
    expect(page.get_by_role("main")).to_contain_text("Meldung 403")
    return page


def unknown(person):
    page = person.open("/faelle/00000000-0000-7000-8000-000000000000/")
    expect(page.get_by_role("main")).to_contain_text("Meldung 404")
    return page


def signed_out(person):
    """A form sent after the session ended: it stays where it is and asks to sign in."""
    page = person.open("/anfragen/neu/")
    page.get_by_label("Notiz").fill("Fragt nach einer Wohnung.")
    person.context.clear_cookies(name="faden_session")
    page.get_by_role("main").get_by_role("button", name="Anfrage speichern").click()
    expect(page.get_by_role("heading", name="Sie sind abgemeldet")).to_be_visible()
    expect(page.get_by_label("Notiz")).to_have_value("Fragt nach einer Wohnung.")
    return page


def conflict(person):
    """The second of two who changed a task."""
    page = person.open("/tag/")
    page.goto(page.url.replace("/tag/", f"/faelle/{open_a_case().id}/aufgaben/neu/"))
    page.get_by_label("Was ist zu tun?").fill("Kita anrufen")
    page.get_by_role("main").get_by_role("button", name="Speichern").click()
    page.locator(".f-task").get_by_role("link", name="Kita anrufen").click()
    page.locator("input[name=version]").evaluate("field => { field.value = 99; }")
    page.get_by_label("Was ist zu tun?").fill("Kita besuchen")
    page.get_by_role("main").get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("main")).to_contain_text("Meldung 409")
    return page


@pytest.mark.parametrize("reach", [errors, hits, refusal, unknown, signed_out, conflict])
def test_it_is_accessible_and_fits_on_a_phone(browse, reach):
    open_a_case()
    page = reach(browse(AMAL.email))
    assert axe(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert overflow(page) <= 0


def test_axe_and_the_ruler_notice(browse):
    page = browse(AMAL.email).open("/tag/")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    assert [rule for _theme, rule, _where in axe(page)] == ["color-contrast"]
    assert overflow(page) == 0
    page.evaluate("document.querySelector('h1').style.width = '3000px'")
    assert overflow(page) > 0
    page.evaluate("document.querySelector('h1').remove()")
    assert [rule for _theme, rule, _where in axe(page)] == ["page-has-heading-one"]


def test_what_a_page_complains_about_is_heard(browse):
    cem = browse(CEM.email)
    page = cem.open("/tag/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), { textContent: 'a {}' }))"
    )
    page.evaluate("setTimeout(() => { throw new Error('kaputt') })")
    heard = lambda: " ".join(cem.trouble)  # noqa: E731
    until(page, lambda: "Content Security Policy" in heard() and "kaputt" in heard())
    cem.trouble.clear()


def test_the_clock_moves_in_the_application_too(browse):
    from faden.kernel import clock

    before = clock.today()
    clock.set_forward(400)
    page = browse(LENA.email).open("/tag/")
    expect(page.get_by_role("main")).to_contain_text(str(clock.today().year))
    assert clock.today().year > before.year
