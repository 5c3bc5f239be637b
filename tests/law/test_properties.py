"""What must hold for every case and every path, whatever the facts."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import pytest

from faden.law.decide import PathResult, decide
from faden.law.facts import Facts
from faden.law.outcome import Binding, State
from faden.law.reading import facts_from
from faden.law.rules import FIRST_DAY, changes, law_on
from tests.law.cases import LegalCase, cases

# Nobody files without knowing it: no application told means none was filed. Nor is anybody taken for one of the special cases of § 18c (3).
_NOT_ASKED = {"applications", "asked", "denied", "doubted", "sources", "qualification.highly_qualified"}


def _path(case: LegalCase, facts: Facts, on: date | None = None) -> PathResult:
    return decide(facts, on or case.on, {case.path}).paths[case.path]


def _with_one_fact_less(facts: Facts) -> Iterator[tuple[str, Facts]]:
    for one in fields(facts):
        value = getattr(facts, one.name)
        if one.name in _NOT_ASKED or value is None:
            continue
        if not is_dataclass(value):
            yield one.name, replace(facts, **{one.name: None})
            continue
        for inner in fields(value):
            if getattr(value, inner.name) is not None and f"{one.name}.{inner.name}" not in _NOT_ASKED:
                yield f"{one.name}.{inner.name}", replace(facts, **{one.name: replace(value, **{inner.name: None})})


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_missing_fact_is_never_a_no(case):
    facts = facts_from(case.facts)
    if _path(case, facts).state is State.NOT_MET or decide(facts, case.on).contradictions:
        return
    turned = {name: _why(found) for name, less in _with_one_fact_less(facts) if (found := _path(case, less)).state is State.NOT_MET}
    assert not turned, f"{case.file}: without these facts the path is said to be not met: {turned}"


def _why(found: PathResult) -> list[str]:
    return [f"{one.id} {outcome.code}" for one, outcome in found.conditions if outcome.state is State.NOT_MET]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_on_the_earliest_day_time_no_longer_stands_in_the_way(case):
    facts = facts_from(case.facts)
    found = _path(case, facts)
    if found.code != "not_yet" or found.earliest_date is None:
        return
    day = found.earliest_date + timedelta(days=found.tolerance_days)
    before = found.earliest_date - timedelta(days=found.tolerance_days + 1)
    assert _path(case, facts, day).code != "not_yet", f"{case.file}: still not yet on {day}"
    if before > case.on and law_on(before) == law_on(case.on) and not decide(facts, before).contradictions:  # a child of age contradicts "minor"
        assert _path(case, facts, before).code == "not_yet", f"{case.file}: already on {before}"


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_parts_of_a_result_fit_each_other(case):
    found = _path(case, facts_from(case.facts))
    states = {one.state for _, one in found.conditions}
    if found.state is State.MET:
        assert states <= {State.MET, State.WAIVED, State.UNKNOWN}
    if found.state is State.UNKNOWN:
        assert found.missing or found.exceptions_open, f"{case.file}: unknown, but nobody is told what to ask"
    if found.state is State.DECISION:
        assert found.code or State.DECISION in states
    if found.earliest_date:
        assert found.set_by and set(found.set_by) <= {one.id for one, _ in found.conditions}
    for condition, outcome in found.conditions:
        assert outcome.state is not State.UNKNOWN or outcome.missing or outcome.code, f"{condition.id} is unknown, and nothing is asked"
        assert not (outcome.earliest and not condition.dated), f"{condition.id} gives a day and is not declared dated"


def test_no_condition_stands_twice_on_any_day():
    for day in (FIRST_DAY, *changes()):
        for path in law_on(day):
            ids = [one.id for one in path.conditions]
            assert len(ids) == len(set(ids)), f"{path.path.key} on {day}: {sorted(one for one in ids if ids.count(one) > 1)}"
            assert path.claim is None or ids, f"{path.path.key} is open on {day} and asks nothing"


def test_on_every_day_of_change_every_path_answers_and_every_number_it_reads_is_there():
    empty, anybody = Facts(), [facts_from(one.facts) for one in cases()[::7]]
    for day in (FIRST_DAY, *changes()):
        for facts in (empty, *anybody):
            for path in decide(facts, day).paths.values():
                assert path.state in State


def test_whoever_is_unknown_is_refused_nothing():
    for path in decide(Facts(), date(2026, 3, 1)).paths.values():
        assert path.state in {State.UNKNOWN, State.CLOSED}, f"{path.key}: {path.state} without a single fact"


@pytest.mark.parametrize("case", cases()[::5], ids=str)
def test_deciding_changes_nothing_and_comes_out_the_same(case):
    facts = facts_from(case.facts)
    first = decide(facts, case.on)
    assert decide(facts, case.on) == first == decide(facts_from(case.facts), case.on)


def test_what_only_offices_know_never_holds_a_path_up():
    for path in law_on(date(2026, 3, 1)):
        for condition in path.conditions:
            if condition.binding is Binding.HELD:
                assert not condition.dated


def test_days_before_the_first_text_are_refused():
    with pytest.raises(ValueError):
        decide(Facts(), FIRST_DAY - timedelta(days=1))


