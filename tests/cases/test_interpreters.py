"""Sprachmittlung: the request follows the appointment, from asking to the cost."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from faden.kernel import clock
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import opened_for
from tests.case_making import open_a_case
from tests.cases.test_appointments import HOUR, change, drop, make, planned
from tests.cast import AMAL, CEM
from tests.desk_client import actor_of


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


@pytest.fixture
def pool(by):
    return add("Pool", by)


def add(name, by, *, languages=("ar",), ways=("on_site",), lead=2, price=4000):
    from faden.cases.actions import interpreters

    with opened_for(by, write=True):
        return interpreters.add_source(interpreters.Offer(name, languages, ways, lead, price), by=by, at=clock.now())


def arabic(days=10, **more):
    return replace(planned(days, **more), interpreter_language="ar")


def request_of(row, by):
    from faden.cases.actions import interpreters

    with opened_for(by, write=False):
        return interpreters.request_of(row)


def verb(name, row, by, **more):
    from faden.cases.actions import interpreters

    request = request_of(row, by)
    with opened_for(by, write=True):
        if name == "ask":
            more["appointment"] = row
        getattr(interpreters, name)(request, *more.pop("what", ()), seen=more.pop("seen", request.version), by=by, at=clock.now(), **more)
    return request_of(row, by)


def asked(source, way="on_site"):
    from faden.cases.actions.interpreters import Asked

    return (Asked(source.id, way, "lieber eine Frau"),)


def open_ones(by, now=None):
    from faden.cases.queries.interpreters import to_ask

    with opened_for(by, write=False):
        return to_ask([by.membership_id], now=now or clock.now())


def requests(row, by):
    from faden.cases.models import InterpreterRequest

    with opened_for(by, write=False):
        return list(InterpreterRequest.objects.filter(appointment=row).values_list("language", "state"))


def test_german_needs_nobody(case, by, pool):
    row = make(case, by)
    assert requests(row, by) == [] and open_ones(by) == []
    with pytest.raises(NotFound):
        request_of(row, by)


def test_a_language_is_to_be_asked_for_with_the_source_that_fits(case, by, pool):
    add("Ukrainisch", by, languages=("uk",))
    found = request_of(make(case, by, arabic()), by)
    assert (found.state, found.language, found.way, found.source_id) == ("needed", "ar", "on_site", pool.id)
    [waiting] = open_ones(by)
    assert waiting.language == "Arabisch" and waiting.last_day and waiting.last_day < waiting.appointment.starts_at.astimezone(clock.BERLIN).date()


def test_without_a_source_somebody_must_look(case, by, pool):
    make(case, by, replace(planned(), interpreter_language="ti"))
    [waiting] = open_ones(by)
    assert waiting.last_day is None and not waiting.is_late_on(clock.today())


def test_the_whole_way(case, by, pool):
    row = make(case, by, arabic())
    found = verb("ask", row, by, what=asked(pool))
    assert (found.state, found.asked_on, found.words) == ("asked", clock.today(), "lieber eine Frau")
    assert open_ones(by) == []
    found = verb("answered", row, by, confirmed=True, interpreter="Frau Aziz")
    assert (found.state, found.interpreter) == ("confirmed", "Frau Aziz")
    from faden.cases.actions.interpreters import Done

    with pytest.raises(Invalid):
        verb("finish", row, by, what=(Done(60, 4000),))
    clock.set_forward(11)
    assert verb("finish", row, by, what=(Done(60, 4000),)).state == "done"
    corrected = verb("finish", row, by, what=(Done(45, 3000),))
    assert (corrected.minutes, corrected.cents) == (45, 3000)


def test_a_moved_appointment_is_asked_for_anew(case, by, pool):
    from faden.cases.queries.interpreters import wanted_for

    row = make(case, by, arabic())
    verb("ask", row, by, what=asked(pool))
    verb("answered", row, by, confirmed=True)
    renamed = change(row, replace(arabic(), starts_at=row.starts_at, ends_at=row.ends_at, subject="Anders"), case=case, by=by)
    assert open_ones(by) == []
    moved = change(renamed, arabic(14), case=case, by=by)
    [waiting] = open_ones(by)
    assert "verlegt" in waiting.why
    with opened_for(by, write=False):
        wanted = wanted_for(moved, today=clock.today())
    assert wanted and wanted.asked_for_another_time and wanted.needs_asking
    again = verb("ask", moved, by, what=asked(pool))
    assert (again.state, again.asked_for, again.answered_on) == ("asked", moved.starts_at, None)
    assert open_ones(by) == []


def test_who_said_no_is_asked_for_again(case, by, pool):
    row = make(case, by, arabic())
    verb("ask", row, by, what=asked(pool))
    verb("answered", row, by, confirmed=False, interpreter="Herr Nein")
    assert request_of(row, by).interpreter == ""
    assert [one.why for one in open_ones(by)] == ["abgesagt"]
    other = add("Telefon", by, languages=(), ways=("phone",), lead=0)
    assert verb("ask", row, by, what=asked(other, "phone")).way == "phone"


@pytest.mark.parametrize("was_asked", [True, False])
def test_a_dropped_appointment_calls_the_interpreter_off(case, by, pool, was_asked):
    row = make(case, by, arabic())
    if was_asked:
        verb("ask", row, by, what=asked(pool))
    drop(row, case=case, by=by)
    # Nobody outside ever heard of one that was not asked for.
    assert requests(row, by) == ([("ar", "called_off")] if was_asked else [])
    assert open_ones(by) == []


def test_another_language_is_another_request(case, by, pool):
    row = make(case, by, arabic())
    verb("ask", row, by, what=asked(pool))
    row = change(row, replace(arabic(), interpreter_language="uk"), case=case, by=by)
    assert sorted(requests(row, by)) == [("ar", "called_off"), ("uk", "needed")]
    row = change(row, replace(arabic(), interpreter_language=""), case=case, by=by)
    assert requests(row, by) == [("ar", "called_off")]


def test_closing_the_case_calls_the_interpreter_off(case, by, pool):
    from faden.cases.models import Case
    from faden.casework.actions.closing import Ending, close

    row = make(case, by, arabic())
    verb("ask", row, by, what=asked(pool))
    with opened_for(by, write=True):
        ending = Ending("goals", "much", clock.today(), summary="Fertig", drop_all="not_needed")
        close(Case.objects.get(id=case.id), ending, by=by, at=clock.now())
    assert requests(row, by) == [("ar", "called_off")]


def test_what_cannot_be(case, by, pool):
    row = make(case, by, arabic())
    with pytest.raises(Invalid, match="bietet das nicht an"):
        verb("ask", row, by, what=asked(pool, "video"))
    with pytest.raises(Invalid, match="noch nicht angefragt"):
        verb("answered", row, by, confirmed=True)
    verb("ask", row, by, what=asked(pool))
    with pytest.raises(Conflict):
        verb("answered", row, by, confirmed=True, seen=1)
    verb("call_off", row, by)
    for name, more in (("ask", {"what": asked(pool)}), ("call_off", {})):
        with pytest.raises(Invalid, match="beendet"):
            verb(name, row, by, **more)


def test_an_ended_source_is_not_offered(case, by, pool):
    from faden.cases.actions import interpreters

    with opened_for(by, write=True):
        interpreters.end_source(pool, by=by, on=clock.today(), at=clock.now())
    row = make(case, by, arabic())
    assert request_of(row, by).source_id is None
    with pytest.raises(NotFound):
        verb("ask", row, by, what=asked(pool))


def test_two_sources_have_two_names(by, pool):
    with pytest.raises(Invalid):
        add("Pool", by)
    from faden.cases.actions import interpreters

    other = add("Anders", by)
    with opened_for(by, write=True), pytest.raises(Invalid):
        interpreters.change_source(other, interpreters.Offer("Pool", [], ["phone"], 0), by=by, at=clock.now())


def test_another_service_has_other_sources(case, by, pool):
    cem = actor_of(CEM.email)
    from faden.cases.queries.interpreters import costs_of, listed, sources_that_stand

    with opened_for(cem, write=False):
        assert listed() == sources_that_stand() == costs_of(2026, 4) == []


def done_on(day, case, by, pool, *, cents, minutes=60, language="ar"):
    from faden.cases.models import Appointment, InterpreterRequest

    row = make(case, by, replace(arabic(), interpreter_language=language))
    starts = datetime.combine(day, datetime.min.time(), tzinfo=clock.BERLIN)
    with opened_for(by, write=True):
        Appointment.objects.filter(id=row.id).update(starts_at=starts, ends_at=starts + HOUR)
        InterpreterRequest.objects.filter(appointment=row).update(
            state="done", source=pool, minutes=minutes, cents=cents, asked_for=starts
        )


def test_the_cost_of_a_quarter(case, by, pool):
    from faden.cases.queries.interpreters import costs_of, total

    for day, cents in (
        (date(2026, 10, 1), 4000), (date(2026, 12, 31), 2000), (date(2026, 9, 30), 100), (date(2027, 1, 1), 200),
    ):  # fmt: skip
        done_on(day, case, by, pool, cents=cents, minutes=45)
    done_on(date(2026, 11, 2), case, by, pool, cents=None, language="uk")
    make(case, by, arabic())
    with opened_for(by, write=False):
        rows = costs_of(2026, 4)
        found = [(row.source, row.language, row.number, row.hours, row.cost, row.without_cost) for row in rows]
        numbers = [[row.cents for row in costs_of(year, quarter)] for year, quarter in ((2026, 3), (2027, 1))]
    assert found == [("Pool", "Arabisch", 2, "1:30", "60,00 €", 0), ("Pool", "Ukrainisch", 1, "1:00", "0,00 €", 1)]
    assert numbers == [[100], [200]]
    assert (total(rows).number, total(rows).hours, total(rows).cost, total(rows).without_cost) == (3, "2:30", "60,00 €", 1)


@pytest.mark.parametrize(
    ("day", "quarter"), [(date(2026, 1, 1), (2026, 1)), (date(2026, 3, 31), (2026, 1)), (date(2026, 12, 31), (2026, 4))]
)
def test_quarters(day, quarter):
    from faden.cases.queries.interpreters import quarter_after, quarter_before, quarter_of

    assert quarter_of(day) == quarter
    assert quarter_after(*quarter_before(*quarter)) == quarter_before(*quarter_after(*quarter)) == quarter


def test_the_most_pressing_first(case, by, pool):
    late = add("Langsam", by, languages=("uk",), lead=9)
    make(case, by, arabic(12))
    make(case, by, replace(arabic(14), interpreter_language="uk"))
    assert [one.language for one in open_ones(by)] == ["Ukrainisch", "Arabisch"]
    assert late and open_ones(by, now=clock.now() + timedelta(days=30)) == []
