"""Weeks, months and free hours, also where the clocks change."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules.calendar import CLOSES, OPENS, SHORTEST, Slot, free_on, month_of, week_of
from faden.kernel.clock import BERLIN

DAY = date(2026, 11, 25)


def slot(begins, ends, day=DAY):
    return Slot(*(datetime.combine(day, time.fromisoformat(at), tzinfo=BERLIN) for at in (begins, ends)))


def said(slots):
    return [f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in slots]


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ([], ["08:00-18:00"]),
        ([("10:00", "11:00")], ["08:00-10:00", "11:00-18:00"]),
        ([("08:00", "09:00"), ("17:30", "18:00")], ["09:00-17:30"]),
        ([("10:00", "12:00"), ("11:00", "11:30")], ["08:00-10:00", "12:00-18:00"]),  # one inside the other
        ([("11:00", "12:00"), ("09:00", "10:00")], ["08:00-09:00", "10:00-11:00", "12:00-18:00"]),
        ([("08:20", "17:40")], []),  # less than half an hour is not worth saying
        ([("07:00", "08:30"), ("18:00", "20:00")], ["08:30-18:00"]),
        ([("06:00", "20:00")], []),
        ([("19:00", "20:00")], ["08:00-18:00"]),
        ([("17:00", "19:00"), ("19:30", "20:00")], ["08:00-17:00"]),
    ],
)
def test_free_hours(taken, free):
    assert said(free_on(DAY, [slot(*one) for one in taken])) == free


@given(st.lists(st.tuples(st.integers(0, 23 * 60), st.integers(15, 300))))
def test_free_hours_meet_nothing_and_stay_in_the_day(taken):
    begin = datetime.combine(DAY, datetime.min.time(), tzinfo=BERLIN)
    slots = [Slot(begin + timedelta(minutes=at), begin + timedelta(minutes=at + long)) for at, long in taken]
    free = free_on(DAY, slots)
    assert not any(one.meets(other) for one in free for other in slots)
    assert all(one.starts_at.time() >= OPENS and one.ends_at.time() <= CLOSES for one in free)
    assert all(one.ends_at - one.starts_at >= SHORTEST for one in free)


def test_one_after_the_other_do_not_meet():
    assert not slot("10:00", "11:00").meets(slot("11:00", "12:00"))
    assert slot("10:00", "11:01").meets(slot("11:00", "12:00"))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29)),
        (date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29)),
        (date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_a_week(day, first, last):
    span = week_of(day)
    assert (span.first, span.last, len(span.days)) == (first, last, 7)
    assert week_of(span.after).first == last + timedelta(days=1)
    assert week_of(span.before).last == first - timedelta(days=1)


@pytest.mark.parametrize(("day", "days"), [(date(2026, 2, 28), 28), (date(2028, 2, 1), 29), (date(2026, 12, 31), 31)])
def test_a_month(day, days):
    span = month_of(day)
    assert (span.first.day, len(span.days)) == (1, days)
    assert month_of(span.after).before == span.first
    assert month_of(span.before).after == span.first


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (DAY, 24)])
def test_a_day_is_as_long_as_it_is(day, hours):
    week = week_of(day)
    assert (week.ends.timestamp() - week.begins.timestamp()) / 3600 == 6 * 24 + hours
