"""One row or thirty, one note or three hundred: the same number of SQL statements."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.cast import AMAL, LENA
from tests.desk_client import actor_of, signed_in

# What the pages cost, doors, sessions and the note of the look included.
DAY, CASELOAD, CASE, INQUIRIES, MATTER, SEARCH, TEAM = 36, 19, 35, 12, 14, 28, 14
CASE_WITH_CHAIN, CHAINS, CHAIN = 37, 20, 29
# A Fallübergabe here and there; each of those who arrive is looked for once among our own.
TRANSFER = {"transfer": 48, "transfer-parts": 50, "transfer-send": 48, "transfer-person": 22}
TRANSFER_SENT, TRANSFER_ARRIVED, TRANSFER_ACCEPTED, TRANSFER_FINISH, TAKEN_OVER = 21, 17, 45, 41, 18


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def statements(email, path, *, post=None):
    """How many SQL statements an answer takes; the second time, when nothing has to be warmed up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(email)
    ask = (lambda: client.post(path, post)) if post else (lambda: client.get(path))
    assert ask().status_code == 200
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    assert answer.status_code == 200
    return len(captured), answer


def cases(by, count):
    """So many cases, each with a person, a task for today and an appointment; returns the last one."""
    from faden.cases.actions import appointments, tasks
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.case_making import open_a_case

    now, today = clock.now(), clock.today()
    starts = now + timedelta(hours=1)
    plan = appointments.Planned("Gespräch", starts, starts + timedelta(hours=1), "Büro", "")
    for n in range(count):
        case = open_a_case(family=f"Rahimi{'abcdefghijklmnopqrstuvwxyzäöüß'[n]}")
        with opened_for(by, write=True):
            tasks.make(tasks.Wanted(f"Aufgabe {n}", today, case.lead_id), case=case, by=by, at=now)
            appointments.make(plan, case=case, by=by, at=now)
    return case


def inquiries(by, count):
    """So many inquiries under one Kennwort; returns the matter."""
    from faden.cases.actions import inquiries as actions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    asked = actions.Asked(
        "self", "05554004", "ar", "phone", ("housing",), "now", "open", "Fragt nach Wohnung."
    )
    with opened_for(by, write=True):
        matter = actions.give_codeword(
            actions.take(asked, under=None, by=by, at=clock.now()), by=by, on=clock.today()
        )
        for _ in range(count - 1):
            actions.take(asked, under=matter, by=by, at=clock.now())
    return matter


def notes(by, case, count, *, apart=1):
    from faden.cases.actions import contact_notes
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    now = clock.now()
    with opened_for(by, write=True):
        for n in range(count):
            at = now - timedelta(minutes=n * apart)
            said = contact_notes.Contact(
                at, "office", "Rathaus", 45, "ar", "phone", ("housing",), f"Gespräch {n}"
            )
            contact_notes.record(said, case=case, by=by, at=now)


@pytest.mark.parametrize("count", [1, 30])
def test_day_caseload_and_team_cases(by, count):
    cases(by, count)
    assert [statements(AMAL.email, "/tag/")[0], statements(AMAL.email, "/faelle/")[0]] == [DAY, CASELOAD]
    assert statements(LENA.email, "/team/faelle/")[0] == TEAM


@pytest.mark.parametrize("count", [1, 300])
def test_a_case_page_with_notes(by, count):
    case = cases(by, 1)
    notes(by, case, count)
    number, answer = statements(AMAL.email, f"/faelle/{case.id}/")
    assert "Gespräch 0" in answer.content.decode()
    assert number == CASE


@pytest.mark.parametrize("count", [1, 30])
def test_a_case_page_and_a_chain_with_steps(by, count):
    from tests.chains.making import begin, step

    case = cases(by, 1)
    chain = begin(case, *(step(f"s{n}", *([f"s{n - 1}"] if n else [])) for n in range(count)), by=by)
    address = f"/faelle/{case.id}/"
    number, answer = statements(AMAL.email, address)
    assert f"0 von {count} Schritten" in answer.content.decode()
    found = [number, statements(AMAL.email, f"{address}ketten/")[0], statements(AMAL.email, f"{address}ketten/{chain.id}/")[0]]
    assert found == [CASE_WITH_CHAIN, CHAINS, CHAIN]


@pytest.mark.parametrize("count", [1, 30])
def test_inquiries_and_an_anonymous_matter(by, count):
    matter = inquiries(by, count)
    assert statements(AMAL.email, "/anfragen/")[0] == INQUIRIES
    assert statements(AMAL.email, f"/kennwort/{matter.id}/")[0] == MATTER


@pytest.mark.parametrize("count", [1, 30])
def test_search(by, count):
    cases(by, count)
    number, answer = statements(AMAL.email, "/suche/ergebnis/", post={"name": "rahimi"})
    assert answer.content.decode().count("geb.") + answer.content.decode().count("Fallführung") == min(
        count, 20
    )
    assert number == SEARCH


def with_grounds(by, persons, count):
    """A case of so many people, each with a consent towards Gronau; so many goals, steps and tasks are open."""
    from faden.chains.actions import goals
    from faden.chains.vocabulary import HolderKind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.case_making import add_member, agree
    from tests.chains.making import begin, step
    from tests.referrals import handing_over as over

    case = cases(by, 1)
    signed_by_her = {"own": False, "represented_by": (case.person_id,)}
    grounds = {case.person: over.ground(case.person)}
    for n in range(persons - 1):
        child = add_member(case, f"Kind{n}", born="2015")
        agree(child, **signed_by_her)
        grounds[child] = over.ground(child, **signed_by_her)
    begin(case, *(step(f"s{n}") for n in range(count)), by=by)
    for n in range(count):
        over.put(case, title=f"Anrufen {n}")
        with opened_for(by, write=True):
            goal = goals.make(case, case.person_id, goals.Wanted(f"Ziel {n}", "work"), by=by, on=clock.today(), at=clock.now())
            goals.add_step(goal, goals.StepWanted("Bewerben", HolderKind.CLIENT), by=by, at=clock.now())
    return case, grounds


@pytest.mark.parametrize(("persons", "count"), [(1, 1), (4, 20)])
def test_a_case_on_its_way_to_another_service(by, persons, count):
    """Draft, each person's part, what is open, the look before sending; then both sides of it."""
    from django.urls import reverse

    from tests.referrals import handing_over as over

    case, grounds = with_grounds(by, persons, count)
    transfer = over.prepared(case, [person.id for person in grounds])
    one = [case.id, transfer.id]
    for person, ground in grounds.items():
        over.describe(case, transfer, person, ground)
    over.place_all(case, transfer)
    more = {"transfer-person": [case.person_id]}
    found = {name: statements(AMAL.email, reverse(name, args=[*one, *more.get(name, [])]))[0] for name in TRANSFER}
    assert found == TRANSFER
    over.send(case, transfer)
    sent = statements(AMAL.email, reverse("transfer", args=one))[0]
    arrived, answer = statements(over.CEM, reverse("transfer-arrived", args=[over.deliveries()[0]]))
    assert answer.content.decode().count("Familienname") == persons
    theirs = over.accept()
    over.answered()
    accepted, finish = (statements(AMAL.email, reverse(name, args=one))[0] for name in ("transfer", "transfer-finish"))
    taken = statements(over.CEM, reverse("taken-over", args=[theirs.id]))[0]
    assert (sent, arrived - persons, accepted, finish, taken) == (
        TRANSFER_SENT, TRANSFER_ARRIVED, TRANSFER_ACCEPTED, TRANSFER_FINISH, TAKEN_OVER
    )  # fmt: skip


def test_paging_through_the_history_loses_nothing(by):
    """Talks are noted to the minute, so several have the same time."""
    case = cases(by, 1)
    notes(by, case, 25, apart=0)
    client, where, seen = signed_in(AMAL.email), f"/faelle/{case.id}/?art=contact", set()
    for _page in range(3):
        html = client.get(where).content.decode()
        seen |= set(re.findall(r"Gespräch \d+", html))
        older = re.search(r'href="([^"]*vor=[^"]+)"', html)
        where = f"/faelle/{case.id}/{unescape(older[1])}" if older else where
    assert seen == {f"Gespräch {n}" for n in range(25)}
