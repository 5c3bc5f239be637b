"""The private calendar feed: whose it is, what stands in it, and that it tells nothing of anybody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import open_a_case
from tests.cases.test_appointments import change, drop, make, planned
from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


def make_address(email=AMAL.email):
    answer = signed_in(email).post("/termine/kalender/neu/", keyed())
    [address] = re.findall(r"http://testserver(/kalender/[\w-]{43}\.ics)", answer.content.decode())
    return address


def entries(address):
    answer = Client().get(address)
    assert answer.status_code == 200, answer.status_code
    return Calendar.from_ical(answer.content).walk("VEVENT")


def only_at(case, by, starts_at, **more):
    from faden.cases.actions.appointments import Planned

    return make(case, by, Planned("Gespräch", starts_at, starts_at + timedelta(hours=1), "", "", **more))


def test_it_is_read_without_signing_in_and_leaves_nothing_behind(case, by):
    make(case, by)
    answer = Client().get(make_address())
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    # RFC 5545 3.1: lines end with CRLF and have 75 octets at most.
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and max(map(len, lines)) <= 75


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2026, 12, 3, 10, tzinfo=clock.BERLIN), "20261203T090000Z"),
        (datetime(2026, 7, 3, 10, tzinfo=clock.BERLIN), "20260703T080000Z"),
        (datetime(2026, 10, 25, 10, tzinfo=clock.BERLIN), "20261025T090000Z"),  # winter time since this night
        (datetime(2027, 3, 28, 10, tzinfo=clock.BERLIN), "20270328T080000Z"),
    ],
)
def test_it_is_right_on_both_sides_of_the_hours_that_change(case, by, local, utc):
    from faden.cases.queries.calendar_feeds import entries_of

    row = only_at(case, by, local)
    with opened_for(by, write=False):
        [busy] = entries_of(row.host_id, on=clock.today(), now=local) or []
    assert f"{busy.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" == utc


def test_an_entry(case, by):
    row = make(case, by)
    [event] = entries(make_address())
    assert event["DTSTART"].dt == row.starts_at and event["DTEND"].dt == row.ends_at
    assert event["DTSTART"].to_ical().endswith(b"Z")
    assert (event["SUMMARY"], event["TRANSP"], event["CLASS"]) == ("Termin im Büro", "OPAQUE", "PRIVATE")
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP", "CLASS"}


def test_a_moved_appointment_keeps_its_name_and_counts_up(case, by):
    row, address = make(case, by), make_address()
    [before] = entries(address)
    change(row, planned(5), case=case, by=by)
    [after] = entries(address)
    assert before["UID"] == after["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    assert row.id.hex not in before["UID"] and str(row.id) not in before["UID"]
    drop(row, case=case, by=by)
    assert entries(address) == []


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("office", "Termin im Büro"), ("phone", "Termin im Büro"), ("video", "Termin im Büro"),
        ("home", "Termin außer Haus"), ("agency", "Termin außer Haus"), ("town_hall", "Termin außer Haus"),
        ("other", "Termin außer Haus"),
    ],
)  # fmt: skip
def test_only_whether_one_is_out(case, by, kind, word):
    make(case, by, planned(kind=kind))
    assert [event["SUMMARY"] for event in entries(make_address())] == [word]


def test_a_month_back_and_a_year_ahead(case, by):
    now = clock.now().replace(microsecond=0)
    for days in (-40, -20, 300, 400):
        only_at(case, by, now + timedelta(days=days))
    assert [(event["DTSTART"].dt - now).days for event in entries(make_address())] == [-20, 300]


def test_it_has_ones_own_and_not_a_colleagues(case, by):
    make(case, by)
    make(open_a_case(BERND.email, family="Anders"), actor_of(BERND.email), planned(4))
    mine, his = make_address(), make_address(BERND.email)
    assert len(entries(mine)) == len(entries(his)) == 1
    assert entries(mine)[0]["UID"] != entries(his)[0]["UID"]


def end_membership(email):
    from faden.organisations.models import Membership

    membership = membership_of(email)
    with opened_for(actor_of(email), write=True):
        assert Membership.objects.filter(id=membership.id).update(until=clock.today()) == 1


def test_what_does_not_count_is_answered_alike(case, by):
    make(case, by)
    first = make_address()
    second = make_address()  # the new one ends the first
    assert entries(second)
    revoked = make_address(BERND.email)
    signed_in(BERND.email).post("/termine/kalender/sperren/", keyed())
    end_membership(AMAL.email)
    clock.set_forward(1)
    found = []
    for address in (first, second, revoked, "/kalender/" + "x" * 43 + ".ics", "/kalender/%20.ics", "/kalender/" + "ä" * 43 + ".ics"):
        answer = Client().get(address)
        found.append((answer.status_code, answer.content, sorted(answer.headers.items())))
    assert found == [found[0]] * 6 and found[0][0] == 404
    assert not answer.cookies


def test_it_takes_nothing(case, by):
    address = make_address()
    assert [Client().post(address).status_code, Client().put(address).status_code] == [405, 405]


def test_the_address_is_shown_once(case, by):
    client, key = signed_in(AMAL.email), keyed()
    shown = client.post("/termine/kalender/neu/", key)
    assert ".ics" in shown.content.decode()
    again = client.post("/termine/kalender/neu/", key)
    assert again.status_code == 303 and ".ics" not in client.get("/termine/kalender/").content.decode()
    assert "Eine Adresse gilt seit" in text_of(client.get("/termine/kalender/"))


def test_only_the_hash_is_kept(case, by, owner):
    token = make_address().removeprefix("/kalender/").removesuffix(".ics")
    rows = owner.execute("SELECT row_to_json(f)::text FROM cases_calendarfeed AS f").fetchall()
    dump = owner.execute("SELECT count(*) FROM kernel_auditevent WHERE details::text LIKE %s", [f"%{token[:20]}%"])
    assert token not in str(rows) and dump.fetchone() == (0,)


def test_it_tells_nothing_of_anybody(own_database):
    """Every word of a world in which everything is told is looked for."""
    from tests.pages.protected_world import EVERYTHING, plant_protected
    from tests.telling import told

    planted = plant_protected()
    answer = Client().get(make_address())
    text = answer.content.replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == 1
    ids = [str(value) for value in planted.values()] + [str(value).replace("-", "") for value in planted.values()]
    assert told(text, [*EVERYTHING, *(one for one in ids if len(one) > 12), planted["number"], "georgisch", "caritas"]) == []


def test_its_cost_does_not_grow(case, by):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address, found = make_address(), []
    for count in (1, 12):
        for n in range(count):
            make(case, by, planned(n))
        with CaptureQueriesContext(connection) as captured:
            assert entries(address)
        found.append(len(captured))
    assert found[0] == found[1]
