"""§ 9 (1) S. 2 StAG: nobody is asked for a public interest in the naturalisation; where it is claimed, it is weighed."""

from datetime import date

import pytest
import yaml

from faden.law.decide import decide
from faden.law.outcome import State
from faden.law.reading import facts_from
from tests.law.cases import HERE

BASE = yaml.safe_load((HERE / "stag_9" / "base" / "ehegatte.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("married_since", "claimed", "state"),
    [(date(2021, 6, 10), True, State.DECISION), (date(2021, 6, 10), None, State.NOT_MET), (date(2023, 9, 1), True, State.NOT_MET)],
)
def test_a_public_interest_shortens_the_residence_after_three_years_of_marriage(married_since, claimed, state):
    spouse = BASE["household"]["spouse"] | {"married_since": married_since}
    facts = BASE | {
        "entry_date": date(2024, 2, 10), "stays": [{"kind": "ae_28", "from": date(2024, 2, 15)}],
        "household": BASE["household"] | {"spouse": spouse}, "exceptions": BASE["exceptions"] | {"public_interest": claimed},
    }  # fmt: skip
    found = decide(facts_from(facts), date(2026, 3, 1), {"stag_9"}).paths["stag_9"]
    assert (found.state, found.earliest_date) == (state, date(2027, 2, 15))
