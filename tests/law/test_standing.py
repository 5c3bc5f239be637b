"""An answer stands as long as it says, and not a day longer than it may."""

import json
from datetime import date, timedelta

import pytest

from faden.law.decide import Result, decide
from faden.law.many import Kept, mark_of, night
from faden.law.reading import facts_from
from faden.law.rules import changes
from faden.law.standing import decide_until
from tests.law.cases import cases


def _told(result: Result) -> object:
    return {key: (one.state, one.code, one.earliest_date, one.latest_date, one.outcomes) for key, one in result.paths.items()}


@pytest.mark.parametrize("case", cases()[::3], ids=str)
def test_an_answer_is_the_same_until_the_day_it_names(case):
    facts = facts_from(case.facts)
    result, until = decide_until(facts, case.on)
    assert _told(result) == _told(decide(facts, case.on))
    last = min(until - timedelta(days=1), case.on + timedelta(days=5000))
    for days in (1, 20, 200, 2000):
        day = min(case.on + timedelta(days=days), last)
        assert _told(decide(facts, day)) == _told(result), f"{case.file}: on {day} it reads differently, and it was to stand until {until}"


def test_a_day_of_today_among_the_facts_is_no_trap():
    """Work that begins today is compared with today as one day with itself."""
    today = date(2026, 3, 1)
    told = {"stays": [{"kind": "duldung_60a", "from": today}], "work": [{"from": today, "hours_per_week": 39, "insured": True}, {"from": today}]}
    for days in range(-3, 4):
        facts = facts_from(told | {"person": {"birth_date": date(2000, 3, 1)}})
        assert decide_until(facts, today + timedelta(days=days))[1] > today + timedelta(days=days)


def test_most_answers_stand_for_weeks():
    """A watch that fears every day would be sound and useless."""
    spans = [(decide_until(facts_from(case.facts), case.on)[1] - case.on).days for case in cases()]
    assert sorted(spans)[len(spans) // 2] > 14 and max(spans) <= max((day - case.on).days for day in changes() for case in cases())


def test_a_night_looks_only_at_who_changed_or_whose_day_has_come():
    lines = [json.dumps(case.facts, default=str).encode() for case in cases()[:40]]
    on = date(2026, 9, 1)
    first = list(night(lines, on))
    assert [one.number for one in first] == list(range(40))
    kept = {one.number: one.kept for one in first}
    assert list(night(lines, on, kept.get)) == []
    other = [lines[0] + b" ", *lines[1:]]
    assert [one.number for one in night(other, on, kept.get)] == [0]
    day = date.fromordinal(kept[5].until)
    assert 5 in [one.number for one in night(lines, day, kept.get)]
    assert 5 not in [one.number for one in night(lines, day - timedelta(days=1), kept.get)]


def test_the_mark_is_of_the_words():
    assert mark_of(b"{}") == mark_of(b"{}") != mark_of(b"{ }") and Kept(mark_of(b"{}"), 1).until == 1
