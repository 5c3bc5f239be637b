"""The model family's five threads as living chains: waiting for each other, blocked, suspended, taken back."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, overflow
from tests.desk_client import actor_of
from tests.journeys import first_day as day

pytestmark = pytest.mark.browser


def the_family():
    """As the demo has it: five threads, and one that is the mother's alone."""
    from config.demo_data import declarations, family
    from faden.cases.models import Case
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = actor_of(day.AMAL)
    with opened_for(by, write=True):
        declarations.review_texts(by, today=clock.today(), now=clock.now())
        family.run(by)
        return Case.objects.order_by("-number")[0]


def in_database(case, question):
    """What stands there now."""
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(day.AMAL), write=False):
        return question(case)


def steps_by_title(case):
    from faden.chains.models import ChainStep

    def ask(case):
        return {f"{step.chain.title}: {step.title}": step for step in ChainStep.objects.filter(case=case).select_related("chain")}

    return in_database(case, ask)


def states(case):
    return {title: step.state for title, step in steps_by_title(case).items()}


def line(page: Page, title: str):
    """The step's line in the list of its chain."""
    return page.locator("#liste li").filter(has=page.locator("strong", has_text=re.compile(rf"^\s*{re.escape(title)}")))


def looked_at(page: Page) -> None:
    """Nobody is shut out of this page."""
    assert axe(page) == [], page.url


def open_chain(page: Page, title: str) -> None:
    page.locator("#ketten, main").first.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_five_threads_run_as_chains(browse, script):
    case = the_family()
    amal = browse(day.AMAL, script=script)
    page = amal.open(f"/faelle/{case.id}/")
    expect(page.locator("#ketten .f-task")).to_have_count(5)
    amal.go(page, f"/faelle/{case.id}/ketten/")
    expect(page.locator("svg.f-chain--people")).to_be_visible()
    expect(page.locator("#liste")).to_contain_text("Zusage eines Platzes")
    if script:
        looked_at(page)
    begin_by_hand(page, amal, case, script)
    wait_for_each_other(page, amal, case)
    block_and_release(page, amal, case, script)
    suspend(page, amal, case, script)
    finish_and_undo(page, amal, case)
    bend(page, amal, case)
    the_mothers_own(page, amal, case)
    others_see_nothing(browse, script, case)


def begin_by_hand(page: Page, amal, case, script) -> None:
    """From a template with a look at it first, and a free one with two steps side by side."""
    day.main(page).get_by_role("link", name="Kette beginnen").first.click()
    if script:
        looked_at(page)
    page.get_by_role("link", name="Schule für neu zugewanderte").click()
    expect(page.locator("svg.f-chain--order")).to_be_visible()
    page.locator("label").filter(has_text="Al-Hassoun, Noor").click()
    if script:
        looked_at(page)
    day.press(page, "Kette beginnen")
    day.told(page, "Die Kette ist begonnen.")
    expect(page.locator("#bild svg").first).to_be_visible()
    amal.go(page, f"/faelle/{case.id}/ketten/neu/frei/")
    page.get_by_label("Wie heißt die Kette?").fill("Führerschein")
    page.locator("select[name=life_area]").select_option("mobility")
    page.locator("label").filter(has_text="Al-Hassoun, Khaled").click()
    page.get_by_label("Schritte").fill("Sehtest\n+ Erste-Hilfe-Kurs\nAnmeldung in der Fahrschule")
    day.press(page, "Speichern")
    day.told(page, "Die Kette ist begonnen.")
    now = states(case)
    assert [now[f"Führerschein: {title}"] for title in ("Sehtest", "Erste-Hilfe-Kurs", "Anmeldung in der Fahrschule")] == ["ready", "ready", "open"]


def wait_for_each_other(page: Page, amal, case) -> None:
    """The mother's course waits for the child's place, and the place for the mother's test; a loop is refused in words."""
    amal.go(page, f"/faelle/{case.id}/ketten/")
    open_chain(page, "Deutsch lernen")
    expect(line(page, "Kinderbetreuung")).to_contain_text("Zusage eines Platzes (blockiert; Al-Hassoun, Noor, Kita-Platz für Noor)")
    found = steps_by_title(case)
    einstufung, zusage = found["Deutsch lernen: Einstufungstest"], found["Kita-Platz für Noor: Zusage eines Platzes"]
    childcare = next(step for title, step in found.items() if title.startswith("Deutsch lernen: Kinderbetreuung"))
    amal.go(page, f"/faelle/{case.id}/ketten/schritte/{zusage.id}/reihenfolge/")
    page.locator("label").filter(has_text="Deutsch lernen: Kinderbetreuung").click()
    page.locator("select[name=reason]").select_option("other_way")
    page.get_by_label("Warum, in Worten?").fill("Die Stadt fragt danach")
    day.press(page, "Vorschau zeigen")
    expect(day.main(page)).to_contain_text("→")
    assert childcare.id and einstufung.id
    assert "wartet die Kette auf sich selbst" in day.main(page).inner_text()


def block_and_release(page: Page, amal, case, script) -> None:
    """A reason is asked for; released, the step is where its predecessors put it."""
    title = "Eigene Wohnung: Wohnung suchen und besichtigen"
    step = steps_by_title(case)[title]
    amal.go(page, f"/faelle/{case.id}/ketten/{step.chain_id}/")
    if script:
        looked_at(page)
    line(page, "Wohnung suchen").get_by_role("link", name="Stand ändern").click()
    form = page.locator("form.f-news")
    form.locator("label").filter(has_text="blockiert").click()
    form.get_by_role("button", name="Festhalten").click()
    expect(page.locator("form.f-news")).to_contain_text("Bitte wählen Sie, woran es hängt.")
    if script:
        looked_at(page)
    page.locator("form.f-news select[name=reason]").select_option("no_place")
    page.locator("form.f-news textarea").fill("Für fünf Personen ist nichts frei.")
    page.locator("form.f-news").get_by_role("button", name="Festhalten").click()
    expect(line(page, "Wohnung suchen")).to_contain_text("blockiert")
    expect(line(page, "Wohnung suchen")).to_contain_text("Für fünf Personen ist nichts frei.")
    assert states(case)[title] == "blocked"
    line(page, "Wohnung suchen").get_by_role("button", name="Geht weiter").click()
    expect(line(page, "Wohnung suchen")).not_to_contain_text("blockiert")
    assert states(case)[title] == "ready"


def suspend(page: Page, amal, case, script) -> None:
    """Days and day say the same; the days of the preview are the days that then stand, and only dependents move."""
    before = steps_by_title(case)
    step = before["Eigene Wohnung: Wohnung suchen und besichtigen"]
    agreed = {title: s.due_on for title, s in before.items() if s.due_on}
    amal.go(page, f"/faelle/{case.id}/ketten/schritte/{step.id}/aussetzen/")
    page.get_by_label("Das sind Tage").fill("21")
    until = day_in(21)
    if script:
        expect(page.get_by_label("Ausgesetzt bis")).to_have_value(until.isoformat())
        looked_at(page)
    page.locator("select[name=reason]").select_option("client_wish")
    page.get_by_label("Warum, in Worten?").fill("Die Familie ist verreist")
    day.press(page, "Vorschau zeigen")
    shown = page.locator("#vorschau")
    expect(shown).to_contain_text(f"Ausgesetzt bis {until:%d.%m.%Y}, das sind 21 Tage.")
    said = {row.locator("th").inner_text(): row.locator("td").last.inner_text() for row in shown.locator("tbody tr").all()}
    assert states(case) == {title: s.state for title, s in before.items()}
    assert steps_by_title(case)["Eigene Wohnung: Wohnung suchen und besichtigen"].suspended_until is None
    if script:
        looked_at(page)
    day.press(page, "So speichern")
    day.told(page, "Die Kette ist angepasst.")
    after = steps_by_title(case)
    assert after["Eigene Wohnung: Wohnung suchen und besichtigen"].suspended_until == until
    moved = {s.title: s.due_on for title, s in after.items() if s.due_on and s.due_on != agreed[title]}
    assert {title: f"{on:%d.%m.%Y}" for title, on in moved.items()} == {title: words.strip() for title, words in said.items()}
    assert "Wohnung suchen und besichtigen" in moved and "Schulen ansehen" not in moved
    line(page, "Wohnung suchen").get_by_role("button", name="Wieder aufnehmen").click()
    expect(line(page, "Wohnung suchen")).not_to_contain_text("ausgesetzt")
    assert {title: s.due_on for title, s in steps_by_title(case).items() if s.due_on} == agreed


def day_in(days: int):
    from faden.kernel import clock

    return clock.today() + timedelta(days=days)


def finish_and_undo(page: Page, amal, case) -> None:
    """By one click; exactly the successor becomes ready, and undo restores all of it."""
    before = states(case)
    amal.go(page, f"/faelle/{case.id}/ketten/{steps_by_title(case)['Deutsch lernen: Einstufungstest'].chain_id}/")
    line(page, "Einstufungstest").get_by_role("button", name="Erledigt").click()
    day.told(page, "Erledigt: Einstufungstest")
    after = states(case)
    # The course itself still waits for the child's place; what waited for the test is the town's form.
    assert {title: state for title, state in after.items() if before[title] != state} == {
        "Deutsch lernen: Einstufungstest": "done",
        "Kita-Platz für Noor: Bedarf bescheinigen": "ready",
    }
    line(page, "Einstufungstest").get_by_role("button", name="Zurücknehmen").click()
    day.told(page, "Zurückgenommen: Einstufungstest")
    assert states(case) == before
    expect(page.locator("main")).to_contain_text("zurückgenommen am")


def bend(page: Page, amal, case) -> None:
    """A step more, seen before it is there."""
    chain = steps_by_title(case)["Führerschein: Sehtest"].chain_id
    amal.go(page, f"/faelle/{case.id}/ketten/{chain}/schritt/")
    page.get_by_label("Welcher Schritt?").fill("Führerschein aus Syrien übersetzen")
    page.locator("#id_before label, label[for^=id_before]").filter(has_text="Anmeldung in der Fahrschule").click()
    page.locator("select[name=reason]").select_option("agency")
    page.get_by_label("Warum, in Worten?").fill("Die Fahrschule will ihn sehen")
    day.press(page, "Vorschau zeigen")
    expect(page.locator("#vorschau")).to_contain_text("Neu: Führerschein aus Syrien übersetzen")
    assert "Führerschein: Führerschein aus Syrien übersetzen" not in states(case)
    day.press(page, "So speichern")
    expect(line(page, "Anmeldung in der Fahrschule")).to_contain_text("Führerschein aus Syrien übersetzen (bereit)")
    assert overflow(page) == 0


def the_mothers_own(page: Page, amal, case) -> None:
    """Her vertraulicher Faden stands on her confidential page and nowhere else."""
    from faden.chains.models import Chain

    hidden = in_database(case, lambda case: Chain.objects.get(case=case, confidential=True))
    mother = hidden.persons[0]
    base = f"/faelle/{case.id}/"
    for address in ("", "ketten/", "familie/", f"personen/{mother}/", f"personen/{mother}/ketten/", f"personen/{mother}/blatt/?umfang=voll"):
        amal.go(page, base + address)
        assert hidden.title not in page.locator("main").inner_text(), address
    amal.go(page, f"{base}personen/{mother}/vertraulich/")
    expect(page.locator("#ketten")).to_contain_text(hidden.title)
    amal.go(page, f"{base}personen/{mother}/blatt/?umfang=voll")
    assert "Anerkennung des Berufs" not in page.locator("main").inner_text()


def others_see_nothing(browse, script, case) -> None:
    """A colleague, another provider, the coordination, the officer: four others, four answers."""
    step = steps_by_title(case)["Kita-Platz für Noor: Zusage eines Platzes"]
    base = f"/faelle/{case.id}/ketten/"
    for who, wanted in ((day.BERND, {403}), (day.CEM, {404}), (day.KARIN, {403, 404}), (day.DILAN, {403})):
        other = browse(who, script=script)
        page = other.open("/rolle/")
        for address in (base, f"{base}{step.chain_id}/", f"{base}schritte/{step.id}/", f"{base}schritte/{step.id}/aussetzen/", f"{base}neu/"):
            assert other.go(page, address) in wanted, (who, address)
            assert "Noor" not in page.content() and "Kita" not in page.content()
