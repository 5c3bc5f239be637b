"""Termine on the pages: who sees which, what it costs, and that papers and lists name nobody they must not."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import add_member, mark, open_a_case
from tests.cases.test_appointments import change, fresh, make, planned
from tests.cast import AMAL, BERND, CEM, LENA, everybody
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.telling import told

WEEK, MONTH, PAGE = 14, 14, 23


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


def secret(days=0, **more):
    return replace(planned(days, **more), subject="Schuldenfrage", place="Gartenweg 3", interpreter_language="ti")


def in_the_week(row):
    return f"/termine/?tag={row.starts_at.astimezone(clock.BERLIN):%Y-%m-%d}"


def in_the_month(row):
    return in_the_week(row) + "&ansicht=monat"


def substitute(days=3):
    from faden.cases.actions import substitutions
    from faden.cases.actions.substitutions import Absence

    amal, bernd, by = membership_of(AMAL.email).id, membership_of(BERND.email).id, actor_of(LENA.email)
    wanted = Absence(amal, bernd, clock.today(), clock.today() + timedelta(days=days), "leave")
    with opened_for(by, write=True):
        return substitutions.arrange(wanted, by=by, on=clock.today(), at=clock.now())


def test_the_week_and_the_month_show_ones_own(case, by):
    row = make(case, by, secret(1))
    amal = signed_in(AMAL.email)
    for address in (in_the_week(row), in_the_month(row)):
        words = text_of(amal.get(address))
        assert "Schuldenfrage" in words and "Schewtschenko, Oleksandra" in words and "Gartenweg 3" in words
        assert "Sprachmittlung noch offen" in words
    beside = (row.starts_at.astimezone(clock.BERLIN) + timedelta(days=40)).strftime("/termine/?tag=%Y-%m-%d")
    assert "Schuldenfrage" not in text_of(amal.get(beside))


def test_what_the_others_see(case, by):
    row = make(case, by, secret(1))
    for name, client in everybody().items():
        answer = client.get(in_the_week(row))
        assert ("Schuldenfrage" in answer.content.decode()) == (name == "Amal"), name
        one = client.get(f"/faelle/{case.id}/termine/{row.id}/")
        assert (one.status_code == 200) == (name == "Amal"), name


def test_the_substitute_sees_it_while_she_stands_in(case, by):
    row = make(case, by, secret(2))
    substitute(days=1)
    bernd = signed_in(BERND.email)
    words = text_of(bernd.get(in_the_week(row)))
    assert "Schuldenfrage" in words and "in Vertretung für Amal" in words
    assert bernd.get(f"/faelle/{case.id}/termine/{row.id}/").status_code == 200
    assert "Sprachmittlung" in text_of(bernd.get("/tag/")) or "keine Quelle" in text_of(bernd.get("/tag/"))
    clock.set_forward(2)
    bernd = signed_in(BERND.email)
    assert "Schuldenfrage" not in bernd.get(in_the_week(row)).content.decode()
    assert bernd.get(f"/faelle/{case.id}/termine/{row.id}/").status_code == 403


def withdraw_from_deputies(case, by):
    from faden.consents.models import CounsellingAgreement

    with opened_for(by, write=True):
        assert CounsellingAgreement.objects.filter(person_id=case.person_id).update(to_team_and_substitute=False)


def test_without_agreement_the_substitute_sees_nothing_of_it(case, by):
    row = make(case, by, secret(1))
    slip(row, case.person_id, by)
    withdraw_from_deputies(case, by)
    substitute()
    bernd = signed_in(BERND.email)
    for address in (in_the_week(row), "/termine/erinnerungen/"):
        page = bernd.get(address).content.decode()
        assert told(page, ["Schuldenfrage", "Gartenweg", "Schewtschenko", case.number]) == []


def test_behind_a_mark_only_that_there_is_one(case, by):
    row = make(case, by, secret(1))
    mark(AMAL.email, case.person)
    for address in (in_the_week(row), in_the_month(row), "/tag/"):
        page = signed_in(AMAL.email).get(address).content.decode()
        assert told(page, ["Schuldenfrage", "Gartenweg", "Oleksandra", "Tigrinya"]) == []
        assert case.number in page


def test_of_a_case_handed_over_the_past_says_no_more_than_its_number(case, by):
    from faden.cases.models import Case

    past, coming = make(case, by, secret(-1)), make(case, by, secret(1))
    bernd = membership_of(BERND.email)
    with opened_for(by, write=True):
        Case.objects.filter(id=case.id).update(lead=bernd)
    amal = signed_in(AMAL.email)
    assert told(amal.get(in_the_month(past)).content.decode(), ["Oleksandra"]) == []
    entries = re.findall(r'<li class="f-calendar__entry.*?</li>', amal.get(in_the_month(past)).content.decode(), re.S)
    entries += re.findall(r'<li class="f-calendar__entry.*?</li>', amal.get(in_the_month(coming)).content.decode(), re.S)
    told_of = {("Schuldenfrage" in one, "gepl" in one) for one in entries}
    assert told_of == {(True, False), (False, False)}


@pytest.mark.parametrize("count", [1, 12])
def test_a_week_and_a_month_cost_the_same(case, by, count):
    from tests.pages.test_statement_counts import statements

    for n in range(count):
        row = make(open_a_case(family=f"Anders{chr(97 + n)}"), by, secret(1))
    week, answer = statements(AMAL.email, in_the_week(row))
    assert answer.content.decode().count("Schuldenfrage") == count
    assert (week, statements(AMAL.email, in_the_month(row))[0]) == (WEEK, MONTH)


@pytest.mark.parametrize("count", [1, 8])
def test_an_appointment_costs_the_same(case, by, count):
    from faden.cases.actions.concerning import About
    from tests.pages.test_statement_counts import statements

    people = [add_member(case, f"Kind{n}").id for n in range(count)]
    with opened_for(by, write=False):
        case.refresh_from_db()
    row = make(case, by, secret(0, about=About(tuple(people))))
    assert statements(AMAL.email, f"/faelle/{case.id}/termine/{row.id}/")[0] == PAGE


def test_a_day_that_is_none_is_today(case):
    amal = signed_in(AMAL.email)
    for typed in ("gestern", "0001-01-01", "9999-12-31", "2026-02-30", ""):
        assert amal.get("/termine/", {"tag": typed}).status_code == 200
        assert amal.get("/termine/", {"tag": typed, "ansicht": "monat"}).status_code == 200
        assert amal.get("/termine/frei/", {"day": typed}).status_code == 200
    for edge in ("2000-01-03", "2199-12-01"):
        assert amal.get("/termine/", {"tag": edge, "ansicht": "monat"}).status_code == 200


def test_who_cannot_come_is_offered_another_day(case, by):
    row = make(case, by, planned(2))
    amal, one = signed_in(AMAL.email), f"/faelle/{case.id}/termine/{row.id}/"
    answer = amal.post(f"{one}antwort/", keyed(answer="cannot", version="1"))
    assert answer.headers["Location"] == f"{one}aendern/?neu=1"
    proposed = re.search(r'name="day" value="([\d-]+)"', amal.get(answer.headers["Location"]).content.decode())
    day = datetime.fromisoformat(proposed[1]).date()
    assert day.weekday() < 5 and (day - row.starts_at.astimezone(clock.BERLIN).date()).days in range(6, 10)
    assert amal.post(f"{one}antwort/", keyed(answer="vielleicht")).status_code == 422


def test_what_was_said_of_another_time_is_not_said_of_this(case, by):
    row = make(case, by, planned(2))
    amal, one = signed_in(AMAL.email), f"/faelle/{case.id}/termine/{row.id}/"
    assert 'name="version" value="1"' in amal.get(one).content.decode()
    change(row, planned(9), case=case, by=by, seen=1)
    assert amal.post(f"{one}antwort/", keyed(answer="coming", version="1")).status_code == 409
    with opened_for(by, write=False):
        assert fresh(row).answer == ""
    assert amal.post(f"{one}antwort/", keyed(answer="coming", version="2")).status_code == 303


def test_an_overlap_is_said_and_not_forbidden(case, by):
    amal, new = signed_in(AMAL.email), f"/faelle/{case.id}/termine/neu/"
    values = {"subject": "Gespräch", "day": f"{clock.today():%Y-%m-%d}", "kind": "office"}
    warning = "Zur selben Zeit steht schon ein anderer Termin im Kalender."
    for starts, ends, is_said in (("10:00", "11:00", False), ("11:00", "12:00", False), ("10:30", "10:45", True)):
        answer = amal.post(new, keyed(**values, starts=starts, ends=ends), follow=True)
        assert (warning in text_of(answer)) == is_said, starts


def test_attendance_from_the_page(case, by):
    row, amal = make(case, by, planned(0)), signed_in(AMAL.email)
    one = f"/faelle/{case.id}/termine/{row.id}/"
    assert amal.post(f"{one}anwesenheit/", keyed(**{str(case.person_id): "missed"})).status_code == 303
    assert "nicht erschienen" in text_of(amal.get(f"/faelle/{case.id}/"))
    assert amal.post(f"{one}anwesenheit/", keyed(**{str(case.person_id): "vielleicht"})).status_code == 422


# ---------- Erinnerungen ----------


def slip(row, person_id, by, state="to_print"):
    from faden.cases.models import Reminder

    with opened_for(by, write=True):
        return Reminder.objects.create(
            organisation_id=by.organisation_id, appointment=row, person_id=person_id, starts_at=row.starts_at, way="print",
            language="ar", state=state, settled_at=clock.now(),
        )  # fmt: skip


def words_of(pdf):
    import pypdfium2

    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_slips_are_printed_and_name_nobody(case, by):
    row = make(case, by, secret(2))
    waiting, amal = slip(row, case.person_id, by), signed_in(AMAL.email)
    assert "Zettel zu drucken: 1" in text_of(amal.get("/tag/"))
    answer = amal.post("/termine/erinnerungen/drucken/", {"slip": [str(waiting.id)]})
    assert answer.headers["Content-Type"] == "application/pdf"
    words = words_of(answer.content)
    assert "Erinnerung an Ihren Termin" in words and case.number in words
    assert told(words, ["Schuldenfrage", "Gartenweg", "Oleksandra", "Schewtschenko", "Tigrinya"]) == []
    with opened_for(by, write=False):
        assert fresh(waiting).state == "printed"
    assert "Zettel zu drucken" not in text_of(amal.get("/tag/"))
    assert amal.post("/termine/erinnerungen/drucken/", {"slip": [str(waiting.id)]}).status_code == 200


def test_a_slip_of_who_is_protected_says_no_place(case, by):
    """Day, hour and place on one paper tell where she can be waited for; the place of whoever is with her too."""
    row, amal = make(case, by, secret(2)), signed_in(AMAL.email)
    printing = {"slip": [str(slip(row, case.person_id, by).id)]}
    assert "Musterstraße" in words_of(amal.post("/termine/erinnerungen/drucken/", printing).content)
    mark(AMAL.email, add_member(case, "Taras"))
    words = words_of(amal.post("/termine/erinnerungen/drucken/", printing).content)
    assert "Musterstraße" not in words and case.number in words


@pytest.mark.parametrize("email", [BERND.email, LENA.email, CEM.email])
def test_nobody_else_prints_them(case, by, email):
    waiting = slip(make(case, by, secret(2)), case.person_id, by)
    other = signed_in(email)
    assert case.number not in other.get("/termine/erinnerungen/").content.decode()
    assert other.post("/termine/erinnerungen/drucken/", {"slip": [str(waiting.id)]}).status_code == 303
    with opened_for(by, write=False):
        assert fresh(waiting).state == "to_print"


def test_what_did_not_arrive_stands_there(case, by):
    row = slip(make(case, by, secret(2)), case.person_id, by, state="failed")
    amal = signed_in(AMAL.email)
    assert "nicht zugestellt: 1" in text_of(amal.get("/tag/"))
    assert "nicht zugestellt" in text_of(amal.get("/termine/erinnerungen/"))
    assert amal.post("/termine/erinnerungen/drucken/", {"slip": [str(row.id)]}).status_code == 303


def test_the_wish_of_who_is_not_in_the_case(case, by):
    stranger = open_a_case(family="Anders")
    answer = signed_in(AMAL.email).get(f"/faelle/{case.id}/personen/{stranger.person_id}/erinnerung/")
    assert answer.status_code == 404


# ---------- Sprachmittlung ----------


def test_the_costs_name_nobody(case, by):
    from faden.cases.models import InterpreterRequest

    row = make(case, by, secret(-1))
    with opened_for(by, write=True):
        InterpreterRequest.objects.filter(appointment=row).update(state="done", minutes=60, cents=4000, interpreter="Frau Aziz")
    page = signed_in(LENA.email).get("/sprachmittlung/kosten/")
    assert page.status_code == 200 and str(clock.today().year) in text_of(page)
    assert told(page.content.decode(), ["Aziz", "Schuldenfrage", "Oleksandra", case.number]) == []
    for typed in ("2026-5", "abc", "2026", "99999-1", "²026-1"):
        assert signed_in(LENA.email).get("/sprachmittlung/kosten/", {"quartal": typed}).status_code == 200


def test_a_source_through_the_pages(case):
    lena = signed_in(LENA.email)
    values = {"name": "Pool", "ways": ["on_site"], "languages": ["ar"], "lead": "5", "price": "45,50", "contact": ""}
    assert lena.post("/sprachmittlung/neu/", keyed(**values)).status_code == 303
    page = lena.get("/sprachmittlung/")
    assert "45,50 €" in text_of(page) and "5 Arbeitstage" in text_of(page)
    [source_id] = re.findall(r'href="/sprachmittlung/([0-9a-f-]{36})/"', page.content.decode())
    assert 'value="45,50"' in lena.get(f"/sprachmittlung/{UUID(source_id)}/").content.decode()
    assert lena.post("/sprachmittlung/neu/", keyed(**values)).status_code == 422
    assert lena.post(f"/sprachmittlung/{source_id}/ende/", keyed()).status_code == 303
    assert "beendet" in text_of(lena.get("/sprachmittlung/"))
