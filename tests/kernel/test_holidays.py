"""Working days of North Rhine-Westphalia."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.kernel.holidays import holidays, why_no_working_day, working_days_before

DAYS = st.dates(date(2000, 1, 15), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 4, 3), "Karfreitag"),
        (date(2026, 4, 6), "Ostermontag"),
        (date(2026, 5, 14), "Christi Himmelfahrt"),
        (date(2026, 6, 4), "Fronleichnam"),
        (date(2026, 11, 1), "Allerheiligen"),  # a Sunday: the holiday has the name
        (date(2026, 11, 21), "Samstag"),
        (date(2026, 11, 22), "Sonntag"),
        (date(2026, 11, 23), ""),
        (date(2026, 10, 31), "Samstag"),  # Reformationstag is none here
        (date(2017, 10, 31), "Reformationstag"),
        (date(2026, 12, 24), ""),  # Heiligabend is a working day in the law
    ],
)
def test_why_nobody_works(day, why):
    assert why_no_working_day(day) == why


def test_eleven_a_year():
    assert {len(holidays(year)) for year in (2016, 2018, 2026, 2030)} == {11}


@pytest.mark.parametrize(
    ("day", "days", "before"),
    [
        (date(2026, 11, 25), 2, date(2026, 11, 23)),  # Wednesday, Monday
        (date(2026, 11, 23), 2, date(2026, 11, 19)),  # Monday, Thursday
        (date(2026, 12, 7), 5, date(2026, 11, 30)),
        (date(2026, 4, 7), 2, date(2026, 4, 1)),  # over Easter
        (date(2026, 12, 28), 1, date(2026, 12, 24)),  # over Christmas and a weekend
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), 0, date(2026, 11, 20)),  # a Sunday: the last working day before
    ],
)
def test_working_days_before(day, days, before):
    assert working_days_before(day, days) == before


@given(day=DAYS, days=st.integers(1, 30))
def test_it_is_a_working_day_with_so_many_between(day, days):
    found = working_days_before(day, days)
    assert not why_no_working_day(found) and found <= day
    between = sum(not why_no_working_day(found + timedelta(days=n)) for n in range((day - found).days))
    assert between == days
