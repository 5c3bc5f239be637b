"""Which paths open or close within sight, when that has to be looked at again, and what of it is news."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from faden.cases.vocabulary.deadline import DeadlineKind
from faden.law.days import plus_months
from faden.law.decide import decide
from faden.law.reading import facts_from
from faden.law.standing import decide_until
from faden.residence.rules import outlook as rules
from faden.residence.rules.outlook import Found, Told, look_again, news, openings
from faden.residence.vocabulary import CONSEQUENCES, News

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
# Five years on 2027-05-10: six months before that is 2026-11-10.
REFUGEE = {
    "person": {"birth_date": "1995-05-01", "nationality": "SYR"}, "entry_date": "2022-05-10",
    "stays": [{"kind": "ae_25_2_1", "from": "2022-05-10"}],
}  # fmt: skip
YOUNG = {"person": {"birth_date": "2000-01-20"}, "entry_date": "2019-05-10", "stays": [{"kind": "duldung_60a", "from": "2019-05-10"}]}


def found(told, on=TODAY):
    facts = facts_from(told)
    return {one.path: one for one in openings(facts, decide(facts, on))}


def test_a_path_whose_day_lies_within_six_months_opens():
    assert found(REFUGEE)["stag_10"] == Found("stag_10", "not_met", date(2027, 5, 10), None, "stag_10.1.residence")
    assert found(REFUGEE, date(2026, 11, 10))["stag_10"].opens_on == date(2027, 5, 10)
    assert "stag_10" not in found(REFUGEE, date(2026, 11, 9))


def test_what_lacks_more_than_time_does_not_open():
    """§ 26 (4) is not for refugees: its five years would be over on the same day."""
    result = decide(facts_from(REFUGEE), TODAY).paths["26_4"]
    assert (result.state, result.code, result.earliest_date) == ("not_met", "", date(2027, 5, 10))
    assert "26_4" not in found(REFUGEE)


def test_what_nobody_knows_anything_about_is_no_opening():
    assert found({}) == {}


def test_who_has_a_title_has_gone_its_path():
    ukrainian = {"person": {"nationality": "UKR"}, "entry_date": "2022-05-10"}
    assert found(ukrainian | {"stays": []})["24"].closes_on == date(2027, 3, 4)
    held = {"kind": "ae_24", "from": "2022-05-10", "to": "2026-10-31"}
    assert "24" not in found(ukrainian | {"stays": [{"kind": "ae_24", "from": "2022-05-10"}]})
    assert "24" not in found(ukrainian | {"stays": [held, {"kind": "fiktion_81_4", "from": "2026-11-01"}]}), "a Fiktion keeps it alive"


def test_a_course_that_has_begun_is_no_chance():
    course = {"passed": False, "attends_school": False, "first_title_months": 36}
    claim = REFUGEE | {"stays": [{"kind": "ae_25_2_1", "from": "2026-09-01"}], "language": "none", "course": course}
    assert found(claim)["course_44"].state == "met"
    assert "course_44" not in found(claim | {"course": course | {"begun": "2026-10-01"}})


@pytest.mark.parametrize(("on", "closes"), [
    (date(2026, 7, 22), None), (date(2026, 7, 23), date(2027, 1, 19)), (date(2027, 1, 19), date(2027, 1, 19)), (date(2027, 1, 20), None),
])  # fmt: skip
def test_a_path_closes_within_180_days_though_much_of_it_is_unknown(on, closes):
    """§ 25a ends with the day before the 27th birthday."""
    one = found(YOUNG, on).get("25a")
    assert (one.closes_on if one else None) == closes


def test_nothing_closes_for_whom_the_path_is_not_known_to_be_meant():
    """Without a nationality nobody knows whether § 24 is for her."""
    unknown = {"entry_date": "2022-05-10", "stays": []}
    assert decide(facts_from(unknown), TODAY).paths["24"].outcomes[0].state == "unknown"
    assert "24" not in found(unknown)


def test_a_day_that_has_come_stays_for_half_a_year_while_something_else_is_unknown():
    ready = REFUGEE | {"stays": [{"kind": "ae_25_2_1", "from": "2022-05-10"}]}
    come = date(2027, 5, 10)
    assert found(ready, come)["stag_10"].state == "unknown" and found(ready, come)["stag_10"].opens_on == come
    assert "stag_10" in found(ready, date(2027, 11, 10))
    assert "stag_10" not in found(ready, date(2027, 11, 11))


@pytest.mark.parametrize("told", [REFUGEE, YOUNG, {}, {"person": {"nationality": "UKR"}, "entry_date": "2022-05-10", "stays": []}])
def test_until_the_day_to_look_again_nothing_else_is_found(told):
    """What the night passes over would have been the same; on the day itself it looks."""
    facts = facts_from(told)
    on, looks = date(2025, 11, 24), 0
    while on < date(2028, 11, 24):
        result, until = decide_until(facts, on)
        again = look_again(result, until)
        assert again > on
        for day in {on + DAY, on + (again - on) // 2, again - DAY}:
            if on <= day < again:
                assert openings(facts, decide(facts, day)) == openings(facts, result), (on, day, again)
        on, looks = again, looks + 1
    assert looks < 80


def test_six_months_ahead_are_found_to_the_day():
    """Months differ: on 28 February six months end on 28 August, on 29 August they began on 1 March or the day before."""
    for day in (date(2027, 8, 28) + number * DAY for number in range(8)):
        first = rules._days_within_reach(day)
        assert plus_months(first, 6) >= day and plus_months(first - DAY, 6) < day


# ---------- news ----------

AHEAD = Found("stag_10", "not_met", date(2027, 5, 10), None, "x")
OPEN = replace(AHEAD, state="met")


@pytest.mark.parametrize(("before", "now", "told"), [
    (None, AHEAD, [Told(News.OPENS, "stag_10", date(2027, 5, 10))]),
    (AHEAD, AHEAD, []),
    (AHEAD, replace(AHEAD, set_by="y"), []),
    (AHEAD, replace(AHEAD, opens_on=date(2027, 4, 1)), [Told(News.OPENS, "stag_10", date(2027, 4, 1))]),
    (AHEAD, OPEN, [Told(News.OPEN, "stag_10")]),
    (OPEN, replace(OPEN, state="decision"), []),
    (OPEN, replace(OPEN, state="unknown", opens_on=date(2026, 11, 1)), []),
    (AHEAD, replace(AHEAD, state="unknown", opens_on=date(2026, 11, 24)), [Told(News.TIME_HAS_COME, "stag_10")]),
    (replace(AHEAD, state="unknown", opens_on=TODAY), replace(OPEN, opens_on=TODAY), [Told(News.OPEN, "stag_10")]),
    (OPEN, replace(OPEN, closes_on=date(2027, 1, 19)), [Told(News.CLOSES, "stag_10", date(2027, 1, 19))]),
    (replace(OPEN, closes_on=date(2027, 1, 19)), replace(OPEN, closes_on=date(2027, 1, 19)), []),
    (OPEN, None, []),
])  # fmt: skip
def test_what_is_said_once(before, now, told):
    standing = {before.path: before} if before else {}
    assert list(news(standing, [now] if now else [], on=TODAY)) == told


# ---------- Fristen ----------


def test_what_costs_the_stay_comes_first_and_each_kind_says_what_happens():
    first, last = rules.BY_CONSEQUENCE[0], rules.BY_CONSEQUENCE[-1]
    assert (first, last) == (DeadlineKind.TITLE, DeadlineKind.COURSE_CLAIM)
    assert set(CONSEQUENCES) == set(rules.BY_CONSEQUENCE)
