"""Zugriffe and Vorgänge: functions and numbers, never names or content; newest first, page by page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.case_making import open_a_case
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.oversight.conftest import AMAL, ANTON, CEM, DILAN, DORIT, LENA


def look(email, case, *, days_ago=0, kind="case", times=1):
    """Note looks as the door does."""
    from faden.kernel import audit, clock
    from faden.kernel.rls import opened_for

    actor = actor_of(email)
    with opened_for(actor, write=True):
        for number in range(times):
            at = clock.now() - timedelta(days=days_ago, seconds=times - number)
            subject, shown = (case.id, None) if kind == "case" else (None, [case.id])
            audit.note_look(by=actor, at=at, kind=kind, page="case", purpose="caseload", subject=subject, shown=shown)


def lines_of(answer):
    """The times in the first column."""
    return re.findall(r"<time datetime=\"([^\"]+)\"", answer.content.decode())


def test_a_look_is_told_by_function_case_page_and_reason(case):
    signed_in(AMAL).get(f"/faelle/{case.id}/")
    signed_in(AMAL).get("/faelle/")
    page = signed_in(DILAN).get("/zugriffe/")
    words = text_of(page)
    assert f"Case Management Fall {case.number} Fallseite führt den Fall" in words
    assert "Case Management Liste, 1 Eintrag Meine Fälle –" in words
    assert "Caritas Ahaus, Fachdienst Integration und Migration" in words


@pytest.mark.parametrize("path", ["/zugriffe/", "/zugriffe/vorgaenge/"])
def test_no_names_of_staff_and_no_content(case, path):
    signed_in(AMAL).get(f"/faelle/{case.id}/")
    page = signed_in(DILAN).get(path).content.decode()
    assert case.number in page
    for secret in ("Amal", "Testin", "Schewtschenko", "Oleksandra", AMAL):
        assert secret not in page


def test_the_reason_of_a_team_lead_stands_beside_her_look(case):
    lena = signed_in(LENA)
    lena.post(f"/team/faelle/{case.id}/oeffnen/", keyed(reason="complaint", words="Anruf vom Montag"))
    assert lena.get(f"/faelle/{case.id}/").status_code == 200
    words = text_of(signed_in(DILAN).get("/zugriffe/"))
    assert f"Teamleitung Fall {case.number} Fallseite Beschwerde: Anruf vom Montag" in words
    assert "Lena" not in words


def test_looking_at_the_log_is_a_look(case):
    dilan = signed_in(DILAN)
    dilan.get("/zugriffe/")
    dilan.get("/zugriffe/vorgaenge/")
    words = text_of(dilan.get("/zugriffe/"))
    assert "Datenschutz Protokoll der Zugriffe Zugriffe" in words
    assert "Datenschutz Protokoll der Zugriffe Vorgänge" in words


def test_another_service_is_not_in_it(case):
    signed_in(AMAL).get(f"/faelle/{case.id}/")
    other = open_a_case(CEM, family="Gronauer")
    signed_in(CEM).get(f"/faelle/{other.id}/")
    for path in ("/zugriffe/", "/zugriffe/vorgaenge/"):
        here, there = text_of(signed_in(DILAN).get(path)), text_of(signed_in(DORIT).get(path))
        assert case.number in here and other.number not in here
        assert other.number in there and case.number not in there


@pytest.mark.parametrize("email", [AMAL, LENA, ANTON, "karin@ki-kreis-borken.example"])
@pytest.mark.parametrize("path", ["/zugriffe/", "/zugriffe/vorgaenge/", "/auswertungen/", "/auswertungen/neu/"])
def test_only_the_officer_sees_the_logs(own_database, email, path):
    assert signed_in(email).get(path).status_code == 403


def test_by_days_the_first_and_the_last_included(case):
    from faden.kernel import clock

    for days in (0, 1, 4, 9):
        look(AMAL, case, days_ago=days)
    first, last = clock.today() - timedelta(days=4), clock.today() - timedelta(days=1)
    dilan = signed_in(DILAN)
    assert len(lines_of(dilan.get(f"/zugriffe/?first={first}&last={last}"))) == 2
    assert len(lines_of(dilan.get(f"/zugriffe/?last={last}"))) == 3
    assert len(lines_of(dilan.get(f"/zugriffe/?first={first}&kind=case"))) == 3


def test_days_are_german_days(case):
    from datetime import datetime

    from faden.kernel import audit
    from faden.kernel.clock import BERLIN
    from faden.kernel.rls import opened_for

    actor = actor_of(AMAL)
    with opened_for(actor, write=True):
        for moment in ("2026-07-01T00:00", "2026-07-01T23:59", "2026-07-02T00:00"):
            at = datetime.fromisoformat(moment).replace(tzinfo=BERLIN)
            audit.note_look(by=actor, at=at, kind="case", page="case", purpose="caseload", subject=case.id)
    assert len(lines_of(signed_in(DILAN).get("/zugriffe/?first=2026-07-01&last=2026-07-01"))) == 2


def test_by_kind(case):
    look(AMAL, case)
    look(AMAL, case, kind="list")
    dilan = signed_in(DILAN)
    assert len(lines_of(dilan.get("/zugriffe/?kind=list"))) == 1
    deeds = text_of(dilan.get("/zugriffe/vorgaenge/?kind=case.opened")).split("Zeit Vorgang Fall")[1]
    assert "hat einen Fall eröffnet" in deeds and "hat die Einwilligung" not in deeds


def test_by_case_number_lists_included(case):
    other = open_a_case(AMAL, family="Andere")
    look(AMAL, case)
    look(AMAL, case, kind="list")
    look(AMAL, other)
    dilan = signed_in(DILAN)
    page = dilan.get(f"/zugriffe/?number={case.number.lower()}")
    assert len(lines_of(page)) == 2 and other.number not in text_of(page)
    # Now the officer has looked at this case's log herself.
    assert len(lines_of(dilan.get(f"/zugriffe/?number={case.number}"))) == 3


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("number=AH-1999-0001", "Einen Fall mit dieser Nummer gibt es hier nicht."),
        ("first=gestern", "gültiges Datum"),
        ("first=9999-12-31&last=9999-12-31", "Bitte prüfen Sie das Jahr."),
        ("first=2026-11-02&last=2026-11-01", "Dieser Tag liegt vor dem ersten Tag."),
        ("kind=erfunden", "gültige Auswahl"),
    ],
)
@pytest.mark.parametrize("path", ["/zugriffe/", "/zugriffe/vorgaenge/"])
def test_a_question_that_makes_no_sense_is_told_so(case, path, asked, sentence):
    answer = signed_in(DILAN).get(f"{path}?{asked}")
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not lines_of(answer)


@pytest.mark.parametrize("place", ["unsinn", "2026-11-22T10:00:00/x", "2026-11-22T10:00:00+00:00/", "/", "0001-01-01"])
def test_a_broken_place_is_the_first_page(case, place):
    look(AMAL, case)
    answer = signed_in(DILAN).get("/zugriffe/", {"vor": place})
    assert answer.status_code == 200 and lines_of(answer)


def test_pages_follow_each_other_without_gap_or_repeat(case):
    look(AMAL, case, times=120, days_ago=1)
    dilan, address, seen = signed_in(DILAN), "/zugriffe/?kind=case", []
    for _page in range(3):
        answer = dilan.get(address)
        seen += lines_of(answer)
        older = re.search(r'href="([^"]+)"[^>]*rel="next"', answer.content.decode())
        address = "/zugriffe/" + older.group(1).replace("&amp;", "&") if older else ""
    assert not address, "three pages of 50 hold 120"
    assert len(seen) == 120 and seen == sorted(seen, reverse=True) and len(set(seen)) == 120


def test_looks_of_the_same_moment_are_not_lost_between_pages(case):
    from faden.kernel import audit, clock
    from faden.kernel.rls import opened_for
    from faden.oversight.queries import logs

    actor, at = actor_of(AMAL), clock.now()
    with opened_for(actor, write=True):
        for _number in range(60):
            audit.note_look(by=actor, at=at, kind="case", page="case", purpose="caseload", subject=case.id)
    with opened_for(actor, write=False):
        first = logs.looks(logs.Asked())
        second = logs.looks(logs.Asked(before=first.older))
    assert (len(first.lines), len(second.lines), second.older) == (50, 10, "")


@pytest.mark.parametrize("path", ["/zugriffe/", "/zugriffe/vorgaenge/", "/zugriffe/?number=AH-2026-0001"])
def test_the_logs_cost_the_same_for_one_and_for_many(case, path):
    look(AMAL, case)
    dilan = signed_in(DILAN)
    dilan.get(path)
    with CaptureQueriesContext(connection) as few:
        dilan.get(path)
    look(AMAL, case, times=40)
    for name in ("Zwei", "Drei"):
        open_a_case(AMAL, family=name)
    with CaptureQueriesContext(connection) as many:
        dilan.get(path)
    assert len(few) == len(many)


def test_every_screen_that_notes_a_look_has_a_german_name():
    import importlib
    import pkgutil

    from faden import desk
    from faden.desk.door import Sees
    from faden.desk.screen_names import SCREENS

    noted, modules = set(), [module.name for module in pkgutil.iter_modules(desk.__path__)]
    for name in modules:
        for member in vars(importlib.import_module(f"faden.desk.{name}")).values():
            sees = getattr(member, "door", (None,))[0]
            if isinstance(sees, Sees) and sees is not Sees.NOTHING:
                noted.add(member.__module__.rpartition(".")[2])
    assert noted - SCREENS.keys() == set(), "give them a name in desk/screen_names.py"
    assert SCREENS.keys() - set(modules) == set(), "these screens are not there (any more)"
