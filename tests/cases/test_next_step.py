"""Was ist als Nächstes zu tun, und wer? It stands over every page of a case."""

import re
from datetime import timedelta

import pytest

from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, membership_of, signed_in, text_of


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=True)


def task(case, by, title, days, *, who=AMAL, persons=(), confidential=False):
    from faden.cases.actions import tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    due = None if days is None else clock.today() + timedelta(days=days)
    wanted = tasks.Wanted(title, due, membership_of(who.email).id, About(tuple(persons), confidential))
    with within(by):
        return tasks.make(wanted, case=case, by=by, at=clock.now())


def meeting(case, by, subject, hours, *, persons=()):
    from faden.cases.actions import appointments
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    starts = clock.now() + timedelta(hours=hours)
    planned = appointments.Planned(subject, starts, starts + timedelta(hours=1), "", "", About(tuple(persons)))
    with within(by):
        return appointments.make(planned, case=case, by=by, at=clock.now())


def line(case, path=""):
    answer = signed_in(AMAL.email).get(f"/faelle/{case.id}/{path}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r'<p class="f-client__next">.*?</p>', answer.content.decode(), re.S)[0]).split())


def test_nothing_planned_leads_to_planning(by):
    case = open_a_case()
    assert line(case) == "Als Nächstes: Nichts geplant. Nächsten Schritt planen"


@pytest.mark.parametrize("path", ["", "kontakte/neu/", "aufgaben/neu/", "dokumente/"])
def test_it_stands_on_every_page_with_who(by, path):
    case = open_a_case()
    task(case, by, "Bescheid anfordern", 3, who=BERND)
    assert "Bescheid anfordern" in line(case, path) and membership_of(BERND.email).name in line(case, path)


def test_the_earlier_of_task_and_appointment(by):
    case = open_a_case()
    task(case, by, "Ohne Frist", None)
    assert line(case).startswith("Als Nächstes: Ohne Frist ohne Frist")
    meeting(case, by, "Gespräch", 24 * 9)
    assert "Gespräch" in line(case)
    task(case, by, "Anrufen", 5)
    assert "Anrufen" in line(case) and "überfällig" not in line(case)
    meeting(case, by, "Hausbesuch", 24 * 3)
    assert "Hausbesuch" in line(case)
    task(case, by, "Frist am Gericht", -2)
    assert "Frist am Gericht" in line(case) and "überfällig" in line(case)


def test_done_past_and_called_off_do_not_count(by):
    from faden.cases.actions import tasks
    from faden.cases.models import Appointment
    from faden.kernel import clock

    case = open_a_case()
    done = task(case, by, "Erledigtes", 1)
    meeting(case, by, "Vorbei", -2)
    off = meeting(case, by, "Abgesagt", 2)
    with within(by):
        tasks.finish(done, by=by, at=clock.now())
        Appointment.objects.filter(id=off.id).update(dropped_because="client")
    assert "Nichts geplant." in line(case)


@pytest.fixture
def family(by):
    case = open_a_case(family="Darwisch", given="Rima")
    father = add_member(case, "Khaled")
    with within(by):
        case.refresh_from_db()
    return case, father


def test_nothing_of_the_vertraulicher_faden_over_a_familys_pages(by, family):
    case, father = family
    task(case, by, "Anzeige besprechen", 1, persons=[father.id], confidential=True)
    assert "Nichts geplant." in line(case)
    assert "Nichts geplant." in line(case, f"personen/{father.id}/")


def test_on_ones_own_page_nothing_that_concerns_only_others(by, family):
    case, father = family
    task(case, by, "Kurs des Vaters", 1, persons=[father.id])
    task(case, by, "Wohnung", 5, persons=[father.id, case.person_id])
    assert "Kurs des Vaters" in line(case)
    assert "Kurs des Vaters" in line(case, f"personen/{father.id}/")
    assert "Wohnung" in line(case, f"personen/{case.person_id}/")


def test_in_a_closed_case_nothing_is_asked(by):
    from faden.cases.models import Case

    case = open_a_case()
    with within(by):
        Case.objects.filter(id=case.id).update(phase="closed")
    assert "f-client__next" not in signed_in(AMAL.email).get(f"/faelle/{case.id}/").content.decode()


# ---------- the cases one opened last ----------


def recent(email):
    page = signed_in(email).get("/suche/").content.decode()
    return re.findall(r'href="/faelle/[0-9a-f-]+/">([^<]*)</a>', page)


def test_the_last_eight_newest_first(by):
    client = signed_in(AMAL.email)
    cases = [open_a_case(family=f"Nummer{letter}", given="Ada") for letter in "abcdefghij"]
    assert recent(AMAL.email) == []
    for case in [*cases, cases[4]]:
        client.get(f"/faelle/{case.id}/")
    assert recent(AMAL.email) == [f"Nummer{letter}, Ada" for letter in "ejihgfdc"]


def test_they_are_ones_own_and_only_while_they_may_be_opened(by):
    from faden.cases.models import Case

    case = open_a_case(family="Rahimi", given="Parwin")
    signed_in(AMAL.email).get(f"/faelle/{case.id}/kontakte/neu/")
    assert recent(AMAL.email) == ["Rahimi, Parwin"] and recent(BERND.email) == []
    bernd = membership_of(BERND.email)
    with within(by):
        Case.objects.filter(id=case.id).update(lead=bernd)
    assert recent(AMAL.email) == []


def test_what_is_kept_are_ids(by):
    from faden.organisations.models import ListSetting

    case = open_a_case()
    signed_in(AMAL.email).get(f"/faelle/{case.id}/")
    with within(by):
        assert list(ListSetting.objects.values_list("screen", "values")) == [("opened", {"cases": [str(case.id)]})]


def test_the_day_tells_whom_a_task_of_a_family_concerns(by, family):
    case, father = family
    task(case, by, "Kurs", 1, persons=[father.id])
    task(case, by, "Anzeige", 1, persons=[father.id], confidential=True)
    day = text_of(signed_in(AMAL.email).get("/tag/"))
    assert "Kurs Darwisch, Khaled" in day and "Anzeige Darwisch, Khaled · vertraulicher Faden" in day


def test_the_day_shows_cases_that_wait(by):
    from faden.cases.models import Case
    from faden.kernel import clock

    cases = [open_a_case(family=f"Nummer{letter}", given="Ada") for letter in "abcdefg"]
    assert "Fälle mit Handlungsbedarf" not in text_of(signed_in(AMAL.email).get("/tag/"))
    with within(by):
        Case.objects.filter(id__in=[c.id for c in cases]).update(opened_on=clock.today() - timedelta(days=40))
    day = text_of(signed_in(AMAL.email).get("/tag/"))
    assert "Fälle mit Handlungsbedarf 7" in day and "Alle 7 ansehen" in day and day.count("seit 40 Tagen") == 5
