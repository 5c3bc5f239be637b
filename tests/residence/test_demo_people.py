"""The demo's five people have five outcomes, on whatever day it is made."""

from datetime import UTC, date, datetime

import pytest

from faden.kernel.rls import opened_for
from tests.cast import AMAL
from tests.desk_client import actor_of

STATES = {"Haile": ("25b", "met"), "Nkomo": ("25b", "unknown"), "Sabbagh": ("stag_10", "not_met"), "Rahimi": ("25a", "decision"), "Gashi": ("18a", "not_met")}


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 4, 12), date(2027, 2, 28)])
def test_five_people_five_outcomes(own_database, day):
    from config.demo_data import declarations, stay
    from faden.cases.models import Case
    from faden.residence.models import Outlook
    from faden.residence.queries.prechecks import begun, checked

    amal, now = actor_of(AMAL.email), datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    with opened_for(amal, write=True):
        declarations.review_texts(amal, today=day, now=now)
        stay.run(amal, today=day, now=now)
    found = {}
    with opened_for(amal, write=False):
        for case in Case.objects.select_related("person").order_by("number"):
            row = begun(case, case.person_id, on=day)
            result = checked(row.paths, row.filed, row.answers, on=day, settled=("convictions", "held.proceedings")).result
            family = case.person.names.get(is_main=True).family
            found[family] = {key: (one.state.value, one.code, one.earliest_date, one.latest_date, one.missing) for key, one in result.paths.items()}
        assert Outlook.objects.count() == 4
    for family, (path, state) in STATES.items():
        assert found[family][path][0] == state, (family, found[family])
    assert found["Sabbagh"]["stag_10"][1] == "not_yet"
    spring = found["Sabbagh"]["stag_10"][2]
    assert spring and (spring.month, spring.day) == (4, 12) and 0 < (spring - day).days <= 366
    assert found["Nkomo"]["25b"][3] == date(2027, 6, 30) and "civics.test_passed" in found["Nkomo"]["25b"][4]
    assert found["Rahimi"]["25a"][3] and (found["Rahimi"]["25a"][3] - day).days < 180
    assert found["Gashi"]["18a"][1] == "refused"
