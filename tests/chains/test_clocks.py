"""The last day of a period, as the BGB counts; and durations in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.chains.rules import words
from faden.chains.rules.clocks import clock_day, due_day
from faden.chains.vocabulary import StepState, TimeUnit


@pytest.mark.parametrize(
    ("event", "amount", "unit", "last"),
    [
        ("2026-03-02", 14, "days", "2026-03-16"), ("2026-03-02", 2, "weeks", "2026-03-16"),
        ("2026-03-02", 1, "months", "2026-04-02"), ("2026-11-30", 3, "months", "2027-02-28"),
        ("2027-11-30", 3, "months", "2028-02-29"), ("2026-01-31", 1, "months", "2026-02-28"),
        ("2026-08-31", 1, "months", "2026-09-30"), ("2026-12-15", 1, "months", "2027-01-15"),
        ("2028-02-29", 1, "years", "2029-02-28"), ("2028-02-29", 4, "years", "2032-02-29"),
        ("2026-02-28", 1, "months", "2026-03-28"), ("2026-05-05", 0, "days", "2026-05-05"),
    ],
)  # fmt: skip
def test_the_last_day(event, amount, unit, last):
    assert due_day(date.fromisoformat(event), amount, TimeUnit(unit)) == date.fromisoformat(last)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 120), st.sampled_from(list(TimeUnit)))
def test_a_longer_period_never_ends_earlier(event, amount, unit):
    assert event <= due_day(event, amount, unit) < due_day(event, amount + 1, unit)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_a_year_is_twelve_months(event, amount):
    assert due_day(event, amount, TimeUnit.YEARS) == due_day(event, 12 * amount, TimeUnit.MONTHS)


def test_no_clock_without_an_event():
    assert clock_day(3, "months", None) is None
    assert clock_day(None, "", date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("days", "said", "since"),
    [
        (1, "1 Tag", "seit 1 Tag"), (13, "13 Tage", "seit 13 Tagen"), (14, "2 Wochen", "seit 2 Wochen"),
        (77, "11 Wochen", "seit 11 Wochen"), (139, "20 Wochen", "seit 20 Wochen"), (140, "5 Monate", "seit 5 Monaten"),
        (365, "12 Monate", "seit 12 Monaten"), (0, "0 Tage", "seit heute"),
    ],
)  # fmt: skip
def test_durations_in_words(days, said, since):
    assert (words.duration(days), words.since(days)) == (said, since)


@pytest.mark.parametrize(
    ("days", "source", "measured", "said"),
    [
        (None, "", None, "ohne bekannte Dauer"), (77, "BIBB 2025", None, "meist 11 Wochen (Quelle: BIBB 2025)"),
        (77, "", None, "meist 11 Wochen (geschätzt)"), (60, "BIBB", 14, "meist 9 Wochen (gemessen, 14 Fälle)"),
    ],
)  # fmt: skip
def test_who_says_how_long_it_takes(days, source, measured, said):
    assert words.usual(days, source, measured=measured) == said


@pytest.mark.parametrize(
    ("state", "end"),
    [
        (StepState.WAITING_AGENCY, "seit 6 Wochen offen"), (StepState.OPEN, "noch nicht begonnen"),
        (StepState.BLOCKED, "seit 6 Wochen blockiert: kein Termin"),
    ],
)  # fmt: skip
def test_the_bottleneck_in_a_sentence(state, end):
    usually = words.usual(77, "BQ-Portal 2025")
    said = words.bottleneck("Anerkennungsbescheid", usually, state, 42, "kein Termin")
    assert said == f"Anerkennungsbescheid, meist 11 Wochen (Quelle: BQ-Portal 2025), {end}"
