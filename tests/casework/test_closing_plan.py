"""What closing does to plans, chains and Fristen, what the phases ask of them, and the way back."""

from datetime import timedelta

import pytest

from faden.cases.vocabulary.course import CriterionState
from tests.case_making import add_member, agree, open_a_case
from tests.casework.test_closing import close
from tests.casework.test_progress import states, why
from tests.cast import AMAL
from tests.chains.making import begin, step
from tests.chains.test_plans import agreed, deadlines, make, now, plan, within
from tests.chains.test_plans import step as goal_step
from tests.desk_client import actor_of, keyed, signed_in, text_of


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


@pytest.fixture
def case(by):
    return open_a_case(family="Darwisch", given="Rima")


# ---------- phases ----------


def test_goals_are_there_when_every_plan_with_goals_is_agreed(by, case):
    assert why(by, case, "goals") == "noch kein Ziel im Plan"
    child = add_member(case, "Noor")
    agree(child)
    make(by, case)
    make(by, case, "Kita", person=child.id)
    agreed(by, case)
    assert why(by, case, "goals") == "von 1 Person ist der Plan noch nicht vereinbart"
    make(by, case, "geheim", person=child.id, confidential=True)
    agreed(by, case, child.id, confidential=True)
    assert states(by, case, "planning")["goals"] == "not_yet", "the open plan is meant"
    agreed(by, case, child.id)
    assert states(by, case, "planning")["goals"] == "done"


def test_a_word_by_hand_still_counts_where_a_plan_may_stand_on_paper(by, case):
    from faden.casework.actions.criteria import mark
    from faden.kernel.errors import Invalid

    with within(by):
        for criterion in ("goals", "plan_changed", "goals_rated", "plan_given", "steps_checked"):
            mark(criterion, CriterionState.DONE, reason="", case=case, by=by, at=now()["at"])
        with pytest.raises(Invalid):
            mark("next_step", CriterionState.DONE, reason="", case=case, by=by, at=now()["at"])
    assert states(by, case, "planning") == {"goals": "done", "plan_given": "done", "next_step": "not_yet"}
    assert states(by, case, "reassessment")["plan_changed"] == "done"


def test_a_step_of_a_chain_or_of_a_goal_is_a_next_step(by, case):
    goal = make(by, case)
    assert states(by, case, "planning")["next_step"] == "not_yet"
    goal_step(by, goal)
    assert states(by, case, "planning")["next_step"] == "done"
    other = open_a_case(family="Rahimi")
    begin(other, step("antrag"), step("bescheid", "antrag"))
    assert states(by, other, "planning")["next_step"] == "done"
    assert why(by, other, "nothing_open") == "2 sind noch offen"


def test_the_plan_is_changed_when_it_is_agreed_after_the_new_assessment(by, case):
    from faden.cases.actions import assessments

    make(by, case)
    earlier = now()["on"] - timedelta(days=30)
    agreed(by, case, agreed_on=earlier)
    with within(by):
        for day in (earlier, now()["on"]):
            look = assessments.begin(case, case.person_id, by=by, on=day, at=now()["at"])
            assessments.speak_about(look, "work", assessments.Said("Arbeit"), seen_version=0, by=by, on=day, at=now()["at"])
            assessments.finish(look, by=by, on=day, at=now()["at"])
    assert states(by, case, "reassessment") == {"repeated": "done", "plan_changed": "not_yet"}
    agreed(by, case)
    assert states(by, case, "reassessment") == {"repeated": "done", "plan_changed": "done"}


# ---------- closing ----------


@pytest.fixture
def planned(by, case):
    """Two goals of two members, a confidential one, and a chain."""
    child = add_member(case, "Noor", born="2022")
    agree(child)
    with within(by):
        case.refresh_from_db()
    rows = [
        make(by, case, "Deutsch lernen", until_on=now()["on"] + timedelta(days=9)),
        make(by, case, "Kita finden", person=child.id),
        make(by, case, "Ruhe am Vormittag", confidential=True),
    ]
    goal_step(by, rows[0])
    begin(case, step("antrag"), step("bescheid", "antrag"))
    return rows


def test_every_open_goal_is_rated_for_itself_or_with_the_others(by, case, planned):
    refused = close(case)
    assert refused.status_code == 422 and "rate_all" in refused.context["form"].errors
    assert "Deutsch lernen (Darwisch, Rima)" in text_of(refused) and "Ruhe" not in text_of(refused)
    german, kita, quiet = planned
    single = {f"goal_{german.id}": "reached", f"goal_{kita.id}": "partly"}
    assert close(case, **single).status_code == 422, "one is missing"
    assert close(case, **single, rate_all="given_up").status_code == 303
    assert plan(by, case).goals[0].rating == "erreicht"
    assert plan(by, case, confidential=True).goals[0].rating == "von der Person aufgegeben"
    report = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/abschluss/"))
    assert "Was der Plan erreicht hat erreicht 1 Ziel teilweise erreicht 1 Ziel von der Person aufgegeben 1 Ziel" in report
    assert "0 erledigt, 0 entfallen, 1 offen" in report
    assert states(by, case, "evaluation")["goals_rated"] == "done"


def test_rating_each_needs_no_word_for_all(by, case, planned):
    assert close(case, **{f"goal_{goal.id}": "reached" for goal in planned}).status_code == 303


def test_chains_and_fristen_end_with_the_case_and_go_on_with_it(by, case, planned):
    from faden.chains.models import Chain

    assert close(case, rate_all="overtaken").status_code == 303
    with within(by, write=False):
        assert Chain.objects.get().ended_because == "case_closed"
    assert all(deadline.ended_at for deadline in deadlines(by, "goal"))
    assert states(by, case, "closed")["nothing_open"] == "done"
    reopened = signed_in(AMAL.email).post(f"/faelle/{case.id}/wiederaufnahme/", keyed(because="Bescheid ist gekommen"))
    assert reopened.status_code == 303
    with within(by, write=False):
        assert Chain.objects.get().ended_at is None
    assert plan(by, case).goals[0].rating == "überholt", "what was said that day stays said"


def test_a_closed_case_takes_no_goals(by, case, planned):
    assert close(case, rate_all="overtaken").status_code == 303
    base = f"/faelle/{case.id}/personen/{case.person_id}/plan/"
    amal = signed_in(AMAL.email)
    for where in ("ziele/neu/", f"ziele/{planned[0].id}/", f"ziele/{planned[0].id}/offen/", "vereinbaren/", "ueberpruefung/"):
        assert amal.post(f"{base}{where}", keyed(words="Neu", life_area="work")).status_code == 403, where
    page = text_of(amal.get(base))
    assert "Deutsch lernen" in page and "Ziel aufnehmen" not in page


def test_who_withdrew_is_noted_with_the_closing(by, case):
    from faden.consents.queries.agreements import agreed as agreed_people

    assert close(case, withdrawn_by=[str(case.person_id)]).status_code == 422, "not the reason"
    answer = close(case, reason="withdrawn", withdrawn_by=[str(case.person_id)])
    assert answer.status_code == 303, text_of(answer)
    with within(by, write=False):
        assert agreed_people([case.person_id]) == set()


def test_without_withdrawing_the_agreement_stands(by, case):
    from faden.consents.queries.agreements import agreed as agreed_people

    assert close(case, reason="withdrawn").status_code == 303
    with within(by, write=False):
        assert agreed_people([case.person_id]) == {case.person_id}
