"""What a person sees and uses: light and dark, narrow and wide, by keyboard, without JavaScript."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser import until

pytestmark = pytest.mark.browser

PAGES = ["/", "/liste/?zeilen=5", "/fall/", "/formular/", "/bausteine/", "/anmelden/"]
ERRORS = [f"/fehler/{code}/" for code in (400, 401, 403, 404, 409, 422, 500)]
SHOTS = Path("/tmp/look")
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


FOCUS = """() => {
    const e = document.activeElement;
    if (e === document.body) return null;
    // the browser draws the ring of the calendar button itself
    if (e.matches('[type=date], [type=time]') && !e.matches(':focus')) return ['', true];
    const ring = e.closest('.f-chip') ?? e, style = getComputedStyle(ring);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [e.outerHTML.slice(0, 120), seen && ring.getBoundingClientRect().width > 0];
}"""


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def name_of(path: str) -> str:
    return path.split("?")[0].strip("/").replace("/", "-") or "start"


def shot(page: Page, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


# ---------- accessible ----------


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible(reader, path, theme, width):
    page = reader(width=width, theme=theme).open(path)
    shot(page, f"{name_of(path)}-{theme}-{width}")
    assert violations(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize(("theme", "width"), [("light", 1366), ("dark", 360)])
@pytest.mark.parametrize("path", ERRORS)
def test_every_error_page_is_accessible(reader, path, theme, width):
    page = reader(width=width, theme=theme).open(path)
    shot(page, f"{name_of(path)}-{theme}-{width}")
    assert violations(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", [360, 1366])
def test_a_list_of_fifty_stays_within_the_page_and_keeps_its_head(reader, width):
    page = reader(width=width).open("/liste/")
    shot(page, f"liste-50-{width}")
    assert page.locator("tbody tr").count() == 50
    assert overflow(page) <= 0
    page.get_by_role("link", name="Weiter").scroll_into_view_if_needed()
    head = page.locator("thead th").first
    assert width < 992 or head.bounding_box()["y"] == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_open_parts_are_accessible(reader, theme):
    page = reader(width=360, theme=theme).open("/formular/")
    page.get_by_role("button", name="Menü").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Anzeige und Sprache").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Gespräch speichern").click()
    expect(page.get_by_role("group", name="Fehler im Formular")).to_be_focused()
    shot(page, f"fehlerliste-{theme}-360")
    assert violations(page) == []
    page.goto(reader.site + "/bausteine/")
    page.get_by_role("button", name="Einwilligung zurücknehmen").click()
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("path", PAGES)
def test_right_to_left(reader, path, width):
    someone = reader(width=width)
    someone.context.add_cookies([{"name": "django_language", "value": "ar", "url": reader.site}])
    page = someone.open(path)
    shot(page, f"{name_of(path)}-rtl-{width}")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert overflow(page) <= 0
    assert page.evaluate("getComputedStyle(document.querySelector('.f-brand')).direction") == "rtl"
    assert violations(page) == []


def test_letters_of_names_come_from_noto(reader):
    page = reader().open("/liste/")
    loaded = page.evaluate(
        "document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded').map(f => f.family))"
    )
    assert loaded
    assert all("Noto Sans" in family for family in loaded)


# ---------- keyboard ----------


def test_the_skip_link_comes_first_and_leads_to_the_content(reader):
    page = reader().open("/fall/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


@pytest.mark.parametrize("path", ["/", "/liste/?zeilen=3", "/fall/", "/formular/", "/bausteine/"])
def test_focus_is_always_visible(reader, path):
    page = reader(width=1366).open(path)
    for _ in range(60):
        page.keyboard.press("Tab")
        style = page.evaluate(FOCUS)
        if style is None:
            return
        assert style[1], style[0]


def test_a_form_is_filled_by_keyboard_alone(reader):
    page = reader().open("/formular/")
    page.get_by_label("Familienname").focus()
    keys = page.keyboard
    keys.type("Rahimi")
    keys.press("Tab")
    keys.press("Tab")
    page.get_by_label("Geburtsdatum").fill("1991-08-03")  # the keys of the date field are the browser's
    page.get_by_label("Personen im Haushalt").focus()
    keys.type("3")
    page.get_by_label("Phase").focus()
    keys.press("ArrowDown")
    page.get_by_label("persönlich").focus()
    keys.press("ArrowDown")
    page.get_by_label("Wohnen").focus()
    keys.press("Space")
    page.get_by_label("Name und Telefonnummer").focus()
    keys.press("Space")
    page.get_by_label("Notiz").focus()
    keys.type("Bescheid besprochen.")
    page.get_by_label("Die Person hat den Zweck verstanden").focus()
    keys.press("Space")
    page.get_by_role("button", name="Gespräch speichern").focus()
    keys.press("Enter")
    expect(page.get_by_text("Gesprächsnotiz gespeichert.")).to_be_visible()
    expect(page.locator(".kern-alert--danger")).to_contain_text("Die Datei war leer.")


def test_the_error_list_leads_to_each_field(reader):
    page = reader().open("/formular/")
    page.get_by_role("button", name="Gespräch speichern").click()
    links = page.locator(".f-errors a")
    targets = [link.get_attribute("href") for link in links.all()]
    assert len(targets) == 8
    for target in targets:
        assert page.locator(f"{target}:is(input, select, textarea)").count() == 1, target
    links.nth(4).click()
    expect(page.get_by_label("persönlich")).to_be_focused()


def test_a_dialog_opens_closes_and_gives_the_focus_back(reader):
    page = reader().open("/bausteine/")
    button = page.get_by_role("button", name="Einwilligung zurücknehmen")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Einwilligung zurücknehmen?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_wide_table_scrolls_by_keyboard(reader):
    page = reader(width=360).open("/bausteine/")
    region = page.get_by_role("region", name="Breite Tabelle")
    region.focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda: region.evaluate("region => region.scrollLeft") > 0)


# ---------- fields ----------


def test_fields_carry_the_markup_of_kern(reader):
    page = reader().open("/formular/")
    page.get_by_role("button", name="Gespräch speichern").click()
    name = page.get_by_label("Familienname")
    assert "kern-form-input__input--error" in name.get_attribute("class")
    assert name.get_attribute("aria-invalid") == "true"
    assert name.get_attribute("aria-describedby") == "id_name_helptext id_name_error"
    expect(page.locator("#id_name_error")).to_contain_text("Dieses Feld")
    for label, kind in {
        "Geburtsdatum": "date",
        "E-Mail": "email",
        "Personen im Haushalt": "number",
        "Uhrzeit": "time",
        "Kennwort": "password",
        "Bescheid (freiwillig)": "file",
    }.items():
        assert page.get_by_label(label).get_attribute("type") == kind
    group = page.get_by_role("radiogroup", name="Wie fand das Gespräch statt?")
    assert group.get_attribute("aria-invalid") == "true"
    assert page.get_by_role("group", name="Was darf weitergegeben werden?").get_attribute("aria-describedby")


def test_what_is_optional_is_named_and_filters_are_not_marked(reader):
    page = reader().open("/formular/")
    optional = page.locator(".kern-label:has(.kern-label__optional)").all_text_contents()
    assert [text.split(" (")[0].strip() for text in optional] == [
        "E-Mail",
        "Uhrzeit des Gesprächs",
        "Themen",
        "Kennwort",
        "Bescheid",
    ]
    page.goto(reader.site + "/liste/")
    assert page.locator(".kern-label__optional").count() == 0


def test_typed_values_stay_after_an_error(reader):
    page = reader().open("/formular/")
    page.get_by_label("Geburtsdatum").fill("1991-08-03")
    page.get_by_label("Sprache").check()
    page.get_by_role("button", name="Gespräch speichern").click()
    expect(page.get_by_label("Geburtsdatum")).to_have_value("1991-08-03")
    expect(page.get_by_label("Sprache")).to_be_checked()


def test_an_error_of_the_whole_form_stands_on_top(reader):
    page = reader().open("/formular/")
    page.get_by_label("Familienname").fill("doppelt")
    page.get_by_role("button", name="Gespräch speichern").click()
    expect(page.locator(".f-errors li").first).to_have_text("Diese Person gibt es in Ihrem Dienst schon.")


# ---------- without JavaScript ----------


def test_everything_works_without_javascript(reader):
    someone = reader(width=360, java_script_enabled=False)
    page = someone.open("/formular/")
    page.get_by_role("button", name="Gespräch speichern").click()
    expect(page.get_by_role("heading", name="Bitte prüfen Sie Ihre Angaben")).to_be_visible()
    page.get_by_role("button", name="Menü").click()
    expect(page.get_by_role("link", name="Meine Fälle")).to_be_visible()
    page.get_by_role("link", name="Meine Fälle").click()
    page.get_by_role("button", name="Dunkel").last.click()
    expect(page.locator("html")).to_have_attribute("data-kern-theme", "dark")
    assert page.url.endswith("/liste/")
    page.get_by_role("button", name="العربية").last.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("link", name="Weiter").click()
    assert "seite=2" in page.url


def test_the_theme_cookie_ignores_nonsense(reader):
    someone = reader()
    someone.context.add_cookies([{"name": "faden_theme", "value": '"><b>', "url": reader.site}])
    page = someone.open("/")
    expect(page.locator("html")).to_have_attribute("data-kern-theme", "auto")


# ---------- print ----------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_print_shows_the_content_only(reader, theme):
    someone = reader()
    someone.context.add_cookies([{"name": "faden_theme", "value": theme, "url": reader.site}])
    page = someone.open("/fall/")
    page.emulate_media(media="print")
    expect(page.locator(".f-ribbon")).to_be_visible()
    for hidden in (".f-header", ".f-side", ".f-footer", ".f-tabs", ".f-actions", ".f-breadcrumbs"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") in ("rgb(0, 0, 0)", "oklch(0 0 0)")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "oklch(1 0 0)",
    )


def test_a_ticked_box_shows_its_tick(reader):
    page = reader().open("/formular/")
    box = page.get_by_label("Die Person hat den Zweck verstanden")
    mark = "getComputedStyle(document.querySelector('[name=agree]'), '::before')"
    box.check()
    page.wait_for_timeout(400)
    assert page.evaluate(f"[{mark}.content, {mark}.transform]") == ['""', "matrix(1, 0, 0, 1, 0, 0)"]
