"""Where only one thing holds at a time, a new one finds its room without anything being lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.persons.rules.periods import Period, Taken, make_room

TODAY = date(2026, 11, 22)


def day(number):
    return None if number is None else TODAY + timedelta(days=number)


def period(first, last):
    return Period(day(first), day(last))


@pytest.mark.parametrize(("new", "before", "became", "stands"), [
    # What holds ends the day before the new one begins.
    ((0, None), [(-100, None)], {0: (-100, -1)}, (0, None)),
    ((0, 300), [(-100, 200)], {0: (-100, -1)}, (0, 300)),
    ((0, None), [(None, None)], {0: (None, -1)}, (0, None)),
    # Noted afterwards: it ends where the next thing begins.
    ((-500, None), [(-100, None)], {}, (-500, -101)),
    ((-500, None), [(-100, -50), (-49, None)], {}, (-500, -101)),
    # Over by now, and nobody knew since when the other holds.
    ((-500, -400), [(None, 90)], {0: (-399, 90)}, (-500, -400)),
    # Side by side in time: nothing moves.
    ((0, 10), [(-100, -1), (11, None)], {}, (0, 10)),
    # Both: the one before ends, and it runs up to the one after.
    ((0, None), [(-100, 5), (20, None)], {0: (-100, -1)}, (0, 19)),
])  # fmt: skip
def test_room_is_made(new, before, became, stands):
    room = make_room(period(*new), [period(*days) for days in before], today=TODAY)
    assert room.period == period(*stands)
    assert room.moved == {place: period(*days) for place, days in became.items()}


@pytest.mark.parametrize(("new", "before"), [
    ((0, None), [(0, None)]),  # both since the same day
    ((None, None), [(None, None)]),
    ((None, None), [(-100, None)]),  # since when?
    ((-500, -400), [(-600, None)]),  # in the middle of what goes on
    ((-10, 30), [(20, 40)]),  # runs into a later one, with a day of its own
])  # fmt: skip
def test_what_cannot_be_decided_is_refused(new, before):
    with pytest.raises(Taken) as taken:
        make_room(period(*new), [period(*days) for days in before], today=TODAY)
    assert taken.value.by == 0


DAYS = st.integers(-60, 60) | st.none()
PERIODS = st.builds(period, DAYS, DAYS).filter(lambda one: not one.is_backwards)


@given(st.lists(PERIODS, max_size=6))
def test_one_at_a_time_whatever_is_noted_in_whatever_order(noted):
    standing: list[Period] = []
    for new in noted:
        before = list(standing)
        try:
            room = make_room(new, standing, today=TODAY)
        except Taken:
            assert standing == before
            continue
        for place, moved in room.moved.items():
            standing[place] = moved
        standing.append(room.period)
        assert not any(one.is_backwards for one in standing)
        assert not any(a.overlaps(b) for n, a in enumerate(standing) for b in standing[:n])
        # Every day that had something has something still, unless it is the new one's.
        for number in range(-60, 61):
            held = [one for one in before if one.holds_on(day(number))]
            holds = [one for one in standing if one.holds_on(day(number))]
            assert holds or not held or _ended_by(new, held[0], day(number))


def _ended_by(new, held, on):
    """Something new began before that day; or what had no beginning got one, after what was noted of the past."""
    began_before = new.first is not None and new.first <= on and held.began_by(new.first)
    return began_before or (held.first is None and new.last is not None and on < new.last < TODAY)
