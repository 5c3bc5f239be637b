"""Unclear birth dates: what people write, what is stored, how old somebody may be."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.persons.rules.birth import SENTENCES, BirthDate, BirthDateProblem, of_span, parse

TODAY = date(2026, 11, 22)
quick = settings(max_examples=25, database=None, deadline=None)


def exact(day):
    return BirthDate(day.year, day.month, day.day)


birth_dates = st.one_of(
    st.dates(date(1902, 1, 1), TODAY).map(exact),
    st.dates(date(1902, 1, 1), TODAY).map(lambda d: BirthDate(d.year, d.month)),
    st.integers(1902, 2026).map(BirthDate),
    st.integers(1910, 2026).map(lambda year: BirthDate(year, estimated=True)),
)


@pytest.mark.parametrize(
    ("text", "said", "precision"),
    [
        ("12.4.1998", "12.04.1998", "day"),
        ("12.04.1998", "12.04.1998", "day"),
        (" 12. 4. 1998 ", "12.04.1998", "day"),
        ("12/4/1998", "12.04.1998", "day"),
        ("12-04-1998", "12.04.1998", "day"),
        ("1998-04-12", "12.04.1998", "day"),
        ("12. April 1998", "12.04.1998", "day"),
        ("3. März 1998", "03.03.1998", "day"),
        ("1.Jan. 1998", "01.01.1998", "day"),
        ("29.2.2000", "29.02.2000", "day"),
        ("١٢.٤.١٩٩٨", "12.04.1998", "day"),
        ("22.11.2026", "22.11.2026", "day"),
        ("4/1998", "04/1998", "month"),
        ("04.1998", "04/1998", "month"),
        ("4-1998", "04/1998", "month"),
        ("1998-04", "04/1998", "month"),
        ("April 1998", "04/1998", "month"),
        ("Sept. 1998", "09/1998", "month"),
        ("00.04.1998", "04/1998", "month"),
        ("xx.04.1998", "04/1998", "month"),
        ("1998", "1998", "year"),
        ("00.00.1998", "1998", "year"),
        ("XX.XX.1998", "1998", "year"),
        ("1998-00-00", "1998", "year"),
        ("2026", "2026", "year"),
        ("ca. 1998", "etwa 1998", "estimated"),
        ("ca 1998", "etwa 1998", "estimated"),
        ("Circa 1998", "etwa 1998", "estimated"),
        ("etwa 1998", "etwa 1998", "estimated"),
        ("um 1998", "etwa 1998", "estimated"),
        ("~1998", "etwa 1998", "estimated"),
        ("geschätzt 1998", "etwa 1998", "estimated"),
    ],
)
def test_reading(text, said, precision):
    born = parse(text, TODAY)
    assert (str(born), born.precision) == (said, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("gestern", "unreadable"),
        ("12.4.98", "unreadable"),  # 1998 or 2098? a child or an old woman?
        ("April", "unreadable"),
        ("12. Foo 1998", "unreadable"),
        ("12.00.1998", "unreadable"),
        ("12.4.1998 oder 1999", "unreadable"),
        ("19980412", "unreadable"),
        ("ca. 4/1998", "unreadable"),
        ("\0", "unreadable"),
        ("1" * 200_000, "unreadable"),
        ("31.02.1998", "impossible"),
        ("29.02.1999", "impossible"),
        ("13/1998", "impossible"),
        ("32.1.1998", "impossible"),
        ("0000", "impossible"),
        ("1.1.0000", "impossible"),
        ("23.11.2026", "future"),
        ("12/2026", "future"),
        ("2027", "future"),
        ("ca. 2027", "future"),
        ("9999", "impossible"),
        ("21.11.1900", "too_old"),
        ("1899", "too_old"),
        ("12.4.1377", "too_old"),
    ],
)
def test_refusals(text, code):
    with pytest.raises(BirthDateProblem) as problem:
        parse(text, TODAY)
    assert problem.value.code == code
    assert str(problem.value) == SENTENCES[code]


def test_125_years_are_the_border():
    assert parse("23.11.1900", TODAY).age_on(TODAY) == (125, 125)
    assert parse("1900", TODAY).age_on(TODAY) == (125, 126)
    with pytest.raises(BirthDateProblem):
        parse("22.11.1900", TODAY)


@pytest.mark.parametrize("text", ["2026", "1/2026", "1.1.2026", "ca. 2026"])
def test_the_first_day_of_a_year_is_not_the_future(text):
    assert parse(text, date(2026, 1, 1)).year == 2026


@pytest.mark.parametrize(
    ("born", "earliest", "latest"),
    [
        (BirthDate(1998, 4, 12), date(1998, 4, 12), date(1998, 4, 12)),
        (BirthDate(1998, 4), date(1998, 4, 1), date(1998, 4, 30)),
        (BirthDate(2000, 2), date(2000, 2, 1), date(2000, 2, 29)),
        (BirthDate(1998, 12), date(1998, 12, 1), date(1998, 12, 31)),
        (BirthDate(1998), date(1998, 1, 1), date(1998, 12, 31)),
        (BirthDate(1998, estimated=True), date(1996, 1, 1), date(2000, 12, 31)),
    ],
)
def test_span(born, earliest, latest):
    assert (born.earliest, born.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("one", "two", "overlap"),
    [
        ("12.4.1998", "4/1998", True),
        ("12.4.1998", "5/1998", False),
        ("30.4.1998", "4/1998", True),
        ("4/1998", "1998", True),
        ("1998", "1999", False),
        ("ca. 1998", "2000", True),
        ("ca. 1998", "2001", False),
        ("ca. 1998", "31.12.1995", False),
    ],
)
def test_overlap(one, two, overlap):
    one, two = parse(one, TODAY), parse(two, TODAY)
    assert one.overlaps(two) is two.overlaps(one) is overlap


@pytest.mark.parametrize(
    ("text", "day", "ages"),
    [
        ("12.4.1998", date(2026, 4, 11), (27, 27)),
        ("12.4.1998", date(2026, 4, 12), (28, 28)),
        ("29.2.2000", date(2025, 2, 28), (24, 24)),
        ("29.2.2000", date(2025, 3, 1), (25, 25)),
        ("4/1998", date(2026, 4, 12), (27, 28)),
        ("1998", date(2026, 11, 22), (27, 28)),
        ("1998", date(2026, 12, 31), (28, 28)),
        ("ca. 1998", date(2026, 11, 22), (25, 30)),
        ("2026", date(2026, 1, 1), (0, 0)),
    ],
)
def test_age(text, day, ages):
    assert parse(text, TODAY).age_on(day) == ages


@pytest.mark.parametrize(
    "fields", [{"day": 3}, {"month": 4, "estimated": True}, {"month": 2, "day": 30}, {"month": 13}]
)
def test_no_nonsense_can_be_made_by_hand(fields):
    with pytest.raises(BirthDateProblem):
        BirthDate(1998, **fields)


@quick
@given(birth_dates)
def test_what_is_said_can_be_read_again(born):
    assert parse(str(born), TODAY) == born


@quick
@given(birth_dates)
def test_what_is_stored_comes_back(born):
    assert of_span(born.earliest, born.precision) == born


@quick
@given(birth_dates, birth_dates)
def test_overlap_is_mutual(one, two):
    assert one.overlaps(two) == two.overlaps(one)
    assert one.overlaps(one)


@quick
@given(birth_dates, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_youngest_age_is_not_above_the_oldest(born, day):
    youngest, oldest = born.age_on(day)
    assert 0 <= youngest <= oldest


@quick
@given(st.text(alphabet=st.characters() | st.sampled_from("0123456789./- ca")))
def test_no_text_crashes(text):
    try:
        assert parse(text, TODAY).earliest <= parse(text, TODAY).latest
    except BirthDateProblem as problem:
        assert problem.code in SENTENCES
