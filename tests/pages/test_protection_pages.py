"""The page of a Schutzvermerk, the click on the address, and what comes out of the printer."""

import re

import pytest
from playwright.sync_api import expect

from faden.kernel import clock
from tests.browser import NARROW, axe, overflow
from tests.case_making import open_a_case
from tests.cast import AMAL, CEM, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.pages.protected_world import ADDRESS, KINDS, NAMES, WORDS, plant_protected


@pytest.fixture
def case(own_database):
    return open_a_case(family="Rahimi", given="Parwana")


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def page_of(case):
    return f"/faelle/{case.id}/personen/{case.person_id}/schutz/"


def set_it(client, case, **values):
    return client.post(page_of(case), keyed(kind="shelter", from_on=f"{clock.today():%Y-%m-%d}", **values))


def test_setting_it_and_ending_it_with_a_second_look(amal, case):
    assert set_it(amal, case, words="Anruf am Freitag").status_code == 303
    page = amal.get(page_of(case))
    assert "Schutzeinrichtung" in text_of(page) and "Anruf am Freitag" in text_of(page) and "gilt" in text_of(page)
    [end] = re.findall(r'href="(/[^"]+/ende/)"', page.content.decode())
    assert "wieder sichtbar" in text_of(amal.get(end))
    refused = amal.post(end, keyed())
    assert refused.status_code == 422 and "Bitte ankreuzen" in text_of(refused)
    assert "Geschützte Person" in text_of(amal.get("/faelle/")), "still"
    assert amal.post(end, keyed(sure="on")).status_code == 303
    assert "Geschützte Person" not in text_of(amal.get("/faelle/"))
    assert "beendet von" in text_of(amal.get(page_of(case)))
    assert "schon beendet" in text_of(amal.get(end))


def test_ending_one_of_two_says_that_she_stays_protected(amal, case):
    for _ in range(2):
        set_it(amal, case)
    end = re.findall(r'href="(/[^"]+/ende/)"', amal.get(page_of(case)).content.decode())[0]
    assert "bleibt geschützt" in text_of(amal.get(end))
    amal.post(end, keyed(sure="on"))
    assert "Geschützte Person" in text_of(amal.get("/faelle/"))


def test_a_term_that_is_over_says_so_and_goes_on(amal, case):
    amal.post(page_of(case), keyed(kind="register", from_on="2021-03-01"))
    page = text_of(amal.get(page_of(case)))
    assert "01.03.2021 bis 01.03.2023" in page and "Frist vorbei, gilt weiter" in page
    assert "Geschützte Person" in text_of(amal.get("/faelle/"))


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"kind": "", "from_on": "2026-01-01"}, "kind", "Bitte wählen"),
        ({"kind": "shelter", "from_on": "2999-01-01"}, "from_on", ""),
        ({"kind": "shelter", "from_on": "2020-01-01", "until_on": "2019-01-01"}, "until_on", "vor dem Beginn"),
        ({"kind": "shelter", "from_on": "2020-01-01", "words": "x" * 501}, "words", "500"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(amal, case, values, field, says):
    from tests.pages.refusals import assert_refused

    assert says in assert_refused(amal.post(page_of(case), keyed(**values)), field)


def test_it_can_be_set_in_a_closed_case(amal, case):
    from faden.cases.models import Case
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(AMAL.email), write=True):
        Case.objects.filter(id=case.id).update(phase="closed")
    assert "Schutzvermerk setzen" in text_of(amal.get(page_of(case)))
    assert set_it(amal, case).status_code == 303
    assert "gilt" in text_of(amal.get(page_of(case)))


def test_who_only_looks_cannot_set_it(amal, case):
    lena = signed_in(LENA.email)
    lena.post(f"/team/faelle/{case.id}/oeffnen/", keyed(reason="supervision"))
    assert lena.get(page_of(case)).status_code == 200
    assert "Schutzvermerk setzen" not in text_of(lena.get(page_of(case)))
    assert set_it(lena, case).status_code == 403


def test_another_service_and_another_person_find_nothing(amal, case):
    other = open_a_case(family="Andere")
    wrong = f"/faelle/{case.id}/personen/{other.person_id}/schutz/"
    assert [client.get(wrong).status_code for client in (amal, signed_in(CEM.email))] == [404, 404]
    assert signed_in(CEM.email).get(page_of(case)).status_code == 404
    assert amal.post(wrong + "anschrift/", keyed()).status_code == 404


def test_the_banner_says_schutzvermerk_without_the_kind(amal, case):
    set_it(amal, case)
    page = text_of(amal.get(f"/faelle/{case.id}/"))
    assert "Schutzvermerk" in page and "Rahimi" in page and "Schutzeinrichtung" not in page


def test_the_address_waits_for_a_click_which_is_a_look_of_its_own(own_database):
    from faden.kernel.models import Look
    from faden.kernel.rls import opened_for

    planted, amal = plant_protected(), signed_in(AMAL.email)
    person = f"/faelle/{planted['case']}/personen/{planted['person']}/"
    for path in (person, f"{person}angaben/", f"/faelle/{planted['case']}/"):
        page = amal.get(path).content.decode()
        assert "Anschrift anzeigen" in page and "Mirabellenweg" not in page
        assert f'action="{person}schutz/anschrift/"' in page
    assert amal.get(f"{person}schutz/anschrift/").status_code == 405, "no link opens it"
    shown = amal.post(f"{person}schutz/anschrift/", keyed())
    assert all(word in shown.content.decode().lower() for word in ADDRESS)
    assert "no-store" in shown.headers["Cache-Control"]
    with opened_for(actor_of(AMAL.email), write=False):
        looks = Look.objects.filter(page="protected_address")
        assert [look.subject_id for look in looks] == [planted["case"]]


def test_who_left_keeps_her_new_address_to_herself(own_database):
    from faden.cases.actions.members import leave
    from faden.cases.models import Case
    from faden.kernel.rls import opened_for
    from faden.persons.actions.protection import NewMark, set_mark
    from faden.persons.models import Person

    planted, amal, by = plant_protected(marked=False), signed_in(AMAL.email), actor_of(AMAL.email)
    more = {"by": by, "at": clock.now()}
    with opened_for(by, write=True):
        husband = Person.objects.get(id=planted["husband"])
        leave(Case.objects.get(id=planted["case"]), husband.id, on=clock.today(), **more)
        set_mark(NewMark("address", clock.today()), person=husband, on=clock.today(), **more)
    person = f"/faelle/{planted['case']}/personen/{husband.id}/"
    page = amal.get(person).content.decode()
    assert "Mirabellenweg" not in page and "Anschrift anzeigen" not in page
    assert amal.post(f"{person}schutz/anschrift/", keyed()).status_code == 404


# ---------- in the browser ----------


@pytest.mark.browser
def test_nothing_of_her_is_printed(browse):
    planted = plant_protected()
    case, person = f"/faelle/{planted['case']}/", f"/faelle/{planted['case']}/personen/{planted['person']}/"
    amal = browse(AMAL.email)
    secret = [*NAMES, *ADDRESS, *WORDS, *KINDS]
    for path in (case, person, f"{person}angaben/", f"{case}familie/", f"{person}netzwerk/", f"{person}blatt/"):
        page = amal.open(path)
        page.emulate_media(media="print")
        printed = page.inner_text("body").lower()
        assert [word for word in secret if word in printed] == [], path
        assert planted["number"].lower() in printed, path
        assert not [word for word in secret if word in page.title().lower()]
        page.close()


@pytest.mark.browser
def test_other_cases_are_printed_as_before(browse):
    case = open_a_case(family="Rahimi", given="Parwana")
    page = browse(AMAL.email).open(f"/faelle/{case.id}/")
    page.emulate_media(media="print")
    printed = page.inner_text("body")
    assert "Rahimi" in printed and "Als Nächstes" in printed and "nicht gedruckt" not in printed


@pytest.mark.browser
def test_by_keyboard_without_javascript_on_a_phone(browse):
    planted = plant_protected()
    person = f"/faelle/{planted['case']}/personen/{planted['person']}/"
    page = browse(AMAL.email, width=NARROW, script=False).open(person)
    page.get_by_role("button", name="Anschrift anzeigen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Mirabellenweg 7")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_the_page_with_the_address_is_accessible(browse):
    planted = plant_protected()
    page = browse(AMAL.email).open(f"/faelle/{planted['case']}/")
    page.get_by_role("button", name="Anschrift anzeigen").click()
    assert axe(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert overflow(page) <= 0
