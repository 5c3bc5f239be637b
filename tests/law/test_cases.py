"""Every case comes out as the statute says; every condition is seen met, not met and unknown."""

from collections import defaultdict

import pytest

from faden.law import words
from faden.law.decide import Result, decide
from faden.law.outcome import State
from faden.law.output import as_data
from faden.law.reading import facts_from
from faden.law.rules import changes
from tests.law.cases import LegalCase, cases


def _decided(case: LegalCase) -> Result:
    return decide(facts_from(case.facts), case.on, {case.path})


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(case):
    result = _decided(case)
    path = as_data(result)["paths"][case.path]
    found = path | {
        "conditions": {one["id"]: one["state"] for one in path["conditions"]},
        "codes": {one["id"]: one["code"] for one in path["conditions"]},
        "missing": [one["fact"] for one in path["missing"]],
        "exceptions_open": [one["fact"] for one in path["exceptions_open"]],
        "assumptions": [one["code"] for one in path["assumptions"]],
        "contradictions": list(result.contradictions),
    }
    for key, wanted in case.expect.items():
        got = found[key]
        if key in {"conditions", "codes"}:
            wanted = {str(one): told for one, told in wanted.items()}  # YAML reads 5.4 as a number
            got = {one: got.get(one) for one in wanted}
        if key in {"earliest_date", "latest_date"} and wanted is not None:
            wanted = wanted.isoformat()
        if key in {"missing", "exceptions_open", "set_by", "assumptions"}:
            got, wanted = sorted(got), sorted(map(str, wanted))
        assert got == wanted, f"{case.file}: {key} is {got}, the statute says {wanted}; conditions: {found['conditions']}"


def _states_seen() -> dict[str, set[State]]:
    seen: dict[str, set[State]] = defaultdict(set)
    for case in cases():
        for condition, outcome in _decided(case).paths[case.path].conditions:
            seen[condition.id].add(outcome.state)
    return seen


def test_every_condition_is_seen_met_not_met_and_unknown():
    from faden.law.paths import PATHS

    seen = _states_seen()
    lacking = {
        condition.id: sorted(lacks)
        for path in PATHS
        for condition in path.conditions
        if (lacks := {State.MET, State.NOT_MET, State.UNKNOWN} - seen[condition.id] - NEVER.get(condition.id, set()))
    }
    assert not lacking, f"no case in tests/law shows these: {lacking}"


# What the law leaves no room for.
NEVER = {
    "25a.1.1.nr4": {State.MET, State.NOT_MET, State.UNKNOWN},  # a forecast is only ever decided
    "25a.2.discretion": {State.NOT_MET, State.UNKNOWN},
    "79.2": {State.NOT_MET},  # proceedings suspend the decision, they refuse nothing
    "79.4": {State.NOT_MET},
    "79.5": {State.NOT_MET},
    "16g.1.2": {State.NOT_MET},  # obvious abuse "kann" lead to refusal
    "60c.1.2": {State.NOT_MET},
    "104c.1.2": {State.UNKNOWN},  # a Duldung without a word of deception: none is assumed
    "104c.3.1": {State.NOT_MET, State.UNKNOWN},  # (3) S. 1 lets the office pass over it
    "10.1": {State.UNKNOWN},
    "19d.1.may": {State.NOT_MET, State.UNKNOWN},  # "kann" until 2024-02-29
    "5.2": {State.NOT_MET},  # S. 2: the visa may always be waived
    "stag_12a.3": {State.NOT_MET},  # investigations suspend the decision
    "stag_10.1.capacity": {State.NOT_MET},  # under sixteen the law has somebody represented
    "stag_10.1.nr4": {State.NOT_MET},  # § 12 left exceptions to the office
    "44.1.once": {State.UNKNOWN},  # a first course is taken for granted
    "44.3.nr2": {State.UNKNOWN},
}


def test_every_path_is_seen_in_every_state_it_can_have():
    from faden.law.paths import PATHS

    seen: dict[str, set[State]] = defaultdict(set)
    for case in cases():
        seen[case.path].add(_decided(case).paths[case.path].state)
    wanted = {State.NOT_MET, State.UNKNOWN, State.DECISION}
    by_law = {"stag_4_3": {State.DECISION}}  # acquired by birth: nobody decides
    lacking = {one.key: lacks for one in PATHS if (lacks := sorted(wanted - seen[one.key] - by_law.get(one.key, set())))}
    assert not lacking, f"no case in tests/law shows these: {lacking}"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_condition_code_and_path_has_its_words(language):
    """On every day on which the law changes, for every case: nothing is said by a bare code."""
    days = changes()
    bare = set()
    for number, case in enumerate(cases()):
        for on in {case.on, days[number % len(days)]}:
            for path in decide(facts_from(case.facts), on).paths.values():
                for answered in path.conditions:
                    said = words.sentence(answered.condition.id, answered.outcome.code, answered.outcome.state.value, language)
                    if said == answered.outcome.code:
                        bare.add((answered.condition.id, said))
    assert not bare
