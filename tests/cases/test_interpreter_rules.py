"""Until when one asks for an interpreter, what is left when it is too late, what it costs."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules.interpreters import Source, cost, last_day_to_ask, possible, way_for

MONDAY = date(2026, 12, 7)


def source(name="Pool", *, languages=("ar",), ways=("on_site",), lead=5):
    return Source(uuid4(), name, frozenset(languages), frozenset(ways), lead)


POOL = source()
PHONE = source("Telefondienst", languages=(), ways=("phone", "video"), lead=0)


@pytest.mark.parametrize(
    ("day", "lead", "last"),
    [
        (MONDAY, 5, date(2026, 11, 30)),
        (date(2026, 12, 9), 1, date(2026, 12, 8)),
        (MONDAY, 1, date(2026, 12, 4)),  # over the weekend
        (date(2026, 12, 29), 5, date(2026, 12, 21)),  # Christmas is no working day
        (MONDAY, 0, MONDAY),
    ],
)
def test_the_last_day_to_ask(day, lead, last):
    assert last_day_to_ask(day, source(lead=lead)) == last


def offered(today, sources, language="ar", way="on_site"):
    return [(one.source.name, one.way.value, one.is_late) for one in possible(sources, language, way, day=MONDAY, today=today)]


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 11, 30), [("Pool", "on_site", False)]),  # the last day itself is in time
        (date(2026, 12, 1), [("Telefondienst", "phone", False), ("Telefondienst", "video", False), ("Pool", "on_site", True)]),
    ],
)
def test_telephone_only_when_it_is_too_late_on_site(today, found):
    assert offered(today, [POOL, PHONE]) == found


@pytest.mark.parametrize(
    ("language", "way", "names"),
    [
        ("ar", "on_site", ["Pool"]),
        ("uk", "on_site", ["Telefondienst", "Telefondienst"]),  # nobody on site speaks it
        ("ar", "phone", ["Telefondienst"]),
        ("uk", "video", ["Telefondienst"]),
    ],
)
def test_languages_and_ways(language, way, names):
    assert [name for name, _way, _late in offered(date(2026, 11, 20), [POOL, PHONE], language, way)] == names


def test_who_can_be_asked_longest_comes_first():
    slow, quick = source("Langsam", lead=10), source("Schnell", lead=1)
    assert [name for name, *_ in offered(date(2026, 11, 2), [slow, quick])] == ["Schnell", "Langsam"]
    assert offered(date(2026, 12, 1), [slow, quick])[1] == ("Langsam", "on_site", True)


@pytest.mark.parametrize(
    ("minutes", "price", "cents"), [(60, 4000, 4000), (90, 4550, 6825), (50, 4000, 3334), (1, 1, 1), (60, None, None), (60, 0, 0)]
)
def test_cost_is_rounded_up(minutes, price, cents):
    assert cost(minutes, price) == cents


@given(minutes=st.integers(1, 1440), price=st.integers(0, 20_000))
def test_never_too_little_and_less_than_a_cent_too_much(minutes, price):
    found = cost(minutes, price)
    assert found is not None and 0 <= found * 60 - minutes * price < 60


@pytest.mark.parametrize(
    ("kind", "way"), [("office", "on_site"), ("home", "on_site"), ("agency", "on_site"), ("phone", "phone"), ("video", "video")]
)
def test_the_way_that_fits_the_kind(kind, way):
    assert way_for(kind) == way
