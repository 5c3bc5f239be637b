"""When a recipient is reminded and when waiting ends: by tables, and for every day that can be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.referrals.rules.nights import BY_MAIL, Waiting, is_over, is_to_remind, last_day
from faden.referrals.vocabulary import ReferralState

SENT_ON = date(2026, 11, 2)


def waiting(channel="inbox", answer_by=None, valid=60, state="sent", **more) -> Waiting:
    by = SENT_ON + timedelta(days=answer_by) if answer_by is not None else None
    return Waiting(channel, SENT_ON, by, SENT_ON + timedelta(days=valid), state, **more)


def day(n: int) -> date:
    return SENT_ON + timedelta(days=n)


@pytest.mark.parametrize(
    ("one", "last"),
    [
        (waiting(), 60),
        (waiting(answer_by=10), 10),
        (waiting("link"), 14),
        (waiting("link", answer_by=10), 10),
        (waiting("link", answer_by=30), 14),  # the link is closed by then
        (waiting(answer_by=30, valid=20), 20),
        (waiting("letter", answer_by=10), 10),
    ],
)
def test_the_last_day(one, last):
    assert last_day(one) == day(last)


@pytest.mark.parametrize(
    ("one", "days"),
    [
        (waiting(), range(7, 61)),
        (waiting(answer_by=10), range(7, 11)),
        (waiting(answer_by=5), range(3, 6)),
        (waiting(answer_by=2), range(1, 3)),
        (waiting(answer_by=1), range(1, 2)),
        (waiting(answer_by=0), range(0)),
        (waiting("link"), range(7, 15)),
        (waiting(state="received", received=True), range(7, 61)),
        (waiting(reminded=True), range(0)),
        (waiting("letter", answer_by=10), range(0)),
        (waiting("phone"), range(0)),
        (waiting(state="accepted"), range(0)),
        (waiting(state="question"), range(0)),
    ],
)
def test_the_days_of_a_reminder(one, days):
    assert [n for n in range(80) if is_to_remind(one, on=day(n))] == list(days)


@pytest.mark.parametrize("one", [waiting(answer_by=10), waiting("link"), waiting("letter", answer_by=10), waiting(state="accepted", answer_by=10)])
def test_it_is_over_on_the_day_after(one):
    end = (last_day(one) - SENT_ON).days
    assert not is_over(one, on=day(end)) and is_over(one, on=day(end + 1))


def test_who_said_that_it_arrived_keeps_it():
    assert not is_over(waiting(answer_by=10, state="received", received=True), on=day(11))


WAITING = st.builds(
    Waiting, st.sampled_from(["inbox", "link", "letter", "phone", "carried"]), st.just(SENT_ON),
    st.none() | st.dates(SENT_ON, day(90)), st.dates(SENT_ON, day(90)), st.sampled_from(ReferralState.values),
    received=st.booleans(), reminded=st.booleans(),
)  # fmt: skip


@given(WAITING, st.integers(0, 100))
def test_nobody_is_reminded_of_what_is_over(one, n):
    assert not (is_to_remind(one, on=day(n)) and is_over(one, on=day(n)))


@given(WAITING)
def test_a_reminder_leaves_a_day_to_answer_and_comes_by_mail_only(one):
    days = [n for n in range(100) if is_to_remind(one, on=day(n))]
    assert not days or (one.channel in BY_MAIL and days[0] >= 1 and not one.reminded)
