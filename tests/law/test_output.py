"""A result as plain data: quick, because what is the same for everybody is kept, and still each caller's own."""

import json
from typing import Any

import pytest

from faden.law.decide import decide
from faden.law.output import as_data, missing_data
from faden.law.reading import facts_from
from tests.law.cases import cases


def _spoil(told: Any) -> None:
    """Change all that can be changed, down to the last list."""
    for one in list(told.values() if isinstance(told, dict) else told):
        if isinstance(one, dict | list):
            _spoil(one)
    if isinstance(told, dict):
        for key in list(told):
            told[key] = "spoilt"
    told.clear()


@pytest.mark.parametrize("language", ["de", "en"])
def test_who_changes_a_result_changes_no_other(language):
    results = [decide(facts_from(case.facts), case.on) for case in cases()[::40]]
    before = [json.dumps(as_data(one, language)) for one in results]
    for one in results:
        _spoil(as_data(one, language))
    assert [json.dumps(as_data(one, language)) for one in results] == before


def test_who_changes_a_question_changes_no_other():
    before = json.dumps(missing_data("language.proof"))
    _spoil(missing_data("language.proof"))
    assert json.dumps(missing_data("language.proof")) == before != "{}"


def test_everybody_is_told_his_own_days():
    """Two persons whose conditions came to the same share sentences, never days."""
    told = [
        as_data(decide(facts_from({"person": {"birth_date": born}, "stays": [{"kind": "duldung_60a", "from": since}]}), cases()[0].on))
        for born, since in (("2001-02-03", "2021-04-05"), ("2002-03-04", "2021-05-06"), ("2001-02-03", "2021-04-05"))
    ]
    assert told[0] == told[2] != told[1]
    first, second = ([one["value"] for one in person["paths"]["25b"]["conditions"] if one["id"] == "25b.1.2.nr1"] for person in told[:2])
    assert (first, second) == (["2021-04-05"], ["2021-05-06"])
