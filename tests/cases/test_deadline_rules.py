"""Last days from facts: the day itself, leap years, unknown birthdays; one fact changes only its own."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules import deadlines as rules
from faden.cases.rules.deadlines import EARLIEST, Born, Fact, Known, last_days
from faden.cases.vocabulary.deadline import DeadlineBand, DeadlineKind

ANNA, DAY = uuid4(), timedelta(days=1)
TODAY = date(2026, 11, 22)
TITLE, BRIDGE, AGE, COURSE, SGB2_74, SCHOOL, BENEFIT, OCCUPATION = rules.FROM_FACTS


def fact(code, first=None, last=None, *, noted=date(2020, 1, 1), words="", thread=None):
    return Fact(thread or uuid4(), code, first, last, noted, words)


def exactly(day):
    return Born(day, day)


def found(known, kind, *, on=TODAY):
    """The days of one kind."""
    return [day.due_on for day in last_days(known, on=on) if day.kind == kind]


def with_papers(*papers, **more):
    return Known(ANNA, papers=papers, **more)


# ---------- papers ----------


@pytest.mark.parametrize(("papers", "days"), [
    ([("duldung_60a", date(2026, 1, 1), date(2026, 12, 31))], [date(2026, 12, 31)]),
    ([("duldung_60a", date(2026, 1, 1), None)], []),
    ([("none", date(2026, 1, 1), date(2026, 12, 31))], []),
    ([("duldung_60a", None, date(2026, 3, 31)), ("ae_25b", date(2026, 4, 1), date(2028, 3, 31))], [date(2028, 3, 31)]),
    ([("ae_25b", date(2024, 4, 1), date(2026, 3, 31)), ("niederlassung", date(2026, 4, 1), None)], []),
    ([("ae_25b", date(2024, 4, 1), date(2026, 3, 31))], [date(2026, 3, 31)]),  # run out, and nothing follows
    ([], []),
])  # fmt: skip
def test_a_paper_is_followed_to_its_last_day_until_another_comes(papers, days):
    assert found(with_papers(*(fact(*paper) for paper in papers)), TITLE) == days


@pytest.mark.parametrize(("paper", "law"), [
    ("ae_25b", "§ 81 Abs. 4 AufenthG"), ("ae_104c", "§ 104c Abs. 2 AufenthG"), ("duldung_60a", ""), ("visa", ""),
])  # fmt: skip
def test_what_the_law_says_about_its_extension(paper, law):
    [title] = [d for d in last_days(with_papers(fact(paper, TODAY, TODAY)), on=TODAY) if d.kind == TITLE]
    assert (title.law, title.subject) == (law, paper)


@pytest.mark.parametrize(("last", "nationality", "due"), [
    (date(2026, 2, 1), "166", date(2027, 3, 4)),
    (date(2026, 1, 31), "166", date(2026, 1, 31)),  # not valid any more on 1 February
    (date(2026, 3, 4), "475", date(2026, 3, 4)),
    (date(2028, 3, 4), "166", date(2028, 3, 4)),  # extended by itself
])  # fmt: skip
def test_titles_of_ukrainians_go_on_by_decree(last, nationality, due):
    paper = fact("ae_24", date(2025, 3, 1), last)
    assert found(with_papers(paper, nationalities=(nationality,)), TITLE) == [due]


@pytest.mark.parametrize(("papers", "stands"), [
    ([("ae_104c", date(2025, 12, 1))], True),
    ([("ae_104c", date(2025, 12, 1)), ("fiktion_81_4", date(2027, 6, 1))], True),
    ([("ae_104c", date(2025, 12, 1)), ("ae_25a", date(2026, 6, 1))], False),
    ([("ae_25a", date(2025, 12, 1)), ("fiktion_81_4", date(2027, 6, 1))], False),
    ([("fiktion_81_4", date(2027, 6, 1))], False),
])  # fmt: skip
def test_the_bridge_ends_on_the_last_of_june(papers, stands):
    known = with_papers(*(fact(*paper) for paper in papers))
    assert found(known, BRIDGE) == ([date(2027, 6, 30)] if stands else [])


# ---------- 27 ----------


@pytest.mark.parametrize(("born", "due"), [
    (date(2000, 1, 1), date(2026, 12, 31)),
    (date(2000, 3, 1), date(2027, 2, 28)),
    (date(2000, 2, 29), date(2027, 2, 28)),  # 27 with the end of that day
    (date(2001, 3, 1), date(2028, 2, 29)),
])  # fmt: skip
def test_the_day_before_the_27th_birthday(born, due):
    assert found(with_papers(fact("duldung_60a", date(2025, 1, 1)), born=exactly(born)), AGE) == [due]


@pytest.mark.parametrize(("paper", "stands"), [
    ("duldung_60a", True), ("duldung_60b", True), ("ae_104c", True), ("gestattung", False), ("ae_25a", False),
])  # fmt: skip
def test_only_while_a_duldung_or_104c_stands(paper, stands):
    known = with_papers(fact(paper, date(2025, 1, 1)), born=exactly(date(2002, 5, 5)))
    assert bool(found(known, AGE)) is stands


@pytest.mark.parametrize(("first", "stands"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_whoever_got_the_paper_too_late_is_not_warned(first, stands):
    known = with_papers(fact("duldung_60a", first), born=exactly(date(2000, 1, 1)))
    assert bool(found(known, AGE)) is stands


@pytest.mark.parametrize(("on", "stands"), [(date(2026, 5, 4), False), (date(2026, 5, 5), True)])
def test_a_child_is_not_warned_before_she_is_14(on, stands):
    known = with_papers(fact("duldung_60a", date(2025, 1, 1)), born=exactly(date(2012, 5, 5)))
    assert bool(found(known, AGE, on=on)) is stands


def test_a_birthday_that_is_not_known_counts_from_the_earliest_day_and_says_so():
    known = with_papers(fact("duldung_60a", date(2025, 1, 1)), born=Born(date(2000, 1, 1), date(2000, 12, 31)))
    [day] = [d for d in last_days(known, on=TODAY) if d.kind == AGE]
    assert (day.due_on, day.subject) == (date(2026, 12, 31), EARLIEST)
    assert found(replace(known, born=None), AGE) == []


# ---------- the course ----------


@pytest.mark.parametrize(("first", "last", "due"), [
    (date(2026, 1, 15), None, date(2027, 1, 15)),
    (date(2024, 2, 29), None, date(2025, 2, 28)),
    (date(2026, 1, 15), date(2026, 7, 14), date(2026, 7, 14)),  # lapses with the title
    (date(2026, 1, 15), date(2029, 1, 14), date(2027, 1, 15)),
])  # fmt: skip
def test_the_claim_to_a_course_lasts_a_year(first, last, due):
    assert found(with_papers(fact("ae_25_2_1", first, last)), COURSE) == [due]


def test_the_first_title_counts_and_an_extension_begins_nothing_anew():
    first = fact("ae_25_2_1", date(2025, 3, 1), date(2025, 9, 1))
    known = with_papers(fact("duldung_60a", date(2020, 1, 1)), first, fact("ae_25_2_1", date(2025, 9, 2)))
    assert found(known, COURSE) == [date(2026, 3, 1)]


@pytest.mark.parametrize("paper", ["ae_25a", "ae_24", "ae_25_5", "duldung_60a", "ae_16", "niederlassung", "ae_104c"])
def test_these_papers_give_no_claim(paper):
    assert found(with_papers(fact(paper, date(2026, 1, 1))), COURSE) == []


def test_a_coarse_code_says_on_what_it_depends():
    [day] = [d for d in last_days(with_papers(fact("ae_23", TODAY)), on=TODAY) if d.kind == COURSE]
    assert day.law == "§ 44 Abs. 2 AufenthG (nur bei § 23 Abs. 2 oder 4)"


@pytest.mark.parametrize(("more", "stands"), [
    ({"occupations": (fact("course", date(2026, 5, 1)),)}, False),
    ({"occupations": (fact("course", date(2025, 1, 1), date(2025, 2, 1)),)}, True),  # before the title
    ({"occupations": (fact("work", date(2026, 5, 1)),)}, True),
    ({"german": (fact("b1", words="DTZ"),)}, False),
    ({"german": (fact("b1"),)}, True),  # no certificate
    ({"german": (fact("a2", words="DTZ"),)}, True),
    ({"german": (fact("native"),)}, False),
    ({"born": exactly(date(2011, 1, 15))}, False),  # sixteen two weeks after the last day
    ({"born": exactly(date(2010, 1, 1))}, True),
])  # fmt: skip
def test_what_ends_the_claim(more, stands):
    title = fact("ae_30", date(2026, 1, 1))
    assert bool(found(with_papers(title, **more), COURSE)) is stands


# ---------- benefits and occupations ----------


@pytest.mark.parametrize(("first", "since", "due"), [
    (date(2026, 9, 1), date(2026, 8, 1), date(2027, 2, 28)),
    (date(2026, 9, 1), date(2026, 10, 15), date(2027, 4, 14)),
    (date(2023, 9, 1), date(2023, 9, 1), date(2024, 2, 29)),
])  # fmt: skip
def test_sgb2_on_a_fiktion_lasts_six_months(first, since, due):
    known = with_papers(
        fact("ae_24", date(2023, 1, 1), since - DAY),
        fact("fiktion_81_4", since),
        benefits=(fact("sgb2", first),),
    )
    assert found(known, SGB2_74) == [due]
    assert found(replace(known, benefits=(fact("sgb2", first, date(2026, 12, 31)),)), SGB2_74) == []
    assert found(replace(known, benefits=(fact("sgb12", first),)), SGB2_74) == []
    assert found(replace(known, papers=known.papers[1:]), SGB2_74) == []
    assert found(replace(known, papers=known.papers[1:], nationalities=("166",)), SGB2_74) == [due]


def test_a_benefit_is_followed_until_the_next_grant():
    known = Known(ANNA, benefits=(fact("sgb2", date(2026, 1, 1), date(2026, 12, 31)),))
    assert found(known, BENEFIT) == [date(2026, 12, 31)]
    assert found(replace(known, benefits=(*known.benefits, fact("sgb2", date(2027, 1, 1)))), BENEFIT) == []
    over = fact("sgb2", date(2026, 1, 1), date(2026, 6, 30), noted=date(2026, 7, 1))
    assert found(Known(ANNA, benefits=(over,)), BENEFIT) == []
    own_income = fact("none", date(2026, 1, 1), date(2026, 12, 31))
    assert found(Known(ANNA, benefits=(own_income,)), BENEFIT) == []


def test_each_occupation_ends_on_its_own_unless_the_next_follows():
    course, job = fact("course", date(2026, 1, 1), date(2026, 12, 1)), fact("work", None, date(2027, 1, 1))
    known = Known(ANNA, occupations=(course, job, fact("other", None, TODAY), fact("school", None, TODAY)))
    assert found(known, OCCUPATION) == [date(2026, 12, 1), date(2027, 1, 1)]
    following = fact("course", date(2026, 12, 2), date(2027, 5, 1))
    assert found(replace(known, occupations=(course, following)), OCCUPATION) == [date(2027, 5, 1)]
    one_day = fact("course", TODAY, TODAY)
    assert found(replace(known, occupations=(one_day,)), OCCUPATION) == [TODAY]
    over = fact("work", None, TODAY - DAY, noted=TODAY)
    assert found(replace(known, occupations=(over,)), OCCUPATION) == []
    beside = fact("work", date(2026, 1, 1))
    assert found(replace(known, occupations=(job, beside)), OCCUPATION) == [date(2027, 1, 1)]


# ---------- school ----------


@pytest.mark.parametrize(("born", "begins"), [
    (date(2020, 9, 29), date(2026, 8, 1)), (date(2020, 9, 30), date(2026, 8, 1)), (date(2020, 10, 1), date(2027, 8, 1)),
    (date(2020, 2, 29), date(2026, 8, 1)), (date(2020, 1, 1), date(2026, 8, 1)), (date(2020, 12, 31), date(2027, 8, 1)),
])  # fmt: skip
def test_school_begins_on_1_august(born, begins):
    assert rules.school_begins(born) == begins


@pytest.mark.parametrize(("born", "over"), [
    (date(2008, 7, 31), date(2026, 7, 31)), (date(2008, 8, 1), date(2027, 7, 31)), (date(2008, 2, 29), date(2026, 7, 31)),
])  # fmt: skip
def test_school_is_over_with_the_school_year(born, over):
    assert rules.school_over(born) == over


HERE = (fact("05554004", date(2026, 10, 5)),)


@pytest.mark.parametrize(("born", "addresses", "schools", "days"), [
    (date(2015, 5, 5), HERE, (), [date(2026, 10, 5)]),
    (date(2015, 5, 5), (fact("05554004"),), (), [date(2021, 8, 1)]),
    (date(2015, 5, 5), (fact("", date(2026, 10, 5)),), (), []),  # lives elsewhere
    (date(2015, 5, 5), (*HERE, fact("", date(2026, 11, 1))), (), []),  # moved away
    (date(2015, 5, 5), (fact("05554004", date(2026, 1, 1)), *HERE), (), [date(2026, 1, 1)]),  # moved within
    (date(2015, 5, 5), (), (), []),
    (date(2015, 5, 5), HERE, (fact("school"),), []),
    (date(2009, 5, 5), HERE, (fact("training", date(2026, 10, 6)),), []),
    (date(2015, 5, 5), HERE, (fact("childcare"),), [date(2026, 10, 5)]),
    (date(2015, 5, 5), HERE, (fact("school", None, date(2026, 11, 15)),), [date(2026, 11, 16)]),
    (date(2008, 8, 1), HERE, (), [date(2026, 10, 5)]),
    (date(2008, 7, 31), HERE, (), []),  # the school year is over
    (date(2021, 5, 5), HERE, (), [date(2027, 8, 1)]),
    (date(2022, 5, 5), HERE, (), []),  # not in sight
    (date(2000, 5, 5), (fact("05554004", date(2010, 1, 1)),), (), []),  # long grown up
    (date(2015, 5, 5), (fact("05554004", date(2026, 10, 5), TODAY - DAY),), (), []),  # nobody knows where she is
    (date(2015, 5, 5), (fact("05554004", date(2026, 10, 5), TODAY),), (), [date(2026, 10, 5)]),
])  # fmt: skip
def test_a_child_without_a_school(born, addresses, schools, days):
    known = Known(ANNA, born=exactly(born), addresses=addresses, occupations=schools)
    assert found(known, SCHOOL) == days


def test_a_town_without_an_address_counts_from_the_entry():
    known = Known(ANNA, born=exactly(date(2015, 5, 5)), lives_in_town=True, entered_on=date(2026, 9, 9))
    assert found(known, SCHOOL) == [date(2026, 9, 9)]
    assert found(replace(known, lives_in_town=False), SCHOOL) == []


# ---------- all together ----------


@pytest.mark.parametrize(("days", "band"), [
    (-1, "PASSED"), (0, "MONTH"), (30, "MONTH"), (31, "QUARTER"), (90, "QUARTER"), (91, "HALF_YEAR"),
    (180, "HALF_YEAR"), (181, "LATER"), (20_000, "LATER"),
])  # fmt: skip
def test_bands(days, band):
    assert rules.band(TODAY + timedelta(days=days), TODAY) == DeadlineBand[band]


@pytest.mark.parametrize("kind", DeadlineKind)
def test_chances_that_were_gone_before_the_case_are_not_shown(kind):
    day = rules.LastDay(kind, ANNA, TODAY)
    is_chance = kind in {BRIDGE, AGE, COURSE, SGB2_74}
    assert rules.concerns_case(day, opened_on=TODAY)
    assert rules.concerns_case(day, opened_on=TODAY + DAY) is not is_chance


dates = st.dates(date(2018, 1, 1), date(2029, 12, 31))


@st.composite
def facts_of(draw, codes):
    first, last = draw(st.none() | dates), draw(st.none() | dates)
    if first and last and last < first:
        first, last = last, first
    return fact(draw(st.sampled_from(codes)), first, last, words=draw(st.sampled_from(["", "DTZ"])))


PAPERS = ["duldung_60a", "ae_104c", "ae_25b", "ae_24", "ae_30", "fiktion_81_4", "none"]
people = st.builds(
    Known,
    person=st.just(ANNA),
    born=st.none() | st.builds(exactly, st.dates(date(1990, 1, 1), date(2024, 12, 31))),
    nationalities=st.sampled_from([(), ("166",)]),
    papers=st.lists(facts_of(PAPERS), max_size=4).map(tuple),
    benefits=st.lists(facts_of(["sgb2", "none", "asylblg_3"]), max_size=3).map(tuple),
    occupations=st.lists(facts_of(["course", "school", "work", "childcare"]), max_size=4).map(tuple),
    german=st.lists(facts_of(["a2", "b1"]), max_size=2).map(tuple),
    addresses=st.lists(facts_of(["05554004", ""]), max_size=2).map(tuple),
)
# What may change when a fact of one kind does; everything else stays as it was.
TOUCHED = {
    "papers": {TITLE, BRIDGE, AGE, COURSE, SGB2_74},
    "benefits": {BENEFIT, SGB2_74},
    "occupations": {OCCUPATION, COURSE, SCHOOL},
    "german": {COURSE},
    "addresses": {SCHOOL},
    "born": {AGE, COURSE, SCHOOL},
}


@given(people, people, st.sampled_from(sorted(TOUCHED)), dates)
def test_a_change_touches_only_what_it_bears_on(one, other, name, on):
    changed = replace(one, **{name: getattr(other, name)})
    before, after = set(last_days(one, on=on)), set(last_days(changed, on=on))
    assert {day.kind for day in before ^ after} <= TOUCHED[name]


@given(people, dates)
def test_each_row_is_named_once_and_fits(known, on):
    days = last_days(known, on=on)
    assert len({(day.kind, day.reference) for day in days}) == len(days)
    assert all(len(day.law) <= 160 and len(day.subject) <= 200 for day in days)


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 240))
def test_months_keep_the_day_or_end_the_month(day, months):
    later = rules.months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + DAY).month != later.month


@pytest.mark.parametrize(("kind", "days", "words"), [
    ("title", 0, "heute"), ("title", 1, "morgen"), ("title", 2, "noch 2 Tage"), ("title", 30, "noch 30 Tage"),
    ("title", 31, "noch 4 Wochen"), ("title", 180, "noch 25 Wochen"), ("title", 181, "noch 6 Monate"),
    ("title", -1, "vor 1 Tag verstrichen"), ("title", -2, "vor 2 Tagen verstrichen"), ("title", -40, "vor 5 Wochen verstrichen"),
    ("title", -400, "vor 13 Monaten verstrichen"), ("school_duty", -48, "besteht seit 6 Wochen"), ("school_duty", 5, "noch 5 Tage"),
])  # fmt: skip
def test_the_days_left_in_words(kind, days, words):
    from faden.cases.queries.deadlines import left

    assert left(kind, days) == words


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [
        ("remedy", 15, None), ("remedy", 14, 14), ("remedy", 8, 14), ("remedy", 7, 7), ("remedy", 3, 3), ("remedy", 2, 3),
        ("remedy", 1, 1), ("remedy", 0, 1), ("remedy", -1, 0),
        ("title", 181, None), ("title", 180, 180), ("title", 14, 30), ("title", 0, 30), ("title", -1, 0),
    ],
)  # fmt: skip
def test_for_how_many_days_a_letter_goes_out(kind, days, expected):
    from faden.cases.rules.deadlines import warned_at

    assert warned_at(kind, TODAY + days * DAY, TODAY) == expected
