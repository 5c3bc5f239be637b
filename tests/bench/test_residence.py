"""The measurement of the residence rules: the five conditions are answered alike by all that answer them."""

import numpy as np
import pytest
from bench.residence_five import Columns

from bench import residence, residence_five


def test_five_conditions_are_answered_alike_by_faden_and_numpy():
    columns = residence_five.drawn(2000, 3)
    ours = residence_five.in_faden(residence_five.read(residence_five.told(columns)))
    assert (ours == residence_five.in_numpy(columns)).all()
    assert all(0.05 < row.mean() < 0.95 for row in ours)  # each of them is met by some and not by others
    assert residence_five.in_force() == residence_five.NUMBERS


def test_an_end_of_the_month_is_counted_alike():
    """29 February and the 31st: where counting differs first."""
    born = np.array(["1999-11-23", "1999-11-22", "2000-02-29", "1999-11-21"], "M8[D]")
    since = np.array(["2022-11-22", "2022-11-23", "2020-11-22", "2020-11-23"], "M8[D]")
    works = np.array(["2025-11-22", "2025-11-23", "2025-11-21", "2025-10-31"], "M8[D]")
    many = {"share_by_work": np.float32([0.5, 0.51, 0.52, 1]), "pension_months": np.array([59, 60, 61, 0]), "hours_per_week": np.array([20, 20, 19, 39])}
    columns = Columns(birth_date=born, tolerated_since=since, lives_with_minor_child=np.array([True, True, False, False]), works_since=works, **many)
    ours = residence_five.in_faden(residence_five.read(residence_five.told(columns)))
    assert ours.tolist() == residence_five.in_numpy(columns).tolist() == [
        [True, False, True, False], [True, False, True, False], [False, True, True, True], [False, True, True, False], [True, False, False, True],
    ]  # fmt: skip
    assert residence_five.after_months(np.array(["2024-02-29", "2026-01-31"], "M8[D]"), np.array([12, 1])).astype(str).tolist() == ["2025-02-28", "2026-02-28"]


def test_whoever_answers_otherwise_stops_the_run(monkeypatch):
    in_numpy = residence_five.in_numpy
    monkeypatch.setattr(residence_five, "in_numpy", lambda columns: ~in_numpy(columns))
    with pytest.raises(AssertionError, match="answered in two ways"):
        residence_five.measured(quick=True)


def test_without_openfisca_the_report_says_so(monkeypatch):
    monkeypatch.setattr(residence_five, "is_installed", lambda: False)
    found = residence_five.measured(quick=True)
    assert residence_five.NOT_INSTALLED in "\n".join(residence_five.text(found)) and "OpenFisca 1" not in str(found)


def test_openfisca_answers_alike():
    pytest.importorskip("openfisca_core", reason="OpenFisca-core comes with `make bench` alone")
    found = residence_five.measured(quick=True)
    assert found["one"]["openfisca"] > 0 and residence_five.NOT_INSTALLED not in "\n".join(residence_five.text(found))


def test_a_target_that_is_missed_is_said():
    met = {
        "one_person_ms": 0.6, "one_person_with_words_ms": 1.0, "cold_s": 900.0, "unchanged_s": 120.0, "peak_mib": 2048,
        "five": {"one": {"faden": 5.0, "openfisca": 50.0}},
    }  # fmt: skip
    assert residence.shortfalls(met) == []
    assert residence.shortfalls(met | {"one_person_with_words_ms": 1.01, "five": {"one": {"faden": 50.0, "openfisca": 5.0}}}) == [
        "Residence, one person with all words: 1.01 ms (target 1).",
        "Residence, five conditions of one person: Faden 50 ns each, OpenFisca 5 ns.",
    ]  # fmt: skip
