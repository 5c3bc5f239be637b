"""A plan per person: goals and steps, agreed in versions, confidential ones apart, nobody's change lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from faden.kernel.errors import Conflict, Invalid, NotAllowed
from tests.accounts.signing import deeds
from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.pages.test_statement_counts import statements

# What the pages cost, doors, sessions and the note of the look included.
COSTS = [25, 27, 24, 25, 21, 37]


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


@pytest.fixture
def case(by):
    return open_a_case(family="Darwisch", given="Rima")


def within(by, *, write=True):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def now():
    from faden.kernel import clock

    return {"on": clock.today(), "at": clock.now()}


def make(by, case, words="Deutsch lernen", *, person=None, **more):
    from faden.chains.actions import goals

    with within(by):
        wanted = goals.Wanted(words, more.pop("life_area", "language"), **more)
        return goals.make(case, person or case.person_id, wanted, by=by, **now())


def step(by, goal, what="Kurs anmelden", who="client", **more):
    from faden.chains.actions import goals

    with within(by):
        return goals.add_step(goal, goals.StepWanted(what, who, **more), by=by, at=now()["at"])


def do(by, verb, *args, **more):
    with within(by):
        return verb(*args, by=by, **more)


def plan(by, case, person=None, **more):
    from faden.chains.queries.plans import plan_of
    from faden.kernel import clock

    with within(by, write=False):
        return plan_of(case, person or case.person_id, today=clock.today(), **more)


def agreed(by, case, person=None, *, confidential=False, **more):
    from faden.chains.actions import plans

    seen = more.pop("seen", None) or plan(by, case, person, confidential=confidential).seal
    said = plans.Agreement(**{"agreed_on": now()["on"], "language": "ar", "confirmed": "signed", **more}, seen=seen)
    return do(by, plans.agree, case, person or case.person_id, said, confidential=confidential, **now())


def deadlines(by, kind):
    from faden.cases.models import Deadline

    with within(by, write=False):
        return list(Deadline.objects.filter(kind=kind))


def entries(by, kind):
    from faden.cases.models import TimelineEntry

    with within(by, write=False):
        return list(TimelineEntry.objects.filter(kind=kind))


# ---------- goals ----------


def test_the_first_goal_makes_the_plan_and_the_next_stands_below_it(by, case):
    make(by, case, "Deutsch lernen")
    make(by, case, "Wohnung finden", life_area="housing")
    shown = plan(by, case)
    assert [goal.words for goal in shown.goals] == ["Deutsch lernen", "Wohnung finden"]
    assert shown.goals[1].area == "Wohnen"
    assert deeds(by.organisation_id).count("plan.goal_made") == 2
    assert len(entries(by, "goal")) == 2


@pytest.mark.parametrize(("wrong", "field"), [
    ({"words": ""}, "words"), ({"life_area": "nothing"}, "life_area"), ({"chain_id": uuid4()}, "chain_id"),
    ({"confidential": True}, "confidential"),
])  # fmt: skip
def test_what_a_goal_cannot_be(by, case, wrong, field):
    with pytest.raises(Invalid) as refused:
        make(by, case, **wrong)
    assert refused.value.field == field
    assert plan(by, case).goals == ()


def test_without_her_agreement_nothing_new_is_written_but_what_stands_there_can_be_rated(by, case):
    from faden.chains.actions import goals
    from faden.consents.actions import agreements

    goal = make(by, case)
    with within(by):
        assert agreements.withdraw(case.person_id, by=by, at=now()["at"]) == 1
    for refused in (lambda: make(by, case), lambda: step(by, goal)):
        with pytest.raises(NotAllowed):
            refused()
    assert do(by, goals.rate, goal, goals.Rated("given_up"), **now()).rating == "given_up"


def test_the_second_of_two_sees_what_the_first_changed(by, case):
    from faden.chains.actions import goals

    goal = make(by, case)
    do(by, goals.change, goal, goals.Wanted("B1 bestehen", "language"), seen_version=1, **now())
    with pytest.raises(Conflict) as conflict:
        do(by, goals.change, goal, goals.Wanted("B2 bestehen", "language"), seen_version=1, **now())
    assert conflict.value.changes == (("Ziel", "B1 bestehen", "B2 bestehen"),)


def test_the_agreed_day_is_a_deadline_until_the_goal_is_rated(by, case):
    from faden.chains.actions import goals

    day = now()["on"] + timedelta(days=30)
    goal = make(by, case, until_on=day)
    [deadline] = deadlines(by, "goal")
    assert (deadline.due_on, deadline.reference, deadline.ended_at) == (day, goal.id, None)
    do(by, goals.rate, goal, goals.Rated("reached", "partly", "Es war knapp"), **now())
    assert deadlines(by, "goal")[0].ended_at
    do(by, goals.take_up, goal, at=now()["at"])
    assert deadlines(by, "goal")[0].ended_at is None, "worked on again"
    [line] = plan(by, case).goals
    assert (line.rating, line.client_rating, line.rating_words) == ("", "", "")


def test_goals_change_places_only_with_their_neighbours(by, case):
    from faden.chains.actions import goals

    first, second, third = (make(by, case, words) for words in ("eins", "zwei", "drei"))
    do(by, goals.move, third, up=True, at=now()["at"])
    assert [goal.words for goal in plan(by, case).goals] == ["eins", "drei", "zwei"]
    do(by, goals.move, first, up=True, at=now()["at"])
    do(by, goals.move, second, up=False, at=now()["at"])
    assert [goal.words for goal in plan(by, case).goals] == ["eins", "drei", "zwei"], "at the end nothing moves"


def test_a_step_is_done_dropped_and_open_again(by, case):
    from faden.chains.actions import goals

    goal = make(by, case)
    late = now()["on"] - timedelta(days=1)
    row = step(by, goal, due_on=late)
    other = step(by, goal, "Buch kaufen", "family", who_name="Khaled")
    [shown] = plan(by, case).goals
    assert [line.is_overdue for line in shown.steps] == [True, False]
    do(by, goals.finish_step, row, on=late, at=now()["at"])
    do(by, goals.drop_step, other, "not_needed", at=now()["at"])
    [shown] = plan(by, case).goals
    assert shown.open_steps == [] and shown.steps[1].settled == "entfällt: nicht mehr nötig"
    do(by, goals.reopen_step, other, at=now()["at"])
    do(by, goals.move_step, other, up=True, at=now()["at"])
    [shown] = plan(by, case).goals
    assert [(line.what, line.who, line.is_open) for line in shown.steps] == [
        ("Buch kaufen", "Khaled", True), ("Kurs anmelden", "die Person", False),
    ]  # fmt: skip
    with pytest.raises(Conflict) as conflict:
        do(by, goals.change_step, other, goals.StepWanted("Heft kaufen", "client"), seen_version=1, at=now()["at"])
    assert [label for label, _now, _yours in conflict.value.changes] == ["Schritt", "Wer"]


def test_a_rated_goal_takes_no_more_steps(by, case):
    from faden.chains.actions import goals

    goal = make(by, case)
    do(by, goals.rate, goal, goals.Rated("reached"), **now())
    with pytest.raises(Invalid):
        step(by, goal)


# ---------- agreed ----------


def test_what_was_agreed_stays_and_the_difference_can_be_read(by, case):
    from faden.chains.actions import goals

    goal = make(by, case)
    version = agreed(by, case, interpreted_by="Frau Aziz", review_on=now()["on"] + timedelta(days=90))
    assert plan(by, case).changes == ()
    step(by, goal)
    do(by, goals.rate, goal, goals.Rated("partly"), **now())
    shown = plan(by, case)
    assert shown.changes == (
        "Ziel „Deutsch lernen“: Bewertung: neu „teilweise erreicht“", "Neuer Schritt bei „Deutsch lernen“: Kurs anmelden (die Person)",
    )  # fmt: skip
    assert (shown.agreed.number, shown.agreed.language, shown.agreed.interpreted_by) == (1, "Arabisch", "Frau Aziz")
    assert deadlines(by, "plan_review")[0].due_on == shown.review_on
    assert agreed(by, case).number == 2 and plan(by, case).changes == ()
    [line, _second] = sorted(entries(by, "plan"), key=lambda entry: entry.id != version.id)
    assert line.persons == [case.person_id]


def test_nobody_agrees_on_what_she_has_not_seen(by, case):
    make(by, case)
    seen = plan(by, case).seal
    make(by, case, "Noch eins")
    with pytest.raises(Conflict):
        agreed(by, case, seen=seen)
    assert plan(by, case).agreed is None


@pytest.mark.parametrize(("wrong", "field"), [
    ({"agreed_on": timedelta(days=1)}, "agreed_on"), ({"herself": False}, "represented_by"),
    ({"represented_by": (uuid4(),)}, "represented_by"), ({"review_on": timedelta(days=-1)}, "review_on"),
])  # fmt: skip
def test_what_an_agreement_cannot_be(by, case, wrong, field):
    make(by, case)
    said = {name: now()["on"] + value if isinstance(value, timedelta) else value for name, value in wrong.items()}
    with pytest.raises(Invalid) as refused:
        agreed(by, case, **said)
    assert refused.value.field == field


def test_an_empty_plan_is_not_agreed(by, case):
    with pytest.raises(Invalid):
        agreed(by, case)


def test_parents_agree_for_a_child(by, case):
    child = add_member(case, "Noor", born="2022")
    agree(child, represented_by=(case.person_id,), own=False)
    make(by, case, "Kita-Platz", person=child.id, life_area="childcare")
    agreed(by, case, child.id, herself=False, represented_by=(case.person_id,))
    assert plan(by, case, child.id).agreed.by_whom == "von Darwisch, Rima"


def test_what_else_matters_is_not_overwritten(by, case):
    from faden.chains.actions import plans

    frame = plans.Frame(now()["on"] + timedelta(days=9), "Vormittags ist Ruhe")
    do(by, plans.frame, case, case.person_id, frame, seen_version=0, **now())
    with pytest.raises(Conflict):
        do(by, plans.frame, case, case.person_id, plans.Frame(None, "Nachmittags"), seen_version=0, **now())
    do(by, plans.frame, case, case.person_id, plans.Frame(None), seen_version=1, **now())
    assert deadlines(by, "plan_review")[0].ended_at


# ---------- whose it is ----------


@pytest.fixture
def family(by, case):
    """Both have an open and a confidential goal, agreed; what is the father's carries his word."""
    father = add_member(case, "Khaled")
    agree(father)
    with within(by):
        case.refresh_from_db()
    for person, whose in ((case.person_id, "Mutter"), (father.id, "Vater")):
        for confidential in (False, True):
            secret = "geheim" if confidential else "wort"
            goal = make(by, case, f"{whose}{secret} Ziel", person=person, confidential=confidential, until_on=now()["on"])
            step(by, goal, f"{whose}{secret} Schritt", "family", who_name=f"{whose}{secret} Name")
            agreed(by, case, person, confidential=confidential)
    return case, father


def below(case, person, *, confidential):
    base = f"/faelle/{case.id}/personen/{person}/plan/"
    side = "vertraulich/" if confidential else ""
    return [f"{base}{side}", f"{base}{side}vereinbaren/", f"{base}{side}fassungen/", *([] if confidential else [f"{base}druck/"])]


@pytest.mark.parametrize("confidential", [False, True])
def test_her_plan_shows_her_side_and_nobody_elses(by, family, confidential):
    case, father = family
    amal, own, other = signed_in(AMAL.email), "geheim" if confidential else "wort", "wort" if confidential else "geheim"
    for address in below(case, case.person_id, confidential=confidential):
        words = text_of(amal.get(address))
        assert "Vater" not in words and f"Mutter{other}" not in words, address
        assert f"Mutter{own} Ziel" in words or "fassungen" in address, address
    assert f"Vater{own} Schritt" in text_of(amal.get(below(case, father.id, confidential=confidential)[0]))


def test_pages_of_the_family_show_all_that_is_not_confidential(by, family):
    case, _father = family
    amal = signed_in(AMAL.email)
    words = text_of(amal.get(f"/faelle/{case.id}/plan/"))
    assert "Mutterwort Ziel" in words and "Vaterwort Schritt" in words and "geheim" not in words
    assert "geheim" not in text_of(amal.get(f"/faelle/{case.id}/"))
    assert "2 offene Ziele" in text_of(amal.get(f"/faelle/{case.id}/"))
    closing = text_of(amal.get(f"/faelle/{case.id}/abschluss/"))
    assert "vertrauliches Ziel (Darwisch, Rima)" in closing and "geheim" not in closing


def test_a_goal_that_becomes_confidential_leaves_what_was_agreed_openly(by, family):
    from faden.chains.actions import goals

    case, _father = family
    open_goal = plan(by, case).goals[0]
    with within(by):
        from faden.chains.queries.goals import goal_in

        row = goal_in(case, case.person_id, open_goal.id)
        wanted = goals.Wanted("Mutterwort Ziel", "language", confidential=True)
        goals.change(row, wanted, seen_version=row.version, by=by, **now())
    amal = signed_in(AMAL.email)
    for where in ("", "fassungen/?ab=1&bis=0"):
        assert "Mutterwort" not in text_of(amal.get(f"/faelle/{case.id}/personen/{case.person_id}/plan/{where}"))
    assert "Mutterwort" not in text_of(amal.get(f"/faelle/{case.id}/"))


def test_a_goal_of_somebody_else_does_not_exist_here(by, family):
    case, father = family
    [hers] = plan(by, case).goals
    other = open_a_case(family="Gashi", given="Vjosa")
    amal = signed_in(AMAL.email)
    assert amal.get(f"/faelle/{case.id}/personen/{case.person_id}/plan/ziele/{hers.id}/").status_code == 200
    for place in (f"{case.id}/personen/{father.id}", f"{other.id}/personen/{other.person_id}"):
        assert amal.get(f"/faelle/{place}/plan/ziele/{hers.id}/").status_code == 404
    assert amal.get(f"/faelle/{case.id}/personen/{other.person_id}/plan/").status_code == 404


def test_other_services_see_nothing(by, family):
    from faden.chains.models import Goal, GoalStep, Plan, PlanVersion

    case, _father = family
    cem = signed_in(CEM.email)
    for address in (f"/faelle/{case.id}/plan/", *below(case, case.person_id, confidential=False)):
        assert cem.get(address).status_code == 404
    with within(actor_of(CEM.email), write=False):
        assert not any(model.objects.exists() for model in (Plan, Goal, GoalStep, PlanVersion))


@pytest.mark.parametrize("who", [BERND, LENA])
def test_colleagues_do_not_write_in_it(by, family, who):
    case, _father = family
    base = f"/faelle/{case.id}/personen/{case.person_id}/plan/"
    answer = signed_in(who.email).post(f"{base}ziele/neu/", keyed(words="Fremd", life_area="work"))
    assert answer.status_code in (403, 404)
    assert len(plan(by, case).goals) == 1


# ---------- pages ----------


def test_from_a_need_of_the_assessment_to_a_goal(by, case):
    from faden.cases.actions import assessments

    with within(by):
        look = assessments.begin(case, case.person_id, by=by, **now())
        said = assessments.Said(need="Wohnung mit drei Zimmern")
        assessments.speak_about(look, "housing", said, seen_version=0, by=by, **now())
    amal, base = signed_in(AMAL.email), f"/faelle/{case.id}/personen/{case.person_id}/"
    assert f"{base}plan/ziele/neu/?bereich=housing" in amal.get(f"{base}assessment/").content.decode()
    form = amal.get(f"{base}plan/ziele/neu/?bereich=housing").context["form"]
    assert (form["words"].value(), form["life_area"].value()) == ("Wohnung mit drei Zimmern", "housing")
    form = amal.get(f"{base}plan/ziele/neu/?bereich=work&anfang=1").context["form"]
    assert form["words"].value() == "Mein Abschluss als … ist anerkannt"
    for odd in ("?bereich=work&anfang=99", "?bereich=unsinn&anfang=0", "?bereich=work&anfang=²"):
        assert amal.get(f"{base}plan/ziele/neu/{odd}").status_code == 200


def test_a_plan_made_through_its_pages(by, case):
    amal, base = signed_in(AMAL.email), f"/faelle/{case.id}/personen/{case.person_id}/plan/"

    def post(where, status=303, **values):
        answer = amal.post(f"{base}{where}", keyed(**values))
        assert answer.status_code == status, text_of(answer)
        return answer

    assert "Mein langes Ziel" in text_of(post("ziele/neu/", 422, words="Mein langes Ziel", life_area=""))
    post("ziele/neu/", words="Deutsch lernen", life_area="language", day="2026-12-01", week="on")
    [goal] = plan(by, case).goals
    assert goal.until == "KW 49 (30.11.–06.12.2026)"
    here = f"ziele/{goal.id}/"
    post(f"{here}schritte/neu/", what="Kurs suchen", who="agency", who_name="VHS")
    [row] = plan(by, case).goals[0].steps
    post(here, 409, words="Anders", life_area="language", version="7")
    post(here, words="B1 bestehen", life_area="language", day="", version="1")
    post(f"{here}schritte/{row.id}/", what="Kurs finden", who="agency", who_name="VHS", version="1")
    post(f"{here}schritte/{row.id}/entfaellt/", 422)
    post(f"{here}schritte/{row.id}/entfaellt/", because="not_possible")
    post(f"{here}schritte/{row.id}/offen/")
    post(f"{here}schritte/{row.id}/erledigt/")
    post("vereinbaren/", 409, agreed_on="2026-11-01", language="ar", confirmed="spoken", seen="other")
    seen = plan(by, case).seal
    post("vereinbaren/", agreed_on="2026-11-01", language="ar", confirmed="spoken", seen=seen)
    post(f"{here}bewertung/", 422, rating="")
    post(f"{here}bewertung/", rating="partly", client_rating="reached", words="B1 fast")
    page = text_of(amal.get(base))
    assert "teilweise erreicht" in page and "eigene Sicht: erreicht" in page and "Seitdem" in page
    assert "Bewertung: neu „teilweise erreicht“" in text_of(amal.get(f"{base}fassungen/?ab=1&bis=0"))
    post(f"{here}offen/")
    assert plan(by, case).open_goals[0].words == "B1 bestehen"
    history = text_of(amal.get(f"/faelle/{case.id}/"))
    assert "Plan vereinbart, Fassung 1" in history and "B1 bestehen" in history


def test_a_protected_persons_print_names_nothing(by, case):
    from faden.persons.actions.protection import NewMark, set_mark
    from faden.persons.models import Person

    step(by, make(by, case, "Wohnung in Gronau", life_area="housing"), "Zum Jobcenter gehen", "agency", who_name="Jobcenter Gronau")
    with within(by):
        person = Person.objects.get(id=case.person_id)
        set_mark(NewMark("address", now()["on"]), person=person, by=by, **now())
    paper = signed_in(AMAL.email).get(f"/faelle/{case.id}/personen/{case.person_id}/plan/druck/").content.decode()
    paper = paper[paper.index("<main"):paper.index("</main")]
    paper = paper[paper.index("f-boxes"):]
    assert "Gronau" not in paper and "Wohnen" in paper


@pytest.mark.parametrize("count", [1, 30])
def test_the_same_number_of_statements_for_one_goal_and_thirty(by, case, count):
    child = add_member(case, "Noor")
    agree(child)
    for person in (case.person_id, child.id):
        for n in range(count):
            step(by, make(by, case, f"Ziel {n}", person=person))
        agreed(by, case, person)
        make(by, case, "seitdem", person=person)
    base = f"/faelle/{case.id}/personen/{case.person_id}/plan/"
    pages = (base, f"{base}vereinbaren/", f"{base}fassungen/", f"{base}druck/", f"/faelle/{case.id}/plan/", f"/faelle/{case.id}/abschluss/")
    assert [statements(AMAL.email, page)[0] for page in pages] == COSTS
