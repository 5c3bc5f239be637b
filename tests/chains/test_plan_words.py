"""Weeks as people agree on them, and the questions beside a goal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.rules.weeks import is_week, week_of, window, window_in_words
from faden.chains.rules.wording import BEGINNINGS, SENTENCES, Gap, Hands, gaps

days = st.dates(date(1950, 1, 1), date(2190, 12, 24))


@given(days)
def test_a_day_lies_in_its_week_and_every_day_of_it_has_the_same(day):
    first, last = week_of(day)
    assert first <= day <= last
    assert (first.isoweekday(), last.isoweekday()) == (1, 7)
    assert {week_of(first + timedelta(days=n)) for n in range(7)} == {(first, last)}
    assert is_week(first, last) and not is_week(first, day if day != last else first) and not is_week(None, last)


@pytest.mark.parametrize(("window_", "words"), [
    ((None, None), ""),
    ((None, date(2026, 11, 30)), "bis 30.11.2026"),
    (week_of(date(2026, 11, 25)), "KW 48 (23.–29.11.2026)"),
    (week_of(date(2026, 12, 1)), "KW 49 (30.11.–06.12.2026)"),
    (week_of(date(2027, 1, 1)), "KW 53 (28.12.2026–03.01.2027)"),
    ((date(2026, 12, 1), date(2026, 12, 14)), "01.–14.12.2026"),
    ((date(2026, 12, 1), date(2026, 12, 1)), "01.12.2026"),
])  # fmt: skip
def test_a_window_in_words(window_, words):
    assert window_in_words(*window_) == words


def test_what_a_form_says_becomes_a_window():
    assert window(None, whole_week=True) == (None, None)
    assert window(date(2026, 11, 25), whole_week=False) == (None, date(2026, 11, 25))
    assert window(date(2026, 11, 25), whole_week=True) == (date(2026, 11, 23), date(2026, 11, 29))


@pytest.mark.parametrize(("until", "hands", "has_steps", "expected"), [
    (None, [], False, (Gap.NO_DAY, Gap.NO_STEP)),
    (date(2026, 12, 1), [], False, (Gap.NO_STEP,)),
    (date(2026, 12, 1), [], True, ()),
    (date(2026, 12, 1), [Hands("client"), Hands("case_manager")], True, ()),
    (date(2026, 12, 1), [Hands("agency")], True, (Gap.NO_NAME,)),
    (date(2026, 12, 1), [Hands("agency", "Jobcenter"), Hands("family")], True, (Gap.NO_NAME,)),
])  # fmt: skip
def test_what_to_ask_next(until, hands, has_steps, expected):
    assert gaps(until, hands, has_steps=has_steps) == expected


def test_every_gap_has_a_sentence_and_every_area_of_the_programme_a_beginning():
    assert set(SENTENCES) == set(Gap)
    assert set(BEGINNINGS) == set(LifeArea.values)
    assert all(len(beginnings) >= 2 for beginnings in BEGINNINGS.values())
